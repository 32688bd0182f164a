"""A turn: who said what, when, and all that a handler may do about it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from handlers.reply import Reply
from locales import say as in_words
from locales.times import ZONE
from storage import outbox, staff, talks, vault


@dataclass(frozen=True)
class Incoming:
    """What a channel understood of a raw message; the same for every channel."""

    channel: str
    event_id: str
    chat: str
    user: str
    kind: str  # text · choice · start · unsupported
    text: str = ""
    choice: str | None = None
    message: int | None = None  # the outbox row whose button was pressed
    private: bool = True
    lang: str | None = None


@dataclass(frozen=True)
class Desk:
    """What the operator set: the desk's name for itself, and which roads are open."""

    portal_url: str
    hotline: str
    sms: bool
    public_url: str = ""
    keep_months: int = 24
    demo: bool = False


@dataclass
class Turn:
    """now: policy time (deadlines); machine_now: for codes and leases; received_at: when the inbox stored the message."""

    tx: Connection
    incoming: Incoming
    now: datetime
    machine_now: datetime
    received_at: datetime
    desk: Desk
    new_code: Callable[[str, int], str]  # alphabet, length -> random text
    talk: talks.Talk = field(init=False)
    state: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        lang = self.incoming.lang or "vi"
        self.talk = talks.open_talk(self.tx, self.incoming.channel, self.incoming.chat, lang)
        self.state = dict(self.talk.state)
        self._member: staff.Staff | bool | None = False
        if not self.talk.reachable:
            talks.set_reachable(self.tx, self.incoming.channel, self.incoming.chat, True)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    @property
    def lang(self) -> str:
        return self.talk.lang

    @property
    def member(self) -> staff.Staff | None:
        """The member of staff who is writing; None for a resident."""
        if isinstance(self._member, bool):
            self._member = staff.by_talk(self.tx, self.talk.id)
        return self._member

    def forget_member(self) -> None:
        self._member = False

    def words(self, text: Any) -> str:
        return in_words(text, self.lang, elder=bool(self.state.get("elder")))

    def say(self, reply: Reply) -> int | None:
        """Answers the person who wrote; remembers the buttons, so that their number or words can be typed."""
        self.state["offered"] = [[b.token, self.words(b.label)] for b in reply.buttons]
        self.state["numbered"] = reply.kind != "text"
        replaces = self.incoming.message if reply.edit else None
        return put(self, replace(self.talk, state=self.state), reply, replaces=replaces)

    def tell(
        self, talk_id: int, reply: Reply, *, ticket_id: int | None = None, dedupe: str | None = None
    ) -> None:
        """Says something to somebody else, in their language."""
        put(self, talks.get(self.tx, talk_id), reply, ticket_id=ticket_id, dedupe=dedupe)

    def tell_all(self, talk_ids: Iterable[int], reply: Reply, *, ticket_id: int | None = None) -> None:
        for talk_id in talk_ids:
            if talk_id != self.talk.id:
                self.tell(talk_id, reply, ticket_id=ticket_id)

    def set_lang(self, lang: str) -> None:
        talks.set_lang(self.tx, self.talk.id, lang)
        self.talk = talks.get(self.tx, self.talk.id)

    def keep(self) -> None:
        """Stores the talk's state; the last act of a turn."""
        if self.state != self.talk.state:
            talks.keep(self.tx, self.talk.id, self.state)


@dataclass(frozen=True)
class Moment:
    """The desk acting by itself (a deadline, an import): like a Turn, without anybody having said anything."""

    tx: Connection
    now: datetime
    machine_now: datetime
    desk: Desk

    def tell(
        self, talk_id: int, reply: Reply, *, ticket_id: int | None = None, dedupe: str | None = None
    ) -> None:
        put(self, talks.get(self.tx, talk_id), reply, ticket_id=ticket_id, dedupe=dedupe)

    def tell_all(self, talk_ids: Iterable[int], reply: Reply, *, ticket_id: int | None = None) -> None:
        for talk_id in talk_ids:
            self.tell(talk_id, reply, ticket_id=ticket_id)


def body_of(reply: Reply, lang: str, *, elder: bool = False) -> dict[str, Any]:
    """The reply in its reader's words, as the outbox keeps it and channels send it."""
    return {
        "kind": reply.kind,
        "text": in_words(reply.text, lang, elder=elder),
        "choices": [
            {"token": b.token, "label": in_words(b.label, lang, elder=elder), "style": b.style}
            for b in reply.buttons
        ],
        "media": [
            {k: in_words(v, lang) if k == "alt" else v for k, v in item.items()} for item in reply.media
        ],
        "sensitive": reply.sensitive,
        "lang": lang,
    }


def put(
    moment: Turn | Moment,
    talk: talks.Talk,
    reply: Reply,
    *,
    replaces: int | None = None,
    ticket_id: int | None = None,
    dedupe: str | None = None,
) -> int | None:
    return outbox.put(
        moment.tx,
        channel=talk.channel,
        chat=talk.chat,
        lane=f"{talk.channel}:{talk.chat}",
        body=body_of(reply, talk.lang, elder=bool(talk.state.get("elder"))),
        created_at=moment.now,
        run_at=moment.machine_now,
        rank=reply.rank,
        replaces=replaces,
        ticket_id=ticket_id,
        dedupe=dedupe,
    )


def send_sms(
    moment: Turn | Moment,
    phone: str,
    text: str,
    *,
    rank: str = "reply",
    dedupe: str | None = None,
    not_after: datetime | None = None,
) -> None:
    """An SMS; its lane is a keyed hash, so that no phone stands in a lane. not_after: machine time."""
    key = vault.of(moment.tx).index("sms", phone).hex()
    outbox.put(
        moment.tx,
        channel="sms",
        chat=key,
        lane=f"sms:{key}",
        body={"phone": phone, "text": text},
        created_at=moment.now,
        run_at=moment.machine_now,
        rank=rank,
        dedupe=dedupe,
        not_after=not_after,
    )
