"""A group of staff on the fake Telegram: people write and press in it, and it is seen as they see it."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from storage import history
from tests.staff.making import STATION
from tests.telegram.chats import Chat, Message
from tests.telegram.groups import Group
from tests.telegram.people import Press
from tests.telegram.road import OnTelegram, TelegramRoad
from tests.world import Person, World

CODE = re.compile(r"\b[2-9A-HJ-NP-TV-Z]{8}\b")
CARD = re.compile(r"PA-\w{5} · ")


def phone(person: Person) -> OnTelegram:
    assert isinstance(person, OnTelegram)
    return person


class Staffroom:
    """Thu is the head of the unit, Mai a clerk, where nobody else is named; rights: the bot's in the group."""

    def __init__(
        self,
        world: World,
        *rights: str,
        forum: bool = False,
        supergroup: bool = True,
        ref: str = STATION,
        people: tuple[str, str] = ("thu", "mai"),
    ) -> None:
        self.world, self.ref = world, ref
        road = world.road("telegram")
        assert isinstance(road, TelegramRoad)
        self.road, self.fake = road, road.fake
        self.road.arrive()  # the bot reaches Telegram, and its name becomes known
        self.thu, self.mai = (self.joins(n, ref, r) for n, r in zip(people, ("head", "clerk"), strict=True))
        self.group: Group = self.fake.group("Trạm Y tế", forum=forum, supergroup=supergroup)
        self.rights = rights or ("can_pin_messages",)

    @property
    def chat(self) -> Chat:
        return self.group.chat

    def joins(self, name: str, ref: str, role: str) -> OnTelegram:
        return phone(self.world.joins(name, ref, role, name.capitalize()))

    def code(self) -> str:
        """A fresh one, as the head gets it in private."""
        found = CODE.search(self.thu.says("/gannhom"))
        assert found, self.thu.last
        return found[0]

    def binds(self) -> None:
        self.group.takes_in(self.thu.phone, *self.rights)
        self.goes_on()
        self.says(self.thu, f"/gannhom {self.code()}")

    def goes_on(self) -> None:
        """The desk hears what was done, and answers."""
        self.road.arrive()
        self.world.work()
        self.world.rests()

    def says(self, who: OnTelegram, text: str, to: Message | None = None, **more: Any) -> list[str]:
        """What is said in the group thereupon."""
        before = len(self.fake.log)
        if to is not None:
            more |= {"reply_to": to.id, "thread": to.thread}
        who.phone.says(text, self.chat, **more)
        self.goes_on()
        return self.said(before)

    def said(self, since: int = 0) -> list[str]:
        """Whatever was sent to the group or changed there."""
        here = [call for call in self.fake.log[since:] if call.chat == self.chat.id and call.message]
        return [str(call.message["text"]) for call in here if call.message]

    def presses(self, who: OnTelegram, label: str, on: Message | None = None) -> Press:
        """The press, with the one word that answered it."""
        for message in [on] if on else self.chat.newest():
            for button in message.buttons:
                if button["text"] == label:
                    return self.forges(who, button["callback_data"], message)
        raise AssertionError(f"there is no button «{label}» among\n{self.show()}")

    def forges(self, who: OnTelegram, data: str, message: Message | None = None) -> Press:
        answers = len(self.fake.said("answerCallbackQuery"))
        press = who.phone.forges(data, message or self.chat.newest()[0])
        self.goes_on()
        assert len(self.fake.said("answerCallbackQuery")) == answers + 1, "answered once, and not more"
        assert press.answered and press.toast
        return press

    def token(self, label: str, on: Message | None = None) -> str:
        found = [b for m in ([on] if on else self.chat.newest()) for b in m.buttons if b["text"] == label]
        return str(found[0]["callback_data"])

    def cards(self, code: str = "PA-") -> list[Message]:
        """The newest first; what was said about a note is no card."""
        return [one for one in self.chat.newest() if one.text.startswith(code) and CARD.match(one.text)]

    def card(self, code: str = "PA-") -> Message:
        return self.cards(code)[0]

    @property
    def pinned(self) -> list[str]:
        return [self.chat.messages[one].text for one in self.chat.pinned]

    def labels(self, message: Message) -> list[str]:
        return [button["text"] for button in message.buttons]

    def show(self) -> str:
        return "\n---\n".join(f"{one.starred} {self.labels(one)}" for one in self.chat.newest())

    def audited(self) -> list[str]:
        with self.world.tx() as tx:
            return list(tx.execute(select(history.audit.c.what)).scalars())
