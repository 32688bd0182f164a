"""World on Zalo: what people do is brought to the adapter's webhook, what the desk says goes through it to the fake."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import timedelta
from typing import Any

from aiohttp import web
from sqlalchemy import Row

from bot import http
from bot.channels import Outcome, Outgoing
from bot.channels.zalo import Zalo
from bot.evidence.intake import Intake
from bot.files import Files
from bot.loops.work import Work
from bot.settings import Settings
from handlers.incoming import Incoming
from storage.db import Database
from storage.vault import Vault
from tests.roads import Looped, OnPhone, waits_not
from tests.telegram.road import WorldClock
from tests.world import KEY, World
from tests.zalo import people
from tests.zalo.hooks import OA_ID, OA_SECRET
from tests.zalo.oa import FakeZalo
from tests.zalo.server import Server
from tests.zalo.tokens import APP_ID, APP_SECRET


def settings_for(fake: FakeZalo, **given: Any) -> dict[str, Any]:
    """Of a desk that has this account, and was given the newest refresh token."""
    known = {
        "data_key": KEY,
        "zalo_app_id": APP_ID,
        "zalo_app_secret": APP_SECRET,
        "zalo_oa_secret": OA_SECRET,
    }
    known |= {"zalo_oa_id": OA_ID, "zalo_refresh_token": fake.tokens.pairs[-1].refresh}
    return known | {"zalo_api": fake.url, "zalo_oauth": fake.url} | given


async def serve(adapter: Zalo, db: Database, open_: AsyncExitStack) -> str:
    """The adapter's webhook on loopback; its address."""
    runner = web.AppRunner(http.application(db, [*adapter.routes()]), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    open_.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}/zalo"


class ZaloRoad(Looped):
    """settings: of the desk. Where people are silent for more than 48 hours, it pays, unless these say otherwise."""

    def __init__(self, world: World, **settings: Any) -> None:
        super().__init__()
        self.world = world
        self.fake = FakeZalo(lambda: world.time)
        self.server = Server(self.fake)
        self._heard: dict[str, int] = {}
        self._open = AsyncExitStack()
        self._db = Database(f"sqlite:///{world.path}", Vault(KEY))
        self.run(self._begin(settings))

    async def _begin(self, given: dict[str, Any]) -> None:
        await self._open.enter_async_context(self.server.open())
        clock, files = WorldClock(self.world), Files(self.world.path.parent / "files", Vault(KEY))
        known = {"zalo_billed": True, "public_url": self.world.desk.public_url}
        settings = Settings(_env_file=None, **settings_for(self.fake, **(known | given)))  # type: ignore[call-arg]
        self.adapter = Zalo(self._db, clock, settings, files, lambda: None, pause=waits_not)
        self._open.push_async_callback(self.adapter.close)
        self.server.leads = await serve(self.adapter, self._db, self._open)
        work = Work(self._db, clock, self.world.desk)
        work.channels = {"zalo": self.adapter}
        self._intake = Intake(work, files)

    def person(self, name: str) -> OnZalo:
        return OnZalo(self, self.fake.person(name))

    def chat_of(self, name: str) -> str:
        """Somebody who is known has followed the account some time ago."""
        found = self.fake.person(name)
        found.interacts()
        return found.id

    def arrive(self) -> None:
        """Everything that was done on phones stands in the inbox; nothing was turned away."""
        self.run(self.server.bring())
        turned_away = [hook.event["event_name"] for hook in self.fake.hooks.waiting if hook.tries]
        assert not turned_away, turned_away

    def parse(self, row: Row[Any]) -> Incoming:
        return self.adapter.parse(row.raw)

    def prepare(self, incoming: Incoming) -> Incoming:
        self.run(self.adapter.acknowledge(incoming))
        return self.run(self._intake.prepare(incoming)) if incoming.media else incoming

    def send(self, _row: Row[Any], message: Outgoing) -> Outcome:
        """Zalo tells the desk at once what it has just said itself."""
        outcome = self.run(self.adapter.send(message))
        self.arrive()
        for name, person in self.fake.people.items():
            fresh = person.shown[self._heard.get(name, 0) :]
            self._heard[name] = len(person.shown)
            self.world.person(name, "zalo").heard += [shown.heard() for shown in fresh]
        return outcome

    async def end(self) -> None:
        await self._open.aclose()
        await self._db.close()


class OnZalo(OnPhone):
    """heard: all that was ever shown; nothing of it changes or goes."""

    def __init__(self, road: ZaloRoad, phone: people.Person) -> None:
        super().__init__(road.world, phone.name, "zalo")
        self.road, self.phone = road, phone

    def token(self, token: str, message: int | None = None) -> str:
        """As it would stand on a button of this row of the outbox."""
        self.phone.says(f"#48:{message or 1}:{token}")
        return self.waits()

    def sends(self, *contents: bytes, caption: str = "") -> str:
        """Photos; each comes as a message of its own."""
        for content in contents:
            self.phone.sends_photo(content)
        if caption:
            self.phone.says(caption)
        return self.waits()


def silent_for(world: World, **time: float) -> None:
    """Time passes, and nobody on Zalo says anything."""
    world.jump(to=world.time + timedelta(**time))
