"""Words that answer no question: given to the report they belong to, and lost nowhere."""

from __future__ import annotations

from storage import history, reports, tickets
from tests.residents.people_and_reports import MISSING, WRONG_NUMBER, filed, parts, someone
from tests.world import World


def words_of(world: World, report: reports.Report) -> list[str]:
    with world.tx() as tx:
        return [
            str(event.details["words"])
            for ticket in tickets.of_report(tx, report.id)
            for event in history.of_ticket(tx, ticket.id, internal=False)
            if event.what == "words"
        ]


def test_without_a_report_the_menu_comes(world: World) -> None:
    lan = someone(world, "lan")
    assert "chưa hiểu" in lan.says("cho tôi hỏi chút")
    assert "Phản ánh sai sót" in lan.buttons


def test_which_report(world: World) -> None:
    lan = someone(world, "lan")
    both, single = filed(world, lan, [MISSING, WRONG_NUMBER]), filed(world, lan)
    lan.says("Tôi tìm thấy phiếu tiêm rồi")
    lan.says("số lô là FF1234")
    assert lan.buttons == [
        f"{single.code} · Thiếu mũi tiêm",
        f"{both.code} · Thiếu mũi tiêm",
        f"{both.code} · Thông tin cá nhân sai",
        "Việc khác: phản ánh mới",
        "Không thuộc phản ánh nào",
    ]
    assert both.code in lan.presses(f"{both.code} · Thiếu")
    assert words_of(world, both) == ["Tôi tìm thấy phiếu tiêm rồi\nsố lô là FF1234"]
    assert words_of(world, single) == []


def test_the_number_of_the_button_can_be_typed(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    lan.says("Tôi tìm thấy phiếu tiêm rồi")
    lan.says("1")
    assert words_of(world, report) == ["Tôi tìm thấy phiếu tiêm rồi"]
    assert "Không còn lời nào" in lan.token(f"w:t:{parts(world, report)[0].id}")


def test_something_else_opens_a_new_report_and_none_passes_nothing_on(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    lan.says("chuyện khác")
    lan.presses("Việc khác")
    assert "Thiếu mũi tiêm" in lan.buttons
    lan.says("/menu")
    lan.says("cảm ơn nhé")
    assert "không chuyển lời nào" in lan.presses("Không thuộc")
    assert words_of(world, report) == []


def test_too_long_is_refused_and_what_was_said_before_is_kept(world: World) -> None:
    lan = someone(world, "lan")
    report = filed(world, lan)
    lan.says("phần đầu")
    assert "ký tự" in lan.says("b" * 2000)
    lan.says("phần hai")
    lan.presses(report.code)
    assert words_of(world, report) == ["phần đầu\nphần hai"]


def test_a_forged_ticket_gets_nothing(world: World) -> None:
    hers = filed(world, someone(world, "lan"))
    eve = someone(world, "eve")
    own = filed(world, eve)
    eve.says("gửi vào phiếu của người khác")
    eve.token(f"w:t:{parts(world, hers)[0].id}")
    assert words_of(world, hers) == []
    eve.presses(own.code)
    assert words_of(world, own) == ["gửi vào phiếu của người khác"]
