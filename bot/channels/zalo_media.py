"""Files out: pictures and PDF as Zalo takes them; of anything else the person hears where it can be opened."""

from __future__ import annotations

import mimetypes
from typing import Any

from bot import renders
from bot.channels.zalo_api import Api, ZaloError
from bot.channels.zalo_errors import QUOTAS
from bot.evidence import worker
from bot.evidence.photos import SMALL
from bot.files import Files
from locales import Text, _, say
from storage.db import Database

Json = dict[str, Any]

UPLOAD = "/v2.0/oa/upload/"
PICTURES = ("image/jpeg", "image/png")
FILE = 5_000_000  # bytes of a PDF
NAMES: dict[str, Text] = {
    "image": _("Photo"),
    "application/pdf": _("Document (PDF)"),
    "audio": _("Voice message"),
    renders.XLSX: _("Workbook (Excel)"),
}


class NotTaken(Exception):
    """Zalo has no place for this file."""


class Attachments:
    def __init__(self, api: Api, db: Database, store: Files, public_url: str) -> None:
        self._api, self._db, self._files, self._page = api, db, store, f"{public_url}/"

    async def message(self, item: Json) -> Json:
        """Uploads it. item: {"render": …}, or {"file": name, "kind", "mime"}. Raises NotTaken, FileNotFoundError where
        it was erased, and what Api raises."""
        if mime_of(item) == renders.XLSX:
            raise NotTaken
        content, name, mime = await self._content(item)
        if mime.startswith("image/"):
            return await self._picture(content, name, mime)
        if mime != "application/pdf" or len(content) > FILE:
            raise NotTaken
        token = (await self._upload("file", name, content, mime)).get("token")
        return _sure(token, {"attachment": {"type": "file", "payload": {"token": token}}})

    def instead(self, item: Json, lang: str) -> Json:
        """The sentence for a file that Zalo does not take."""
        return {"text": say(elsewhere(item, self._page), lang)}

    async def _picture(self, content: bytes, name: str, mime: str) -> Json:
        if mime not in PICTURES or len(content) > SMALL:
            looked, content = await worker.look_at("small", mime, content)
            if "problem" in looked or len(content) > SMALL:
                raise NotTaken
            name, mime = f"{name.rpartition('.')[0]}.jpg", "image/jpeg"
        found = (await self._upload("image", name, content, mime)).get("attachment_id")
        elements = [{"media_type": "image", "attachment_id": found}]
        payload = {"template_type": "media", "elements": elements}
        return _sure(found, {"attachment": {"type": "template", "payload": payload}})

    async def _content(self, item: Json) -> tuple[bytes, str, str]:
        if "render" in item:
            return await renders.render(item, self._db.read)
        mime = item["mime"]
        name = f"phananh48{mimetypes.guess_extension(mime) or '.bin'}"
        return await self._files.fetch(item["file"]), name, mime

    async def _upload(self, kind: str, name: str, content: bytes, mime: str) -> Json:
        try:
            return await self._api.upload(UPLOAD + kind, name, content, mime)
        except ZaloError as error:
            if error.code in QUOTAS:  # of uploads: words still go
                raise NotTaken from error
            raise


def elsewhere(item: Json, page: str) -> Text:
    """Of a file that Zalo does not take: what it is, and where it can be seen."""
    mime = mime_of(item)
    what = NAMES.get(mime) or NAMES.get(mime.split("/")[0]) or _("File")
    return _("Zalo cannot show it here: {what}. Please open it on the web page: {link}", what=what, link=page)


def mime_of(item: Json) -> str:
    if "render" in item:
        return renders.KINDS[item["render"]][2]
    return str(item["mime"])


def _sure(found: object, message: Json) -> Json:
    """Without what it uploaded under there is nothing to show."""
    if not found:
        raise NotTaken
    return message
