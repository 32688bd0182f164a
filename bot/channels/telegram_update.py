"""Which chat an update of Telegram belongs to, before anybody asks what it means; believes nothing of its shape."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

# What a group or an app does by itself; nobody said anything.
# fmt: off
SERVICE = frozenset((
    "new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo",
    "group_chat_created", "supergroup_chat_created", "channel_chat_created",
    "message_auto_delete_timer_changed", "migrate_from_chat_id", "pinned_message", "forum_topic_created",
    "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened", "general_forum_topic_hidden",
    "general_forum_topic_unhidden", "video_chat_scheduled", "video_chat_started", "video_chat_ended",
    "video_chat_participants_invited", "proximity_alert_triggered", "boost_added", "chat_background_set",
    "write_access_allowed", "chat_owner_left", "chat_owner_changed", "users_shared", "chat_shared",
))
# fmt: on


def chat_of(update: Any) -> str | None:
    """None where it holds nothing for the desk, or is no update at all.

    An edited message counts in private only, where a sentence says that edits are not read. What people in a group say
    to one another comes where the bot is an administrator; it is none of ours, and is not even stored.
    """
    try:
        edited = update.get("edited_message")
        found = update.get("message") or edited or update.get("my_chat_member")
        if found is None:
            found = update["callback_query"]["message"]
        elif SERVICE & found.keys():
            return None
        chat = found["chat"]
        if chat["type"] == "channel" or (found is update.get("message") and _chatter(found)):
            return None
        if edited and (chat["type"] != "private" or not (edited.get("text") or edited.get("caption"))):
            return None
        return str(chat["id"]) if type(chat["id"]) is int and abs(chat["id"]) < 2**53 else None
    except (KeyError, TypeError, AttributeError):
        return None


def album_of(update: Any) -> str | None:
    """Its parts come one by one, with this in common; asked only where chat_of() found a chat."""
    album = (update.get("message") or {}).get("media_group_id")
    return album[:80] if isinstance(album, str) and album else None


def answered(message: Json) -> Json | None:
    """The message that this one replies to. In a topic every message seems to reply to the topic's beginning."""
    replied: Json | None = message.get("reply_to_message")
    return None if replied is None or "forum_topic_created" in replied else replied


def _chatter(message: Json) -> bool:
    if message["chat"]["type"] == "private" or "migrate_to_chat_id" in message:
        return False
    replied = answered(message)
    to_a_bot = replied is not None and replied.get("from", {}).get("is_bot")
    return not to_a_bot and not str(message.get("text", "")).startswith("/")
