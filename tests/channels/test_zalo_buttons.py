"""Choices as buttons, and as lists whose numbers mean what handlers/typed.py takes them for."""

from __future__ import annotations

import pytest

from bot.channels.zalo_buttons import buttons, listed, numbered
from tests.channels.zalo_calls import choice

PORTAL = choice("Cổng chính thức", "", url="https://tiemchungcovid19.gov.vn")


def test_buttons() -> None:
    assert buttons([choice("Gửi phản ánh", "f::send"), PORTAL], 7) == {
        "type": "template",
        "payload": {
            "buttons": [
                {"title": "Gửi phản ánh", "type": "oa.query.hide", "payload": "#48:7:f::send"},
                {
                    "title": "Cổng chính thức",
                    "type": "oa.open.url",
                    "payload": {"url": "https://tiemchungcovid19.gov.vn"},
                },
            ]
        },
    }
    assert buttons([], 7) is None


def test_a_long_title_is_cut() -> None:
    made = buttons([choice("Trạm Y tế " * 20)], 7)
    assert made is not None
    title = made["payload"]["buttons"][0]["title"]
    assert len(title) <= 100 and title.endswith("…")


NUMBERS = "Xin nhắn số của mục cần chọn, ví dụ: {}"


@pytest.mark.parametrize(
    "text, choices, numbers, wanted",
    [
        ("Mấy?", [], True, "Mấy?"),
        ("Mấy?", [choice("Một"), choice("Hai")], True, f"Mấy?\n\n1. Một\n2. Hai\n\n{NUMBERS.format(2)}"),
        ("Mấy?", [choice("Một")], True, f"Mấy?\n\n1. Một\n\n{NUMBERS.format(1)}"),
        (
            "Đâu?",
            [choice("Tôi"), PORTAL, choice("Anh")],
            True,
            f"Đâu?\n\n1. Tôi\n2. Cổng chính thức: {PORTAL['url']}\n3. Anh\n\n{NUMBERS.format(3)}",
        ),
        ("Đâu?", [PORTAL], True, f"Đâu?\n\n1. Cổng chính thức: {PORTAL['url']}"),
        (
            "Mấy?",
            [choice("Một"), choice("Hai")],
            False,
            "Mấy?\n\n• Một\n• Hai\n\nXin nhắn lại đúng chữ của mục cần chọn.",
        ),
        # Ready-made words stand in the text under the numbers of their buttons.
        (
            "Câu mẫu:\n1. Đang tra sổ gốc của trạm",
            [choice("1. Đang tra sổ…"), choice("Tự viết")],
            True,
            f"Câu mẫu:\n1. Đang tra sổ gốc của trạm\n\n2. Tự viết\n\n{NUMBERS.format(2)}",
        ),
        (
            "1. Có giấy thì gửi",
            [choice("Có"), choice("Không")],
            True,
            f"1. Có giấy thì gửi\n\n1. Có\n2. Không\n\n{NUMBERS.format(2)}",
        ),
    ],
)
def test_a_list(text: str, choices: list[dict[str, str]], numbers: bool, wanted: str) -> None:
    assert listed(text, choices, "vi", numbers=numbers) == wanted


@pytest.mark.parametrize("kind, count, wanted", [("text", 5, False), ("text", 6, True), ("ask", 2, True)])
def test_when_numbers_are_understood(kind: str, count: int, wanted: bool) -> None:
    assert numbered({"kind": kind, "choices": [choice("Một")] * count}) is wanted
