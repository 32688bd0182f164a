"""Several tickets, all at once: exactly what was read is done, to each singly, in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from handlers import desk, proven_in_person
from handlers.reply import Button
from handlers.staff import canned, canned_words, later, queue_state, queue_view
from handlers.staff.several import chosen_tickets, each
from handlers.turn import Turn
from locales import Text, _
from storage.staff import Staff
from storage.tickets import Ticket


def plan(turn: Turn) -> dict[str, Any]:
    """{"verb", "reason", "words", "canned"}: what is to be done with the chosen."""
    return dict(turn.state.get("several") or {})


def mark(turn: Turn) -> str:
    """What was read, in few letters: a button below another choice or other words does nothing."""
    read = json.dumps([queue_state.of(turn)["chosen"], plan(turn)], sort_keys=True)
    return hashlib.sha256(read.encode()).hexdigest()[:10]


def go(turn: Turn, member: Staff, read: str, day: str = "") -> None:
    """q:go:MARK[:DAY]"""
    what, until = plan(turn), later.day_meant(turn, day) if day else None
    unready = what.get("verb") == "later" and until is None
    if not what or read != mark(turn) or not queue_state.of(turn)["chosen"] or unready:
        told = _("This has been done already, or you have chosen otherwise since. Nothing was changed.")
        queue_view.show(turn, member, before=told, edit=False)
        return
    words = canned_words.spoken(what)
    acts: dict[str, Callable[[Ticket], Ticket | bool]] = {
        "approve": lambda ticket: (
            not proven_in_person.missing(turn.tx, ticket) and desk.approve(turn, ticket, words)
        ),
        "reject": lambda ticket: desk.reject(turn, ticket, what["reason"], words),
        "answer": lambda ticket: desk.answer(turn, ticket, words),
        "ask": lambda ticket: desk.ask_resident(turn, ticket, words),
        "later": lambda ticket: desk.later(turn, ticket, words, until or turn.today),
    }
    act = acts[what["verb"]]
    turn.state.pop("several")
    after = _saving(turn, what["verb"], words)
    each(turn, what["verb"], lambda ticket: bool(act(ticket)), after=after)


def _saving(turn: Turn, verb: str, words: Text) -> tuple[Button, ...]:
    """Words that were typed for tickets of one unit may be kept for another time."""
    turn.state.pop("said", None)
    found = chosen_tickets(turn) if words and isinstance(words, str) else []
    kinds, unit_ids = {ticket.kind for ticket in found}, {ticket.unit_id for ticket in found}
    if len(unit_ids) != 1:
        return ()
    kind = kinds.pop() if len(kinds) == 1 else None
    turn.state["said"] = {"unit": unit_ids.pop(), "kind": kind, "outcome": verb, "words": words}
    return canned.saving(turn)
