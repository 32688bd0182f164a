"""What SQL knows of the token of a Zalo Official Account, and whose turn it is to renew it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from bot import chance
from bot.channels.zalo_oauth import Pair
from bot.clock import Clock
from bot.settings import Settings
from storage import leases, tokens
from storage.tokens import Token

LEASE = timedelta(seconds=60)  # longer than a request takes


class Kept:
    """All of it inside transactions; a process has one of these."""

    def __init__(self, clock: Clock, settings: Settings) -> None:
        self._clock, self._given = clock, settings.zalo_refresh_token
        self._name, self._lease = f"zalo:{settings.zalo_app_id}", f"zalo token {settings.zalo_app_id}"[:40]
        self._holder = chance.token()[:40]

    def seed(self, tx: Connection) -> None:
        """What the operator gave, where that is new: it also ends a failure."""
        if not self._given:
            return
        first = hashlib.sha256(self._given.encode()).digest()
        known = tokens.get(tx, self._name)
        if known is None or known.first != first:
            now = self._clock.machine()
            tokens.keep(tx, self._name, Token("", self._given, now, now, first, None))

    def get(self, tx: Connection) -> Token | None:
        return tokens.get(tx, self._name)

    def turn(self, tx: Connection, old: str) -> tuple[Token | None, bool]:
        """The token as it stands, and whether it is ours to renew: not where another than `old` is there already, or
        another process is at it."""
        token = tokens.get(tx, self._name)
        if token is None or token.failed or (token.access != old and self.lives(token)):
            return token, False
        return token, leases.take(tx, self._lease, self._holder, self._clock.machine(), LEASE)

    def lives(self, token: Token) -> bool:
        return bool(token.access) and token.expires_at > self._clock.machine()

    def keep(self, tx: Connection, old: Token, pair: Pair) -> None:
        now = self._clock.machine()
        until = now + timedelta(seconds=pair.seconds)
        tokens.keep(tx, self._name, Token(pair.access, pair.refresh, until, now, old.first, None))
        self.give_back(tx)

    def give_back(self, tx: Connection) -> None:
        leases.give_back(tx, self._lease, self._holder, self._clock.machine())

    def fail(self, tx: Connection, spent: Token, why: str) -> bool:
        """False where another process has renewed it meanwhile, because it thought us dead."""
        self.give_back(tx)
        token = tokens.get(tx, self._name)
        if token is None or token.refresh != spent.refresh:
            return False
        tokens.fail(tx, self._name, why)
        return True

    def drop(self, tx: Connection, refused: str) -> None:
        """Where no other will come, one that Zalo does not take is not shown to it again."""
        token = tokens.get(tx, self._name)
        if token and token.failed and token.access == refused:
            tokens.keep(tx, self._name, replace(token, access=""))
