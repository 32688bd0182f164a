"""What every channel is: one silhouette, and a closed set of what may come of a delivery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol

from aiohttp import web

from handlers.incoming import Incoming, Media


@dataclass(frozen=True)
class Sent:
    """how: in full, or as the provider's approved template, which only says that there is news.
    parts: the SMS that it was counted as."""

    provider_id: str | None = None
    how: Literal["full", "template"] = "full"
    parts: int | None = None


@dataclass(frozen=True)
class Held:
    """The provider wants silence until then; not our fault, not counted as a try. everywhere: from the whole bot."""

    until: datetime
    everywhere: bool = False


@dataclass(frozen=True)
class TryAgain:
    """Surely not delivered, and worth another try."""

    reason: str
    after: timedelta = timedelta(seconds=5)


@dataclass(frozen=True)
class Unknown:
    """Perhaps delivered (a timeout after the provider may have accepted): sent again in the same words, and counted."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """Will never be delivered as it is; the operator reads the reason."""

    reason: str


@dataclass(frozen=True)
class Blocked:
    """The person cannot be reached on this channel any more."""

    reason: str


@dataclass(frozen=True)
class Outside:
    """The provider takes nothing for this person until they write again; nobody is blocked, and nothing is lost."""

    reason: str


@dataclass(frozen=True)
class Moved:
    """The chat has another id now: every stored id follows, and the message is sent there."""

    to: str


@dataclass(frozen=True)
class Gone:
    """What the message was to edit, or the topic it was for, is there no more: it is sent anew, without it."""

    what: Literal["message", "topic"]


Outcome = Sent | Held | TryAgain | Unknown | Refused | Blocked | Outside | Moved | Gone


@dataclass(frozen=True)
class Outgoing:
    """One outbox row on its way.

    replaces: the first row of the message that it edits; ref: the provider's id of that message, None where it never
    arrived. body: see handlers/putting.py, body_of(). heard_at: when this chat last did anything (machine time).
    perhaps: an earlier try may have arrived.
    """

    id: int
    chat: str
    body: dict[str, Any]
    replaces: int | None
    created_at: datetime
    ref: str | None = None
    heard_at: datetime | None = None
    perhaps: bool = False


@dataclass(frozen=True)
class Pace:
    """How fast a provider may be spoken to; kept in SQL, so that all processes together obey it."""

    per_second: float
    gap: Callable[[str], timedelta]  # between two messages to this chat


class NoMedia(Exception):
    """A file that somebody sent cannot be had; `code`: too_big · gone."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Channel(Protocol):
    name: str
    pace: Pace | None

    def parse(self, raw: dict[str, Any]) -> Incoming:
        """What a stored message means; pure, and raises where it means nothing."""

    def routes(self) -> Sequence[web.AbstractRouteDef]: ...

    async def run(self) -> None:
        """What the channel does by itself until it is cancelled: polling, telling the provider its commands."""

    async def acknowledge(self, incoming: Incoming) -> None:
        """The small thing that is owed at once, such as ending the spinning of a pressed button; best effort."""

    async def fetch(self, media: Media) -> bytes:
        """The bytes of what somebody sent; raises NoMedia, or anything else to be tried again."""

    async def let_go(self, media: Media) -> None:
        """The turn is taken: what the channel itself kept of this file may go."""

    async def send(self, message: Outgoing) -> Outcome: ...


class Quiet:
    """What most channels need not do."""

    pace: Pace | None = None

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        return ()

    async def run(self) -> None:
        return

    async def acknowledge(self, incoming: Incoming) -> None:
        return

    async def fetch(self, media: Media) -> bytes:
        raise NoMedia("gone")

    async def let_go(self, media: Media) -> None:
        return
