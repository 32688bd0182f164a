"""Who says what the police have found: their officers; where they work on paper, whoever made the list keys it in."""

from __future__ import annotations

from handlers.lists.rights import Rights
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, _
from storage import evidence, list_people, lists, staff
from storage.list_people import Line
from storage.lists import List


def may_say(turn: Turn, found: List, may: Rights) -> bool:
    return found.state == "police" and (may.police or (may.make and on_paper(turn, found)))


def on_paper(turn: Turn, found: List) -> bool:
    """None of them has joined, or their signed paper has come back."""
    return not staff.members(turn.tx, found.police_id) or bool(evidence.of_list(turn.tx, found.id))


def refused(turn: Turn, found: List, may: Rights) -> Text | None:
    """What is said above the list's card where the police do not have it any more; None where no access was said."""
    if found.state != "police" and (may.police or may.make):
        return _("The police do not have this list any more; nothing was changed.")
    menu.no_access(turn)
    return None


def hold(turn: Turn, found: List) -> None:
    """What is said now is said of the list as it is; raises Changed where somebody has just given it back."""
    lists.hold(turn.tx, found)


def line_at(turn: Turn, found: List, part: str) -> Line | None:
    """The person with this number; None for what no number on the list is."""
    short = part.isascii() and part.isdecimal() and len(part) < 6
    return list_people.at_place(turn.tx, found.id, int(part)) if short else None
