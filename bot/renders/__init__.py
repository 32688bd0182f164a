"""Renders: the chart and the workbooks that a reply asked for, made in a process of their own at delivery."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot import apart
from bot.renders import board
from handlers.lists import sheet_rows
from handlers.staff import typing_sheet
from locales.times import ZONE
from storage import files

SECONDS = 45  # below the lease of a delivery; 2,000 people on paper take 15, on a busy machine twice that
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
Given = Callable[[Connection, dict[str, Any]], dict[str, Any]]
# How each begins its file name, its ending and media type, and what reads its numbers.
KINDS: dict[str, tuple[str, str, str, Given]] = {
    "board_chart": ("phananh48", "png", "image/png", board.given),
    "board_table": ("phananh48", "xlsx", XLSX, board.given),
    "typing_sheet": (files.SHEET, "xlsx", XLSX, typing_sheet.given),
    "list_sheet": (files.LIST, "xlsx", XLSX, sheet_rows.given),
    "list_paper": (files.LIST, "pdf", PDF, sheet_rows.given),
    "platform_sheet": (files.LIST, "xlsx", XLSX, sheet_rows.given),
}

_one_at_a_time = asyncio.Semaphore(1)


class RenderFailed(RuntimeError):
    """The child died, or took too long; the message is tried again."""


async def render(
    spec: dict[str, Any], read: Callable[[Callable[[Any], Any]], Awaitable[Any]]
) -> tuple[bytes, str, str]:
    """(content, file name, media type); numbers are read here, the child draws what it is given."""
    begins, ending, mime, given_by = KINDS[spec["render"]]
    given = await read(lambda tx: given_by(tx, spec))
    async with _one_at_a_time:
        content = await _draw({"render": spec["render"], **given})
    at = datetime.fromisoformat(spec["as_of"]).astimezone(ZONE)
    return content, f"{spec.get('begins', begins)}-{at:%Y%m%d-%H%M}.{ending}", mime


async def _draw(given: dict[str, Any]) -> bytes:
    try:
        returned, content, complaint = await apart.run("bot.renders", [], json.dumps(given).encode(), SECONDS)
    except TimeoutError:
        raise RenderFailed(f"{given['render']} took more than {SECONDS} seconds") from None
    if returned or not content:
        raise RenderFailed(f"{given['render']}: {complaint.decode(errors='replace')[-300:]}")
    return content
