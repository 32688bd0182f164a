"""Incoming: what a channel understood of a raw message; the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, Self


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
class Sheet:
    """A workbook from a member of staff as the texts of its cells; the file itself is forgotten.

    kind: answers (a list that comes back) · people (for a list). rows: (row number in the file, text by column), the
    columns of handlers/lists/columns.py or of an import of residents. mark: (list, maker), as the file says.
    formulas: rows where a formula has no stored value, so that its cell reads as empty.
    """

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    extra: tuple[str, ...] = ()
    mark: tuple[int, int] | None = None
    formulas: tuple[int, ...] = ()

    @classmethod
    def of(cls, raw: dict[str, Any]) -> Self:
        mark = raw.get("mark")
        rows = tuple((int(n), dict(said)) for n, said in raw["rows"])
        return cls(str(raw["kind"]), tuple(raw["columns"]), rows, tuple(raw["extra"]),
                   (int(mark[0]), int(mark[1])) if mark else None, tuple(raw["formulas"]))  # fmt: skip


@dataclass(frozen=True)
class Incoming:
    """What a channel understood of a raw message; the same for every channel.

    Before the turn bot/ makes of `media` either `kept` (evidence), or `card` (the fields of an ID card's QR code), or
    `sheet` (staff), and says in `problems` what of it could not be taken: too_big · wrong_type · broken · gone · no_qr ·
    blurred_qr · sheet_….
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
    sheet: Sheet | None = None
    problems: tuple[str, ...] = ()
    # phone: this channel proves a phone by a shared contact; photo: takes files; window: it lets the desk speak first
    # only for some time after a person last wrote or pressed
    can: frozenset[str] = frozenset()
