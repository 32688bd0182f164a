"""What a supervisor does with an alert: read it, take it up, have somebody else see to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handlers import desk, wording
from handlers.reply import Button, Reply
from handlers.staff import handing, menu, queue_state, queue_view, rights
from handlers.staff import queue as staff_queue
from handlers.staff.acting import token
from handlers.supervisors import taking, together
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import alarms, deadlines, reports, staff
from storage.staff import Staff
from storage.tickets import Ticket

OVERDUE = Button(_("Overdue tickets"), "b:overdue")


def acknowledge(turn: Turn, outbox_id: int) -> None:
    """«Đã nhận tin»: nobody else is called for it; hour 48 comes all the same."""
    member = turn.member
    assert member is not None
    mine = [alert for alert in deadlines.carried_by(turn.tx, outbox_id) if alert.recipient_id == member.id]
    if not mine:
        menu.no_access(turn)
        return
    together.acknowledge(turn, member, sorted({alert.round_id for alert in mine}))
    running = {a.ticket_id: a for a in alarms.carried(turn.tx, outbox_id) if a.closed_at is None}
    if len(running) == 1:
        one = next(iter(running.values()))
        clock: Text | None = _("The deadline of {code} does not stop: {left}.", code=one.code,
                               left=wording.left(one, turn.now))  # fmt: skip
        buttons: tuple[Button, ...] = (Button(_("Open the ticket"), f"t:{one.ticket_id}", "primary"), OVERDUE)
    else:
        clock = _("The deadlines of {n} tickets do not stop.", n=len(running)) if running else None
        buttons = (OVERDUE,)
    turn.say(Reply(lines(_("Thank you, noted."), clock), buttons))


def take_up(turn: Turn, ticket_id: int) -> None:
    """«Nhận xử lý»: at one's own unit the ticket itself; from above, seeing to it that it is done."""
    found = rights.seen(turn, ticket_id)
    member = turn.member
    if found is None or member is None or not (found[1].own or found[1].above):
        menu.no_access(turn)
        return
    ticket, may = found
    deadlines.acknowledge(turn.tx, member.id, [ticket.round_id], turn.now)
    code = reports.get(turn.tx, ticket.report_id).code
    opens = Button(_("Open the ticket"), f"t:{ticket.id}", "primary")
    if ticket.state != "open":
        told: Text = _("{code} is closed already.", code=code)
    elif may.own:
        told = _own(turn, ticket, member, code)
    else:
        told = _above(turn, ticket, member, code)
    turn.say(Reply(told, (opens, OVERDUE) if may.above else (opens,)))


def _own(turn: Turn, ticket: Ticket, member: Staff, code: str) -> Text:
    if ticket.holder_id not in (None, member.id):
        return _("{code} is with {name}. Open it to take it over.", code=code,
                 name=staff.name_of(turn.tx, int(ticket.holder_id or 0)))  # fmt: skip
    if ticket.holder_id is None:
        desk.take(turn, ticket)
    return _("{code} is yours.", code=code)


def _above(turn: Turn, ticket: Ticket, member: Staff, code: str) -> Text:
    """The unit keeps the ticket, and hears who looks at it."""
    others = [e for e in taking.followers(turn, ticket) if e.staff_id != member.id]
    if not taking.follow(turn, ticket, member):
        return _("You have taken up {code} already.", code=code)
    taking.units_hear(turn, member, [(code, ticket)])
    left = wording.left(ticket, turn.now)
    also = ", ".join(staff.name_of(turn.tx, e.staff_id) for e in others if e.staff_id)
    return lines(
        _("You have taken up {code}; the others read it in its history.", code=code),
        _("The unit keeps the ticket, and the deadline does not stop: {left}.", left=left),
        _("Taken up before by {names}.", names=also) if also else None,
    )


def pass_on(turn: Turn, ticket_id: int) -> None:
    """«Chuyển người khác»: a colleague at the unit, or another unit; the card's own buttons do it."""
    found = rights.seen(turn, ticket_id)
    if found is None or not found[1].may("assign", found[0]):
        menu.no_access(turn)
        return
    ticket, _may = found
    code = reports.get(turn.tx, ticket.report_id).code
    people = handing.colleagues(turn.tx, ticket)
    buttons = [Button(person.name, token(ticket, f"assign:{person.id}")) for person in people]
    buttons += [
        Button(_("Another unit"), token(ticket, "hand")),
        Button(_("Open the ticket"), f"t:{ticket.id}"),
    ]
    told = joined(" · ", joined("", "**", code, "**"), wording.unit(turn.tx, ticket))
    turn.say(Reply(lines(told, _("Who shall do it? The deadline stays.")), tuple(buttons), "ask"))


def queue(turn: Turn, _number: int) -> None:
    """The queue in a message of its own: the alert keeps its buttons."""
    turn.incoming = replace(turn.incoming, message=None)
    staff_queue.show(turn, "")


def mine(turn: Turn, _number: int) -> None:
    """What I hold."""
    member = turn.member
    assert member is not None
    queue_state.keep(turn, **{**queue_state.START, "filter": "mine"})
    queue_view.show(turn, member, edit=False)


VERBS: dict[str, Callable[[Turn, int], None]] = {
    "ack": acknowledge,
    "take": take_up,
    "pass": pass_on,
    "queue": queue,
    "mine": mine,
    "takeall": together.take_up,
    "passall": together.pass_on,
}
