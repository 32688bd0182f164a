"""The police compare: one by one as buttons or all but a few, then sign and give back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.lists.rights import Rights
from handlers.reply import Button
from handlers.turn import Turn
from locales import Text
from storage.lists import List

ACTS: dict[str, Callable[[Turn, List, Rights, str], Text | None]] = {}
HEARS: dict[str, Callable[[Turn, List, Rights, dict[str, Any], str], Text | None]] = {}
READS: frozenset[str] = frozenset()


def buttons(turn: Turn, found: List, may: Rights) -> list[Button]:
    return []
