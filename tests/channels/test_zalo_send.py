"""Bodies of the outbox in, calls to the OpenAPI out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels import Held, Outcome, Refused, Sent, TryAgain, Unknown
from bot.channels.words import units
from bot.channels.zalo_api import HttpError, NoToken, ZaloError
from tests.channels.zalo_calls import CS, Desk, choice, desk, out
from tests.world import FRIDAY


@pytest.fixture
async def make(desk_file: Path) -> AsyncIterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def a_desk(*answers: Any) -> Desk:
        made.append(desk(desk_file, {CS: list(answers)} if answers else None))
        return made[-1]

    yield a_desk
    for one in made:
        await one.db.close()


async def test_words(make: Any) -> None:
    made = make()
    assert await made.sender.send(out(text="**Mũi 1** <2 & còn> 015******234")) == Sent("m1")
    message = {"text": "Mũi 1 <2 & còn> 015******234"}
    assert made.api.calls == [(CS, {"recipient": {"user_id": "2512"}, "message": message})]


async def test_nobody_is_named_by_what_a_resident_wrote(make: Any) -> None:
    made = make()
    await made.sender.send(out(text="[@2512] và [@all] [x] a@b.vn"))
    assert made.api.said == [{"text": "[ @2512] và [ @all] [x] a@b.vn"}]


async def test_up_to_five_choices_are_buttons_and_more_a_list(make: Any) -> None:
    made = make()
    six = [choice(f"Mục {n}", f"x:{n}") for n in range(1, 7)]
    await made.sender.send(out(text="Chọn", choices=six[:5]))
    await made.sender.send(out(text="Chọn", choices=six))
    five, more = made.api.said
    shown = five["attachment"]["payload"]["buttons"]
    assert five["text"] == "Chọn" and [one["payload"] for one in shown] == [
        f"#48:9:x:{n}" for n in range(1, 6)
    ]
    assert more == {
        "text": "Chọn\n\n1. Mục 1\n2. Mục 2\n3. Mục 3\n4. Mục 4\n5. Mục 5\n6. Mục 6\n\n"
        "Xin nhắn số của mục cần chọn, ví dụ: 2"
    }


@pytest.mark.parametrize(
    "replaces, place, row",
    [(None, None, 9), (3, None, 3), (3, "here", 3), (3, "end", 9), (None, "end", 9)],
)
async def test_whose_button_a_press_is(make: Any, replaces: int | None, place: str | None, row: int) -> None:
    """As where providers edit: the message that changed, or the new one at the end."""
    made = make()
    where = {"place": place} if place else {}
    body: dict[str, Any] = {"text": "Câu 2", "choices": [choice("Dừng", "f::stop")], **where}
    await made.sender.send(out(replaces=replaces, **body))
    (said,) = made.api.said
    assert said["attachment"]["payload"]["buttons"][0]["payload"] == f"#48:{row}:f::stop"


async def test_a_long_text_comes_in_pieces_and_the_buttons_with_the_last(make: Any) -> None:
    made = make()
    text = "Một dòng có **chữ đậm** và 😷. " * 150
    assert await made.sender.send(out(text=text, choices=[choice("Menu")])) == Sent("m3")
    assert all(units(said["text"]) <= 2000 for said in made.api.said)
    assert ["attachment" in said for said in made.api.said] == [False, False, True]
    assert all(said["text"].rstrip().endswith("😷.") for said in made.api.said)
    assert sum(said["text"].count("chữ đậm và 😷.") for said in made.api.said) == 150


async def test_a_long_list_is_cut_between_its_lines(make: Any) -> None:
    made = make()
    choices = [choice(f"Trạm Y tế xã {'x' * 80} {n}") for n in range(1, 41)]
    await made.sender.send(out(text="Chọn", choices=choices))
    lines = "\n".join(said["text"] for said in made.api.said).split("\n")
    assert len(made.api.said) > 1
    assert [line for line in lines if line[:1].isdigit()] == [f"{n}. {one['label']}" for n, one in enumerate(choices, 1)]  # fmt: skip


@pytest.mark.parametrize(
    "kind, wanted",
    [
        ("text", "Xong\n\n• Menu\n• Trang: http://desk\n\nXin nhắn lại đúng chữ của mục cần chọn."),
        ("card", "Xong\n\n1. Menu\n2. Trang: http://desk\n\nXin nhắn số của mục cần chọn, ví dụ: 1"),
    ],
)
async def test_buttons_that_zalo_does_not_take_are_said_in_words(make: Any, kind: str, wanted: str) -> None:
    """Numbers only where turn.say() lets them be typed."""
    made = make(ZaloError(-201, "attachment"), {"message_id": "m9"})
    choices = [choice("Menu"), choice("Trang", "", url="http://desk")]
    assert await made.sender.send(out(kind=kind, text="Xong", choices=choices)) == Sent("m9")
    assert made.api.said[1:] == [{"text": wanted}]


async def test_what_is_wrong_with_the_words_is_not_tried_for_ever(make: Any) -> None:
    made = make(ZaloError(-201, "user_id"))
    assert await made.sender.send(out(text="a", choices=[choice("Menu")])) == Refused("-201 user_id")
    assert len(made.api.calls) == 2


@pytest.mark.parametrize(
    "body, outcome, calls",
    [
        ({"kind": "delete", "text": "", "message": "m1"}, Sent(), 0),
        ({"kind": "toast", "text": "Đã lưu", "press": "1"}, Sent("m1"), 1),
        ({"kind": "topic", "text": "Quá hạn"}, Refused("Zalo has no topics"), 0),
    ],
)
async def test_what_zalo_has_not(make: Any, body: dict[str, Any], outcome: Outcome, calls: int) -> None:
    made = make()
    assert await made.sender.send(out(**body)) == outcome
    assert len(made.api.calls) == calls


@pytest.mark.parametrize(
    "error, outcome",
    [
        (ZaloError(-32), Held(FRIDAY + timedelta(minutes=1), everywhere=True)),
        (NoToken(), Held(FRIDAY + timedelta(minutes=1), everywhere=True)),
        (HttpError(503), TryAgain("status 503")),
        (TimeoutError(), Unknown("TimeoutError")),
        (ZaloError(-248, "policy"), Refused("-248 policy")),
    ],
)
async def test_errors(make: Any, error: Exception, outcome: Outcome) -> None:
    made = make(error)
    assert await made.sender.send(out(text="a")) == outcome


@pytest.mark.parametrize(
    "text, choices",
    [("a " * 2500, []), ("a " * 1500, [choice("Menu")])],
    ids=["between", "before its buttons"],
)
async def test_a_long_text_that_was_taken_in_part_is_counted(make: Any, text: str, choices: Any) -> None:
    """Its beginning is read twice."""
    made = make({"message_id": "m1"}, ZaloError(-32))
    assert await made.sender.send(out(text=text, choices=choices)) == Unknown("only a part was taken")
    assert len(made.api.calls) == 2
