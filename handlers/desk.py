"""What may happen to a ticket: take, ask, answer, approve, send back, hand over, withdraw, and a new round.

Nothing here asks who may do it (handlers/staff/rights.py does); everything here keeps the clock and the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from handlers import clocks, papers, proven_in_person, telling
from handlers.lists import of_ticket
from handlers.residents import keeping_open
from handlers.rules import deadlines as rules
from handlers.staff.canned_words import kept
from handlers.turn import Moment, Turn
from locales import Text
from storage import approvals, deadlines, history, reports, tickets, unreached, vault
from storage.tickets import Ticket

UNCONFIRMED_AFTER = timedelta(days=3)


def _staff_id(turn: Turn | Moment) -> int | None:
    return turn.member.id if isinstance(turn, Turn) and turn.member else None


def plan_round(moment: Turn | Moment, ticket: Ticket) -> None:
    """Writes every due moment of the ticket's current round; "new" rings at once."""
    round_ = tickets.round_of(moment.tx, ticket)
    at_once = [("alarm", moment.now)] if ticket.kind in rules.AT_ONCE else []
    soon = [*_silent(ticket, round_.received_at), *of_ticket.moments(moment.tx, ticket, round_.received_at)]
    if not isinstance(
        moment, Turn
    ):  # of a backlog: what has passed long since would ring for thousands at once
        soon = [one for one in soon if one[1] > moment.now]
    deadlines.plan(
        moment.tx, round_.id, [("new", moment.now), *at_once, *soon, *_ladder(moment, ticket, round_)]
    )
    keeping_open.plan(moment, ticket)
    if ticket.kind == unreached.ASKED:
        unreached.keep(moment.tx, ticket.id, moment.now, unreached.ASKED, ())


def _silent(ticket: Ticket, received_at: datetime) -> list[tuple[str, datetime]]:
    after = rules.SILENT_AFTER.get(ticket.kind)
    return [("silent", received_at + after)] if after else []


def _ladder(moment: Turn | Moment, ticket: Ticket, round_: tickets.Round) -> list[tuple[str, datetime]]:
    """The hours of the unit's province, and the campaign's hard stop where one stands."""
    moments = rules.plan(round_.received_at, clocks.ladder(moment.tx, ticket.clock, ticket.unit_id))
    if round_.finish_by and round_.finish_by > round_.due_at:
        moments.append(("campaign", round_.finish_by))
    return moments


def take(turn: Turn, ticket: Ticket) -> Ticket:
    changed = tickets.change(turn.tx, ticket, holder_id=_staff_id(turn))
    history.add(turn.tx, ticket.id, turn.now, "taken", staff_id=_staff_id(turn))
    if ticket.holder_id is None:
        telling.taken(turn, changed)
    return changed


def _first_answer(turn: Turn | Moment, ticket: Ticket) -> None:
    if tickets.round_of(turn.tx, ticket).first_answer_at is None:
        tickets.change_round(turn.tx, ticket.round_id, first_answer_at=turn.now)


def ask_resident(turn: Turn, ticket: Ticket, words: Text, police: int | None = None) -> Ticket:
    """A question to the resident; the clock does not stop. police: of theirs, who do not hold the ticket by that."""
    by = _staff_id(turn)
    holder = ticket.holder_id or (by if police is None else None)
    changed = tickets.change(turn.tx, ticket, holder_id=holder)
    what = "asked" if police is None else "police_asks"
    who: dict[str, Any] = {} if police is None else {"unit": police}
    history.add(turn.tx, ticket.id, turn.now, what, staff_id=by, **kept(words), **who)
    _first_answer(turn, ticket)
    telling.asked(turn, changed, words, police)
    return changed


def answer(turn: Turn, ticket: Ticket, words: Text, spoken: Sequence[str] = ()) -> Ticket:
    """Words to the resident, who says whether it is right now; the ticket stays open until then. Where nothing on the
    Platform is wrong, the answer is the whole of it and closes the ticket. spoken: voice messages."""
    voice = {**papers.attach(turn, ticket.id, spoken), "spoken": [*spoken]} if spoken else {}
    if ticket.axis == "service":
        closed = _close(turn, ticket, "answered")
        history.add(
            turn.tx, ticket.id, turn.now, "answered", staff_id=_staff_id(turn), **kept(words), **voice
        )
        telling.answered(turn, closed, words, spoken)
        return closed
    changed = tickets.change(turn.tx, ticket, holder_id=ticket.holder_id or _staff_id(turn))
    history.add(turn.tx, ticket.id, turn.now, "answered", staff_id=_staff_id(turn), **kept(words), **voice)
    _first_answer(turn, ticket)
    telling.answered(turn, changed, words, spoken)
    return changed


def called_back(turn: Turn, ticket: Ticket) -> Ticket:
    """The call that the resident asked for was made, and closes the ticket."""
    changed = _close(turn, ticket, "answered")
    history.add(turn.tx, ticket.id, turn.now, "called", staff_id=_staff_id(turn))
    telling.called_back(turn, changed)
    return changed


