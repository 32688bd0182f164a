"""A turn: who said what, when, and all that a handler may do about it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from handlers.incoming import Incoming
from handlers.putting import put
from handlers.reply import Reply
from locales import say as in_words
from locales.times import ZONE
from storage import outbox, staff, talks

FEW = 5  # buttons that every channel with buttons can show


@dataclass(frozen=True)
class Desk:
    """What the operator set: the desk's name for itself, and which roads are open."""

    portal_url: str
    hotline: str
    sms: bool
    public_url: str = ""
    keep_months: int = 24
    demo: bool = False
    zalo_oa: str = ""


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
        if self.incoming.kind != "leave":
            talks.note_heard(self.tx, self.talk.id, self.machine_now)
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
        # Where a channel has few buttons, a longer list stands as numbers in the text.
        self.state["numbered"] = reply.kind != "text" or len(reply.buttons) > FEW
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
        """Deletes what was just sent, an album whole, where the channel lets us; it held what must not stand there."""
        incoming = self.incoming
        lane = f"{incoming.channel}:{incoming.chat}"
        for ref in (*([incoming.ref] if incoming.ref is not None else []), *incoming.more_refs):
            outbox.put(
                self.tx,
                channel=incoming.channel,
                chat=incoming.chat,
                lane=lane,
                body={"kind": "delete", "text": "", "message": ref},
                created_at=self.now,
                run_at=self.machine_now,
                dedupe=f"delete:{lane}:{ref}"[:80],
            )

    def tell(
        self, talk_id: int, reply: Reply, *, ticket_id: int | None = None, dedupe: str | None = None
    ) -> None:
        """Says something to somebody else, in their language."""
        put(self, talks.get(self.tx, talk_id), reply, ticket_id=ticket_id, dedupe=dedupe)

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
