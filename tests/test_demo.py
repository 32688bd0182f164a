"""The demo as `make demo` starts it: what happened stays, also after a crash, until it is asked to forget."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from locales.times import ZONE
from tests.running import bot, environment, free_port


@pytest.fixture
def port() -> str:
    return str(free_port())


@contextlib.contextmanager
def demo(folder: Path, port: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo"],
        cwd=folder,
        env=environment(WEB_PORT=port),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    try:
        assert any("is open at" in line for line in process.stdout)
        yield process
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


async def asks(port: str, address: str, said: object = None) -> tuple[int, dict[str, object]]:
    async with aiohttp.ClientSession() as session:
        verb = "GET" if said is None else "POST"
        async with session.request(verb, f"http://127.0.0.1:{port}/{address}", json=said) as answer:
            return answer.status, await answer.json() if answer.content_type == "application/json" else {}


async def test_the_state_survives_a_crash_until_it_is_reset(tmp_path: Path, port: str) -> None:
    with demo(tmp_path, port) as running:
        begun = datetime.fromisoformat(str((await asks(port, "demo/state"))[1]["now"]))
        assert (
            begun.astimezone(ZONE).hour == 9
        )  # reminders keep quiet at night: a trial always begins in the morning
        assert (await asks(port, "demo/jump", {"hours": 24}))[1]["jumped_hours"] == 24
        assert (await asks(port, "demo/lang", {"lang": "en"}))[0] == 200
        wrongs: tuple[object, ...] = ({"hours": []}, {"hours": 2}, [], {})
        for wrong in wrongs:
            assert (await asks(port, "demo/jump", wrong))[0] == 400
        reset = bot(tmp_path, "demo", "--reset")
        assert reset.returncode == 1 and reset.stderr.strip().endswith("(Ctrl+C where it was started).")
        running.kill()
    with demo(tmp_path, port) as running:
        state = (await asks(port, "demo/state"))[1]
        assert (state["jumped_hours"], state["lang"]) == (24, "en")
        running.send_signal(signal.SIGINT)
        assert running.wait(8) == 0
    assert bot(tmp_path, "demo", "--reset").returncode == 0
    assert bot(tmp_path, "demo", "--reset").returncode == 0
    assert list((tmp_path / "var" / "demo").iterdir()) in ([], [tmp_path / "var" / "demo" / "lock"])
    with demo(tmp_path, port):
        assert (await asks(port, "demo/state"))[1]["jumped_hours"] == 0
