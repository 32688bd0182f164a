"""Renders: the chart and the workbook that a reply asked for, made in a process of their own at delivery."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.renders import board
from locales.times import ZONE

ROOT = Path(__file__).parents[2]
SECONDS = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"board_chart": ("png", "image/png"), "board_table": ("xlsx", XLSX)}
# What the child needs to find Python and its fonts; the desk's keys stay here.
ENVIRONMENT = ("PATH", "HOME", "LANG", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME")

_one_at_a_time = asyncio.Semaphore(1)


class RenderFailed(RuntimeError):
    """The child died, or took too long; the message is tried again."""


async def render(
    spec: dict[str, Any], read: Callable[[Callable[[Any], Any]], Awaitable[Any]]
) -> tuple[bytes, str, str]:
    """(content, file name, media type); numbers are read here, the child draws what it is given."""
    ending, mime = KINDS[spec["render"]]
    given = await read(lambda tx: board.given(tx, spec))
    async with _one_at_a_time:
        content = await _draw({"render": spec["render"], **given})
    at = datetime.fromisoformat(spec["as_of"]).astimezone(ZONE)
    return content, f"phananh48-{at:%Y%m%d-%H%M}.{ending}", mime


async def _draw(given: dict[str, Any]) -> bytes:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.renders",
        cwd=ROOT,
        env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(SECONDS):
            content, complaint = await child.communicate(json.dumps(given).encode())
    except TimeoutError:
        raise RenderFailed(f"{given['render']} took more than {SECONDS} seconds") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode or not content:
        raise RenderFailed(f"{given['render']}: {complaint.decode(errors='replace')[-300:]}")
    return content
