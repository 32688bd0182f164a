"""Files that people sent on Zalo: fetched from where the event says, whole, not too large, and never from inside."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels import NoMedia, zalo_fetch
from bot.channels.zalo_addresses import Addresses, Inside
from bot.channels.zalo_fetch import Torn, fetch
from bot.channels.zalo_request import Request
from handlers.incoming import Media

LIVE = "https://openapi.zalo.me"
PHOTO = b"\xff\xd8" + b"x" * 3000


async def _file(request: web.Request) -> web.StreamResponse:
    name = request.path.strip("/")
    if name == "away":
        raise web.HTTPFound("/photo")
    if name.isdigit():
        return web.Response(status=int(name))
    if name == "endless":
        response = web.StreamResponse()
        await response.prepare(request)
        for _part in range(400):
            await response.write(b"x" * 1000)
        return response
    return web.Response(body=PHOTO)


@pytest.fixture
async def server() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/{name}", _file)
    async with TestServer(app, host="127.0.0.1") as made:
        yield str(made.make_url("/"))


@pytest.fixture
async def request_(server: str) -> AsyncIterator[Request]:
    made = Request(server)
    yield made
    await made.close()


async def test_a_file_is_fetched_and_compared(server: str, request_: Request) -> None:
    checksum = hashlib.md5(PHOTO).hexdigest()
    for ref in (f"{server}photo", f"{server}photo?a=1&b=%2F", f"{server}photo#md5={checksum}"):
        assert await fetch(request_, Media(ref, "photo")) == PHOTO
    with pytest.raises(Torn):
        await fetch(request_, Media(f"{server}photo#md5={'0' * 32}", "file"))


@pytest.mark.parametrize(
    ("name", "code"),
    [("404", "gone"), ("410", "gone"), ("403", "gone"), ("endless", "too_big"), ("photo", "too_big")],
)
async def test_what_is_not_to_be_had(
    server: str, request_: Request, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    monkeypatch.setattr(zalo_fetch, "FETCHED", 2000)
    with pytest.raises(NoMedia) as none:
        await fetch(request_, Media(server + name, "photo"))
    assert none.value.code == code


async def test_what_lies_inside_is_asked_for_anew_and_not_tried_again(request_: Request) -> None:
    with pytest.raises(NoMedia, match="gone"):
        await fetch(request_, Media("https://169.254.169.254/latest/meta-data", "photo"))


async def test_what_says_that_it_is_too_large_is_not_even_asked_for(request_: Request) -> None:
    with pytest.raises(NoMedia) as none:
        await fetch(request_, Media("http://127.0.0.1:1/", "file", None, 20_000_001))
    assert none.value.code == "too_big"


@pytest.mark.parametrize("name", ["500", "503", "429", "away", "204"])
async def test_the_rest_is_tried_again(server: str, request_: Request, name: str) -> None:
    with pytest.raises(aiohttp.ClientError):
        await fetch(request_, Media(server + name, "photo"))


INSIDE = [
    "http://files.example/a.jpg", "ftp://files.example/a", "file:///etc/passwd", "//files.example/a", "a.jpg", "", "https://",
    "https://127.0.0.1/a", "https://127.1/a", "https://2130706433/a", "https://[::1]/a", "https://0.0.0.0/a",
    "https://[::ffff:127.0.0.1]/a", "https://[64:ff9b::a00:1]/a", "https://[2002:a00:1::]/a", "https://[fe80::1%25eth0]/a",
    "https://[::127.0.0.1]/a", "https://[::]/a", "https://[::a9fe:a9fe]/latest/meta-data",
    "https://10.0.0.1/a", "https://172.16.3.4/a", "https://192.168.1.1:8443/a", "https://100.64.0.1/a",
    "https://169.254.169.254/latest/meta-data", "https://224.0.0.1/a", "https://[fd00::1]/a", "https://192.0.2.1/a",
    "https://user@127.0.0.1/a", "http://127.0.0.1/a", "https://[::1/a", "https://files.example:99999/a",
]  # fmt: skip


@pytest.mark.parametrize("url", INSIDE)
async def test_nothing_leads_inside(url: str) -> None:
    request = Request(LIVE)
    with pytest.raises(Inside):
        await request.fetch(url, 100)
    await request.close()


@pytest.mark.parametrize(
    "url", ["https://files.example/a.jpg?x=1", "https://8.8.8.8/a", "https://[2606:4700::1]/a"]
)
def test_what_lies_outside_is_admitted(url: str) -> None:
    assert str(Addresses(LIVE).admit(url)) == url


class Names:
    """A name server that says so."""

    def __init__(self, *hosts: str) -> None:
        self.hosts = hosts

    async def resolve(self, host: str, port: int, family: Any) -> list[dict[str, Any]]:
        return [{"hostname": host, "host": one, "port": port, "family": family} for one in self.hosts]

    async def close(self) -> None: ...


@pytest.mark.parametrize(
    "hosts", [["127.0.0.1"], ["10.1.2.3"], ["8.8.8.8", "::1"], ["fe80::1%2"], ["strange"]]
)
async def test_a_name_that_leads_inside_is_none(hosts: list[str]) -> None:
    """What was looked at is what is connected to: nobody asks the name server a second time."""
    request = Request(LIVE)
    request._addresses._resolver = Names(*hosts)  # type: ignore[assignment]
    with pytest.raises(aiohttp.ClientConnectorError):
        await request.fetch("https://files.example/a.jpg", 100)
    await request.close()


async def test_names_of_the_world_are_resolved() -> None:
    addresses = Addresses(LIVE)
    addresses._resolver = Names("8.8.8.8")  # type: ignore[assignment]
    (found,) = await addresses.resolve("files.example", 443, socket.AF_INET)
    assert found["host"] == "8.8.8.8"


@pytest.mark.parametrize(("api", "url", "open_"), [
    ("http://127.0.0.1:9000", "http://127.0.0.1:9000/a", True),
    ("http://localhost:9000", "http://127.0.0.1:9000/a", True),
    ("http://127.0.0.1:9000", "https://127.0.0.1:9000/a", True),
    ("http://127.0.0.1:9000", "http://192.168.1.1/a", False),
    ("https://127.0.0.1:9000", "http://127.0.0.1:9000/a", False),
    ("http://zalo.test", "http://127.0.0.1:9000/a", False),
    ("http://192.168.1.1", "http://192.168.1.1/a", False),
])  # fmt: skip
def test_this_machine_is_open_only_where_zalo_itself_is_here(api: str, url: str, open_: bool) -> None:
    if open_:
        assert str(Addresses(api).admit(url)) == url
        return
    with pytest.raises(Inside):
        Addresses(api).admit(url)
