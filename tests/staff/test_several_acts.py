"""Several at once: read once more, done to each singly, in each reader's language; what changed is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from handlers.rejections import REASONS
from locales import say
from storage import approvals, history, talks, tickets
from tests.staff.making import COMMITTEE, STATION, complaint, dose_of, identity, opens, ticket, unit_id
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def made(world: World, n: int) -> list[tuple[str, int]]:
    """Each of another resident."""
    return [complaint(world, by=f"dan{i}", faults=[dose_of(world)]) for i in range(n)]


def choose(person: Person, n: int) -> None:
    person.says("/hangdoi")
    person.presses("Chọn nhiều")
    person.presses("Chọn tất cả" if n > 8 else "Chọn cả trang")
    assert f"Đã chọn: {n}" in person.last


def does(person: Person, what: str) -> None:
    person.presses("Việc khác với phiếu đã chọn")
    person.presses(what)


def acts(world: World, ticket_id: int) -> list[Any]:
    with world.tx() as tx:
        return [e for e in history.of_ticket(tx, ticket_id, internal=True) if e.staff_id]


def test_all_are_approved_after_one_look_at_how_many_and_what(world: World, mai: Person) -> None:
    tickets_ = [*made(world, 11), complaint(world, by="dan11", faults=[identity()])]
    choose(mai, 12)
    mai.presses("Phê duyệt tất cả")
    assert "12 phiếu: Thiếu mũi tiêm (11), Thông tin cá nhân sai (1)" in mai.last
    assert all(ticket(world, id_).state == "open" for _code, id_ in tickets_)
    mai.says("Đã nhập theo sổ trang 14.")
    assert "«Đã nhập theo sổ trang 14.»" in mai.last
    mai.presses("Tôi đã sửa tất cả trên Nền tảng")
    assert "Đã làm xong 12 phiếu" in mai.last
    for n, (code, id_) in enumerate(tickets_):
        assert [event.what for event in acts(world, id_)] == ["approved"]
        news = [text for text in world.person(f"dan{n}").news() if "«Đã nhập theo sổ trang 14.»" in text]
        assert len(news) == 1 and code in news[0]
    with world.tx() as tx:
        assert tx.execute(select(func.count()).select_from(approvals.approvals)).scalar() == 12


def test_the_same_press_twice_approves_once(world: World, mai: Person) -> None:
    ((_code, ticket_id),) = made(world, 1)
    choose(mai, 1)
    mai.presses("Phê duyệt tất cả")
    sure = mai.heard[-1]["choices"][0]["token"]
    mai.token(sure)
    assert "Việc này đã làm rồi" in mai.token(sure)
    assert [event.what for event in acts(world, ticket_id)] == ["approved"]


def test_a_confirmation_counts_only_for_what_was_read(world: World, mai: Person) -> None:
    """A button below an older choice, or other words, does nothing."""
    one, two = made(world, 2)
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    mai.presses(one[0])
    mai.presses("Phê duyệt tất cả")
    first = mai.heard[-1]["choices"][0]["token"]
    mai.says("Đã nhập.")
    mai.presses("Quay lại")
    mai.presses(two[0])
    assert "Không có gì thay đổi" in mai.token(first)
    assert {ticket(world, id_).state for _code, id_ in (one, two)} == {"open"}


def test_what_changed_or_is_not_theirs_is_left_and_named(world: World, mai: Person) -> None:
    ba = world.joins("ba", STATION, "clerk")
    mine = made(world, 3)
    choose(mai, 3)
    opens(ba, mine[0][0])
    ba.presses("Nhận phiếu")
    mai.presses("Phê duyệt tất cả")
    assert "Trong đó 1 phiếu đồng nghiệp đang giữ" in mai.last
    mai.presses("Tôi đã sửa tất cả")
    assert "Đã làm xong 2 phiếu" in mai.last and f"để nguyên: {mine[0][0]}" in mai.last
    assert ticket(world, mine[0][1]).state == "open"
    my = world.joins("my", COMMITTEE, "supervisor")
    choose(my, 1)
    my.presses("Phê duyệt tất cả")
    my.presses("Tôi đã sửa tất cả")
    assert "Đã làm xong 0 phiếu" in my.last and mine[0][0] in my.last
    assert ticket(world, mine[0][1]).state == "open"


def test_all_are_answered_and_the_sentence_can_be_kept(world: World, mai: Person) -> None:
    tickets_ = made(world, 3)
    choose(mai, 3)
    does(mai, "Trả lời người dân")
    mai.says("a" * 1001)
    assert "gọn dưới 1000 ký tự" in mai.last
    mai.says("Chiều nay trạm nhập.")
    assert all(not acts(world, id_) for _code, id_ in tickets_)  # shown, and not sent
    mai.presses("Gửi tất cả")
    assert [[e.what for e in acts(world, id_)] for _code, id_ in tickets_] == [["answered"]] * 3
    assert "«Chiều nay trạm nhập.»" in world.person("dan2").last
    mai.presses("Lưu làm câu mẫu")
    mai.presses("Lưu")
    assert "Đã lưu" in mai.last


def test_a_ready_made_question_reaches_each_in_their_language(world: World, mai: Person) -> None:
    tickets_ = made(world, 2)
    with world.tx() as tx:
        english = talks.find(tx, "web", "dan1")
        assert english
        talks.set_lang(tx, english.id, "en")
    choose(mai, 2)
    does(mai, "Hỏi người dân")
    mai.presses("1. Anh/Chị gửi giúp ảnh giấy")
    assert "Gửi người dân: «Anh/Chị gửi giúp ảnh giấy xác nhận đã tiêm." in mai.last
    mai.presses("Gửi tất cả")
    assert "Anh/Chị gửi giúp ảnh giấy xác nhận đã tiêm." in world.person("dan0").last
    assert "Please send a photo of the vaccination certificate." in world.person("dan1").last
    assert "Lưu làm câu mẫu" not in mai.buttons
    assert all(ticket(world, id_).state == "open" for _code, id_ in tickets_)


def test_all_are_sent_back_for_one_reason(world: World, mai: Person) -> None:
    tickets_ = made(world, 3)
    choose(mai, 3)
    does(mai, "Cần bổ sung")
    mai.says("8")
    assert say(REASONS["8"].title, "vi") in mai.last
    mai.presses("2. Nếu tiện hơn")
    mai.presses("Gửi trả tất cả")
    with world.tx() as tx:
        rounds = [tickets.round_of(tx, tickets.get(tx, id_)) for _code, id_ in tickets_]
    assert [(r.outcome, r.reason) for r in rounds] == [("rejected", "8")] * 3
    heard = world.person("dan1").last
    assert say(REASONS["8"].instead, "vi") in heard and "«Nếu tiện hơn" in heard


def test_all_are_put_off_to_a_day_and_their_clocks_run_on(world: World, mai: Person) -> None:
    tickets_ = made(world, 2)
    dues = [ticket(world, id_).due_at for _code, id_ in tickets_]
    choose(mai, 2)
    does(mai, "Xử lý sau")
    mai.says("Chờ sổ gốc của huyện.")
    mai.says("20/11/2021")
    assert "từ ngày mai đến 20/12/2026" in mai.last
    mai.says("25/11")
    later = [ticket(world, id_) for _code, id_ in tickets_]
    assert [(str(t.later_until), t.state) for t in later] == [("2026-11-25", "open")] * 2
    assert [t.due_at for t in later] == dues
    assert "Chờ sổ gốc của huyện." in world.person("dan1").last


def test_put_off_by_press_and_a_code_typed_for_words_opens_it(world: World, mai: Person) -> None:
    tickets_ = made(world, 2)
    choose(mai, 2)
    does(mai, "Xử lý sau")
    assert mai.says(tickets_[0][0]).startswith(f"**{tickets_[0][0]}**")
    choose(mai, 2)
    does(mai, "Xử lý sau")
    mai.presses("1. Chúng tôi đang tìm lại sổ tiêm cũ")
    mai.presses("Sau 3 ngày")
    assert [str(ticket(world, id_).later_until) for _code, id_ in tickets_] == ["2026-11-23"] * 2


def test_who_has_left_the_unit_acts_on_nothing(world: World, mai: Person) -> None:
    ((_code, ticket_id),) = made(world, 1)
    choose(mai, 1)
    mai.presses("Phê duyệt tất cả")
    sure = mai.heard[-1]["choices"][0]["token"]
    mai.token(f"join:left:{unit_id(world, STATION)}")
    assert "không có quyền" in mai.token(sure)
    assert ticket(world, ticket_id).state == "open"
