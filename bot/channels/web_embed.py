"""The chat inside another page: which pages may hold it, and the key that stands for a cookie there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from aiohttp import hdrs, web

from bot.channels.web_static import page_file
from bot.http import Refusal, policy
from bot.settings import Settings
from locales import _

PROTOCOL = "phananh48"  # of a line, where the page has to send its key along
_KEY = re.compile(r"[A-Za-z0-9_-]{40,100}")
_BEARER, _OFFERED = "Bearer ", "key."
HOUR = 3600


def key_of(request: web.Request) -> str | None:
    """What a page inside another one sends with each request; "" where that cannot be a key, None where it sends none.

    A browser lets a page set no header of a WebSocket, but its protocols.
    """
    offered = [one.strip() for one in request.headers.get(hdrs.SEC_WEBSOCKET_PROTOCOL, "").split(",")]
    sent = request.headers.get(hdrs.AUTHORIZATION, "")
    if sent.startswith(_BEARER):
        key = sent.removeprefix(_BEARER)
    elif PROTOCOL in offered:
        key = next((one.removeprefix(_OFFERED) for one in offered if one.startswith(_OFFERED)), "")
    elif any(offered):
        key = ""  # aiohttp would write protocols that it does not know into the log
    else:
        return None
    return key if _KEY.fullmatch(key) else ""


class Embed:
    """A page that is not in EMBED_ORIGINS is refused twice: here by what it says of itself, and by the browser."""

    def __init__(self, settings: Settings) -> None:
        self._origins, self._public_host = settings.embed_origins, urlsplit(settings.public_url).netloc
        self._policy = policy(" ".join(("'self'", *self._origins)))

    def routes(self, prefix: str) -> Sequence[web.AbstractRouteDef]:
        return web.get(prefix + "embed.js", _script), web.get(prefix + "embed", self._page)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        """?in=ORIGIN of the page around; sets no cookie, and needs none."""
        if request.headers.get("Sec-Fetch-Dest") == "document":
            raise web.HTTPFound(request.path.removesuffix("embed"))
        if not self._is_listed(request.query.get("in", "").lower(), request.host):
            raise Refusal(403, _("The chat cannot be shown inside this page."))
        response = page_file(request, "index.html")
        response.headers["Content-Security-Policy"] = self._policy
        # For pages around that ask this of everything they hold.
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Cross-Origin-Embedder-Policy"] = "require-corp"
        return response

    def _is_listed(self, origin: str, host: str) -> bool:
        try:
            around = urlsplit(origin)
        except ValueError:
            return False
        own = around.scheme in ("http", "https") and around.netloc in (
            host.lower(),
            self._public_host.lower(),
        )
        return own or origin in self._origins


async def _script(request: web.Request) -> web.StreamResponse:
    """The one file that pages of others load."""
    response = page_file(request, "embed.js")
    response.headers["Cache-Control"] = f"public, max-age={HOUR}"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
