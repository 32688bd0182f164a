"""The one place where the parts meet: settings -> database, channels, loops, web server."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

import aiohttp
from aiohttp import web

from bot import http
from bot.channels.sms import Sms
from bot.channels.telegram import Telegram
from bot.channels.web import Seat, Web
from bot.channels.zalo import Zalo
from bot.channels.zalo_bot import ZaloBot
from bot.clock import Clock
from bot.desk import desk_of
from bot.evidence.intake import Intake
from bot.evidence.sweep import Sweep
from bot.files import Files
from bot.log import event
from bot.loops import Loops
from bot.opening import open_database
from bot.settings import Settings, WrongSetting
from storage.db import Database
from storage.vault import Vault

log = logging.getLogger("bot.app")


@dataclass
class App:
    settings: Settings
    db: Database
    clock: Clock
    loops: Loops
    web: Web


@asynccontextmanager
async def open_app(
    settings: Settings, clock: Clock | None = None, seats: Mapping[str, Seat] | None = None
) -> AsyncIterator[App]:
    """Everything but the listening socket; closed in the reverse order. The demo makes its schema itself."""
    clock = clock or Clock()
    try:
        store = Files(settings.files_dir, Vault(settings.data_key))
    except OSError as error:
        raise WrongSetting(f"FILES_DIR: {settings.files_dir} cannot be made ({error.strerror})") from None
    async with AsyncExitStack() as open_, aiohttp.ClientSession() as session:
        db = await open_.enter_async_context(open_database(settings, migrated=not seats))
        loops = Loops(db, clock, desk_of(settings, bool(seats)))
        chat = Web(db, clock, settings, store, loops.arrived, seats)
        loops.channels = {"web": chat, "sms": Sms(settings, session)}
        if settings.telegram_token and not seats:
            telegram = Telegram(db, clock, settings, store, loops.arrived)
            open_.push_async_callback(telegram.close)
            loops.channels |= {"telegram": telegram}
        if settings.zalo_app_id and not seats:
            zalo = Zalo(db, clock, settings, store, loops.arrived)
            open_.push_async_callback(zalo.close)
            loops.channels |= {"zalo": zalo}
        if settings.zalo_bot_token and not seats:
            zalo_bot = ZaloBot(db, clock, settings, loops.arrived)
            open_.push_async_callback(zalo_bot.close)
            loops.channels |= {"zalo_bot": zalo_bot}
        intake = Intake(loops, store)
        loops.prepare, loops.tidy, loops.sweep = intake.prepare, intake.tidy, Sweep(loops, store).sweep
        yield App(settings, db, clock, loops, chat)


async def serve(
    app: App, extra: list[web.RouteDef] | None = None, ready: Callable[[], None] | None = None
) -> None:
    """Web server and loops, until a signal; raises WrongSetting where the port is taken."""
    routes = [route for channel in app.loops.channels.values() for route in channel.routes()]
    server = http.application(app.db, [*(extra or ()), *routes])
    server.on_shutdown.append(lambda _server: app.web.sockets.close())
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        await web.TCPSite(runner, app.settings.web_host, app.settings.web_port).start()
    except OSError as error:
        await runner.cleanup()
        raise WrongSetting(
            f"WEB_PORT: {app.settings.web_host}:{app.settings.web_port} cannot be opened ({error.strerror})"
        ) from None
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(name, app.loops.stop)
    event(log, logging.INFO, "open", address=f"http://{app.settings.web_host}:{app.settings.web_port}/")
    if ready:
        ready()
    try:
        await app.loops.run()
    finally:
        await runner.cleanup()
