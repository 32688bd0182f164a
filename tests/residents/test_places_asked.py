"""Places that were divided, or that nobody can name; and posters at a site."""

from __future__ import annotations

import pytest

from handlers.questions_provinces import find_province
from tests.residents.people_and_reports import someone
from tests.world import Person, World

ABOUT = ("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678")


def says(person: Person, *answers: str) -> str:
    for answer in answers:
        person.says(answer)
    return person.last


def test_a_divided_commune_is_asked_for_as_it_is_called_today(world: World) -> None:
    """Phường Đông Hải (Phan Rang): all to phường Đông Hải, except thôn Phú Thọ, to xã Phước Dinh (places.md)."""
    an = someone(world, "an")
    says(an, "/phananh", "3", *ABOUT, "2", "[Xong]")
    an.presses("Xong")
    an.presses("Bỏ qua")
    assert "nay chia cho mấy xã, phường" in says(an, "dong hai, ninh thuan", "1")
    an.presses("Xã Phước Dinh")
    assert "Phước Dinh" in an.presses("Tôi không còn giấy")
    assert "Trạm Y tế xã Phước Dinh" in an.presses("Gửi")


def test_who_does_not_know_which_part_it_was_goes_to_the_province_and_reads_why(world: World) -> None:
    an = someone(world, "an")
    says(an, "/phananh", "3", *ABOUT, "2")
    an.presses("Xong")
    an.presses("Bỏ qua")
    says(an, "dong hai, ninh thuan", "1")
    an.presses("Tôi không chắc")
    an.presses("Tôi không còn giấy")
    sent = an.presses("Gửi")
    assert "Sở Y tế tỉnh Khánh Hòa" in sent and "xã cũ đã chia cho nhiều xã mới" in sent
    assert "chưa rõ nơi cư trú" not in sent


def test_a_dose_at_the_station_of_a_divided_commune(world: World) -> None:
    an = someone(world, "an")
    says(an, "/phananh", "1", *ABOUT, "7", "Comirnaty", "12/08/2021", "tram y te phuong dong hai phan rang")
    an.presses("Trạm Y tế phường Đông Hải – Thành phố Phan Rang")
    assert "nay chia cho mấy xã, phường" in an.last
    an.presses("Xã Phước Dinh")
    an.presses("Bỏ qua")
    an.presses("Tôi không còn giấy")
    assert "nay là Xã Phước Dinh" in an.last
    sent = an.presses("Gửi")
    assert "Nơi xử lý: Trạm Y tế xã Phước Dinh" in sent and "nay đã sáp nhập vào đây" in sent


def test_only_the_province_is_known(world: World) -> None:
    an = someone(world, "an")
    says(an, "/phananh", "1", *ABOUT, "7", "Comirnaty", "12/08/2021")
    an.presses("Không có trong danh sách")
    an.says("ở chợ")
    an.presses("Không rõ")
    assert "tỉnh, thành phố nào" in an.last
    assert "chưa tìm thấy tỉnh" in an.says("Atlantis")
    an.says("yên bái")
    an.presses("Bỏ qua")
    an.presses("Tôi không còn giấy")
    assert "Tỉnh nơi tiêm: Tỉnh Lào Cai" in an.last
    sent = an.presses("Gửi")
    assert "Sở Y tế tỉnh Lào Cai" in sent and "mới biết tỉnh nơi tiêm" in sent


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Lào Cai", "15"),
        ("tinh yen bai", "15"),
        ("Ninh Thuận", "56"),
        ("TP Hà Nội", "01"),
        ("Huế", "46"),
        ("xyz", None),
    ],
)
def test_provinces_by_either_name(world: World, said: str, code: str | None) -> None:
    with world.tx() as tx:
        assert find_province(tx, said) == code


def test_nobody_knows_anything_and_the_desk_has_it_without_contradiction(world: World) -> None:
    an = someone(world, "an")
    says(an, "/phananh", "1", *ABOUT, "7", "Comirnaty", "12/08/2021")
    for press in ("Không có trong danh sách", "Bỏ qua", "Không rõ", "Không rõ", "Bỏ qua", "Tôi không còn"):
        an.presses(press)
    sent = an.presses("Gửi")
    assert "quản trị viên sẽ phân công" in sent and "cấp trên được báo ngay" not in sent


@pytest.mark.parametrize(
    ("start", "site"),
    [
        ("/start site_demo-1", "Bệnh viện Đa khoa Mường Lò"),
        ("/start site_station-2025-04585", "Trạm Y tế xã Hạnh Phúc"),
    ],
)
def test_a_poster_at_a_site_saves_the_search(world: World, start: str, site: str) -> None:
    an = someone(world, "an")
    assert f"Anh/Chị đến từ {site}" in an.says(start)
    an.presses("Thiếu mũi tiêm ở đây")
    for answer in (*ABOUT, "7", "Comirnaty", "12/08/2021", "bỏ qua", "không còn giấy"):
        an.says(answer)
    assert f"Nơi tiêm: {site}" in an.last
    assert f"Nơi xử lý: {site}" in an.presses("Gửi")


@pytest.mark.parametrize("start", ["/start site_", "/start site_nowhere", "/start site_desk", "/start xyz"])
def test_an_unknown_poster_gets_the_ordinary_welcome(world: World, start: str) -> None:
    an = someone(world, "an")
    assert "Chào Anh/Chị!" in an.says(start) and "Anh/Chị đến từ" not in an.last
    assert an.buttons[0] == "Tra cứu mũi tiêm"
