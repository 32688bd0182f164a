"""Photos and workbooks are read in a process of their own: what kills or fools a decoder does not touch the desk."""

from __future__ import annotations

import json
import logging
from typing import Any, Literal

from bot import apart
from bot.log import event

CHILD = "bot.evidence.child"
SECONDS = 30
log = logging.getLogger("bot.evidence")


class TookTooLong(RuntimeError):
    """The machine is busy, or the child hangs: the message is tried again."""


async def look_at(
    wanted: Literal["evidence", "card", "small", "sheet"], mime: str, content: bytes
) -> tuple[dict[str, Any], bytes]:
    """({"blurred", "codes", "sheet" or "problem"}, the photo written anew; "small": as messengers take it)."""
    try:
        # A decoder's complaint may quote what it read: it is not looked at.
        returned, said, _complaint = await apart.run(CHILD, [wanted, mime], content, SECONDS)
    except TimeoutError:
        raise TookTooLong(f"a file took more than {SECONDS} seconds") from None
    head, _line, made = said.partition(b"\n")
    if returned == 0 and head:
        return json.loads(head), made
    event(log, logging.WARNING, "a decoder died", returned=returned, type=mime, bytes=len(content))
    return {"problem": "sheet_broken" if wanted == "sheet" else "broken"}, b""
