"""A turn: who said what, when, and all that a handler may do about it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection

from handlers.reply import Reply
from locales import say as in_words
from locales.times import ZONE
from storage import outbox, staff, talks, vault


@dataclass(frozen=True)
class Media:
    """A photo, file or voice message at its provider; ref: how the channel fetches it."""

    ref: str
    kind: Literal["photo", "file", "voice"]
    mime: str | None = None
    size: int | None = None  # bytes, as the provider says


@dataclass(frozen=True)
class Kept:
    """What became of a Media that is evidence: stored encrypted under a random name; not yet noted in SQL."""

    name: str
    kind: Literal["photo", "pdf", "voice"]
    mime: str
    size: int
    blurred: bool = False


@dataclass(frozen=True)
class Incoming:
    """What a channel understood of a raw message; the same for every channel.

    Before the turn bot/ makes of `media` either `kept` (evidence), or `card` (the fields of an ID card's QR code), and
    says in `problems` what of it could not be taken: too_big · wrong_type · broken · gone · no_qr · blurred_qr.
    """

    channel: str
    event_id: str
    chat: str
    user: str
    # text · choice · contact · media · edited · join · leave · migrated · unsupported
    kind: str
    text: str = ""  # migrated: the chat's new id
    choice: str | None = None
    message: int | None = None  # the outbox row whose button was pressed
    private: bool = True
    lang: str | None = None
    message_ref: str | None = None  # the same by the provider's id, where the channel has no other
    reply_ref: str | None = None  # the provider's id of the message that this one answers
    reply_to: int | None = None  # the outbox row of that message
    ref: str | None = None  # the provider's id of this very message
    press: str | None = None  # the provider's id of the press, which waits for turn.toast()
    thread: str | None = None  # a topic of a group
    forum: bool = False  # the group has topics
    anonymous: bool = False  # written in a group's own name: nobody knows by whom
    phone: str | None = None  # contact: the number, as sent
    own_phone: bool = False  # contact: the channel vouches that it is the sender's own
    album: str | None = None  # parts of one album that came too late have the same
    media: tuple[Media, ...] = ()
    kept: tuple[Kept, ...] = ()
    card: dict[str, str] | None = None
    problems: tuple[str, ...] = ()
    can: frozenset[str] = (
        frozenset()
    )  # phone: this channel proves a phone by a shared contact; photo: takes files


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
        if not self.talk.reachable and self.incoming.kind != "leave":
            talks.set_reachable(self.tx, self.incoming.channel, self.incoming.chat, True)

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    @property
    def lang(self) -> str:
        return self.talk.lang

    @property
    def member(self) -> staff.Staff | None:
        """The member of staff who is writing; None for a resident. In a group, by who presses or writes there."""
        if isinstance(self._member, bool):
            own = self.talk if self.incoming.private else self._own_talk()
            self._member = staff.by_talk(self.tx, own.id) if own else None
        return self._member

    def _own_talk(self) -> talks.Talk | None:
        if self.incoming.anonymous:
            return None
        return talks.find(self.tx, self.incoming.channel, self.incoming.user)

    def forget_member(self) -> None:
        self._member = False

    def words(self, text: Any) -> str:
        return in_words(text, self.lang, elder=bool(self.state.get("elder")))

    def say(self, reply: Reply) -> int | None:
        """Answers the person who wrote; remembers the buttons, so that their number or words can be typed."""
        self.state["offered"] = [[b.token, self.words(b.label)] for b in reply.buttons]
        self.state["numbered"] = reply.kind != "text"
        talk = replace(self.talk, state=self.state)
        if reply.flow:
            return self._flow(talk, reply)
        self.state.pop("flow", None)
        replaces = self.incoming.message if reply.edit else None
        return put(self, talk, reply, replaces=replaces, thread=self.incoming.thread, answers=self.answers)

    @property
    def answers(self) -> list[str] | None:
        """In a group what is said points to the message that it answers: several people write there."""
        incoming = self.incoming
        return None if incoming.private or incoming.ref is None else [incoming.chat, incoming.ref]

    def _flow(self, talk: talks.Talk, reply: Reply) -> int | None:
        """The next question stands in the form's one message where its button was pressed; after typed words it
        stands below them, and the one before goes."""
        before = self.state.get("flow")
        here = before is not None and before == self.incoming.message
        row_id = put(self, talk, reply, replaces=before, place="here" if here else "end")
        self.state["flow"] = before if here else row_id
        return row_id

    def toast(self, text: Any, *, alert: bool = True) -> None:
        """A word to whoever pressed, which nobody else in the chat sees; without a press nothing."""
        if self.incoming.press is None:
            return
        outbox.put(
            self.tx,
            channel=self.incoming.channel,
            chat=self.incoming.chat,
            lane=f"{self.incoming.channel}:press:{self.incoming.press}",
            body={"kind": "toast", "text": self.words(text), "press": self.incoming.press, "alert": alert},
            created_at=self.now,
            run_at=self.machine_now,
            rank="code",
            not_after=self.machine_now + timedelta(minutes=5),
            dedupe=f"toast:{self.incoming.channel}:{self.incoming.press}"[:80],
        )

    def take_back(self) -> None:
        """Deletes the message that was just sent, where the channel lets us; it held what must not stand there."""
        if self.incoming.ref is None:
            return
        outbox.put(
            self.tx,
            channel=self.incoming.channel,
            chat=self.incoming.chat,
            lane=f"{self.incoming.channel}:{self.incoming.chat}",
            body={"kind": "delete", "text": "", "message": self.incoming.ref},
            created_at=self.now,
            run_at=self.machine_now,
            dedupe=f"delete:{self.incoming.channel}:{self.incoming.chat}:{self.incoming.ref}"[:80],
        )

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

    @property
    def today(self) -> date:
        return self.now.astimezone(ZONE).date()

    def tell(
        self, talk_id: int, reply: Reply, *, ticket_id: int | None = None, dedupe: str | None = None
    ) -> None:
        put(self, talks.get(self.tx, talk_id), reply, ticket_id=ticket_id, dedupe=dedupe)

    def tell_all(self, talk_ids: Iterable[int], reply: Reply, *, ticket_id: int | None = None) -> None:
        for talk_id in talk_ids:
            self.tell(talk_id, reply, ticket_id=ticket_id)


def body_of(reply: Reply, lang: str, *, elder: bool = False) -> dict[str, Any]:
    """The reply in its reader's words, as the outbox keeps it and channels send it.

    kind: text · card · ask; media (one file, and no words); toast (press, alert) and delete (message), which only
    channels know that give Incoming.press and Incoming.ref. place: "here" or "end", of a form's one message. answers:
    [chat, ref] of the message that it replies to.
    """
    body: dict[str, Any] = {
        "kind": reply.kind,
        "text": in_words(reply.text, lang, elder=elder),
        "choices": [
            {"token": b.token, "label": in_words(b.label, lang, elder=elder), "style": b.style}
            | ({"url": b.url} if b.url else {})
            for b in reply.buttons
        ],
        "media": [],
        "sensitive": reply.sensitive,
        "lang": lang,
    }
    if reply.request:
        body["request"] = reply.request
    if reply.commands is not None:
        body["commands"] = list(reply.commands)
    return body | {name: True for name in ("home", "silent") if getattr(reply, name)}


def _media_body(item: dict[str, Any], reply: Reply, lang: str) -> dict[str, Any]:
    one = {k: in_words(v, lang) if k == "alt" else v for k, v in item.items()}
    return {
        "kind": "media",
        "text": "",
        "choices": [],
        "media": [one],
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
    thread: str | None = None,
    place: str | None = None,
    answers: list[str] | None = None,
) -> int | None:
    """Each file and render is a row of its own, before the words; the row of the words is returned."""
    given = (("thread", thread), ("place", place), ("answers", answers))
    more = {key: value for key, value in given if value}
    bodies = [_media_body(item, reply, talk.lang) for item in reply.media]
    bodies.append(body_of(reply, talk.lang, elder=bool(talk.state.get("elder"))))
    row_id = None
    for number, body in enumerate(bodies, 1):
        last = number == len(bodies)
        row_id = outbox.put(
            moment.tx,
            channel=talk.channel,
            chat=talk.chat,
            lane=f"{talk.channel}:{talk.chat}",
            body=body | more,
            created_at=moment.now,
            run_at=moment.machine_now,
            rank=reply.rank,
            replaces=replaces if last else None,
            ticket_id=ticket_id,
            dedupe=dedupe if last or dedupe is None else f"{dedupe}:{number}",
        )
    return row_id


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
