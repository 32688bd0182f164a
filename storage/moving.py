"""Moving: a chat has a new id at its provider (a group became a supergroup); everything follows at once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from storage.groups import group_cards, group_topics, groups
from storage.outbox import RANKS, outbox
from storage.talks import Talk, talks


def move_chat(tx: Connection, channel: str, old: str, new: str) -> None:
    """Ids of messages do not carry over, so cards are sent anew; doing it twice changes nothing."""
    _talk(tx, channel, old, new)
    if _group(tx, channel, old, new):
        _drop_waiting_cards(tx, channel, old)
    there = (outbox.c.channel == channel, outbox.c.chat == old)
    tx.execute(update(outbox).where(*there).values(provider_id=None))
    waiting = (*there, outbox.c.done_at.is_(None))
    tx.execute(update(outbox).where(*waiting).values(chat=new, lane=f"{channel}:{new}"))


def move_alerts(tx: Connection, old: Talk, new: Talk, machine_now: datetime) -> None:
    """What a member of staff was to hear in a chat that is theirs no longer."""
    waiting = (
        outbox.c.channel == old.channel,
        outbox.c.chat == old.chat,
        outbox.c.done_at.is_(None),
        outbox.c.rank == RANKS["alert"],
    )
    there = {"channel": new.channel, "chat": new.chat, "lane": f"{new.channel}:{new.chat}"}
    tx.execute(update(outbox).where(*waiting).values(**there, replaces=None, run_at=machine_now))


def _talk(tx: Connection, channel: str, old: str, new: str) -> None:
    at_new = select(talks.c.id).where(talks.c.channel == channel, talks.c.chat == new)
    if tx.execute(at_new).first() is None:
        tx.execute(update(talks).where(talks.c.channel == channel, talks.c.chat == old).values(chat=new))


def _group(tx: Connection, channel: str, old: str, new: str) -> bool:
    """Whether a group of staff has moved; its cards are forgotten, so that the next look sends them anew."""
    was = tx.execute(select(groups).where(groups.c.channel == channel, groups.c.chat == old)).first()
    if was is None:
        return False
    there = tx.execute(select(groups.c.id).where(groups.c.channel == channel, groups.c.chat == new)).first()
    if there is None:
        moved = {"chat": new, "summary_id": None, "summary": None}
        tx.execute(update(groups).where(groups.c.id == was.id).values(**moved))
        tx.execute(delete(group_topics).where(group_topics.c.group_id == was.id))
        shown = (group_cards.c.group_id == was.id, group_cards.c.outbox_id != 0)
        tx.execute(delete(group_cards).where(*shown))
    else:
        tx.execute(update(groups).where(groups.c.id == was.id).values(removed_at=was.bound_at))
    return True


def _drop_waiting_cards(tx: Connection, channel: str, chat: str) -> None:
    """Cards, their edits and the summary; answers to people are ranked before them and still come."""
    waiting = (
        outbox.c.channel == channel,
        outbox.c.chat == chat,
        outbox.c.done_at.is_(None),
        outbox.c.rank >= RANKS["alert"],
    )
    tx.execute(update(outbox).where(*waiting).values(done_at=outbox.c.run_at, outcome="superseded"))
