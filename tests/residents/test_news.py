"""News in short: what every result says to a template or an SMS, and nothing of the person in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handlers import desk, news
from handlers.rejections import REASONS
from locales import say
from tests.staff.making import STATION, complaint
from tests.staff.undelivered import acts
from tests.world import DESK, World

URL = "https://phananh.laocai.gov.vn"


@pytest.mark.parametrize("what", sorted(news.WORTH))
@pytest.mark.parametrize("elder", [False, True])
def test_an_sms_is_one_part_of_seventy_letters(what: str, elder: bool) -> None:
    told = {"code": "PA-7K2MX", "state": say(news.STATES[what], "vi", elder=elder)}
    text = news.sms(told, "vi", replace(DESK, public_url=URL))
    assert len(text) <= 70, text
    assert text.startswith("Phản ánh PA-7K2MX: ") and text.endswith(f". {URL}")


def test_without_an_address_there_is_none_in_it() -> None:
    told = {"code": "PA-7K2MX", "state": "Đã có câu trả lời"}
    assert news.sms(told, "vi", replace(DESK, public_url="")) == "Phản ánh PA-7K2MX: Đã có câu trả lời."


@pytest.mark.parametrize(
    ("act", "words", "what"),
    [
        (desk.ask_resident, ("Mũi này là Comirnaty?",), "asked"),
        (desk.answer, ("Đã nhập Comirnaty.",), "answered"),
        (desk.approve, (), "approved"),
        (desk.reject, (next(iter(REASONS)), "Thiếu phiếu Comirnaty."), "rejected"),
    ],
)
def test_every_result_says_itself_in_short(world: World, act: Any, words: tuple[str, ...], what: str) -> None:
    lan = world.person("lan")
    world.joins("mai", STATION, "clerk")
    code, ticket_id = complaint(world)
    acts(world, ticket_id, act, *words)
    told = lan.heard[-1]["news"]
    assert (told["what"], told["code"], told["unit"]) == (what, code, "Trạm Y tế xã Hạnh Phúc")
    assert told["state"] == say(news.STATES[what], "vi")
    assert not any(word in str(told) for word in ("Comirnaty", "Páo", "0912"))


def test_what_is_no_result_is_not_worth_a_message_that_is_paid_for(world: World) -> None:
    lan = world.person("lan")
    world.joins("mai", STATION, "clerk")
    acts(world, complaint(world)[1], desk.take)
    assert "đang xử lý" in lan.last and "news" not in lan.heard[-1]
