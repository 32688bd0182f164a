"""Sending into a group: always in Vietnamese, silent unless it is urgent, into the topic of its queue."""

from __future__ import annotations

from handlers.putting import body_of
from handlers.reply import Reply
from handlers.turn import Moment, Turn
from storage import outbox
from storage.groups import Group

LANG = "vi"


def put(
    moment: Turn | Moment,
    group: Group,
    reply: Reply,
    *,
    about: int | None = None,
    replaces: int | None = None,
    thread: str | None = None,
    answers: list[str] | None = None,
    queue: str | None = None,
    pin: bool = False,
    dedupe: str | None = None,
) -> int | None:
    """about: the ticket, so that a reply to any message of ours leads to it (in the row's own column stand only tellings
    to residents). queue: its topic is looked up when the message leaves (settling.placed), for it may be made just before."""
    more = {
        "ticket": about,
        "thread": thread,
        "answers": answers,
        "queue": queue if group.forum else None,
        "pin": pin,
    }
    return outbox.put(
        moment.tx,
        channel=group.channel,
        chat=group.chat,
        lane=f"{group.channel}:{group.chat}",
        body=body_of(reply, LANG) | {name: value for name, value in more.items() if value},
        created_at=moment.now,
        run_at=moment.machine_now,
        rank=reply.rank,
        replaces=replaces,
        dedupe=dedupe,
    )
