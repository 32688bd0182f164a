"""Files both ways: evidence and renders out, what people sent in."""

from __future__ import annotations

import mimetypes
from typing import Any

from telegram import InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot import renders
from bot.channels import NoMedia
from bot.channels.telegram_api import Api
from bot.channels.telegram_errors import says
from bot.files import Files
from handlers.incoming import Media
from storage.db import Database

FETCHED = 20_000_000  # bytes that the Bot API hands out
PHOTO, UPLOAD = 10_000_000, 50_000_000  # bytes that it takes
PICTURES = ("image/jpeg", "image/png", "image/webp")
NO_PICTURE = ("photo_invalid_dimensions", "image_process_failed", "photo_", "too big for a photo")


class TooLarge(Exception):
    """More than Telegram takes."""


class Attachments:
    def __init__(self, api: Api, db: Database, store: Files) -> None:
        self._api, self._db, self._files = api, db, store

    async def send(self, item: dict[str, Any], how: dict[str, Any]) -> dict[str, Any]:
        """item: {"render": …}, or {"file": name, "kind", "mime"}. A picture of a shape that Telegram does not take
        for a photo goes as a file."""
        content, name, mime = await self._content(item)
        if len(content) > UPLOAD:
            raise TooLarge
        method = _method(item.get("kind"), mime, len(content))
        try:
            return await self._upload(method, content, name, how)
        except BadRequest as error:
            if method != "sendPhoto" or not says(error, NO_PICTURE):
                raise
            return await self._upload("sendDocument", content, name, how)

    async def _content(self, item: dict[str, Any]) -> tuple[bytes, str, str]:
        if "render" in item:
            return await renders.render(item, self._db.read)
        mime = item["mime"]
        return (
            await self._files.fetch(item["file"]),
            f"phananh48{mimetypes.guess_extension(mime) or '.bin'}",
            mime,
        )

    async def _upload(self, method: str, content: bytes, name: str, how: dict[str, Any]) -> dict[str, Any]:
        params = how | {method.removeprefix("send").lower(): InputFile(content, filename=name)}
        sent: dict[str, Any] = await self._api.call(method, **params)
        return sent

    async def fetch(self, media: Media) -> bytes:
        if (media.size or 0) > FETCHED:
            raise NoMedia("too_big")
        try:
            found = await self._api.call("getFile", file_id=media.ref)
        except BadRequest as error:
            raise NoMedia("too_big" if says(error, ("too big",)) else "gone") from None
        if found.get("file_size", 0) > FETCHED:
            raise NoMedia("too_big")
        try:
            content = await self._api.download(found["file_path"])
        except (
            BadRequest,
            Forbidden,
            InvalidToken,
            KeyError,
        ):  # how PTB says 400, 403 and 404; no path: not to be had
            raise NoMedia("gone") from None
        if len(content) > FETCHED:
            raise NoMedia("too_big")
        return content


def _method(kind: str | None, mime: str, size: int) -> str:
    if kind == "voice":
        return "sendVoice"
    return "sendPhoto" if mime in PICTURES and size <= PHOTO else "sendDocument"
