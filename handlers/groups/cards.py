"""Cards kept true: new ones, edits in place, and a new message with a sound where a deadline is near or passed."""

from __future__ import annotations

from handlers.groups import card, sending, summary, topics
from handlers.reply import Reply
from handlers.turn import Moment, Turn
from locales import _, lines
from storage import group_cards, tickets
from storage.group_cards import COUNTED, DONE, ENDED, OVERDUE, Due
from storage.groups import Group
from storage.tickets import Ticket

AT_ONCE = 50
MANY = 10  # new messages at once; of more than these only their number is told
LOUD = (OVERDUE, "6")


def bring_up(moment: Moment, group: Group) -> bool:
    """Whether anything changed; what is left comes with the next look."""
    due = group_cards.due(moment.tx, group.id, moment.now, AT_ONCE)
    anew = {one.ticket_id for one in due if _anew(one)}
    many = len(anew) > MANY
    for one in due:
        _show(moment, group, one, anew=one.ticket_id in anew and not many, counted=many)
    if many:
        group_cards.count_only(moment.tx, group.id, moment.now)
        _tell_number(moment, group)
    return bool(due)


def refresh(turn: Turn, group: Group, ticket_id: int) -> None:
    """The one card, at once: somebody has just pressed its button."""
    due = group_cards.due_one(turn.tx, group.id, ticket_id, turn.now)
    if due:
        _show(turn, group, due, anew=_anew(due), counted=False)


def _has_card(one: Due) -> bool:
    return one.outbox_id not in (None, COUNTED)


def _anew(one: Due) -> bool:
    """In a message of its own: the first card, one that comes back, and one whose deadline is near now."""
    if one.nearness == ENDED:
        return False
    before = (one.shown or "").partition(":")[2]
    return not _has_card(one) or one.shown == DONE or (one.nearness in LOUD and one.nearness != before)


def _show(moment: Moment | Turn, group: Group, one: Due, *, anew: bool, counted: bool) -> None:
    """counted: too many come at once, and what has no card yet gets none."""
    ticket = tickets.get(moment.tx, one.ticket_id)
    if anew:
        _send(moment, group, one, ticket)
    elif _has_card(one) and (one.shown != DONE or not counted):
        _edit(moment, group, one, ticket)
    elif one.nearness == ENDED:
        group_cards.keep(moment.tx, group.id, one.ticket_id, COUNTED, DONE)
    else:
        group_cards.keep(moment.tx, group.id, one.ticket_id, COUNTED, one.nearness)


def _send(moment: Moment | Turn, group: Group, one: Due, ticket: Ticket) -> None:
    loud, queue = one.nearness in LOUD, topics.of(ticket, one.nearness)
    topics.ask(moment, group, queue)
    reply = Reply(
        card.opened(moment, ticket, one.nearness),
        card.buttons(moment.tx, ticket),
        "card",
        rank="alert" if loud else "card",
        silent=not loud,
    )
    row_id = sending.put(moment, group, reply, about=ticket.id, queue=queue)
    if one.outbox_id and one.shown != DONE:
        _point_to_it(moment, group, one.outbox_id, ticket, queue)
    assert row_id is not None
    group_cards.keep(moment.tx, group.id, ticket.id, row_id, one.state)


def _point_to_it(moment: Moment | Turn, group: Group, before: int, ticket: Ticket, queue: str) -> None:
    topic = topics.named(moment, group, queue) if queue == "overdue" else None
    reply = Reply(card.below(moment.tx, ticket, topic), kind="card", rank="card", silent=True)
    sending.put(moment, group, reply, about=ticket.id, replaces=before)


def _edit(moment: Moment | Turn, group: Group, one: Due, ticket: Ticket) -> None:
    """Of one rank always: a retried older edit must not come after a newer one."""
    over = one.nearness == ENDED
    text = card.ended(moment.tx, ticket, group) if over else card.opened(moment, ticket, one.nearness)
    buttons = () if over else card.buttons(moment.tx, ticket)
    reply = Reply(text, buttons, "card", rank="card", silent=True)
    queue = topics.of(ticket, one.nearness)  # for when the old message is gone and it is sent anew
    sending.put(moment, group, reply, about=ticket.id, replaces=one.outbox_id, queue=queue)
    group_cards.keep(moment.tx, group.id, ticket.id, one.outbox_id or COUNTED, DONE if over else one.state)


def _tell_number(moment: Moment, group: Group) -> None:
    """Once an hour at most: after an outage or an import there are hundreds."""
    told = lines(
        _("Many tickets at once: there is no card for each of them. They are in the queue, in private."),
        summary.words(moment, group),
    )
    reply = Reply(told, summary.buttons(moment), rank="alert")
    sending.put(moment, group, reply, dedupe=f"many:{group.chat}:{group.unit_id}:{moment.now:%Y%m%d%H}")
