"""Waits while Telegram cannot be reached or refuses us: longer each time, and not a line in the log for each."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot import chance
from bot.channels.telegram_errors import reason_of, seconds_of
from bot.log import event

Pause = Callable[[float], Awaitable[None]]

FIRST, LONGEST = 1.0, 60.0  # seconds
REFUSED, TWO_ASK = 300.0, 30.0
SILENT = 600.0  # between two lines about the same trouble
log = logging.getLogger("bot.telegram")


class Patience:
    def __init__(self, pause: Pause) -> None:
        self._pause = pause
        self._next, self._silent = FIRST, SILENT
        self._trouble: type[TelegramError] | None = None

    async def after(self, error: TelegramError, doing: str) -> None:
        seconds = self._seconds(error)
        if type(error) is not self._trouble or self._silent >= SILENT:
            self._trouble, self._silent = type(error), 0.0
            self._tell(error, doing)
        self._silent += seconds
        await self._pause(seconds)

    def over(self) -> None:
        if self._trouble is not None:
            event(log, logging.INFO, "Telegram answers again")
        self._next, self._silent, self._trouble = FIRST, SILENT, None

    def _seconds(self, error: TelegramError) -> float:
        if isinstance(error, RetryAfter):
            return seconds_of(error) + chance.seconds(1)
        if isinstance(error, InvalidToken):
            return REFUSED
        if isinstance(error, Conflict):
            return TWO_ASK
        seconds, self._next = self._next, min(self._next * 2, LONGEST)
        return seconds + chance.seconds(seconds / 4)

    def _tell(self, error: TelegramError, doing: str) -> None:
        if isinstance(error, InvalidToken):
            event(log, logging.ERROR, "Telegram refuses TELEGRAM_TOKEN; all else goes on", doing=doing)
        elif isinstance(error, Conflict):
            event(
                log,
                logging.ERROR,
                "somebody else asks Telegram for this bot's updates",
                reason=reason_of(error),
            )
        else:
            event(log, logging.WARNING, "Telegram cannot be reached; all else goes on", doing=doing,
                  error=type(error).__name__, reason=reason_of(error))  # fmt: skip
