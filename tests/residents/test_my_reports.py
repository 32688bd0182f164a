"""«Phản ánh đã gửi»: the list, the card, and what a resident can do with a ticket, once and where it fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers import desk
from storage import history, reports, tickets
from tests.residents.people_and_reports import (
    MISSING,
    WRONG_NUMBER,
    clerk_turn,
    code_of,
    filed,
    known,
    parts,
    someone,
)
from tests.world import DESK, Person, World


def at_the_station(world: World, report: reports.Report, act: str, *words: str) -> None:
    with world.tx() as tx:
        turn = clerk_turn(world, tx)
        getattr(desk, act)(turn, tickets.of_report(tx, report.id)[0], *words)
    world.work()


def opens(person: Person, report: reports.Report) -> str:
    return person.token(f"r:{report.id}")


def events(world: World, report: reports.Report) -> list[str]:
    with world.tx() as tx:
        return [
            e.what
            for t in tickets.of_report(tx, report.id)
            for e in history.of_ticket(tx, t.id, internal=True)
        ]


def test_nothing_sent_yet(world: World) -> None:
    lan = someone(world, "lan")
    assert "chưa gửi phản ánh nào" in lan.says("/theodoi")
    assert lan.buttons == ["Phản ánh sai sót", "Mở phản ánh bằng mã", "Menu"]


def test_the_list_has_open_ones_first(world: World) -> None:
    lan = someone(world, "lan")
    first = filed(world, lan)
    world.jump(hours=1)
    second = filed(world, lan, [WRONG_NUMBER])
    at_the_station(world, second, "approve")
    said = lan.says("/theodoi")
    assert said.index(first.code) < said.index(second.code)
    assert "Chờ đơn vị tiếp nhận, còn 47 giờ · Trạm Y tế xã Hạnh Phúc" in said
    assert lan.buttons[0] == f"{first.code} · Thiếu mũi tiêm"


def test_a_long_list_goes_on(world: World) -> None:
    lan = someone(world, "lan")
    for _ in range(8):
        filed(world, lan)
    lan.says("/theodoi")
    assert "Xem thêm (còn 2)" in lan.buttons
    assert lan.presses("Xem thêm").count("PA-") == 2
    assert lan.token("r:more:999").count("PA-") == 6


def test_the_card_replaces_the_list_but_never_a_notice(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    lan.says("/theodoi")
    listed = lan.heard[-1]["_id"]
    lan.presses(report.code)
    assert lan.heard[-1]["_replaces"] == listed and lan.heard[-1]["kind"] == "card"
    opens(lan, report)
    assert lan.heard[-1]["_replaces"] is None


def test_the_card_says_what_who_why_when(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan, [MISSING, WRONG_NUMBER])
    world.jump(hours=7)
    card = opens(lan, report)
    for piece in (
        report.code,
        "N***** T** L**",
        "Chưa có trên hệ thống: mũi cơ bản 2, Comirnaty, 12/08/2021",
        "015******999 → 015******234",
        "Nơi xử lý: Trạm Y tế xã Hạnh Phúc",
        "nơi tiêm trước đây nay đã sáp nhập vào đây",
        "thông tin cá nhân do Trạm Y tế nơi thường trú sửa",
        "còn 41 giờ",
        "trước 16:00 Chủ nhật 22/11",
        "16:00 20/11/2026 – Đã tiếp nhận",
    ):
        assert piece in card
    assert "015168001234" not in card and lan.heard[-1]["sensitive"]
    assert "Thêm lời: Thiếu mũi tiêm" in lan.buttons and "Rút phản ánh: Thông tin cá nhân sai" in lan.buttons


def test_internal_notes_stay_inside_and_old_steps_are_counted(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    at_the_station(world, report, "note", "chỉ nội bộ")
    for n in range(12):
        at_the_station(world, report, "ask_resident", f"câu hỏi {n}")
    card = opens(lan, report)
    assert "chỉ nội bộ" not in card and "… 3 bước trước đó" in card
    assert "câu hỏi 1»" not in card and card.index("câu hỏi 2") < card.index("câu hỏi 11")


@pytest.mark.parametrize(
    "token", ["r:1", "r:1:card", "r:1:withdraw!:1", "r:99", "r:x", "r:", "r:9999999999999999999999"]
)
def test_other_peoples_reports_stay_shut(world: World, token: str) -> None:
    report = filed(world, someone(world, "lan"))
    said = someone(world, "eve").token(token)
    assert "chưa mở trong cuộc trò chuyện này" in said and report.code not in said
    assert events(world, report) == ["received"]


def test_a_ticket_of_another_report_is_not_reached_through_ones_own(world: World) -> None:
    hers = filed(world, someone(world, "lan"))
    eve = someone(world, "eve")
    own = filed(world, eve)
    eve.token(f"r:{own.id}:withdraw!:{parts(world, hers)[0].id}")
    assert events(world, hers) == ["received"]


@pytest.mark.parametrize("verb", ["yes", "no", "repair", "approve", "withdraw!:x", "words:"])
def test_buttons_that_do_not_fit_change_nothing(world: World, verb: str) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    lan.token(f"r:{report.id}:{verb}:{parts(world, report)[0].id}")
    assert report.code in lan.last and events(world, report) == ["received"]


def test_adding_words(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    clerk = world.joins("tram", "station:2025:04585", "clerk")
    opens(lan, report)
    lan.presses("Thêm lời")
    assert "Trạm Y tế xã Hạnh Phúc" in lan.says("Tôi còn giữ phiếu tiêm")
    assert "Anh/Chị nói thêm: Tôi còn giữ phiếu tiêm" in opens(lan, report)
    assert f"{report.code}: người dân gửi thêm thông tin." in clerk.last


def test_words_that_are_too_long_are_refused_and_asked_for_again(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    opens(lan, report)
    lan.presses("Thêm lời")
    assert "2001 ký tự" in lan.says("a" * 2001)
    assert events(world, report) == ["received"]
    lan.says("ngắn thôi")
    assert events(world, report) == ["received", "words"]


def test_withdrawing_asks_once_more(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan, [MISSING, WRONG_NUMBER])
    opens(lan, report)
    lan.presses("Rút phản ánh: Thiếu mũi tiêm")
    assert "Rút rồi thì không ai xử lý nữa" in lan.last
    lan.presses("Không, cứ để đó")
    assert {t.state for t in parts(world, report)} == {"open"}
    lan.presses("Rút phản ánh: Thiếu mũi tiêm")
    lan.presses("Đúng, tôi rút")
    assert [t.state for t in parts(world, report)] == ["closed", "open"]
    assert "Tình trạng: Đã rút" in lan.last
    lan.token(f"r:{report.id}:withdraw!:{parts(world, report)[0].id}")
    assert events(world, report).count("withdrawn") == 1


def test_right_after_an_approval(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    at_the_station(world, report, "approve")
    assert "Hệ thống quốc gia chưa hiển thị" in opens(lan, report)
    lan.presses("Đã đúng")
    assert "Cảm ơn" in lan.last and "Đã đúng" not in lan.buttons and "Vẫn chưa đúng" in lan.buttons
    lan.token(f"r:{report.id}:yes:{parts(world, report)[0].id}")
    assert events(world, report).count("settled") == 1


def test_still_wrong_opens_one_new_round(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    at_the_station(world, report, "approve")
    world.jump(hours=20)
    lan.presses("Vẫn chưa đúng")
    assert "trước 12:00 Thứ hai 23/11" in lan.last
    lan.says("Vẫn thiếu mũi 2")
    lan.presses("Vẫn chưa đúng")  # the old button once more
    ticket = parts(world, report)[0]
    with world.tx() as tx:
        assert tickets.round_of(tx, ticket).number == 2
    assert ticket.state == "open" and events(world, report)[-2:] == ["still_wrong", "words"]


def test_right_or_wrong_after_an_answer_to_an_open_ticket(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    at_the_station(world, report, "answer", "Đã nhập mũi 2")
    opens(lan, report)
    assert lan.buttons[:2] == ["Đã đúng", "Vẫn chưa đúng"]
    lan.presses("Vẫn chưa đúng")
    opens(lan, report)
    assert "Đã đúng" not in lan.buttons, "it was said; the next answer asks again"
    at_the_station(world, report, "answer", "Đã nhập lại")
    opens(lan, report)
    lan.presses("Đã đúng")
    assert "Anh/Chị đã xác nhận đúng" in lan.last and parts(world, report)[0].state == "closed"


def test_repair_after_a_rejection_is_a_new_round_of_the_same_ticket(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    at_the_station(world, report, "reject", "11")
    world.jump(hours=3)
    opens(lan, report)
    assert lan.buttons[0] == "Gửi bổ sung" and "Rút phản ánh" not in lan.buttons
    assert "không dấu" in lan.presses("Gửi bổ sung")
    said = lan.says("Nguyễn Thị Lan")
    assert "trước 19:00 Chủ nhật 22/11" in said
    (ticket,) = parts(world, report)
    with world.tx() as tx:
        assert ticket.state == "open" and tickets.round_of(tx, ticket).number == 2


def test_words_written_while_the_ticket_was_closed_meanwhile(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    at_the_station(world, report, "reject", "11")
    opens(lan, report)
    lan.presses("Gửi bổ sung")
    with world.tx() as tx:
        ticket = tickets.of_report(tx, report.id)[0]
        desk.repaired(clerk_turn(world, tx), ticket, "từ máy khác")
    assert "vừa có thay đổi" in lan.says("Nguyễn Thị Lan")
    assert events(world, report).count("repaired") == 1


def test_somebody_else_was_quicker(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The resident's withdrawal meets a ticket that another process has just changed."""
    lan = someone(world, "lan")
    report = filed(world, lan)
    stale = replace(parts(world, report)[0], version=0)
    monkeypatch.setattr("handlers.residents.seen.tickets.find", lambda tx, ticket_id: stale)
    said = lan.token(f"r:{report.id}:withdraw!:{stale.id}")
    assert "vừa có thay đổi" in said and "còn 48 giờ" in said
    assert events(world, report) == ["received"]


