"""What Telegram is told when the desk starts: where updates go, and which commands there are."""

from __future__ import annotations

import logging
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.channels.telegram_api import Api
from bot.channels.telegram_arrival import ALLOWED
from bot.channels.telegram_commands import LISTS, listed
from bot.channels.telegram_patience import Patience, Pause
from bot.log import event
from bot.settings import Settings

log = logging.getLogger("bot.telegram")


class Setup:
    def __init__(self, api: Api, settings: Settings, pause: Pause) -> None:
        self._api, self._settings = api, settings
        self._patience = Patience(pause)

    async def introduce(self) -> str | None:
        """The bot's user name, once Telegram can be reached."""
        me = await self._until_heard("getMe")
        return me.get("username") if me else None

    async def tell(self) -> None:
        """Updates that wait at Telegram are never dropped: they are people's messages."""
        if self._settings.telegram_webhook_url:
            await self._until_heard(
                "setWebhook",
                url=self._settings.telegram_webhook_url,
                secret_token=self._settings.telegram_webhook_secret,
                max_connections=20,
                allowed_updates=ALLOWED,
            )
        else:
            await self._until_heard("deleteWebhook")
        for scope, commands, phone, lang in LISTS:
            shown = listed(commands, lang)
            await self._until_heard(
                "setMyCommands", commands=shown, scope={"type": scope}, language_code=phone
            )

    async def _until_heard(self, method: str, **params: Any) -> Any:
        """Asks until there is an answer; None where Telegram will never do that."""
        while True:
            try:
                answer = await self._api.call(method, **params)
            except BadRequest as error:
                event(
                    log, logging.ERROR, "Telegram refuses what it is told", doing=method, reason=error.message
                )
                return None
            except TelegramError as error:
                await self._patience.after(error, method)
            else:
                self._patience.over()
                return answer
