"""The files of bot/page/, by their plain names."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache, partial
from html import unescape
from pathlib import Path

from aiohttp import ETag, web

PAGE = Path(__file__).parent.parent / "page"
FILES = {path.name: path for path in PAGE.iterdir() if path.is_file()}  # no name from outside becomes a path
WORDS: dict[str, str] = json.loads((PAGE / "strings.json").read_text("utf-8"))
MIME = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


as_json = partial(json.dumps, ensure_ascii=False)  # a third of the size, in Vietnamese


async def static(request: web.Request) -> web.StreamResponse:
    if request.match_info["name"] not in FILES:
        raise web.HTTPNotFound
    return page_file(request, request.match_info["name"])


def page_file(request: web.Request, name: str) -> web.Response:
    """A browser asks each time, and mostly hears 304; compressed, since many come by a thin line."""
    content = FILES[name].read_bytes()
    tag = ETag(hashlib.sha256(content).hexdigest()[:16], is_weak=True)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if any(known.value == tag.value for known in request.if_none_match or ()):
        response = web.Response(status=304, headers=headers)
    else:
        type_ = MIME.get(Path(name).suffix, "application/octet-stream")
        response = web.Response(body=content, headers={**headers, "Content-Type": type_})
        response.enable_compression()
    response.etag = tag
    return response


def page_words(lang: str, page: str) -> dict[str, str]:
    """What this page says, in the reader's language."""
    said = _said(page)
    return {msgid: vi if lang == "vi" else msgid for msgid, vi in WORDS.items() if msgid in said}


@cache
def _said(page: str) -> frozenset[str]:
    return frozenset(
        map(unescape, re.findall(r'data-say(?:-\w+)?="([^"]+)"', FILES[page].read_text("utf-8")))
    )
