"""«Ông/Bà» from 60 years on, where the birth date is known; words typed for a menu entry; a number typed at once."""

from __future__ import annotations

import pytest

from tests.residents.people_and_reports import (
    clerk_turn,
    code_of,
    filed,
    known,
    linked,
    looks_up,
    parts,
    someone,
)
from tests.world import World


@pytest.mark.parametrize(
    ("birth", "called"),
    [
        ("19/11/1966", "Ông/Bà"),
        ("20/11/1966", "Ông/Bà"),
        ("21/11/1966", "Anh/Chị"),
        ("1966", "Anh/Chị"),
        ("1965", "Ông/Bà"),
    ],
)
def test_from_the_sixtieth_birthday_on(world: World, birth: str, called: str) -> None:
    """Today is 20/11/2026."""
    an = someone(world, "an")
    for answer in ("/phananh", "1", "1", "Nguyễn Văn An", birth, "nam", "tôi không có", "0912 345 678", "7", "Comirnaty",
                   "12/08/2021"):  # fmt: skip
        an.says(answer)
    assert f"{called} gõ một phần tên" in an.last


def test_news_days_later_and_only_our_own_words(world: World) -> None:
    from handlers import desk

    sen = someone(world, "sen")
    looks_up(sen, "015148002468", "10/06/1948")
    sen.says(code_of(world))
    ticket = parts(world, filed(world, sen))[0]
    with world.tx() as tx:
        desk.ask_resident(clerk_turn(world, tx), ticket, "Anh/Chị tiêm buổi nào?")
    world.work()
    assert "hỏi Ông/Bà: «Anh/Chị tiêm buổi nào?»" in sen.last


def test_a_family_on_one_phone_stays_with_the_younger_form(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, "015148002468", "10/06/1948")
    lan.says(code_of(world))
    looks_up(lan, "015209004321", "18/04/2009")
    lan.says(code_of(world))
    assert "Tôi giúp gì được cho Anh/Chị?" in lan.says("/menu")
    assert "V* T** S** · 1948" in lan.says("/tracuu") or "V* T** S** · 1948" in lan.buttons


def test_withdrawing_forgets_the_age(world: World) -> None:
    sen = someone(world, "sen")
    linked(world, sen, known(world, name="Vì Thị Sen", birth="1948-06-10", phone="0988000111"))
    for answer in ("/phananh", "1", "2", "1", "Nguyễn Văn An", "05/03/1950"):
        sen.says(answer)
    assert "Anh/Chị đã rút đồng ý" in sen.says("/rut_dong_y")


@pytest.mark.parametrize(
    ("words", "opens"),
    [
        ("tra cứu mũi tiêm", "tra cứu bằng cách nào"),
        ("Tra cuu", "tra cứu bằng cách nào"),
        ("phản ánh sai sót", "muốn phản ánh điều gì"),
        ("Phan anh da gui", "PA-"),
        ("trợ giúp", "Ở đây Anh/Chị có thể"),
        ("English", "dùng ngôn ngữ nào"),
        ("menu", "Tôi giúp gì được"),
    ],
)
def test_menu_entries_by_their_words_also_while_a_report_is_open(
    world: World, words: str, opens: str
) -> None:
    an = someone(world, "an")
    filed(world, an)
    assert opens in an.says(words)


@pytest.mark.parametrize(
    ("words", "likely"),
    [
        ("tôi bị thiếu mũi 2", "Thiếu mũi tiêm"),
        ("ten toi bi SAI", "Thông tin cá nhân sai"),
        ("my second dose is missing", "Thiếu mũi tiêm"),
    ],
)
def test_words_that_say_what_is_wrong_lead_to_the_report(world: World, words: str, likely: str) -> None:
    an = someone(world, "an")
    an.says(words)
    assert (an.buttons[0], an.buttons[-1]) == (likely, "Không phải, xem tất cả")


def test_a_number_typed_at_once_is_a_way_to_look_up(world: World) -> None:
    lan = someone(world, "lan")
    lan.says("/tracuu")
    assert "Ngày sinh" in lan.says("015 168 001 234")
    lan.says("5.3.1968")
    assert "N***** T** L**" in lan.says(code_of(world))
