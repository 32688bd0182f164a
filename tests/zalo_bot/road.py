"""World on the Zalo Bot Platform: updates are brought to the adapter's webhook, and every choice is typed as a number."""

from __future__ import annotations

from typing import Any

from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Row

from bot import http
from bot.channels import Outcome, Outgoing
from bot.channels.zalo_bot import PATH, ZaloBot
from bot.channels.zalo_bot import SECRET as HEADER
from bot.evidence.intake import Intake
from bot.files import Files
from bot.loops.work import Work
from bot.settings import Settings, load
from handlers.incoming import Incoming
from storage.db import Database
from storage.vault import Vault
from tests.roads import Looped, OnPhone
from tests.telegram.road import WorldClock
from tests.world import KEY, World
from tests.zalo_bot.fake import SECRET, TOKEN, URL, FakeZaloBot, Phone


def settings(**more: Any) -> Settings:
    known = {"zalo_bot_token": TOKEN, "zalo_bot_secret": SECRET, "zalo_bot_api": URL}
    return load(_env_file=None, data_key=KEY, **(known | more))


class ZaloBotRoad(Looped):
    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self._heard = world, dict[str, int]()
        self.fake = FakeZaloBot(lambda: world.time)
        self._db = Database(f"sqlite:///{world.path}", Vault(KEY))
        self.run(self._begin())

    async def _begin(self) -> None:
        clock, files = WorldClock(self.world), Files(self.world.path.parent / "files", Vault(KEY))
        self.adapter = ZaloBot(self._db, clock, settings(), lambda: None, self.fake)  # type: ignore[arg-type]
        server = TestServer(http.application(self._db, [*self.adapter.routes()]), host="127.0.0.1")
        self._client = TestClient(server)
        await self._client.start_server()
        work = Work(self._db, clock, self.world.desk)
        work.channels = {"zalo_bot": self.adapter}
        self._intake = Intake(work, files)

    def person(self, name: str) -> OnZaloBot:
        return OnZaloBot(self, self.fake.person(name))

    def chat_of(self, name: str) -> str:
        return self.fake.person(name).id

    def arrive(self) -> None:
        """Every second update in its envelope: both are said to come."""
        while self.fake.updates:
            update = self.fake.updates.pop(0)
            wrapped = int(update["message"]["message_id"], 16) % 2
            assert self.run(self.bring({"ok": True, "result": update} if wrapped else update)) == 200

    async def bring(self, body: Any, secret: str = SECRET) -> int:
        async with self._client.post(PATH, json=body, headers={HEADER: secret}) as answer:
            return answer.status

    def parse(self, row: Row[Any]) -> Incoming:
        return self.adapter.parse(row.raw)

    def prepare(self, incoming: Incoming) -> Incoming:
        return self.run(self._intake.prepare(incoming)) if incoming.media else incoming

    def send(self, row: Row[Any], message: Outgoing) -> Outcome:
        outcome = self.run(self.adapter.send(message))
        for name, phone in self.fake.people.items():
            fresh = phone.shown[self._heard.get(name, 0) :]
            self._heard[name] = len(phone.shown)
            choices = [{"label": words} for words in phone.numbers()]
            self.world.person(name, "zalo_bot").heard += [
                {"text": text, "choices": choices} for text in fresh
            ]
        return outcome

    async def end(self) -> None:
        await self._client.close()
        await self._db.close()


class OnZaloBot(OnPhone):
    def __init__(self, road: ZaloBotRoad, phone: Phone) -> None:
        super().__init__(road.world, phone.name, "zalo_bot")
        self.road, self.phone = road, phone

    def presses(self, label: str, newest: bool = True) -> str:
        """Types the number that stands beside these words in the newest list."""
        numbers = self.phone.numbers()
        begins = (
            n for words, n in numbers.items() if words.startswith(label) or f"{n}. {words}".startswith(label)
        )
        known = numbers.get(label) or next(begins, None)
        assert known, f"{self.name} sees no «{label}»; the last words were:\n{self.last}"
        return self.says(known)

    def sends(self, *contents: bytes, caption: str = "") -> str:
        for content in contents:
            self.phone.sends_photo(content, caption)
        return self.waits()
