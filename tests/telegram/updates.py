"""Updates on their way to the bot: kept until an offset or a 200 confirms them, 24 hours at most, and then forgotten."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.telegram.refusal import Refusal

DAY = timedelta(hours=24)
UNLESS_ASKED = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Updates:
    clock: Callable[[], datetime]
    allowed: list[str] = field(default_factory=list)  # stays until it is said anew
    webhook: str = ""
    secret: str | None = None
    waiting: list[dict[str, Any]] = field(default_factory=list)
    came: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self._ids = itertools.count(731)
        self._since: dict[int, datetime] = {}
        self.lost: list[dict[str, Any]] = []  # nobody asked for them within a day

    def put(self, kind: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """The new update; None where the bot did not ask for this kind."""
        if (kind not in self.allowed) if self.allowed else kind in UNLESS_ASKED:
            return None
        number = next(self._ids)
        update: dict[str, Any] = {"update_id": number, kind: body}
        self._since[number] = self.clock()
        self.waiting.append(update)
        self.came()
        return update

    def take(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        """getUpdates: what is below the offset is confirmed, and forgotten whether it was handled or not."""
        if self.webhook:
            raise Refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")  # fmt: skip
        if "allowed_updates" in given:
            self.allowed = given["allowed_updates"]
        offset = given.get("offset", 0)
        if offset < 0:
            self.waiting = self.waiting[offset:]
        self.waiting = [one for one in self.waiting if one["update_id"] >= offset]
        return self.here()[: min(given.get("limit") or 100, 100)]

    def here(self) -> list[dict[str, Any]]:
        """What waits, without what waited for more than a day."""
        old = self.clock() - DAY
        self.lost += [one for one in self.waiting if self._since[one["update_id"]] < old]
        self.waiting = [one for one in self.waiting if self._since[one["update_id"]] >= old]
        return self.waiting

    def hook(self, given: dict[str, Any]) -> None:
        self.webhook, self.secret = given.get("url", ""), given.get("secret_token")
        self.allowed = given.get("allowed_updates", self.allowed)
        if given.get("drop_pending_updates"):
            self.waiting.clear()
        self.came()
