"""Chats as the bot finds them: what it is there, what it hears, and how a group changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.telegram.chats import Chat, Message

if TYPE_CHECKING:
    from tests.telegram.api import FakeTelegram
    from tests.telegram.people import Person

_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users",
    "can_post_stories", "can_edit_stories", "can_delete_stories", "can_pin_messages", "can_manage_topics",
)  # fmt: skip


def bot_changes(fake: FakeTelegram, chat: Chat, by: Person, was: str, now: str) -> None:
    """my_chat_member: what the bot is in a chat has changed."""
    from tests.telegram.api import BOT

    def as_member(status: str) -> dict[str, Any]:
        more: dict[str, Any] = {"until_date": 0} if status == "kicked" else {}
        if status == "administrator":
            more = dict.fromkeys(_RIGHTS, False) | dict.fromkeys(chat.rights, True)
        return {"status": status, "user": BOT, **more}

    body = {"chat": chat.json(), "from": by.user, "date": int(fake.clock().timestamp())}
    fake.updates.put(
        "my_chat_member", body | {"old_chat_member": as_member(was), "new_chat_member": as_member(now)}
    )


def hears(chat: Chat, message: Message) -> bool:
    """Privacy mode, which is on: in groups the bot hears commands, answers to its own messages, and service messages;
    everything where it is an administrator."""
    if chat.private or chat.rights or not (message.text or message.media):
        return not chat.refusal
    answered = chat.messages.get(message.reply_to or 0)
    own_command = message.text.startswith("/") and "@" not in message.text.split()[0]
    to_us = "@TiemChungBot" in message.text or own_command or (answered is not None and answered.ours)
    return to_us and not chat.refusal


class Group:
    """A group of staff. A change of what it is arrives as Telegram sends it."""

    def __init__(self, fake: FakeTelegram, chat: Chat) -> None:
        self.fake, self.chat = fake, chat

    def takes_in(self, by: Person, *rights: str) -> None:
        """The bot is added; with rights as an administrator."""
        self.chat.members.add(by.id)
        self.chat.refusal, self.chat.rights = None, set(rights)
        bot_changes(self.fake, self.chat, by, "left", "administrator" if rights else "member")

    def throws_out(self, by: Person) -> None:
        bot_changes(self.fake, self.chat, by, "member", "kicked")
        self.chat.refusal, self.chat.rights = f"bot was kicked from the {self.chat.kind} chat", set()

    def upgrades(self, by: Person) -> Group:
        """The group becomes a supergroup with another id; it says so in the old chat and in the new one, which the bot
        joins thereby; of the old one no farewell comes (tdlib/telegram-bot-api, issue 266)."""
        new = self.fake.chats.group(self.chat.title)
        new.members, new.rights = self.chat.members, self.chat.rights
        by.sends(self.chat, migrate_to_chat_id=new.id)
        bot_changes(self.fake, new, by, "left", "administrator" if new.rights else "member")
        by.sends(new, migrate_from_chat_id=self.chat.id)
        self.chat.upgraded_to = new.id
        return Group(self.fake, new)

    def opens_topic(self, name: str) -> int:
        thread = next(self.chat.ids)
        self.chat.topics[thread] = name
        return thread
