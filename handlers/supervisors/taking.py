"""Following a ticket from above: noted in its history, where others see it; the unit keeps it and hears of it."""

from __future__ import annotations

from handlers import hearing
from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import Text, _
from storage import history
from storage.history import Event
from storage.staff import Staff
from storage.tickets import Ticket


def followers(turn: Turn, ticket: Ticket) -> list[Event]:
    """Notes of those who took up the ticket in this round."""
    return [e for e in history.of_ticket(turn.tx, ticket.id, internal=True)
            if e.details.get("follows") == ticket.round_id and e.staff_id]  # fmt: skip


def follow(turn: Turn, ticket: Ticket, member: Staff) -> bool:
    """False where this person follows it already."""
    if any(e.staff_id == member.id for e in followers(turn, ticket)):
        return False
    words = turn.words(_("{name} takes it up.", name=member.name))
    history.add(turn.tx, ticket.id, turn.now, "note", staff_id=member.id, internal=True, words=words,
                follows=ticket.round_id)  # fmt: skip
    return True


def units_hear(turn: Turn, member: Staff, followed: list[tuple[str, Ticket]]) -> None:
    """Whoever holds one of them, else the unit's people: one message a person."""
    at = next((role.unit for role in member.roles), "")
    of_person: dict[int, list[tuple[str, Ticket]]] = {}
    for code, ticket in followed:
        for person in hearing.of_ticket(turn.tx, ticket, turn.today):
            if person.id != member.id:
                of_person.setdefault(person.talk_id, []).append((code, ticket))
    for talk_id, theirs in of_person.items():
        # In bold, because the page never breaks such a code in two.
        codes = ", ".join(f"**{code}**" for code, _ticket in theirs)
        told: Text = _("{name}, {unit}, has taken up {code} and waits for it to be done.",
                       name=member.name, unit=at, code=codes)  # fmt: skip
        opens = (
            Button(_("Open the ticket"), f"t:{theirs[0][1].id}")
            if len(theirs) == 1
            else Button(_("Show the list"), "a:queue:0")
        )
        turn.tell(talk_id, Reply(told, (opens,), rank="alert"))
