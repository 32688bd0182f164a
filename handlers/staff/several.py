"""Several tickets at once: each is acted on singly, with its own history; those that changed are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from handlers import desk
from handlers.reply import Button
from handlers.staff import queue_state, queue_view, rights
from handlers.turn import Turn
from locales import Text, _, lines, ngettext
from storage import reports, tickets
from storage.staff import Staff
from storage.tickets import Ticket

# At once: a turn is one transaction, and must end within its lease of 60 s; 80 approvals took 0.4 s, 200 took 1 to 5.
MOST = 200


@dataclass
class Result:
    done: int = 0
    changed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def toggle(turn: Turn, ticket_id: int, version: int) -> None:
    chosen = queue_state.of(turn)["chosen"]
    rest = [one for one in chosen if one[0] != ticket_id]
    more = [] if len(rest) < len(chosen) else [[ticket_id, version]]
    queue_state.keep(turn, chosen=[*rest, *more][:MOST])


def choose_page(turn: Turn, member: Staff) -> Text | None:
    offset = queue_state.of(turn)["page"] * queue_state.PAGE
    return _choose(turn, queue_state.waiting(turn, member, queue_state.PAGE, offset))


def choose_all(turn: Turn, member: Staff) -> Text | None:
    """Of the group or filter, on every page."""
    return _choose(turn, queue_state.waiting(turn, member, MOST + 1))


def _choose(turn: Turn, rows: list[Ticket]) -> Text | None:
    chosen = queue_state.of(turn)["chosen"]
    known = {one[0] for one in chosen}
    more = [*chosen, *([row.id, row.version] for row in rows if row.id not in known)]
    queue_state.keep(turn, chosen=more[:MOST])
    if len(more) <= MOST:
        return None
    return _(
        "No more than {n} at once: the most urgent ones are chosen. The others can follow after.", n=MOST
    )


def chosen_tickets(turn: Turn) -> list[Ticket]:
    found = (rights.seen(turn, ticket_id) for ticket_id, _version in queue_state.of(turn)["chosen"])
    return [one[0] for one in found if one]


def each(
    turn: Turn,
    verb: str,
    act: Callable[[Ticket], bool],
    *,
    edit: bool = False,
    after: tuple[Button, ...] = (),
) -> int:
    """act says whether it could; then the queue is shown with what came of it. How many were done."""
    result = Result()
    for ticket_id, version in queue_state.of(turn)["chosen"]:
        found = rights.seen(turn, ticket_id)
        if found is None:
            result.refused.append("?")
            continue
        ticket, may = found
        code = reports.get(turn.tx, ticket.report_id).code
        if ticket.version != version:
            result.changed.append(code)
        elif not may.may(verb, ticket):
            result.refused.append(code)
        else:
            try:
                done = act(ticket)
            except tickets.Changed:
                result.changed.append(code)
            else:
                result.done += done
                result.refused += [] if done else [code]
    queue_state.keep(turn, chosen=[], many=False)
    assert turn.member is not None
    queue_view.show(turn, turn.member, before=_told(result), edit=edit, after=after)
    return result.done


def _told(result: Result) -> Text:
    return lines(
        ngettext("Done for {n} ticket.", "Done for {n} tickets.", result.done),
        _("Changed meanwhile, so left alone: {codes}", codes=", ".join(result.changed))
        if result.changed
        else None,
        _("Not possible for: {codes}", codes=", ".join(result.refused)) if result.refused else None,
    )


def take(turn: Turn, member: Staff) -> None:
    """Those of colleagues are left to them."""

    def one(ticket: Ticket) -> bool:
        if ticket.holder_id is None:
            desk.take(turn, ticket)
        return ticket.holder_id in (None, member.id)

    each(turn, "take", one, edit=True)