def approve(turn: Turn | Moment, ticket: Ticket, words: Text = "", *, seen: bool = False) -> Ticket:
    """The unit says it corrected the Platform; an import confirms or contradicts that later. Raises NotSeen where papers
    have to be compared in person first. seen: one has confirmed it already, and who reported it hears that alone."""
    if proven_in_person.missing(turn.tx, ticket):
        raise proven_in_person.NotSeen(ticket.kind)
    report = reports.get(turn.tx, ticket.report_id)
    corrected = (change["new"] for change in ticket.changes if change["field"] == "number")
    said = (report.about.get("number") or {}).get("value")
    number = next(corrected, said)  # by the corrected number the next export will know the person
    changed = _close(turn, ticket, "approved")
    approvals.add(
        turn.tx,
        ticket_id=ticket.id,
        round_id=ticket.round_id,
        resident_id=report.resident_id,
        person_key=vault.of(turn.tx).index("number", number) if number else None,
        changes=ticket.changes,
        approved_at=turn.now,
    )
    deadlines.plan(
        turn.tx, ticket.round_id, [(f"unconfirmed:{changed.version}", turn.now + UNCONFIRMED_AFTER)]
    )
    history.add(turn.tx, ticket.id, turn.now, "approved", staff_id=_staff_id(turn), **kept(words))
    if not seen:
        telling.approved(turn, changed, words)
    return changed


def reject(turn: Turn, ticket: Ticket, reason: str, words: Text = "") -> Ticket:
    """«Cần bổ sung» for one of the 13 reasons of letter 9458; the resident repairs the same ticket."""
    changed = _close(turn, ticket, "rejected", reason)
    history.add(
        turn.tx, ticket.id, turn.now, "rejected", staff_id=_staff_id(turn), reason=reason, **kept(words)
    )
    telling.rejected(turn, changed, reason, words)
    return changed


def later(turn: Turn, ticket: Ticket, words: Text, until: date) -> Ticket:
    """«Xử lý sau»: neither closes nor stops the clock (letter 9458, group 2.2)."""
    changed = tickets.change(
        turn.tx, ticket, later_until=until, holder_id=ticket.holder_id or _staff_id(turn)
    )
    history.add(
        turn.tx,
        ticket.id,
        turn.now,
        "later",
        staff_id=_staff_id(turn),
        until=until.isoformat(),
        **kept(words),
    )
    telling.later(turn, changed, words, until)
    return changed


def note(turn: Turn, ticket: Ticket, words: str) -> int:
    """For colleagues only; the resident never reads it. The id of its place in the history."""
    by = _staff_id(turn)
    return history.add(turn.tx, ticket.id, turn.now, "note", staff_id=by, internal=True, words=words)


def assign(turn: Turn, ticket: Ticket, staff_id: int) -> Ticket:
    """Gives the ticket to a colleague of the same unit."""
    changed = tickets.change(turn.tx, ticket, holder_id=staff_id)
    history.add(turn.tx, ticket.id, turn.now, "assigned", staff_id=_staff_id(turn), to=staff_id)
    return changed


def release(turn: Turn, ticket: Ticket) -> Ticket:
    """Back to its unit's queue, because whoever held it works there no longer."""
    changed = tickets.change(turn.tx, ticket, holder_id=None)
    history.add(turn.tx, ticket.id, turn.now, "released", staff_id=_staff_id(turn))
    return changed


def hand_over(turn: Turn, ticket: Ticket, unit_id: int, words: str = "") -> Ticket:
    """To another unit: history and clock stay, the hours so far count against the first (obligations §A.1)."""
    changed = tickets.change(
        turn.tx, ticket, unit_id=unit_id, holder_id=None, later_until=None, reasons=["handed_over"]
    )
    tickets.end_stay(turn.tx, ticket.round_id, turn.now)
    tickets.begin_stay(turn.tx, ticket.round_id, unit_id, turn.now)
    unreached.move(turn.tx, ticket.id, unit_id)
    history.add(turn.tx, ticket.id, turn.now, "handed_over", staff_id=_staff_id(turn), words=words,
                unit=unit_id, before=ticket.unit_id)  # fmt: skip
    again = [("new", turn.now), *of_ticket.moments(turn.tx, changed, turn.now)]
    deadlines.plan(turn.tx, ticket.round_id, [(f"{rung}:{changed.version}", at) for rung, at in again])
    telling.handed_over(turn, changed)
    return changed


def withdraw(turn: Turn, ticket: Ticket) -> Ticket:
    """The resident no longer wants it handled."""
    changed = _close(turn, ticket, "withdrawn")
    history.add(turn.tx, ticket.id, turn.now, "withdrawn")
    telling.staff_hears(turn, changed, "withdrawn")
    return changed


def settled(turn: Turn, ticket: Ticket) -> Ticket:
    """«Đã đúng»: the resident says it is right; an open ticket is closed by that."""
    history.add(turn.tx, ticket.id, turn.now, "settled", **_of_service(ticket))
    return _close(turn, ticket, "settled") if ticket.state == "open" else ticket


