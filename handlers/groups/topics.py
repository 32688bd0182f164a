"""Topics: in a group that has them, one for each queue, made when its first card comes."""

from __future__ import annotations

from handlers.groups.sending import LANG
from handlers.turn import Moment, Turn
from locales import Words, _, say
from storage import groups, outbox
from storage.group_cards import OVERDUE
from storage.groups import Group
from storage.tickets import Ticket

NAMES: dict[str, Words] = {
    "data": _("Personal data"),
    "doses": _("Doses"),
    "other": _("Other matters"),
    "overdue": _("Overdue"),
}
OF_AXIS = {"identity": "data", "dose": "doses"}


def of(ticket: Ticket, nearness: str) -> str:
    return "overdue" if nearness == OVERDUE else OF_AXIS.get(ticket.axis, "other")


def refusal(channel: str, chat: str) -> str:
    """Under this the group was told, once, that topics cannot be made in it."""
    return f"notopics:{channel}:{chat}"


def named(moment: Turn | Moment, group: Group, queue: str) -> Words | None:
    """The topic in which a card of this queue will stand; None where it comes into the general one."""
    there = queue in groups.topics_of(moment.tx, group.id)
    refused = not there and outbox.was_put(moment.tx, refusal(group.channel, group.chat))
    return NAMES[queue] if group.forum and not refused else None


def ask(moment: Turn | Moment, group: Group, queue: str) -> None:
    """Has the topic made where there is none, at most once a day: it may have been deleted, or not be allowed. It is
    ranked before every card, so that the card finds it."""
    if not group.forum or queue in groups.topics_of(moment.tx, group.id):
        return
    name = say(NAMES[queue], LANG)
    outbox.put(
        moment.tx,
        channel=group.channel,
        chat=group.chat,
        lane=f"{group.channel}:{group.chat}",
        body={"kind": "topic", "queue": queue, "text": name, "choices": [], "media": [], "lang": LANG},
        created_at=moment.now,
        run_at=moment.machine_now,
        dedupe=f"topic:{group.chat}:{group.unit_id}:{queue}:{moment.now:%Y%m%d}",
    )
