"""What every channel is: one silhouette, and a closed set of what may come of a delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from aiohttp import web

from handlers.turn import Incoming


@dataclass(frozen=True)
class Sent:
    provider_id: str | None = None


@dataclass(frozen=True)
class Held:
    """The provider wants silence until then; not our fault, not counted as a try."""

    until: datetime


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


Outcome = Sent | Held | TryAgain | Unknown | Refused | Blocked


@dataclass(frozen=True)
class Outgoing:
    """One outbox row on its way: `replaces` is the provider's id of the message that it edits."""

    id: int
    chat: str
    body: dict[str, Any]
    replaces: int | None
    created_at: datetime


class Channel(Protocol):
    name: str

    def parse(self, raw: dict[str, Any]) -> Incoming: ...

    def routes(self) -> Sequence[web.AbstractRouteDef]: ...

    async def send(self, message: Outgoing) -> Outcome: ...
