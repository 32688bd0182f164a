"""What a member of staff looks at in the queue: which units, which filter, which page, what is chosen."""

from __future__ import annotations

from typing import Any

from handlers import wording
from handlers.rules import names
from handlers.turn import Turn
from locales import Text, Words, _
from storage import queue_filters, tickets, units
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

START: dict[str, Any] = {"unit": "all", "filter": "all", "page": 0, "many": False, "chosen": []}


def of(turn: Turn) -> dict[str, Any]:
    return {**START, **turn.state.get("queue", {})}


def keep(turn: Turn, **values: object) -> dict[str, Any]:
    turn.state["queue"] = {**of(turn), **values}
    return of(turn)


def own_units(member: Staff) -> dict[int, str]:
    return {role.unit_id: role.unit for role in member.roles}


def scope(turn: Turn, member: Staff) -> list[int]:
    """The chosen unit, or all of one's units, with every unit below; "own" leaves those below out."""
    own = own_units(member)
    chosen = of(turn)["unit"]
    if chosen == "own":
        return list(own)
    tops = [int(chosen)] if chosen.isdecimal() and int(chosen) in own else list(own)
    return sorted({unit for top in tops for unit in units.below(turn.tx, top)})


def waiting(turn: Turn, member: Staff, limit: int = PAGE, offset: int = 0) -> list[Ticket]:
    narrowed = queue_filters.narrowed(of(turn)["filter"], member.id, turn.now)
    return tickets.waiting(turn.tx, scope(turn, member), *narrowed, limit=limit, offset=offset)


def count(turn: Turn, member: Staff, filter_: str) -> int:
    narrowed = queue_filters.narrowed(filter_, member.id, turn.now)
    return tickets.count_waiting(turn.tx, scope(turn, member), *narrowed)


def next_unheld(turn: Turn, member: Staff, here: Ticket | None) -> Ticket | None:
    """Nobody's ticket with least time left; from a card the one behind it, at the end the first again."""
    ids, unheld = scope(turn, member), queue_filters.narrowed("unheld", member.id, turn.now)
    behind = tickets.waiting(turn.tx, ids, *unheld, queue_filters.after(here), limit=1) if here else []
    found = behind or tickets.waiting(turn.tx, ids, *unheld, limit=1)
    return found[0] if found else None


def filters(turn: Turn, member: Staff) -> list[tuple[str, Text]]:
    kinds = queue_filters.kinds_waiting(turn.tx, scope(turn, member))
    return [*FILTERS.items(), *((f"kind:{kind}", wording.KINDS.get(kind, kind)) for kind in kinds)]


def filter_named(turn: Turn, member: Staff, words: str) -> str | None:
    """The filter that these words, typed after /hangdoi, mean."""
    wanted = names.fold(words)
    folded = ((name, names.fold(turn.words(label))) for name, label in filters(turn, member))
    return next((name for name, label in folded if wanted and wanted in label), None)
