"""Distils schema.json from the machine-readable Bot API that aiogram publishes (MIT); by hand, for a new Bot API.

pip download --no-deps --no-binary aiogram aiogram==3.31.0
tar xzf aiogram-3.31.0.tar.gz aiogram-3.31.0/.butcher/schema/schema.json
python -m tests.telegram.distil aiogram-3.31.0/.butcher/schema/schema.json
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).with_name("schema.json")
METHODS = [
    "answerCallbackQuery", "closeForumTopic", "createForumTopic", "deleteForumTopic", "deleteMessage",
    "deleteMessages", "deleteMyCommands", "deleteWebhook", "editForumTopic", "editMessageCaption",
    "editMessageMedia", "editMessageReplyMarkup", "editMessageText", "getChat", "getChatMember",
    "getFile", "getMe", "getMyCommands", "getUpdates", "getWebhookInfo", "leaveChat", "pinChatMessage",
    "reopenForumTopic", "sendChatAction", "sendDocument", "sendMessage", "sendPhoto", "sendVoice",
    "setMessageReaction", "setMyCommands", "setMyDescription", "setMyShortDescription", "setWebhook",
    "unpinChatMessage",
]  # fmt: skip
# Where a type has several shapes, the shapes; what is not here (rich messages, payments …) is refused, not believed.
TYPES = [
    "BotCommand", "BotCommandScopeAllChatAdministrators", "BotCommandScopeAllGroupChats",
    "BotCommandScopeAllPrivateChats", "BotCommandScopeChat", "BotCommandScopeChatAdministrators",
    "BotCommandScopeChatMember", "BotCommandScopeDefault", "CopyTextButton", "ForceReply",
    "InlineKeyboardButton", "InlineKeyboardMarkup", "InputMediaDocument", "InputMediaPhoto",
    "KeyboardButton", "LinkPreviewOptions", "MessageEntity", "ReactionTypeEmoji", "ReplyKeyboardMarkup",
    "ReplyKeyboardRemove", "ReplyParameters", "WebAppInfo",
]  # fmt: skip
_LENGTH = re.compile(r"(\d+)[-–](\d+) (characters|bytes)(?: after entities parsing)?")


def distilled(schema: dict[str, Any]) -> dict[str, Any]:
    found = {child["name"]: child for group in schema["items"] for child in group["children"]}
    return {
        "source": "Bot API as in aiogram 3.31.0, .butcher/schema/schema.json, MIT, (c) 2017-present Alex Root Junior;"
        " made by tests/telegram/distil.py",
        "api": schema["api"]["version"],
        "methods": {name: _fields(found[name]) for name in METHODS},
        "types": {name: _fields(found[name]) for name in TYPES},
    }


def _fields(item: dict[str, Any]) -> dict[str, list[Any]]:
    """name -> [type, required] or [type, required, least, most, characters or bytes]"""
    return {field["name"]: [field["type"], field["required"], *_size(field)] for field in item["annotations"]}


def _size(field: dict[str, Any]) -> list[Any]:
    said = _LENGTH.search(field["description"])
    return [int(said[1]), int(said[2]), said[3]] if said and field["type"] == "String" else []


def written(made: dict[str, Any]) -> str:
    """One method or type a line, so that a new Bot API can be read as a difference."""
    lines = [f' "{key}": {json.dumps(made[key])}' for key in ("source", "api")]
    for key in ("methods", "types"):
        rows = ",\n".join(f'  "{name}": {json.dumps(fields)}' for name, fields in made[key].items())
        lines.append(f' "{key}": {{\n{rows}\n }}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    SCHEMA.write_text(written(distilled(json.loads(Path(sys.argv[1]).read_text("utf-8")))), "utf-8")
