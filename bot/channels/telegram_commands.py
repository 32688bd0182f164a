"""The lists of commands beside the box to write in. They are only shown: what may be done is asked elsewhere."""

from __future__ import annotations

import logging
from typing import Any

from telegram.error import TelegramError

from bot.channels import Outgoing
from bot.channels.telegram_api import Api
from bot.log import event
from locales import Words, _, say

WORDS: dict[str, Words] = {
    "menu": _("Menu"),
    "tracuu": _("Look up my doses"),
    "phananh": _("Report a mistake"),
    "theodoi": _("My reports"),
    "huy": _("Leave what is being filled in"),
    "ngonngu": _("Language · Ngôn ngữ"),
    "trogiup": _("Help"),
    "hangdoi": _("Queue"),
    "danhsach": _("Verification lists"),
    "kyso": _("Doses not signed"),
    "baoloi": _("Report a line or software fault"),
    "vangmat": _("Say that I am away"),
    "caumau": _("Our canned answers"),
    "quahan": _("Overdue"),
    "bang": _("Figures"),
    "nhansu": _("Our people"),
    "moi": _("Invite somebody"),
    "noikenh": _("Another channel of mine"),
    "gannhom": _("Tie this group to a unit"),
    "bogan": _("Untie this group"),
}
PRIVATE = ("menu", "tracuu", "phananh", "theodoi", "huy", "ngonngu", "trogiup")
GROUP = ("gannhom", "bogan", "hangdoi")
# Scope, commands, the phone's language (none: all others), our language. Who works here has a list of their own.
LISTS = (
    ("all_private_chats", PRIVATE, "vi", "vi"),
    ("all_private_chats", PRIVATE, "en", "en"),
    ("all_private_chats", PRIVATE, None, "en"),
    ("all_group_chats", GROUP, "en", "en"),
    ("all_group_chats", GROUP, None, "vi"),
)
log = logging.getLogger("bot.telegram")


def listed(names: tuple[str, ...] | list[str], lang: str) -> list[dict[str, str]]:
    return [{"command": name, "description": say(WORDS[name], lang)} for name in names]


class OwnLists:
    """Lists of single chats: staff find their own commands there, and nobody else's once they have left."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._told: dict[str, tuple[list[str], str]] = {}  # by this process; told again after a restart

    async def fit(self, message: Outgoing) -> None:
        """What it is for has arrived; a list that cannot be set is not worth sending that again."""
        names, lang = message.body.get("commands"), message.body.get("lang", "vi")
        if names is None or self._told.get(message.chat) == (names, lang):
            return
        scope: dict[str, Any] = {"type": "chat", "chat_id": message.chat}
        try:
            if names:
                await self._api.call("setMyCommands", commands=listed(names, lang), scope=scope)
            else:
                await self._api.call("deleteMyCommands", scope=scope)
        except TelegramError as error:
            event(log, logging.WARNING, "the commands of a chat could not be set", error=type(error).__name__)
        else:
            self._told[message.chat] = (names, lang)
