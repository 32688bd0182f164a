"""Back at the station: what to enter on the Platform, ticked off; or an outcome of the letters.

back_work.py      one person after another      back_imported.py  those that one import of a file enters
back_outcomes.py  those that cannot be put right
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.lists import asking, back_imported, back_outcomes, back_work, files
from handlers.lists.asking import token
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.rules import lists as rules
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, _, lines, ngettext
from storage import list_people
from storage.lists import List


def finish(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """A site's own round: returned is all that it was made for (S1)."""
    from handlers.lists import desk

    if not may.make or found.state != "back" or found.kind != "round":
        menu.no_access(turn)
        return None
    if arg == "go":
        desk.finish(turn, found)
        return _("Kept, and finished.")
    left = sum(one[3] for one in list_people.left(turn.tx, found.id) if one[1] != "matches" and not one[2])
    open_ = ngettext("{n} person is not ticked off and has no outcome.", "{n} persons are not ticked off and have no outcome.",
                     left) if left else None  # fmt: skip
    go = Button(_("Keep it and finish"), token(found, "finish", "go"), "primary")
    told = lines(_("Finish this list?"), open_, _("This cannot be undone."))
    turn.say(Reply(told, (go, asking.back(found)), "ask"))
    return None


ACTS: dict[str, Callable[[Turn, List, Rights, str], Text | None]] = {
    **back_work.ACTS,
    **back_imported.ACTS,
    **back_outcomes.ACTS,
    "finish": finish,
}
HEARS: dict[str, Callable[[Turn, List, Rights, dict[str, Any], str], Text | None]] = {**back_outcomes.HEARS}
READS: frozenset[str] = frozenset({*back_work.READS, *back_outcomes.READS})


def buttons(turn: Turn, found: List, may: Rights) -> list[Button]:
    """The three groups of S4 §4, as long as anybody is left in them."""
    if not may.make or found.state != "back":
        return []
    n = dict.fromkeys(("work", "rest", "file"), 0)
    for fault, verdict, ticked, count in list_people.left(turn.tx, found.id):
        if verdict in back_outcomes.CANNOT:
            n["rest"] += count
        elif not ticked and verdict in rules.to_enter(found.kind):
            n["file" if fault in rules.BY_FILE else "work"] += count
    made = []
    if n["work"]:
        made.append(Button(_("Correct one by one ({n})", n=n["work"]), token(found, "work"), "primary"))
    made += files.for_platform(turn, found, may)
    if n["file"]:
        made.append(Button(_("File imported on the Platform ({n})", n=n["file"]), token(found, "imported")))
    if n["rest"]:
        made.append(Button(_("Cannot be put right ({n})", n=n["rest"]), token(found, "rest")))
    if found.kind == "round":
        made.append(Button(_("Keep it and finish"), token(found, "finish")))
    return made