def test_by_code_in_another_browser(world: World) -> None:
    lan, phone = someone(world, "lan"), world.person("phone")
    report = filed(world, lan)
    phone.says("/theodoi")
    phone.presses("Mở phản ánh bằng mã")
    phone.says(report.code.lower().replace("-", " "))
    assert world.sms[-1]["phone"] == "0912345678"
    assert report.code in phone.says(code_of(world))
    at_the_station(world, report, "answer", "Đã nhập mũi 2")
    assert "Đã nhập mũi 2" in lan.last and "Đã nhập mũi 2" not in phone.last  # said once, and seen in both
    phone.says("/theodoi")
    assert "Đã nhập mũi 2" in phone.presses(report.code)


def test_a_proven_report_asks_the_phone_on_the_record(world: World) -> None:
    resident = known(world, name="Lò Thị Pành", birth="1980-01-02", phone="0988000111")
    report = filed(world, someone(world, "lan"), phone="0911111111")
    with world.tx() as tx:
        tx.execute(reports.reports.update().values(resident_id=resident, proven=True))
    eve = someone(world, "eve")
    eve.token("r:code")
    eve.says(report.code)
    assert world.sms[-1]["phone"] == "0988000111"


def test_the_same_words_for_codes_that_do_not_exist(world: World) -> None:
    report = filed(world, someone(world, "lan"))
    a, b = someone(world, "a"), someone(world, "b")
    for person in (a, b):
        person.token("r:code")
    assert a.says(report.code) == b.says("PA-ZZZZZ") and a.buttons == b.buttons
    assert a.says("999999") == b.says("999999")
    assert len(world.sms) == 1


def test_guessing_codes_is_throttled(world: World) -> None:
    eve = someone(world, "eve")
    for code in ("PA-ZZZZ2", "PA-ZZZZ3", "PA-ZZZZ4"):
        eve.token("r:code")
        eve.says(code)
    eve.token("r:code")
    assert "thử lại sau 16:15" in eve.says("PA-ZZZZ5")


def test_what_cannot_be_a_code_is_asked_again(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    lan.token("r:code")
    assert "PA-7K2MX" in lan.says("phản ánh hôm qua")
    assert "Nơi xử lý" in lan.says(report.code), "one's own report needs no SMS"
    assert world.sms == []


def test_by_code_without_sms(make_world: Callable[..., World]) -> None:
    world = make_world(desk=replace(DESK, sms=False))
    told = someone(world, "lan").token("r:code")
    assert "chưa gửi được SMS" in told and "Phản ánh đã gửi" in told and "tra cứu" not in told.lower()
