"""Acting on the tickets that a message of several alerts names: its ten worst, which are what was read."""

from __future__ import annotations

from collections.abc import Iterator

from handlers import desk
from handlers.reply import Button, Reply
from handlers.staff import menu, queue_state, rights, several_to
from handlers.supervisors import taking, tone
from handlers.turn import Turn
from locales import Text, _, lines
from storage import alarms, deadlines, staff
from storage.staff import Staff
from storage.tickets import Ticket

SHOWN = 10
AT_ONCE = 500  # ids in one statement


def batched(ids: list[int]) -> Iterator[list[int]]:
    """After an outage a message may carry more alerts than a statement may name."""
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def acknowledge(turn: Turn, member: Staff, round_ids: list[int]) -> None:
    for some in batched(round_ids):
        deadlines.acknowledge(turn.tx, member.id, some, turn.now)


def _named(turn: Turn, outbox_id: int) -> list[tuple[str, Ticket, rights.Rights]]:
    """(code, ticket, rights) of what the message names and is still open."""
    worst = tone.worst_first(alarms.carried(turn.tx, outbox_id), turn.now)[:SHOWN]
    running = [one for _tone, one in worst if one.closed_at is None]
    seen = [(one.code, rights.seen(turn, one.ticket_id)) for one in running]
    return [(code, found[0], found[1]) for code, found in seen if found and (found[1].own or found[1].above)]


def _mine(turn: Turn, outbox_id: int) -> list[int]:
    """The rounds in this message, if it was sent to whoever presses."""
    member = turn.member
    return sorted({alert.round_id for alert in deadlines.carried_by(turn.tx, outbox_id)
                   if member and alert.recipient_id == member.id})  # fmt: skip


def take_up(turn: Turn, outbox_id: int) -> None:
    """«Nhận xử lý» under several alerts."""
    member, rounds = turn.member, _mine(turn, outbox_id)
    if member is None or not rounds:
        menu.no_access(turn)
        return
    acknowledge(turn, member, rounds)
    taken: list[str] = []
    followed: list[tuple[str, Ticket]] = []
    held: list[str] = []
    named = _named(turn, outbox_id)
    for code, ticket, may in named:
        if not may.own:
            if taking.follow(turn, ticket, member):
                followed.append((code, ticket))
        elif ticket.holder_id is None:
            desk.take(turn, ticket)
            taken.append(code)
        elif ticket.holder_id != member.id:
            held.append(f"{code} ({staff.name_of(turn.tx, ticket.holder_id)})")
    taking.units_hear(turn, member, followed)
    own = all(may.own for _code, _ticket, may in named)
    told: list[Text | None] = [
        _("You have taken {codes}.", codes=_bold(taken)) if taken else None,
        _("You have taken up {codes}; the others read it in the history.",
          codes=_bold([code for code, _t in followed])) if followed else None,
        _("Held by colleagues: {codes}", codes=", ".join(held)) if held else None,
        _("Nothing of it is left to take up.") if not (taken or followed or held) else None,
        _("The deadlines do not stop."),
    ]  # fmt: skip
    button = Button(_("Mine"), "a:mine:0", "primary") if own else Button(_("Overdue tickets"), "b:overdue")
    turn.say(Reply(lines(*told), (button,)))


def _bold(codes: list[str]) -> str:
    """A code in bold is never broken in two on the page."""
    return ", ".join(f"**{code}**" for code in codes)


def pass_on(turn: Turn, outbox_id: int) -> None:
    """«Chuyển người khác» under several alerts: they are chosen in the queue, and then somebody is."""
    member = turn.member
    if member is None or not _mine(turn, outbox_id):
        menu.no_access(turn)
        return
    chosen = [ticket for _code, ticket, may in _named(turn, outbox_id) if may.may("assign", ticket)]
    if not chosen:
        turn.say(Reply(_("Nothing of it is left to pass on."), (menu.QUEUE,), "card"))
        return
    queue_state.keep(
        turn, **{**queue_state.START, "many": True, "chosen": [[t.id, t.version] for t in chosen]}
    )
    several_to.ask_colleague(turn)
