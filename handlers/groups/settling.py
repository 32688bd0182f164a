"""What becomes of messages to groups: the topic that a card finds, and topics that were made or refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from handlers.groups import topics
from handlers.groups.sending import LANG
from handlers.putting import body_of
from handlers.reply import Reply
from locales import _
from storage import groups, outbox

Body = dict[str, Any]


def placed(tx: Connection, channel: str, chat: str, body: Body) -> Body:
    """The body as it leaves: with the topic of its queue, where there is one by now."""
    queue = body.get("queue")
    group = groups.of_chat(tx, channel, chat) if queue and body.get("kind") != "topic" else None
    thread = groups.topics_of(tx, group.id).get(str(queue)) if group else None
    return body | {"thread": thread} if thread else body


def sent(tx: Connection, channel: str, chat: str, body: Body | None, provider_id: str | None) -> None:
    """A topic was made: its thread is where the cards of its queue go."""
    if body is None or body.get("kind") != "topic" or provider_id is None:
        return
    group = groups.of_chat(tx, channel, chat)
    if group:
        groups.set_topic(tx, group.id, body["queue"], provider_id)


def refused(
    tx: Connection, channel: str, chat: str, body: Body | None, now: datetime, machine_now: datetime
) -> None:
    """The bot may not make topics: everything goes to the general one, and the group reads so once."""
    if body is None or body.get("kind") != "topic":
        return
    told = _("I may not make topics here, so all cards come into this one. To change that: make the bot an administrator with «Manage topics».")  # fmt: skip
    outbox.put(
        tx,
        channel=channel,
        chat=chat,
        lane=f"{channel}:{chat}",
        body=body_of(Reply(told, silent=True), LANG),
        created_at=now,
        run_at=machine_now,
        dedupe=topics.refusal(channel, chat),
    )
