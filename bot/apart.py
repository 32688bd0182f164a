"""Work in a process of its own, which knows none of the desk's keys; what kills or hangs it does not touch the desk."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# What a child needs to find Python and its fonts.
ENVIRONMENT = ("PATH", "HOME", "LANG", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME")


async def run(module: str, words: list[str], given: bytes, seconds: float) -> tuple[int | None, bytes, bytes]:
    """(what it returned, what it said, what it complained of); TimeoutError where it took longer, and it is ended."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *words,
        cwd=ROOT,
        env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(seconds):
            said, complaint = await child.communicate(given)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return child.returncode, said, complaint
