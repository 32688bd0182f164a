"""No number, or one in a wrong format: entered by the Platform's own import, and then ticked off together (S4 §4)."""

from __future__ import annotations

from handlers.lists import asking, desk
from handlers.lists.asking import token
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.rules import lists as rules
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, _, lines, ngettext
from storage import list_people, lists
from storage.lists import List


def imported(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """go:N ticks them off where there are still as many as were looked at."""
    if not may.make or found.state != "back":
        menu.no_access(turn)
        return None
    lists.hold(turn.tx, found)
    left = list_people.by_file(turn.tx, found.id, rules.BY_FILE, rules.to_enter(found.kind))
    if not left:
        return _("Nobody is left to be entered by the file.")
    if arg == f"go:{len(left)}":
        for line in left:
            desk.entered(turn, found, line)
        return ngettext("{n} person ticked off. The next export shows whether it is right.",
                        "{n} persons ticked off. The next export shows whether it is right.", len(left))  # fmt: skip
    told = lines(
        ngettext("Has the file with {n} person been imported on the Platform, without an error?",
                 "Has the file with {n} persons been imported on the Platform, without an error?", len(left)),
        _("Whoever the Platform did not take: give them an outcome first."),
        _("This cannot be undone."),
    )  # fmt: skip
    go = Button(_("Imported on the Platform"), token(found, "imported", f"go:{len(left)}"), "primary")
    turn.say(Reply(told, (go, asking.back(found)), "ask"))
    return None


ACTS = {"imported": imported}
