"""Real processes for tests: `python -m bot …` in a folder with a .env, and browsers that talk to it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from tests.world import KEY

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
T = TypeVar("T")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_env(folder: Path, **settings: object) -> None:
    given = {"DATA_KEY": KEY, "WEB_PORT": free_port(), "PROVINCES": "15", **settings}
    given.setdefault("PUBLIC_URL", f"http://127.0.0.1:{given['WEB_PORT']}")
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in given.items()))


def address(folder: Path) -> str:
    lines = (folder / ".env").read_text().splitlines()
    return next(line.removeprefix("PUBLIC_URL=") for line in lines if line.startswith("PUBLIC_URL="))


def environment(**more: str) -> dict[str, str]:
    """This process's own, without anything that a setting might be called."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def bot(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command of the operator's, from beginning to end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=120,
    )


@contextlib.contextmanager
def desk(folder: Path, *, log: str = "log", but: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """`python -m bot run`, open when the block begins; killed at its end where it still runs. but: Python before it."""
    words = ["-c", f"{but}; import bot.__main__ as bot; bot.main()", "run"] if but else ["-m", "bot", "run"]
    with (folder / log).open("ab") as errors:
        process = subprocess.Popen(
            [sys.executable, *words], cwd=folder, env=environment(), stderr=errors, stdout=errors
        )
    try:
        _wait_until_open(process, int(address(folder).rsplit(":", 1)[1]))
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)


def _wait_until_open(process: subprocess.Popen[bytes], port: int) -> None:
    for _try in range(600):
        if process.poll() is not None:
            raise AssertionError(f"the desk ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.05)
    raise AssertionError("the desk did not open")


class Browser:
    """Somebody's browser: a cookie, a line that comes back by itself, and a page that sends until it is stored."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self.session, self.base, self.seen = session, base, 0
        self.frames: list[dict[str, Any]] = []
        self._news = asyncio.Event()

    async def say(self, text: str, **more: Any) -> int:
        """Sends it like the page does, again and again with the same id, until the desk has stored it."""
        return await self.send({"id": str(uuid.uuid4()), "text": text, **more})

    async def send(self, said: dict[str, Any]) -> int:
        while True:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                async with self.session.post(self.base + "messages", json=said) as answer:
                    if answer.status == 200:
                        return int((await answer.json())["seq"])
                    assert answer.status >= 500, await answer.text()
            await asyncio.sleep(0.05)

    async def until(self, found: Callable[[], T | None]) -> T:
        """What `found` finds in the frames, as soon as it does."""
        async with asyncio.timeout(PATIENCE):
            while True:
                self._news.clear()
                if (what := found()) is not None:
                    return what
                await self._news.wait()

    async def press(self, label: str) -> int:
        """Presses the newest button that begins with these words; waits for it to appear."""

        def newest() -> tuple[dict[str, Any], str] | None:
            shown = ((choice, frame["id"]) for frame in reversed(self.frames) for choice in frame["choices"])
            return next((found for found in shown if found[0]["label"].startswith(label)), None)

        choice, of = await self.until(newest)
        return await self.say("", choice=choice["token"], label=choice["label"], of=of)

    async def talk(self, *steps: str) -> None:
        """«[Label» presses a button, anything else is typed."""
        for step in steps:
            await (self.press(step[1:]) if step.startswith("[") else self.say(step))

    async def hear(self, words: str) -> dict[str, Any]:
        """The first message from the desk, after the one heard last, that holds these words."""

        def new() -> int | None:
            fresh = enumerate(self.frames[self.seen :], self.seen)
            return next((n for n, f in fresh if f["from"] == "desk" and words in f["text"]), None)

        found = await self.until(new)
        self.seen = found + 1
        return self.frames[found]

    async def all_delivered(self) -> None:
        """Waits until the desk has noted every delivery: what it had not noted would wait for its lease to end."""
        async with asyncio.timeout(PATIENCE):
            while True:
                async with self.session.get(self.base + "metrics") as answer:
                    if "phananh48_outbox_waiting 0" in await answer.text():
                        return
                await asyncio.sleep(0.05)

    async def listen(self) -> None:
        after = 0
        while True:
            with contextlib.suppress(aiohttp.ClientError, OSError):
                async with self.session.ws_connect(f"{self.base}socket?after={after}") as line:
                    async for heard in line:
                        frame = heard.json()
                        if frame["type"] == "message":
                            after = max(after, frame["seq"])
                            self.frames.append(frame)
                            self._news.set()
            await asyncio.sleep(0.05)


@contextlib.asynccontextmanager
async def browser(base: str, path: str = "/") -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(base + path) as page:
            assert page.status == 200
        made = Browser(session, base + path)
        listening = asyncio.create_task(made.listen())
        try:
            yield made
        finally:
            listening.cancel()