def still_wrong(turn: Turn, ticket: Ticket, words: str = "") -> Ticket:
    """«Vẫn chưa đúng»: a new round of the same clock where the old one is closed; else words for the staff."""
    history.add(turn.tx, ticket.id, turn.now, "still_wrong", words=words, **_of_service(ticket))
    changed = _new_round(turn, ticket) if ticket.state == "closed" else ticket
    telling.staff_hears(turn, changed, "still_wrong")
    return changed


def _of_service(ticket: Ticket) -> dict[str, bool]:
    return {"service": True} if ticket.axis == "service" else {}


def repaired(
    turn: Turn,
    ticket: Ticket,
    words: str,
    changes: list[dict[str, Any]] | None = None,
    files: Sequence[str] = (),
) -> Ticket:
    """The resident sent what was missing: the same ticket, in a new round (rules, outcome "rejected")."""
    history.add(
        turn.tx, ticket.id, turn.now, "repaired", words=words, **papers.attach(turn, ticket.id, files)
    )
    changed = _new_round(turn, ticket, changes or ticket.changes)
    telling.staff_hears(turn, changed, "repaired")
    return changed


def add_words(turn: Turn, ticket: Ticket, words: str, files: Sequence[str] = ()) -> None:
    history.add(turn.tx, ticket.id, turn.now, "words", words=words, **papers.attach(turn, ticket.id, files))
    telling.staff_hears(turn, ticket, "words")


def _close(turn: Turn | Moment, ticket: Ticket, outcome: str, reason: str | None = None) -> Ticket:
    changed = tickets.change(
        turn.tx, ticket, state="closed", later_until=None, holder_id=ticket.holder_id or _staff_id(turn)
    )
    _first_answer(turn, ticket)
    tickets.change_round(turn.tx, ticket.round_id, closed_at=turn.now, outcome=outcome, reason=reason)
    tickets.end_stay(turn.tx, ticket.round_id, turn.now)
    deadlines.end(turn.tx, ticket.round_id, turn.now)
    if ticket.kind == unreached.ASKED:
        unreached.called(turn.tx, ticket.id)
    return changed


def _new_round(turn: Turn, ticket: Ticket, changes: list[dict[str, Any]] | None = None) -> Ticket:
    approvals.end_of_round(turn.tx, ticket.round_id, turn.now)
    deadlines.end(turn.tx, ticket.round_id, turn.now)
    if changes is not None:
        ticket = tickets.change(turn.tx, ticket, changes=changes)
    number = tickets.round_of(turn.tx, ticket).number + 1
    received = turn.received_at
    due_at = clocks.due_at(turn.tx, ticket.clock, ticket.unit_id, received)
    tickets.add_round(turn.tx, ticket.id, ticket.unit_id, number, received, due_at)
    fresh = tickets.get(turn.tx, ticket.id)
    plan_round(turn, fresh)
    return fresh


def reopen(moment: Turn | Moment, ticket: Ticket, why: str) -> Ticket:
    """Reopening by staff or an import goes on in the old round, which then was not kept."""
    changed = tickets.change(moment.tx, ticket, state="open")
    tickets.change_round(
        moment.tx, ticket.round_id, closed_at=None, outcome=None, reason=None, reopened_at=moment.now
    )
    tickets.begin_stay(moment.tx, ticket.round_id, ticket.unit_id, moment.now)
    deadlines.end(moment.tx, ticket.round_id, moment.now)
    round_ = tickets.round_of(moment.tx, ticket)
    again = [("new", moment.now), *(one for one in _ladder(moment, changed, round_) if one[1] > moment.now),
             *of_ticket.moments(moment.tx, changed, moment.now)]  # fmt: skip
    if round_.due_at <= moment.now:
        again.append((rules.PASSED[ticket.clock], moment.now))
    deadlines.plan(moment.tx, ticket.round_id, [(f"{rung}:{changed.version}", at) for rung, at in again])
    keeping_open.plan(moment, changed)
    if why == "staff":
        approvals.end_of_round(moment.tx, ticket.round_id, moment.now)
        history.add(moment.tx, ticket.id, moment.now, "returned", staff_id=_staff_id(moment))
        telling.returned(moment, changed)
    else:
        history.add(moment.tx, ticket.id, moment.now, "reopened", why=why)
        telling.reopened(moment, changed)
    return changed


def confirmed(moment: Turn | Moment, approval: approvals.Approval) -> None:
    """An export newer than the approval shows the right value."""
    approvals.settle(moment.tx, approval.id, "confirmed", moment.now)
    deadlines.end(moment.tx, approval.round_id, moment.now)
    ticket = tickets.get(moment.tx, approval.ticket_id)
    history.add(moment.tx, ticket.id, moment.now, "confirmed")
    telling.confirmed(moment, ticket)


def contradicted(moment: Turn | Moment, approval: approvals.Approval) -> None:
    """An export newer than the approval still shows the old value: the ticket is open again, in its old round."""
    approvals.settle(moment.tx, approval.id, "contradicted", moment.now)
    ticket = tickets.get(moment.tx, approval.ticket_id)
    if ticket.state == "closed" and ticket.round_id == approval.round_id:
        reopen(moment, ticket, "import")
