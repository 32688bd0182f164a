"""Canned answers: filled in at one tap, read once before they go, kept and removed by the unit's own people."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers import wording
from handlers.staff import canned_words
from handlers.staff.canned import MOST
from locales import say
from storage import canned, talks
from tests.staff.making import STATION, complaint, identity, opens, ticket, unit_id
from tests.world import Person, World


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


def english(world: World, name: str) -> None:
    with world.tx() as tx:
        talks.set_lang(tx, talks.open_talk(tx, "web", name).id, "en")


def test_every_outcome_has_words_for_every_kind(world: World) -> None:
    with world.tx() as tx:
        fitting = {
            (verb, kind): canned_words.fitting(tx, verb, {kind}, ())
            for verb in canned_words.OUTCOMES
            for kind in wording.KINDS
        }
    for found in fitting.values():
        assert 1 <= len(found) <= 5
        for phrase in found:
            assert say(phrase.words, "vi") != say(phrase.words, "en")
            assert len(say(phrase.words, "vi")) < canned_words.LISTED
    closes = {say(phrase.words, "en") for phrase in fitting["answer", "other"]}
    assert not any("looking into it" in words for words in closes)  # an answer to another matter closes it
    keys = [key for named in canned_words.BUILT_IN.values() for key in named]
    assert len(keys) == len(set(keys)) and not any(key.isdecimal() for key in keys)


def test_one_tap_fills_it_in_and_one_more_sends_it_in_the_residents_language(
    world: World, mai: Person
) -> None:
    english(world, "john")
    report, ticket_id = complaint(world, by="john")
    opens(mai, report)
    mai.presses("Hỏi người dân")
    assert "1. Anh/Chị gửi giúp ảnh giấy xác nhận đã tiêm. Nếu không còn giấy" in mai.last
    before = ticket(world, ticket_id).version
    mai.says("1")
    assert ticket(world, ticket_id).version == before
    assert "«Anh/Chị gửi giúp ảnh giấy xác nhận đã tiêm." in mai.last
    mai.presses("Gửi")
    assert "Please send a photo of the vaccination certificate." in world.person("john").last
    assert "Đơn vị hỏi: Anh/Chị gửi giúp ảnh" in mai.last  # the history, in its reader's language
    john = world.person("john")
    john.says("/theodoi")
    john.presses(report)
    assert "The unit asks: Please send a photo" in john.last


def test_own_words_can_still_be_typed_instead(world: World, mai: Person) -> None:
    report, _id = complaint(world)
    opens(mai, report)
    mai.presses("Trả lời người dân")
    mai.presses("1. Sổ tiêm của chúng tôi có mũi này")
    mai.says("Trạm đã tìm thấy sổ.")
    heard = world.person("lan").last
    assert "«Trạm đã tìm thấy sổ.»" in heard and "Sổ tiêm của chúng tôi" not in heard


def test_ready_made_words_beside_an_approval_and_a_reason(world: World, mai: Person) -> None:
    approved, ticket_id = complaint(world)
    opens(mai, approved)
    mai.presses("Phê duyệt")
    mai.presses("2. Chúng tôi đã nhập mũi tiêm")
    assert ticket(world, ticket_id).state == "open"
    mai.presses("Tôi đã sửa trên Nền tảng")
    assert "«Chúng tôi đã nhập mũi tiêm theo đúng sổ lưu." in world.person("lan").last
    rejected, _id = complaint(world, faults=[identity()])
    opens(mai, rejected)
    mai.presses("Cần bổ sung")
    mai.says("11")
    mai.presses("2. Anh/Chị gửi lại giúp")
    assert "Gửi người dân: «Anh/Chị gửi lại giúp" in mai.last
    mai.presses("Gửi")
    assert "«Anh/Chị gửi lại giúp, ghi đúng như trên CCCD." in world.person("lan").last


def test_a_reason_for_later_and_then_the_day(world: World, mai: Person) -> None:
    report, ticket_id = complaint(world)
    opens(mai, report)
    mai.presses("Xử lý sau")
    mai.presses("1. Chúng tôi đang tìm lại sổ tiêm cũ")
    mai.says("25/11")
    assert str(ticket(world, ticket_id).later_until) == "2026-11-25"
    assert "Chúng tôi đang tìm lại sổ tiêm cũ." in world.person("lan").last
    assert "Lưu làm câu mẫu" not in mai.buttons


def test_someone_of_sixty_is_ong_ba_in_built_in_words_too(world: World, mai: Person) -> None:
    report, _id = complaint(world)
    with world.tx() as tx:
        talk = talks.open_talk(tx, "web", "lan")
        talks.keep(tx, talk.id, {"elder": True})
    opens(mai, report)
    mai.presses("Hỏi người dân")
    mai.presses("1. ")
    mai.presses("Gửi")
    assert "Ông/Bà gửi giúp ảnh giấy" in world.person("lan").last


def test_what_was_typed_is_kept_for_the_unit_and_offered_for_that_kind(world: World, mai: Person) -> None:
    first, _id = complaint(world)
    opens(mai, first)
    mai.presses("Trả lời người dân")
    mai.says("Trạm trực cả sáng thứ bảy.")
    mai.presses("Lưu làm câu mẫu")
    assert "xin đừng ghi tên" in mai.last
    mai.presses("Lưu")
    ba = world.joins("ba", STATION, "clerk")
    second, _id = complaint(world, by="hoa")
    opens(ba, second)
    ba.presses("Trả lời người dân")
    assert ba.buttons[0] == "1. Trạm trực cả sáng thứ bảy."
    ba.says("1")
    ba.presses("Gửi")
    assert "«Trạm trực cả sáng thứ bảy.»" in world.person("hoa").last
    other, _id = complaint(world, faults=[identity()])
    opens(ba, other)
    ba.presses("Trả lời người dân")
    assert "Trạm trực" not in ba.last
    elsewhere, _id = complaint(world, "site:demo-2")
    hoa = world.joins("tram2", "site:demo-2", "clerk")
    opens(hoa, elsewhere)
    hoa.presses("Trả lời người dân")
    assert "Trạm trực" not in hoa.last


def test_the_same_sentence_and_one_with_a_card_number_are_not_offered_to_be_kept(
    world: World, mai: Person
) -> None:
    for words in ("Số 015095001234 đã đúng.", "Số 123 456 789 đã đúng.", "Số 015.095.001.234 đã đúng."):
        report, _id = complaint(world)
        opens(mai, report)
        mai.presses("Trả lời người dân")
        mai.says(words)
        assert "Lưu làm câu mẫu" not in mai.buttons
    report, _id = complaint(world)
    opens(mai, report)
    mai.presses("Trả lời người dân")
    mai.says("Xin gọi trạm: 0216 3 812 345.")
    mai.presses("Lưu làm câu mẫu")
    mai.presses("Lưu")
    opens(mai, report)
    mai.presses("Trả lời người dân")
    mai.says("Xin gọi trạm: 0216 3 812 345.")
    assert "Lưu làm câu mẫu" not in mai.buttons


def test_what_was_typed_for_one_ticket_is_not_kept_after_another_act(world: World, mai: Person) -> None:
    report, _id = complaint(world)
    opens(mai, report)
    mai.presses("Trả lời người dân")
    mai.says("Xong rồi ạ.")
    stale = next(c["token"] for c in mai.heard[-1]["choices"] if c["label"] == "Lưu làm câu mẫu")
    opens(mai, report)
    mai.presses("Nhận thay" if "Nhận thay" in mai.buttons else "Ghi chú nội bộ")
    mai.says("ghi chú")
    mai.token(stale)
    assert "Câu mẫu" in mai.last and "Xong rồi ạ." not in mai.last


def test_caumau_adds_lists_and_removes(world: World, mai: Person) -> None:
    ba, thu = world.joins("ba", STATION, "clerk"), world.joins("thu", STATION, "head")
    mai.says("/caumau")
    assert "0/20 câu" in mai.last
    mai.presses("Thêm câu mẫu")
    mai.presses("Hỏi")
    mai.says("a" * 301)
    assert "300 ký tự" in mai.last
    mai.says("Số 015095001234?")
    assert "bỏ dãy số đó" in mai.last
    mai.says("Hôm đó ai đưa Anh/Chị đi tiêm?")
    assert "1/20 câu" in mai.last and "Hỏi: Hôm đó ai đưa Anh/Chị đi tiêm?" in mai.buttons
    ba.says("/caumau")
    ba.presses("Hỏi: Hôm đó")
    assert "Người thêm: Mai" in ba.last and "Xóa câu này" not in ba.buttons
    with world.tx() as tx:
        one = tx.execute(select(canned.canned.c.id)).scalar_one()
    ba.token(f"c:remove:{one}")
    thu.says("/caumau")
    thu.presses("Hỏi: Hôm đó")
    thu.presses("Xóa câu này")
    assert "Đã xóa" in thu.last and "0/20 câu" in thu.last


def test_twenty_fill_the_shelf(world: World, mai: Person) -> None:
    at = unit_id(world, STATION)
    with world.tx() as tx:
        for n in range(MOST):
            canned.add(tx, at, None, "ask", f"Câu {n}", 1, world.time)
    mai.says("/caumau")
    assert "20/20 câu" in mai.last and "Thêm câu mẫu" not in mai.buttons
    mai.token(f"c:add:{at}:ask")
    assert "Đã đủ 20 câu mẫu" in mai.says("Câu nữa")


def test_tokens_of_others_and_nonsense_show_nothing_of_theirs(world: World, mai: Person) -> None:
    at = unit_id(world, STATION)
    with world.tx() as tx:
        one = canned.add(tx, at, None, "ask", "Câu của trạm", 1, world.time)
    hoa = world.joins("hoa", "site:demo-2", "clerk")
    for token in (f"c:one:{one}", f"c:remove:{one}", f"c:unit:{at}", f"c:add:{at}:ask", "c:one:x", "c:", "c:keep:go", "c"):  # fmt: skip
        assert "Câu của trạm" not in hoa.token(token)
        assert "không có quyền" in world.person("lan").token(token)
    with world.tx() as tx:
        assert canned.get(tx, one)
    report, ticket_id = complaint(world)
    version = ticket(world, ticket_id).version
    for key in ("=99", "=entered", "=", "send", "=1:x"):
        mai.token(f"t:{ticket_id}:{version}:ask:{key}")
        mai.token(f"t:{ticket_id}:{version}:reject:8:{key}")
    assert ticket(world, ticket_id).version == version and report
