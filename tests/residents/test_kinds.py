"""Every kind of correction, by its own example: it stands in the menu, is filled in, sent, and read by the staff."""

from __future__ import annotations

import pytest

from handlers import wording, wording_changes
from handlers.forms import Form
from handlers.residents import corrections, kinds
from locales import say
from tests.residents.people_and_reports import clerk_turn, parts, someone
from tests.world import Person, World

KINDS = corrections.kinds()
MOST = 6  # buttons on a page, beside «Quay lại» and «Menu»


@pytest.mark.parametrize("form", KINDS, ids=lambda form: form.kind)
def test_the_example_of_a_kind_becomes_a_ticket(world: World, form: Form) -> None:
    an = someone(world, "an")
    an.says("/phananh")
    to(an, form)
    for answer in form.example:
        an.says(answer)
    assert "xem lại một lần nữa" in an.last, an.show()
    for answer in an.last.splitlines():
        assert not answer.endswith(": "), "an answer without words"
    assert "Mã phản ánh là" in an.presses("Gửi")
    with world.tx() as tx:
        from storage import reports

        report = reports.watched(tx, clerk_turn(world, tx, "an").talk.id)[0]
    (ticket,) = parts(world, report)
    assert ticket.kind == form.kind
    shown = say(wording_changes.changes(ticket), "vi")
    assert shown and "None" not in shown
    assert say(wording.marked(ticket.kind), "vi") != ticket.kind
    assert all(say(wording.ROUTES[reason], "vi") for reason in ticket.reasons)


def to(person: Person, form: Form) -> None:
    """Presses the way from the choice of kinds to this one, past what is said before it."""
    title = say(form.title, "vi")
    if title not in person.buttons:
        person.presses("Việc khác")
    if title not in person.buttons:
        person.presses(say(kinds.GROUPS[form.group], "vi"))
    person.presses(title)
    if form.warning:
        person.presses("Báo cho cơ sở tiêm")


def test_the_menu_is_short_and_in_a_natural_order(world: World) -> None:
    an = someone(world, "an")
    an.says("/phananh")
    assert an.buttons == ["Thiếu mũi tiêm", "Mũi tiêm ghi sai", "Thông tin cá nhân sai", "Việc khác", "Menu"]
    an.presses("Việc khác")
    assert an.buttons[:3] == [
        "Không khỏe sau khi tiêm",
        "Tôi còn ở điểm tiêm, chưa thấy mũi tiêm",
        "Mũi trùng, mũi lạ, tiêm theo lực lượng",
    ]
    an.presses("Mũi trùng")
    assert an.buttons[:3] == ["Một mũi bị ghi hai lần", "Có mũi tôi không tiêm", "Mũi tiêm nằm ở hồ sơ khác"]
    an.says("quay lại")
    assert an.buttons[0] == "Không khỏe sau khi tiêm"
    an.says("quay lại")
    assert an.buttons[0] == "Thiếu mũi tiêm"


def test_no_page_of_the_menu_is_long_and_everything_stands_on_one(world: World) -> None:
    an = someone(world, "an")
    an.says("/phananh")
    an.presses("Việc khác")
    shown, rarer = set(), an.buttons
    assert len(rarer) - 2 <= MOST and rarer[-2:] == ["Quay lại", "Menu"]
    shown |= set(rarer)
    for title in kinds.GROUPS.values():
        if (label := say(title, "vi")) in rarer:
            an.presses(label)
            assert 2 <= len(an.buttons) - 2 <= MOST, label
            shown |= set(an.buttons)
    wanted = [form.title for form in KINDS if form.group != "top"]
    wanted += [advice.title for advice in kinds.advice().values()]
    assert {say(title, "vi") for title in wanted} <= shown


@pytest.mark.parametrize(
    "token", ["report:group:nothing", "report:group:", "report:group:top", "report:group"]
)
def test_a_group_that_there_is_not_leads_to_the_groups(world: World, token: str) -> None:
    an = someone(world, "an")
    an.token(token)
    assert an.buttons[0] == "Không khỏe sau khi tiêm"


@pytest.mark.parametrize(
    "words", ["có mũi tôi không tiêm", "CO MUI TOI KHONG TIEM", "A dose that is not mine"]
)
def test_a_kind_can_be_called_by_its_name_from_anywhere(world: World, words: str) -> None:
    an = someone(world, "an")
    an.says("/phananh")
    assert "công dân Việt Nam" in an.says(words), an.show()


def test_a_second_mistake_may_be_of_a_rarer_kind(world: World) -> None:
    """The parts that are finished stay, also while one looks behind «Việc khác» and back."""
    an = someone(world, "an")
    an.says("/phananh")
    an.presses("Thiếu mũi tiêm")
    for answer in next(form for form in KINDS if form.kind == "dose_missing").example:
        an.says(answer)
    an.presses("Thêm sai sót khác")
    an.presses("Việc khác")
    assert "Gửi phần đã điền" in an.buttons
    an.presses("Quay lại")
    assert "Gửi phần đã điền" in an.buttons
    an.presses("Việc khác")
    an.presses("Mũi trùng")
    assert "Gửi phần đã điền" in an.buttons
    assert "Mũi nào ghi trong hồ sơ mà thật ra không tiêm" in an.presses("Có mũi tôi không tiêm")
