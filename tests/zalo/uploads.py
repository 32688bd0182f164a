"""Files that the desk uploads, to be shown afterwards by their id or token; they live for seven days."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.zalo.refusal import OVER_LIMIT, Refusal, bad

LIFE, A_MONTH = timedelta(days=7), 5000
MEGABYTE = 1_000_000  # it may be 1,048,576; whoever keeps to this one is right in both
JPEG, PNG, PDF, ZIP, OLE = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
IMAGES = {"jpg": (JPEG,), "jpeg": (JPEG,), "png": (PNG,)}
FILES = {"pdf": (PDF,), "doc": (OLE,), "docx": (ZIP,), "csv": (b"",)}


@dataclass(frozen=True)
class Upload:
    """The part `file` of a form."""

    filename: str
    content: bytes


class Uploads:
    """kept: by id or token."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock, self._numbers = clock, itertools.count(1)
        self.kept: dict[str, tuple[str, Upload, datetime]] = {}

    def image(self, given: dict[str, Any]) -> dict[str, str]:
        return {"attachment_id": self._keep("image", given, IMAGES, MEGABYTE)}

    def file(self, given: dict[str, Any]) -> dict[str, str]:
        return {"token": self._keep("file", given, FILES, 5 * MEGABYTE)}

    def _keep(
        self, kind: str, given: dict[str, Any], types: Mapping[str, tuple[bytes, ...]], most: int
    ) -> str:
        upload = given.get("file")
        if set(given) != {"file"} or not isinstance(upload, Upload) or not upload.content:
            raise bad("file")
        ending = upload.filename.rpartition(".")[2].lower()
        if ending not in types or not upload.content.startswith(types[ending]):
            raise bad("the type of the file")
        if len(upload.content) > most:
            raise Refusal(OVER_LIMIT, "the file is too large")
        now = self._clock()
        if sum(at > now - timedelta(days=30) for _kind, _upload, at in self.kept.values()) >= A_MONTH:
            raise Refusal(OVER_LIMIT, "too many files this month")
        name = f"{kind}-{next(self._numbers):05}-" + "aZ3" * 12
        self.kept[name] = (kind, upload, now)
        return name

    def of(self, kind: str, name: Any) -> Upload:
        found = self.kept.get(name) if isinstance(name, str) else None
        if found is None or found[0] != kind or self._clock() >= found[2] + LIFE:
            raise bad(f"{kind} is not known, or not any more")
        return found[1]
