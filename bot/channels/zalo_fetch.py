"""Fetches what people sent on Zalo from the address that the event named, at once: after a while it leads nowhere."""

from __future__ import annotations

import hashlib
import logging

from bot import bodies
from bot.channels import NoMedia
from bot.channels.zalo_addresses import Inside
from bot.channels.zalo_answer import HttpError
from bot.channels.zalo_parse import CHECKED
from bot.channels.zalo_request import Request
from bot.log import event
from handlers.incoming import Media

FETCHED = 20_000_000  # bytes: what every channel takes
GONE = (403, 404, 410)
log = logging.getLogger("bot.zalo")


class Torn(Exception):
    """The file is not the one that Zalo announced; perhaps it is next time."""


async def fetch(request: Request, media: Media) -> bytes:
    """Raises NoMedia, or anything else to be tried again."""
    if (media.size or 0) > FETCHED:
        raise NoMedia("too_big")
    address, _mark, checksum = media.ref.partition(CHECKED)
    try:
        status, content = await request.fetch(address, FETCHED)
    except Inside as inside:
        event(log, logging.ERROR, "a file of Zalo's lies where none is fetched from", reason=str(inside))
        raise NoMedia("gone") from None
    except bodies.TooLong:
        raise NoMedia("too_big") from None
    if status in GONE:
        raise NoMedia("gone")
    if status != 200:
        raise HttpError(status)
    if checksum and hashlib.md5(content, usedforsecurity=False).hexdigest() != checksum:
        raise Torn
    return content
