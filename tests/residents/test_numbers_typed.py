"""People count buttons and type the number, also where no numbers stand; what could be an answer stays one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.world import Person, World

AN = ("/phananh", "[Thiếu mũi tiêm", "[Tôi đồng ý", "[Công dân Việt Nam", "Nguyễn Văn An", "1992", "[Nam", "[Tôi không có",
      "0912345678", "[Mũi cơ bản 1", "[Comirnaty")  # fmt: skip
SITE = ("12/08/2021", "ban cong", "[Trạm Y tế xã Bản Công")
REST = ("[Bỏ qua", "[Tôi không còn giấy", "[Gửi phản ánh")


@pytest.fixture(params=["web", "zalo"])
def an(make_world: Callable[..., World], request: pytest.FixtureRequest) -> Person:
    return make_world(channel=request.param).person("an")


def does(person: Person, *steps: str) -> None:
    for step in steps:
        person.presses(step[1:]) if step.startswith("[") else person.says(step)


def filed(person: Person) -> str:
    does(person, *AN, *SITE, *REST)
    return next(
        word for word in person.last.replace("*", " ").replace(".", " ").split() if word.startswith("PA-")
    )


def answered(person: Person) -> None:
    code = filed(person)
    clerk = person.world.joins("tram", "station:2025:04585", "clerk")
    does(clerk, code, "[Trả lời người dân", "Trạm đã tra sổ, có mũi này.")


@pytest.mark.parametrize(
    "said, wanted",
    [("1", "Thật mừng"), ("số 2 ạ", "vẫn chưa đúng"), ("đã đúng", "Thật mừng"), ("3", "Quá trình xử lý")],
)
def test_below_news(an: Person, said: str, wanted: str) -> None:
    answered(an)
    assert "Thông tin đã đúng chưa" in an.last
    an.says(said)
    assert wanted in an.last


def test_news_takes_no_number_from_an_open_question(an: Person) -> None:
    filed(an)
    does(an, "/phananh", "[Thiếu mũi tiêm")
    clerk = an.world.joins("tram", "station:2025:04585", "clerk")
    clerk.says(
        next(
            w
            for b in an.heard
            for w in b["text"].replace("*", " ").replace(".", " ").split()
            if w.startswith("PA-")
        )
    )
    does(clerk, "[Trả lời người dân", "Trạm đã tra sổ.")
    assert "Thông tin đã đúng chưa" in an.last
    an.says("1")
    assert "Thật mừng" not in an.last and "Thông tin đã đúng chưa" not in an.last


def test_below_the_receipt(an: Person) -> None:
    filed(an)
    an.says("1")
    assert "Quá trình xử lý" in an.last


def test_what_is_no_answer_is_a_button(an: Person) -> None:
    does(an, *AN)
    assert "Tiêm ngày nào" in an.last
    an.says("1")
    assert "Tiêm ở đâu" in an.last, "«Tôi không nhớ»"


def test_a_digit_is_no_lot_number(an: Person) -> None:
    does(an, *AN, *SITE)
    assert "số lô" in an.last and an.buttons[0] == "Bỏ qua"
    an.says("1")
    assert "số lô" not in an.last
    an.says("quay lại")
    an.says("FK0112")
    does(an, "[Tôi không còn giấy")
    assert "Số lô: FK0112" in an.last


def test_stopping_is_not_typed_by_chance(an: Person) -> None:
    does(an, *AN)
    stop = an.buttons.index("Dừng") + 1
    an.says(str(stop))
    assert "chưa đọc được ngày" in an.last
