"""What a member of staff looks at in the queue: which units, which filter, which page, what is chosen."""

from __future__ import annotations

from typing import Any

from handlers import wording
from handlers.rules import names
from handlers.rules.deadlines import FIRST
from handlers.staff import rights
from handlers.turn import Turn
from locales import Text, Words, _
from storage import queue_filters, queue_groups
from storage.queue_filters import Condition, Counts, Scope
from storage.staff import Staff
from storage.tickets import Ticket

PAGE = 8

FILTERS: dict[str, Words] = {
    "all": _("All"),
    "mine": _("Mine"),
    "unheld": _("Held by nobody"),
    "overdue": _("Overdue"),
    "later": _("Put off"),
}

# group: [by, value], see handlers/staff/grouping.py; chosen: [[ticket, version], …]
START: dict[str, Any] = {
    "unit": "all",
    "filter": "all",
    "group": None,
    "page": 0,
    "many": False,
    "chosen": [],
}


def of(turn: Turn) -> dict[str, Any]:
    return {**START, **turn.state.get("queue", {})}


def keep(turn: Turn, **values: object) -> dict[str, Any]:
    turn.state["queue"] = {**of(turn), **values}
    return of(turn)


def own_units(member: Staff) -> dict[int, str]:
    return {role.unit_id: role.unit for role in member.roles}


def scope(turn: Turn, member: Staff) -> Scope:
    """The chosen unit, or all of one's units, with every unit below; "own" leaves those below out."""
    own = own_units(member)
    chosen = of(turn)["unit"]
    clerk_at, reader = rights.only_clerk_at(member), member.id
    if chosen == "own":
        return Scope(tuple(own), False, clerk_at, reader)
    tops = (int(chosen),) if chosen.isdecimal() and int(chosen) in own else tuple(own)
    return Scope(tops, True, clerk_at, reader)


def narrowed(turn: Turn, member: Staff) -> list[Condition]:
    """The filter, and within it the group."""
    state = of(turn)
    found = queue_filters.narrowed(state["filter"], member.id, turn.now)
    if state["group"]:
        found.append(queue_groups.within(turn.tx, scope(turn, member), found, *state["group"]))
    return found


def waiting(turn: Turn, member: Staff, limit: int = PAGE, offset: int = 0) -> list[Ticket]:
    where = narrowed(turn, member)
    return queue_filters.waiting(
        turn.tx, scope(turn, member), *where, limit=limit, offset=offset, first=FIRST
    )


def total(turn: Turn, member: Staff, counted: Counts) -> int:
    """How many tickets are looked at, on all pages."""
    if not of(turn)["group"]:
        return counted.of(of(turn)["filter"])
    return queue_filters.how_many(turn.tx, scope(turn, member), *narrowed(turn, member))


def counts(turn: Turn, member: Staff) -> Counts:
    return queue_filters.counts(turn.tx, scope(turn, member), member.id, turn.now)


def next_one(turn: Turn, member: Staff, here: Ticket | None) -> Ticket | None:
    """Nobody's ticket with least time left, within the filter; where all are held, one's own.

    From a card the one behind it, at the end the first again.
    """
    where, chosen, looked_at = scope(turn, member), of(turn)["filter"], narrowed(turn, member)
    for whose in ("mine",) if chosen == "mine" else ("unheld", "mine"):
        held = queue_filters.narrowed(whose, member.id, turn.now)
        for behind in ((queue_filters.after(here, FIRST),), ()) if here else ((),):
            found = queue_filters.waiting(turn.tx, where, *looked_at, *held, *behind, limit=1, first=FIRST)
            if found and not (here and found[0].id == here.id):
                return found[0]
    return None


def filters(counted: Counts) -> list[tuple[str, Text]]:
    kinds = ((f"kind:{kind}", wording.KINDS.get(kind, kind)) for kind in counted.kinds)
    return [*FILTERS.items(), *kinds]


def filter_named(turn: Turn, member: Staff, words: str) -> str | None:
    """The filter that these words, typed after /hangdoi, mean."""
    wanted = names.fold(words)
    folded = ((name, names.fold(turn.words(label))) for name, label in filters(counts(turn, member)))
    return next((name for name, label in folded if wanted and wanted in label), None)
