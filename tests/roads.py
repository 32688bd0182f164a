"""What the roads of World share that lead through a real adapter: a loop of their own, and phones that wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from tests.world import Person

T = TypeVar("T")


class Looped:
    """run() may be called from a test that has a loop already. end() is what the road closes."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._runner = asyncio.Runner()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._thread.submit(self._runner.run, work).result()

    def arrive(self) -> None:
        """What was done on phones stands in the inbox."""
        raise NotImplementedError

    async def end(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.run(self.end())
        self._thread.submit(self._runner.close).result()
        self._thread.shutdown()


async def waits_not(_seconds: float) -> None:
    raise AssertionError("the adapter had to wait: see fake.refused()")


class OnPhone(Person):
    """heard: all that was ever shown."""

    road: Any  # Looped
    phone: Any  # of the fake

    def says(self, text: str) -> str:
        self.phone.says(text)
        return self.waits()

    def presses(self, label: str, newest: bool = True) -> str:
        self.phone.presses(label)
        return self.waits()

    def waits(self) -> str:
        """Until the desk has answered what was done on the phone; what it said."""
        before = len(self.heard)
        self.road.arrive()
        self.world.work()
        self.world.rests()
        return "\n".join(body["text"] for body in self.heard[before:])
