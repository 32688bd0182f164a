"""A draft: who else is put on it, its name, given up or sent off; by the unit that makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers import wording
from handlers.lists import desk, from_tickets, refusals, rows, starting, words
from handlers.lists.asking import ask_words, back, token
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.rules import lists as rules
from handlers.rules import names
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, _, lines, ngettext
from storage import list_people, lists, units
from storage.lists import List

LONGEST_TITLE = 100

begin = starting.begin
add_rows = rows.add_rows


def _may(turn: Turn, found: List, may: Rights, kind: str | None = None) -> bool:
    if may.make and found.state == "draft" and kind in (None, found.kind):
        return True
    menu.no_access(turn)
    return False


def send(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    if not _may(turn, found, may):
        return None
    n = list_people.counts(turn.tx, found.id).n
    if not n:
        return _("Nobody is on the list yet.")
    if arg == "go":
        try:
            sent = desk.send(turn, found)
        except desk.Refused:  # those who were left are no Vietnamese citizens
            return _("Nobody is on the list yet.")
        return _("Sent: {list}. It is due back {before}.", list=words.name(sent),
                 before=wording.before(sent.due_at or turn.now, turn.now))  # fmt: skip
    due = found.due_at or rules.due_at(turn.today)
    again = found.number is not None
    told = lines(
        ngettext("Send a list of {n} person?", "Send a list of {n} persons?", n),
        _goes(turn, found),
        _("It keeps its number and date: {list}", list=words.name(found)) if again else _("It gets its number, and today's date."),
        _("Due back: {before}. Two days by calendar, also on days off (S1).", before=wording.before(due, turn.now)),
        _("After that nobody can be put on it or taken off. Foreigners are not on it."),
    )  # fmt: skip
    turn.say(Reply(told, (Button(_("Send it"), token(found, "send", "go"), "primary"), back(found)), "ask"))
    return None


def _goes(turn: Turn, found: List) -> Text:
    police = units.get(turn.tx, found.police_id).name
    if found.kind == "cleaning":
        return _("First to the hamlet's team, then to {police}.", police=police)
    if found.through_id:
        through = units.get(turn.tx, found.through_id).name
        return _("Through {through}, then to {police}.", through=through, police=police)
    return _("To {police}.", police=police)


def drop(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    if not _may(turn, found, may):
        return None
    if arg == "go":
        desk.drop(turn, found)
        turn.say(
            Reply(_("Given up. Its people can go on another list."), (refusals.LISTS_PAGE, menu.HOME), "card")
        )
        return None
    sure = Button(_("Give the draft up"), token(found, "drop", "go"), "danger")
    turn.say(
        Reply(
            _("Give this draft up? Nobody on it is lost: they can go on another list."),
            (sure, back(found)),
            "ask",
        )
    )
    return None


def more(turn: Turn, found: List, may: Rights, _arg: str) -> Text | None:
    """All identity tickets that came since, as far as there is room."""
    if not _may(turn, found, may, "tickets"):
        return None
    some = from_tickets.proposed(turn.tx, found.maker_id)
    if not some:
        return _("Every open identity ticket of this unit is on a list.")
    try:
        return from_tickets.put(turn, found.maker_id, some[: from_tickets.MOST], found).words()
    except desk.Refused as why:
        return refusals.no_list(units.get(turn.tx, found.maker_id), str(why))


def person(turn: Turn, found: List, may: Rights, _arg: str, before: Text | None = None) -> Text | None:
    if _may(turn, found, may, "round"):
        how = _(
            "Type name, birth date, sex, number. For example: Nguyễn Thị Mẫu, 05/03/1995, nữ, 015195000000. Without a number leave it out."
        )
        ask_words(turn, found, "add", lines(before, how))
    return None


def hear_person(turn: Turn, found: List, may: Rights, _expects: dict[str, Any], text: str) -> Text | None:
    """And the next one, until somebody goes back to the list."""
    if _may(turn, found, may, "round"):
        _added, told = rows.add_line(turn, found, text)
        person(turn, found, may, "", told)
    return None


def file(turn: Turn, found: List, may: Rights, _arg: str, before: Text | None = None) -> Text | None:
    if _may(turn, found, may, "round"):
        how = _(
            "Send an .xlsx file with the columns «Họ và tên», «Ngày sinh», if known: «Giới tính», «Số CCCD», «Quốc tịch», «Điện thoại», «Nơi thường trú»."
        )
        ask_words(turn, found, "file", lines(before, how, _("The file itself is not kept.")))
    return None


def hear_file(turn: Turn, found: List, may: Rights, _expects: dict[str, Any], _text: str) -> Text | None:
    return file(turn, found, may, "", _("This is no file."))


def title(turn: Turn, found: List, may: Rights, _arg: str) -> Text | None:
    if _may(turn, found, may, "round"):
        ask_words(
            turn, found, "title", _("What is this round called? For example: Round of 24/11, hamlet 3.")
        )
    return None


def hear_title(turn: Turn, found: List, may: Rights, _expects: dict[str, Any], text: str) -> Text | None:
    if not _may(turn, found, may, "round"):
        return None
    said = names.tidy(text)
    if not said or len(said) > LONGEST_TITLE:
        ask_words(turn, found, "title", _("Please keep it under {n} characters.", n=LONGEST_TITLE))
        return None
    lists.change(turn.tx, found, title=said)
    return _("The round's name is kept.")


ACTS: dict[str, Callable[[Turn, List, Rights, str], Text | None]] = {
    "send": send,
    "drop": drop,
    "more": more,
    "add": person,
    "file": file,
    "title": title,
}
HEARS: dict[str, Callable[[Turn, List, Rights, dict[str, Any], str], Text | None]] = {
    "add": hear_person,
    "file": hear_file,
    "title": hear_title,
}
READS: frozenset[str] = frozenset()


def buttons(turn: Turn, found: List, may: Rights) -> list[Button]:
    if not may.make or found.state != "draft":
        return []
    n = list_people.counts(turn.tx, found.id).n
    made = [Button(_("Send it"), token(found, "send"), "primary")] if n else []
    if found.kind == "round":
        made += [
            Button(_("Add a person"), token(found, "add")),
            Button(_("Send an .xlsx file"), token(found, "file")),
            Button(_("Name of the round"), token(found, "title")),
        ]
    if found.kind == "tickets" and n < from_tickets.MOST and from_tickets.proposed(turn.tx, found.maker_id):
        made.append(Button(_("Add the tickets that came since"), token(found, "more")))
    return made


def last_buttons(found: List, may: Rights) -> list[Button]:
    """Below everything else."""
    drop_ = Button(_("Give the draft up"), token(found, "drop"))
    return [drop_] if may.make and found.state == "draft" else []
