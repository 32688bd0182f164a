"""Incoming: what a channel understood of a raw message; the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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
    # text · choice · contact · media · edited · join · follow (a provider's button, which is no word) · leave · migrated
    # · unsupported
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
    more_refs: tuple[str, ...] = ()  # and of the other parts of its album
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
    # phone: this channel proves a phone by a shared contact; photo: takes files; window: it lets the desk speak first
    # only for some time after a person last wrote or pressed
    can: frozenset[str] = frozenset()
