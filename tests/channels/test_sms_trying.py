"""`python -m bot sms`: what an operator sees of a gateway before residents depend on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import trying_sms
from bot.settings import WrongSetting, load
from tests.running import bot, write_env
from tests.world import KEY


async def said(answer: web.Response, *, text: str | None = None, **settings: str) -> int:
    async def take(request: web.Request) -> web.Response:
        assert "0912345678" in await request.text()
        return answer

    application = web.Application()
    application.add_routes([web.post("/sms", take)])
    async with TestServer(application, host="127.0.0.1") as server:
        known = load(_env_file=None, data_key=KEY, sms_url=str(server.make_url("/sms")), **settings)
        return await trying_sms.main(known, "+84 912 345 678", text)


async def test_what_it_costs_what_the_gateway_says_and_what_that_means(
    capsys: pytest.CaptureFixture[str],
) -> None:
    yes = web.json_response({"CodeResult": "100", "SMSID": "d53"})
    success = r'"CodeResult":\s*"100".*"SMSID":\s*"(\w+)"'
    assert await said(yes, sms_success=success) == 0
    shown = capsys.readouterr().out
    assert "text: phananh48: đây là tin nhắn thử" in shown and "parts: 1 (58 characters in ucs2" in shown
    assert (
        'gateway: 200 OK\n{"CodeResult": "100"' in shown and "verdict: sent, and known there as d53" in shown
    )


async def test_a_refusal_can_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    no = web.json_response({"CodeResult": "101"})
    assert await said(no, sms_success="100", sms_text="plain", text="Thử «một»") == 1
    shown = capsys.readouterr().out
    assert 'text: Thu "mot"' in shown and "in gsm7; one SMS holds 160" in shown
    assert '"101"' in shown and "verdict: Refused: SMS_SUCCESS is not in the answer" in shown


async def test_a_number_that_no_sms_reaches() -> None:
    with pytest.raises(WrongSetting, match=r"--to: must be a Vietnamese mobile number.*landline"):
        await trying_sms.main(load(_env_file=None, data_key=KEY), "0243 825 5221", None)


def test_the_command_needs_no_database(tmp_path: Path) -> None:
    write_env(tmp_path)
    ended = bot(tmp_path, "sms", "--to", "0912345678")
    assert ended.returncode == 1 and "verdict: Refused: SMS_URL is not set" in ended.stdout, ended.stderr
