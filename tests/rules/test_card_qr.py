"""What the QR code of an ID card says; every person is invented."""

from __future__ import annotations

import pytest

from handlers.rules.card_qr import read_card

PAO = "015095001234|060912345|Giàng A Páo|05031995|Nam|Bản Khấu Ly, Bản Công, Trạm Tấu, Yên Bái|12082021"
READ = {
    "number": "015095001234",
    "old_number": "060912345",
    "name": "Giàng A Páo",
    "birth": "1995-03-05",
    "sex": "male",
    "residence": "Bản Khấu Ly, Bản Công, Trạm Tấu, Yên Bái",
}


def test_the_seven_fields_of_2021() -> None:
    assert read_card(PAO) == READ


def test_without_an_old_number() -> None:
    read = read_card(
        "024168004321||Nguyễn Thị Hồng Nhung|30041968|Nữ|Thôn Đông, Việt Tiến, Bắc Giang|25052021"
    )
    assert read and "old_number" not in read and read["sex"] == "female" and read["birth"] == "1968-04-30"


def test_more_fields_as_on_the_card_of_2024_are_dropped() -> None:
    read = read_card(f"{PAO}||Giàng A Lử|Mùa Thị Sua")
    assert read == READ
    assert "Lử" not in str(read) and "2021" not in str(read)


def test_letters_in_parts_and_loose_spaces_are_brought_together() -> None:
    spread = PAO.replace("Páo", "Pa\u0301o").replace("Giàng", " Gia\u0300ng ").replace("Nam", "NAM")
    assert read_card(spread) == READ


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.vn/?id=015095001234",
        PAO.rsplit("|", 1)[0],  # six fields
        PAO.replace("015095001234", "01509500123"),
        PAO.replace("015095001234", "٠١٥٠٩٥٠٠١٢٣٤"),
        PAO.replace("060912345", "0609123456"),
        PAO.replace("05031995", "30021995"),
        PAO.replace("05031995", "1995"),
        PAO.replace("05031995", "00000000"),
        PAO.replace("|Nam|", "|X|"),
        PAO.replace("Giàng A Páo", ""),
        PAO.replace("Giàng A Páo", "=1+1"),
        PAO.replace("Bản Khấu Ly", "x" * 300),
        "|" * 40,
    ],
)
def test_anything_else_is_no_card(text: str) -> None:
    assert read_card(text) is None
