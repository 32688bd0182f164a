"""A desk, and two communes' own pages that hold its chat, each on a port of its own; run as a process of its own.

    python -m tests.browser.hosting FOLDER      FOLDER holds desk.db; prints the three ports as JSON, ends with its parent

The communes' pages allow nothing but the desk (HOST_POLICY). POST /say on the first of them makes the desk say something
in the chat that was heard of last: {"number": …, "text": …, "media": ["photo"]}.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import Connection, select

from bot import http
from bot.app import App, open_app
from bot.channels import Outgoing
from bot.files import Files
from bot.settings import load
from storage import evidence, talks
from storage.inbox import inbox
from storage.vault import Vault
from tests.evidence.making import jpeg, slip
from tests.running import free_port
from tests.world import FRIDAY, KEY

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>UBND xã Hoa Ban</title>%(head)s<link rel="stylesheet" href="host.css"></head><body>
<header><h1>Ủy ban nhân dân xã Hoa Ban</h1></header>
<main><p>Thông báo tiêm chủng.</p><div class="long"></div></main>
<footer><a href="#lienhe">Liên hệ</a> <a id="last" href="#diachi">Địa chỉ trụ sở</a></footer>%(body)s</body></html>"""
HOST_CSS = """html { font-size: 10px } * { box-sizing: content-box; letter-spacing: 3px }
button, p, div, dialog, iframe { position: static !important; font-size: 9px !important; color: #800 !important; width: 40px !important }
phananh48-chat { display: none !important; font-size: 3px !important }
body { margin: 0; font: 16px/1.5 sans-serif; background: #fff; color: #222; letter-spacing: 0 }
h1 { font-size: 24px; letter-spacing: 0 } main, header, footer { padding: 16px } .long { height: 900px; width: auto !important; }
footer { text-align: right; background: #1b3a6b } footer a { color: #fff }"""


def policy(desk: str) -> str:
    return (
        f"default-src 'none'; style-src 'self'; script-src {desk}; frame-src {desk}; "
        "require-trusted-types-for 'script'"
    )


def host(desk: str, app: App) -> web.Application:
    async def page(request: web.Request) -> web.Response:
        """?lang, ?site: as the script is given them; ?twice; ?head: where it stands; ?module: how it is loaded; ?bare: a
        policy without frames; ?open: none at all."""
        asked = request.query
        given = "".join(f' data-{name}="{asked[name]}"' for name in ("lang", "site") if name in asked)
        given += ' type="module"' if "module" in asked else ""
        script = f'<script src="{desk}/embed.js"{given}%s></script>'
        head = script % (" defer" if asked["head"] == "defer" else "") if "head" in asked else ""
        body = script % "" * (2 if "twice" in asked else 0 if head else 1)
        own = policy(desk).replace(f"frame-src {desk}", "") if "bare" in asked else policy(desk)
        more = {"Cross-Origin-Embedder-Policy": "require-corp"} if "coep" in asked else {}
        return web.Response(
            text=PAGE % {"head": head, "body": body},
            content_type="text/html",
            headers=more if "open" in asked else {"Content-Security-Policy": own, **more},
        )

    async def style(_request: web.Request) -> web.Response:
        return web.Response(text=HOST_CSS, content_type="text/css")

    async def say(request: web.Request) -> web.Response:
        said = await request.json()

        def newest(tx: Connection) -> str:
            return str(
                tx.execute(select(inbox.c.raw).order_by(inbox.c.id.desc()).limit(1)).scalar_one()["chat"]
            )

        chat = await app.db.read(newest)
        media = [await piece(app, kind) for kind in said.get("media", ())]
        body = {"kind": "text", "text": said["text"], "choices": [], "media": media, "lang": "vi"}
        await app.web.send(Outgoing(said["number"], chat, body, None, FRIDAY))
        return web.json_response({"chat": chat})

    made = web.Application()
    made.add_routes([web.get("/", page), web.get("/host.css", style), web.post("/say", say)])
    return made


CONTENT = {
    "photo": ("image/jpeg", jpeg(slip(300))),
    "voice": ("audio/ogg", b"OggS\0\2" + bytes(22) + b"OpusHead\1\1" + bytes(100)),
    "pdf": ("application/pdf", b"%PDF-1.7 invented"),
}


async def piece(app: App, kind: str) -> dict[str, Any]:
    """Something that the desk may show in a chat."""
    mime, content = CONTENT[kind]
    name = await Files(app.settings.files_dir, Vault(KEY)).keep(content)

    def note(tx: Connection) -> None:
        talk = talks.open_talk(tx, "web", "of the desk")
        size = len(content)
        evidence.add(
            tx, name=name, talk_id=talk.id, kind=kind, mime=mime, size=size, blurred=False, at=FRIDAY
        )

    await app.db.write(note)
    return {"file": name, "alt": "Phiếu tiêm" if kind == "photo" else ""}


async def run(folder: Path) -> None:
    ports = {name: free_port() for name in ("desk", "listed", "foreign")}
    desk = f"http://127.0.0.1:{ports['desk']}"
    settings = load(
        _env_file=None,
        database_url=f"sqlite+aiosqlite:///{folder}/desk.db",
        data_key=KEY,
        files_dir=folder / "files",
        web_port=ports["desk"],
        public_url=desk,
        embed_origins=f"http://localhost:{ports['listed']}",
    )
    async with open_app(settings) as app:
        routes = [route for channel in app.loops.channels.values() for route in channel.routes()]
        for name in ports:
            runner = web.AppRunner(http.application(app.db, routes) if name == "desk" else host(desk, app))
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", ports[name]).start()
        print(json.dumps(ports), flush=True)
        await app.loops.run()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1])))
