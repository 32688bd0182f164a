"""The hamlet's team, which reviews outside the desk (S4), and the People's Committee that a site's own list goes through (S1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.lists import desk
from handlers.lists.asking import ask_words, token
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.staff import menu, tokens
from handlers.turn import Turn
from locales import Text, _, lines
from storage import list_people, lists, staff, units
from storage.list_people import Line
from storage.lists import List

LONGEST = 500


def _may(turn: Turn, can: bool) -> bool:
    if not can:
        menu.no_access(turn)
    return can


def _keys_in(turn: Turn, found: List, may: Rights) -> bool:
    """Whether the maker keys in what went over another's desk on paper: the hamlet's team has no seat here, and of the
    People's Committee perhaps nobody has joined."""
    if not may.make:
        return False
    on_paper = found.through_id is not None and not staff.members(turn.tx, found.through_id)
    return found.state == "hamlet" or (found.state == "through" and on_paper)


def remark(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """What the hamlet's team says of one person, keyed in by the station."""
    place = tokens.number(arg)
    line = list_people.at_place(turn.tx, found.id, place) if place else None
    if _may(turn, may.make and found.state == "hamlet" and line is not None):
        assert line is not None
        asked = _("No. {place}, {name}: what does the hamlet's team say?", place=line.place,
                  name=str(line.given.get("name") or ""))  # fmt: skip
        ask_words(turn, found, "remark", asked, place=line.place)
    return None


def hear_remark(turn: Turn, found: List, may: Rights, expects: dict[str, Any], text: str) -> Text | None:
    from handlers.lists import people

    line = list_people.at_place(turn.tx, found.id, int(expects["place"]))
    if not _may(turn, may.make and found.state == "hamlet" and line is not None):
        return None
    assert line is not None
    if len(text) > LONGEST:
        ask_words(turn, found, "remark", _too_long(), place=line.place)
        return None
    lists.hold(turn.tx, found)
    list_people.change(turn.tx, line, reviewed=text)
    return people.person(turn, found, may, str(line.place), _("Kept."))


def _too_long() -> Text:
    return _("That is too long. Please keep it under {n} characters.", n=LONGEST)


def reviewed(turn: Turn, found: List, may: Rights, _arg: str) -> Text | None:
    """Who did it and when, in free words: the paper itself stays with the station."""
    if _may(turn, _keys_in(turn, found, may)):
        ask_words(turn, found, "reviewed", _WHO[found.state])
    return None


_WHO = {
    "hamlet": _(
        "Who of the hamlet's team has reviewed it, and when? For example: Vàng A Dê, head of hamlet 3, 21/11."
    ),
    "through": _("Who at the People's Committee has passed it on, and when?"),
}


def hear_reviewed(turn: Turn, found: List, may: Rights, _expects: dict[str, Any], text: str) -> Text | None:
    if not _may(turn, _keys_in(turn, found, may)):
        return None
    if len(text) > LONGEST or len(text) < 2:
        ask_words(turn, found, "reviewed", _too_long() if text else _WHO[found.state])
        return None
    desk.passed(turn, found, words=text)
    return _to_police(turn, found)


def _to_police(turn: Turn, found: List) -> Text:
    return _("Passed on to {police}.", police=units.get(turn.tx, found.police_id).name)


def forward(turn: Turn, found: List, may: Rights, _arg: str) -> Text | None:
    """«Chuyển Công an», by the People's Committee."""
    if not _may(turn, may.through and found.state == "through"):
        return None
    desk.passed(turn, found)
    return _to_police(turn, found)


def refuse(turn: Turn, found: List, may: Rights, _arg: str) -> Text | None:
    if _may(turn, may.through and found.state == "through"):
        asked = lines(_("What is wrong with the list? {unit} reads it.", unit=units.get(turn.tx, found.maker_id).name),
                      _("It keeps its number and date; the two days run on."))  # fmt: skip
        ask_words(turn, found, "refuse", asked)
    return None


def hear_refuse(turn: Turn, found: List, may: Rights, _expects: dict[str, Any], text: str) -> Text | None:
    if not _may(turn, may.through and found.state == "through"):
        return None
    if len(text) > LONGEST or len(text) < 2:
        ask_words(turn, found, "refuse", _too_long() if text else _("Please type what is wrong."))
        return None
    desk.refused(turn, found, text)
    told = _("Given back to {unit}.", unit=units.get(turn.tx, found.maker_id).name)
    turn.say(Reply(told, (menu.LISTS, menu.HOME), "card"))  # until it comes again it is not theirs to see
    return None


def person_buttons(found: List, may: Rights, line: Line) -> list[Button]:
    """On the card of one person."""
    if not may.make or found.state != "hamlet":
        return []
    return [Button(_("Remark of the hamlet's team"), token(found, "remark", str(line.place)), "primary")]


ACTS: dict[str, Callable[[Turn, List, Rights, str], Text | None]] = {
    "remark": remark,
    "reviewed": reviewed,
    "forward": forward,
    "refuse": refuse,
}
HEARS: dict[str, Callable[[Turn, List, Rights, dict[str, Any], str], Text | None]] = {
    "remark": hear_remark,
    "reviewed": hear_reviewed,
    "refuse": hear_refuse,
}
READS: frozenset[str] = frozenset()


def buttons(turn: Turn, found: List, may: Rights) -> list[Button]:
    made = []
    if may.through and found.state == "through":
        made += [
            Button(_("Pass on to the police"), token(found, "forward"), "primary"),
            Button(_("Give back to its maker"), token(found, "refuse")),
        ]
    if _keys_in(turn, found, may):
        label = _("Reviewed by the hamlet's team: to the police")
        if found.state == "through":
            label = _("Passed on by the People's Committee on paper: to the police")
        made.append(Button(label, token(found, "reviewed"), "primary"))
    return made
