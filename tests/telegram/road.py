"""World on Telegram: what people do becomes raw updates, what the desk says goes through the adapter to the fake."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from bot.channels import Outcome, Outgoing
from bot.channels.telegram import Telegram
from bot.clock import Clock
from bot.evidence.intake import Intake
from bot.files import Files
from bot.loops.work import Work
from bot.settings import Settings
from handlers.incoming import Incoming
from storage.db import Database
from storage.vault import Vault
from tests.roads import Looped, OnPhone, waits_not
from tests.telegram import people
from tests.telegram.api import TOKEN, FakeTelegram
from tests.telegram.chats import Message
from tests.telegram.request import InProcess
from tests.world import KEY, World


class WorldClock(Clock):
    def __init__(self, world: World) -> None:
        super().__init__()
        self._world = world

    def machine(self) -> datetime:
        return self._world.time


class TelegramRoad(Looped):
    """Time stands still while the desk speaks, so the fake does not count how fast; tests/telegram/test_pace.py does."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self._heard = world, 0
        self.fake = FakeTelegram(lambda: world.time)
        vault, clock = Vault(KEY), WorldClock(world)
        settings = Settings(_env_file=None, data_key=KEY, telegram_token=TOKEN)  # type: ignore[call-arg]
        files = Files(world.path.parent / "files", vault)
        self._db = Database(f"sqlite:///{world.path}", vault)
        self.adapter = Telegram(
            self._db, clock, settings, files, lambda: None, InProcess(self.fake), waits_not
        )
        self._work = Work(self._db, clock, world.desk)
        self._work.channels = {"telegram": self.adapter}
        self._intake = Intake(self._work, files)
        self._asking: asyncio.Task[None] | None = None

    def person(self, name: str) -> OnTelegram:
        return OnTelegram(self, self.fake.person(name))

    def chat_of(self, name: str) -> str:
        """Somebody who is known has pressed «Start» some time ago."""
        found = self.fake.person(name)
        found.chat.started = True
        return str(found.id)

    def arrive(self) -> None:
        """The adapter asks until nothing waits: it stores, and only then confirms."""
        self.run(self._until_stored())

    async def _until_stored(self) -> None:
        self._asking = self._asking or asyncio.create_task(self.adapter.run())
        while self.fake.updates.here():
            await asyncio.sleep(0.001)
            if self._asking.done():
                self._asking.result()

    def parse(self, row: Row[Any]) -> Incoming:
        return self.adapter.parse(row.raw)

    def prepare(self, incoming: Incoming) -> Incoming:
        self.run(self.adapter.acknowledge(incoming))
        return self.run(self._intake.prepare(incoming)) if incoming.media else incoming

    def send(self, _row: Row[Any], message: Outgoing) -> Outcome:
        outcome = self.run(self.adapter.send(message))
        self._hear()
        return outcome

    def _hear(self) -> None:
        """What was shown or changed since, to whoever it was shown."""
        names = {one.id: name for name, one in self.fake.people.items()}
        fresh, self._heard = self.fake.log[self._heard :], len(self.fake.log)
        for call in fresh:
            if call.message and call.chat in names:
                self.world.person(names[call.chat], "telegram").heard.append(call.message)

    async def end(self) -> None:
        if self._asking:
            self._asking.cancel()
            with suppress(asyncio.CancelledError):
                await self._asking
        await self._db.close()


class OnTelegram(OnPhone):
    """heard: all that was ever shown, edits too; what can be pressed is what stands in the chat now."""

    def __init__(self, road: TelegramRoad, phone: people.Person) -> None:
        super().__init__(road.world, phone.name, "telegram")
        self.road, self.phone = road, phone

    def has_phone(self, number: str) -> None:
        self.phone.phone = "84" + number.removeprefix("0")

    def token(self, token: str, message: int | None = None) -> str:
        standing = self.phone.chat.newest()
        old = self.phone.chat.messages.get(message) if message else None
        self.phone.forges(token, old or (standing[0] if standing else None))
        return self.waits()

    def sends(self, *contents: bytes, caption: str = "") -> str:
        """Photos; several are an album."""
        if len(contents) == 1:
            self.phone.sends_photo(contents[0], caption)
        else:
            self.phone.sends_album(*contents, caption=caption)
        return self.waits()

    @property
    def sees(self) -> list[Message]:
        """What the desk has said and still stands in the chat, the newest first."""
        return self.phone.chat.newest()
