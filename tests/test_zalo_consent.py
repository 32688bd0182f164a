"""python -m bot zalo-consent: an administrator's consent becomes tokens that the running desk takes up."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import zalo_consent
from bot.channels.zalo_request import Request
from bot.channels.zalo_tokens import NoToken, Tokens
from bot.clock import Clock
from bot.settings import Settings, WrongSetting, load
from storage import tokens
from storage.db import Database
from storage.vault import Vault
from tests.test_poster import ZALO
from tests.world import KEY

OLD = "refresh-token-of-last-spring"


class Console:
    """Zalo's side: gives one pair for the code, if the verifier fits the challenge that it was shown."""

    def __init__(self) -> None:
        self.challenge, self.asked = "", list[dict[str, Any]]()

    async def token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(form)
        fits = (
            base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
            .decode()
            .rstrip("=")
        )
        if (
            request.headers.get("secret_key") != ZALO["zalo_app_secret"]
            or fits != self.challenge
            or form["code"] != "c0de"
        ):
            return web.json_response({"error": -14002, "error_name": "Invalid code verifier"})
        return web.json_response(
            {"access_token": "access-1", "refresh_token": "refresh-1", "expires_in": "90000"}
        )

    def agrees(self, said: str, **changed: str) -> str:
        """What stands in the browser's address bar after the administrator opened the link and agreed."""
        link = next(word for word in said.split() if "/v4/oa/permission?" in word)
        query = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        assert query["app_id"] == ZALO["zalo_app_id"] and query["redirect_uri"] in said
        assert query["code_challenge"] in said.split(), "the operator is shown what the console must be told"
        self.challenge = query["code_challenge"]
        given = {"code": "c0de", "oa_id": ZALO["zalo_oa_id"], "state": query["state"], **changed}
        return f"{query['redirect_uri']}?" + "&".join(f"{name}={value}" for name, value in given.items())


@pytest.fixture
async def console() -> AsyncIterator[tuple[Console, str]]:
    made, app = Console(), web.Application()
    app.router.add_post("/v4/oa/access_token", made.token)
    async with TestServer(app) as server:
        yield made, str(server.make_url("")).rstrip("/")


def settings(file: Path, oauth: str, **given: str) -> Settings:
    at = {"database_url": f"sqlite+aiosqlite:///{file}", "data_key": KEY, "zalo_oauth": oauth}
    return load(_env_file=None, **at, **ZALO, **given)


async def access(of: Settings) -> str:
    """As the running desk, which gets it from SQL."""
    db, request = Database(of.database_url, Vault(KEY)), Request(of.zalo_api)
    try:
        return await Tokens(db, Clock(), of, request, lambda _seconds: pytest.fail("waited")).access()
    finally:
        await request.close()
        await db.close()


@pytest.mark.parametrize("earlier", ["", OLD])
async def test_the_desk_speaks_with_the_new_token(
    desk_file: Path, console: tuple[Console, str], earlier: str, capsys: pytest.CaptureFixture[str]
) -> None:
    zalo, oauth = console
    of = settings(desk_file, oauth, zalo_refresh_token=earlier)
    await zalo_consent.main(of, None, zalo.agrees)
    assert await access(of) == "access-1"
    assert len(zalo.asked) == 1, "neither the old refresh token nor the new one was used up"
    assert "access-1" not in capsys.readouterr().out


async def test_the_challenge_stays_the_same_because_it_stands_in_the_console(
    desk_file: Path, console: tuple[Console, str]
) -> None:
    zalo, oauth = console
    shown = set()
    for _again in range(2):
        await zalo_consent.main(settings(desk_file, oauth), "https://vn.example/back", zalo.agrees)
        shown.add(zalo.challenge)
    assert len(shown) == 1


@pytest.mark.parametrize(
    ("changed", "said", "asked"),
    [
        ({"oa_id": "111111"}, "ZALO_OA_ID", 0),
        ({"state": "of-another-try"}, "another try", 0),
        ({"code": ""}, "no code", 0),
        ({"code": "stale"}, "Invalid code verifier", 1),
    ],
)
async def test_another_accounts_or_a_stale_consent_changes_nothing(
    desk_file: Path, console: tuple[Console, str], changed: dict[str, str], said: str, asked: int
) -> None:
    zalo, oauth = console
    of = settings(desk_file, oauth)
    with pytest.raises(WrongSetting, match=said):
        await zalo_consent.main(of, None, lambda words: zalo.agrees(words, **changed))
    assert len(zalo.asked) == asked
    with pytest.raises(NoToken):
        await access(of)


async def test_what_zalo_does_not_say_is_not_asked_for(desk_file: Path, console: tuple[Console, str]) -> None:
    """A callback with nothing but the code: whether Zalo gives state back is not established."""
    zalo, oauth = console
    of = settings(desk_file, oauth)
    await zalo_consent.main(of, None, lambda words: zalo.agrees(words).partition("&")[0])
    db = Database(of.database_url, Vault(KEY))
    token = await db.read(lambda tx: tokens.get(tx, f"zalo:{of.zalo_app_id}"))
    await db.close()
    assert token and token.refresh == "refresh-1" and token.failed is None
