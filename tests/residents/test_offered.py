"""Free words are offered as a kind of report, and go into its form."""

from __future__ import annotations

import pytest

from handlers.rules.meant_table import TABLE
from storage import history, reports, tickets
from tests.residents.people_and_reports import clerk_turn, filed, parts, someone
from tests.world import World

ALL = "Không phải, xem tất cả"


def test_words_of_several_messages_belong_together(world: World) -> None:
    lan = someone(world, "lan")
    lan.says("mui 2 cua toi")
    lan.says("chua thay tren app")
    assert "**Thiếu mũi tiêm**" in lan.last and lan.buttons[-1] == ALL
    lan.says("tiem ngay 12/08/2021")
    lan.says("đúng rồi")
    with world.tx() as tx:
        state = clerk_turn(world, tx, "lan").state
    assert state["answers"]["day"] == "2021-08-12" and state["answers"]["in_words"].count("\n") >= 1


def test_no_shows_everything_and_keeps_the_words(world: World) -> None:
    lan = someone(world, "lan")
    lan.says("ten dem cua toi bi ghi sai")
    lan.says("không phải")
    assert lan.buttons[0] == "Thiếu mũi tiêm"
    lan.presses("Thiếu mũi tiêm")
    with world.tx() as tx:
        assert clerk_turn(world, tx, "lan").state["answers"]["in_words"] == "ten dem cua toi bi ghi sai"


def test_words_that_were_left_do_not_go_into_a_later_report(world: World) -> None:
    lan = someone(world, "lan")
    lan.says("ten dem cua toi bi ghi sai")
    lan.says("/menu")
    lan.says("/phananh")
    lan.presses("Thiếu mũi tiêm")
    with world.tx() as tx:
        assert "in_words" not in clerk_turn(world, tx, "lan").state["answers"]


def test_where_somebody_feels_unwell_help_is_named_first(world: World) -> None:
    lan = someone(world, "lan")
    assert "115" in lan.says("con toi tiem xong kho tho qua").split("\n\n")[0]
    filed(world, lan)
    assert "115" in lan.says("bay gio bi co giat roi").splitlines()[0]


def test_the_complaint_form_takes_the_words_as_its_answer(world: World) -> None:
    lan = someone(world, "lan")
    lan.says("nhân viên thái độ không tốt, quát mắng người dân")
    lan.presses("Thái độ, chờ lâu")
    lan.says("hat luu")
    lan.says("1")
    lan.says("bỏ qua")
    lan.says("bỏ qua")
    assert "quát mắng người dân" in lan.last and "xem lại" in lan.last
    lan.presses("Gửi")
    with world.tx() as tx:
        (report,) = reports.watched(tx, clerk_turn(world, tx, "lan").talk.id)
        (ticket,) = tickets.of_report(tx, report.id)
        assert "quát mắng" in ticket.changes[0]["new"]
        assert [one.what for one in history.of_ticket(tx, ticket.id, internal=False)] == ["received"]


def test_words_beside_an_open_report_may_begin_a_new_one(world: World) -> None:
    lan = someone(world, "lan")
    first = filed(world, lan)
    lan.says("ten dem cua toi bi ghi sai")
    assert lan.buttons[0].startswith(first.code) and "Phản ánh mới: Thông tin cá nhân sai" in lan.buttons
    lan.presses("Phản ánh mới")
    (ticket,) = parts(world, first)
    with world.tx() as tx:
        turn = clerk_turn(world, tx, "lan")
        assert turn.state["form"] == "personal" and "words" not in turn.state
        assert all(one.what != "words" for one in history.of_ticket(tx, ticket.id, internal=True))


def test_whoever_is_not_understood_twice_can_ask_for_a_call(world: World) -> None:
    lan = someone(world, "lan")
    lan.says("ơ kìa")
    assert "Nhờ gọi lại" not in lan.buttons
    lan.says("ủa sao vậy")
    assert lan.buttons[0] == "Nhờ gọi lại"


@pytest.mark.parametrize(
    "token", ["w:k:", "w:k:none", "w:k:dose_wrong:7", "w:k:../x", "w:all", "w:k:site_tech"]
)
def test_forged_tokens_open_nothing_strange(world: World, token: str) -> None:
    lan = someone(world, "lan")
    lan.token(token)
    assert lan.buttons


def test_every_kind_of_the_menu_is_in_the_table() -> None:
    from handlers.residents import kinds

    known = {form.kind for form in kinds.kinds()} | set(kinds.advice())
    assert known - {"for_another"} == set(TABLE) - {"none"}
