"""Bodies of requests and answers: read to the end, but never more than was expected."""

from __future__ import annotations

from aiohttp import StreamReader

CHUNK = 65536


class TooLong(ValueError):
    """More bytes came than anybody honest would send."""


async def whole(content: StreamReader, most: int) -> bytes:
    """All of it; raises TooLong as soon as it is more than `most` bytes, whatever it said of its length."""
    found = bytearray()
    async for part in content.iter_chunked(CHUNK):
        found += part
        if len(found) > most:
            raise TooLong
    return bytes(found)
