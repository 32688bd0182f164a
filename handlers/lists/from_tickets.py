"""Tickets onto a list: proposed by urgency, one from its card, several from the queue; who cannot is named with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from handlers import wording
from handlers.lists import adding, desk, of_ticket, refusals
from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import Text, _, lines, ngettext
from storage import list_people, lists, reports, units, unlisted
from storage.lists import List
from storage.tickets import Ticket

MOST = 400  # on one list: what an officer can compare within its two days
NEVER = ("foreigner",)  # a kind without any police step


@dataclass
class Put:
    """found: the draft on which they are now; None where not one could be put anywhere."""

    found: List | None = None
    n: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)  # (code, why: see refusals.TICKET)

    def words(self) -> Text:
        told = ngettext("Put on the draft list: {n} ticket.", "Put on the draft list: {n} tickets.", self.n)
        return lines(told if self.n else None, refusals.named(self.refused))


def proposed(tx: Connection, unit_id: int) -> list[Ticket]:
    """The unit's that need a list, stand on none and were not concluded by one, least time left first; one more than fit
    on a list, where more wait."""
    found: list[Ticket] = []
    offset = 0
    while len(found) <= MOST:
        some = unlisted.waiting(tx, unit_id, MOST + 1, offset, NEVER)
        found += [one for one in some if of_ticket.wants_list(tx, one) and not of_ticket.concluded(tx, one)]
        if len(some) <= MOST:
            break
        offset += len(some)
    return found[: MOST + 1]


def why_not(tx: Connection, ticket: Ticket) -> str | None:
    if ticket.state != "open":
        return "closed"
    if ticket.axis != "identity":
        return "axis"
    if units.get(tx, ticket.unit_id).kind != "station":
        return "unit"
    return None if of_ticket.wants_list(tx, ticket) else "foreigner"


def put(turn: Turn, unit_id: int, some: Sequence[Ticket], on: List | None = None) -> Put:
    """On this draft, else on the unit's open draft of tickets while it has room, else on a new one; raises desk.Refused
    where there can be no list at all."""
    units.hold(turn.tx, unit_id)  # a colleague may be listing the same ones
    done = Put()
    entries: list[adding.Entry] = []
    codes: list[str] = []
    for ticket in some:
        code = reports.get(turn.tx, ticket.report_id).code
        why = why_not(turn.tx, ticket)
        if why:
            done.refused.append((code, why))
        else:
            entries.append(adding.of_ticket(turn.tx, ticket))
            codes.append(code)
    taken, _residents = list_people.on_live(turn.tx, [e.ticket_id for e in entries if e.ticket_id], [])
    done.refused += [
        (code, "elsewhere") for e, code in zip(entries, codes, strict=True) if e.ticket_id in taken
    ]
    left = [(e, code) for e, code in zip(entries, codes, strict=True) if e.ticket_id not in taken]
    if not left:
        return done
    done.found, room = _draft(turn, unit_id, on)
    done.refused += [(code, "full") for _entry, code in left[room:]]
    said = adding.add(turn, done.found, [entry for entry, _code in left[:room]])
    for (_entry, code), why in zip(left[:room], said, strict=True):
        done.refused += [(code, why)] if why else []
        done.n += why is None
    return done


def _draft(turn: Turn, unit_id: int, on: List | None) -> tuple[List, int]:
    """The list, and how many it still takes."""
    found = on or lists.newest_draft(turn.tx, [unit_id], "tickets")
    room = MOST - list_people.counts(turn.tx, found.id).n if found else 0
    if found is None or (room <= 0 and on is None):
        return desk.make(turn, unit_id, "tickets"), MOST
    lists.hold(turn.tx, found)
    return found, room


def act(turn: Turn, ticket: Ticket, _arg: str) -> Text | None:
    """«Đưa vào danh sách», on the ticket's card."""
    try:
        done = put(turn, ticket.unit_id, [ticket])
    except desk.Refused as refused:
        return refusals.no_list(units.get(turn.tx, ticket.unit_id), str(refused))
    if done.found is None or not done.n:
        return done.words()
    n = list_people.counts(turn.tx, done.found.id).n
    return lines(
        ngettext("It is on the draft list now, with {n} person.", "It is on the draft list now, with {n} persons.", n),
        _("The list still has to be sent: /danhsach."),
    )  # fmt: skip


def possible(tx: Connection, ticket: Ticket) -> bool:
    """Whether the card offers it."""
    wants = ticket.state == "open" and of_ticket.wants_list(tx, ticket)
    return wants and list_people.of_ticket(tx, ticket.id) is None


def proposal(turn: Turn, unit_id: int) -> None:
    """l:new:UNIT:tickets"""
    found = proposed(turn.tx, unit_id)
    if not found:
        none = _("Every open identity ticket of this unit is on a list.")
        turn.say(Reply(none, (Button(_("Back"), f"l:new:{unit_id}"), refusals.LISTS_PAGE), "card", edit=True))
        return
    n = min(len(found), MOST)
    text = lines(
        ngettext("{n} identity ticket is on no list yet.", "{n} identity tickets are on no list yet.", n),
        _("Only the {n} most urgent ones; the others on the next list.", n=MOST) if len(found) > MOST else None,
        _("The most urgent: {left}", left=wording.left(found[0], turn.now)),
        _("Foreigners are never on a list."),
    )  # fmt: skip
    make = Button(ngettext("Put {n} person on a list", "Put {n} persons on a list", n),
                  f"l:new:{unit_id}:tickets:go", "primary")  # fmt: skip
    turn.say(Reply(text, (make, Button(_("Back"), f"l:new:{unit_id}")), "card", edit=True))
