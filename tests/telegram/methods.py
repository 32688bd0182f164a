"""What the methods of the Bot API do, and when they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.telegram import limits, sending, topics
from tests.telegram.refusal import bad

if TYPE_CHECKING:
    from tests.telegram.api import FakeTelegram

DELETABLE = timedelta(hours=48)
DOWNLOAD = 20_000_000
# Not established: reports of how long a press may wait for its answer go from seconds to minutes.
PRESS_LIVES = timedelta(seconds=60)
Given = dict[str, Any]


def me(_fake: FakeTelegram, _given: Given) -> Given:
    from tests.telegram.api import BOT

    return BOT | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def answer_press(fake: FakeTelegram, given: Given) -> bool:
    """Once only, and soon."""
    press = fake.presses.get(given["callback_query_id"])
    if press is None or press.answered or fake.clock() - press.at > PRESS_LIVES:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    press.answered, press.toast, press.alert = True, given.get("text", ""), given.get("show_alert", False)
    return True


def delete(fake: FakeTelegram, given: Given) -> bool:
    chat = fake.open_chat(given["chat_id"], counted=False)
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad("message to delete not found")
    allowed = message.ours or chat.private or "can_delete_messages" in chat.rights
    if not allowed or fake.clock() - message.date >= DELETABLE:
        raise bad("message can't be deleted for everyone" if allowed else "message can't be deleted")
    del chat.messages[message.id]
    return True


def file(fake: FakeTelegram, given: Given) -> Given:
    content = fake.files.get(given["file_id"])
    if content is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(content) > DOWNLOAD:
        raise bad("file is too big")
    path = f"documents/{given['file_id']}"
    return {"file_id": given["file_id"], "file_unique_id": given["file_id"][-8:], "file_size": len(content),
            "file_path": path}  # fmt: skip


def _scope(given: Given) -> str:
    scope = given.get("scope") or {"type": "default"}
    return f"{scope['type']}:{scope['chat_id']}" if "chat_id" in scope else str(scope["type"])


def set_commands(fake: FakeTelegram, given: Given) -> bool:
    limits.commands(given["commands"])
    fake.commands[_scope(given), given.get("language_code", "")] = given["commands"]
    return True


def end_commands(fake: FakeTelegram, given: Given) -> bool:
    fake.commands.pop((_scope(given), given.get("language_code", "")), None)
    return True


def set_webhook(fake: FakeTelegram, given: Given) -> bool:
    limits.webhook(given["url"], given.get("secret_token"))
    fake.updates.hook(given)
    return True


def end_webhook(fake: FakeTelegram, given: Given) -> bool:
    fake.updates.hook(given)
    return True


def webhook(fake: FakeTelegram, _given: Given) -> Given:
    return {"url": fake.updates.webhook, "has_custom_certificate": False,
            "pending_update_count": len(fake.updates.here())}  # fmt: skip


def leave(fake: FakeTelegram, given: Given) -> bool:
    fake.open_chat(given["chat_id"], counted=False).refusal = "bot is not a member of the supergroup chat"
    return True


def chat(fake: FakeTelegram, given: Given) -> Given:
    return fake.open_chat(given["chat_id"], counted=False).json() | {"accent_color_id": 0, "max_reaction_count": 11,
                                                                     "accepted_gift_types": _GIFTS}  # fmt: skip


_GIFTS = dict.fromkeys(("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription",
                        "gifts_from_channels"), False)  # fmt: skip


def member(fake: FakeTelegram, given: Given) -> Given:
    from tests.telegram.api import BOT

    found = fake.open_chat(given["chat_id"], counted=False)
    if given["user_id"] == BOT["id"]:
        return {"user": BOT, "status": "administrator" if found.rights else "member"} | dict.fromkeys(
            found.rights, True
        )
    status = "member" if given["user_id"] in found.members else "left"
    return {"user": {"id": given["user_id"], "is_bot": False, "first_name": "?"}, "status": status}


def quiet(fake: FakeTelegram, given: Given) -> bool:
    """Accepted, and nothing to be seen of it here."""
    if "chat_id" in given:
        fake.open_chat(given["chat_id"], counted=False)
    return True


ALL: dict[str, Callable[[FakeTelegram, Given], Any]] = {
    "getMe": me,
    "getUpdates": lambda fake, given: fake.updates.take(given),
    "setWebhook": set_webhook,
    "deleteWebhook": end_webhook,
    "getWebhookInfo": webhook,
    "sendMessage": sending.text,
    "sendPhoto": sending.photo,
    "sendDocument": sending.document,
    "sendVoice": sending.voice,
    "editMessageText": sending.edit_text,
    "editMessageCaption": sending.edit_caption,
    "editMessageReplyMarkup": sending.edit_markup,
    "deleteMessage": delete,
    "answerCallbackQuery": answer_press,
    "setMyCommands": set_commands,
    "deleteMyCommands": end_commands,
    "getFile": file,
    "getChat": chat,
    "getChatMember": member,
    "pinChatMessage": topics.pin,
    "unpinChatMessage": topics.unpin,
    "createForumTopic": topics.new_topic,
    "editForumTopic": topics.edit_topic,
    "deleteForumTopic": topics.delete_topic,
    "leaveChat": leave,
    **dict.fromkeys(
        ("sendChatAction", "setMessageReaction", "setMyDescription", "setMyShortDescription"), quiet
    ),
}
