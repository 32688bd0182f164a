"""The police compare: one by one as buttons or all but a few, then sign and give back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.lists import (
    asking,
    keying,
    police_all,
    police_differs,
    police_person,
    police_sign,
    police_supply,
    scan,
)
from handlers.lists.rights import Rights
from handlers.reply import Button
from handlers.turn import Turn
from locales import Text, _
from storage import list_people
from storage.lists import List

ACTS: dict[str, Callable[[Turn, List, Rights, str], Text | None]] = {
    "compare": police_person.begin,
    "look": police_person.look,
    "say": police_person.say,
    "differs": police_differs.press,
    "supply": police_supply.press,
    "sent": police_supply.sent,
    "need": police_supply.need,
    "but": police_all.press,
    "sign": police_sign.press,
    "scan": scan.ask,
    "scans": scan.show,
}
HEARS: dict[str, Callable[[Turn, List, Rights, dict[str, Any], str], Text | None]] = {
    "differs": police_differs.hear,
    "supply": police_supply.hear,
    "need": police_supply.hear_need,
    "but": police_all.hear,
    "sign": police_sign.hear,
    "scan": scan.typed,
}
READS = frozenset({"compare", "look", "need", "scans"})


def buttons(turn: Turn, found: List, may: Rights) -> list[Button]:
    """What comes next stands first: comparing, or, once everybody has a result, signing."""
    shown: list[Button] = []
    n = list_people.counts(turn.tx, found.id)
    if keying.may_say(turn, found, may):
        done = n.said == n.n
        go = _("Compare") if may.police else _("Key in results")
        compare = Button(
            go if not done else _("Change a result"),
            asking.token(found, "compare"),
            "plain" if done else "primary",
        )
        sign = Button(_("Sign and give back"), asking.token(found, "sign"), "primary")
        but = Button(_("All match, but …"), asking.token(found, "but"))
        shown += [sign, compare] if done else [compare, but, sign] if n.said else [compare, but]
    if may.make and found.state == "police" and n.supplement:
        shown.append(Button(_("Supplement needed: {n}", n=n.supplement), asking.token(found, "need")))
    return shown
