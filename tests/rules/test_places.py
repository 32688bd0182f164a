"""Places: levels and habits of spelling fall away, near misses are offered, and successors answer."""

import pytest

from handlers.rules.places import Answering, likeness, loose_key, may_be_same, nearest, place_key, who_answers


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Xã Bản Công", "ban cong"),
        ("bản  công", "ban cong"),
        ("xa ban cong", "ban cong"),
        ("Thị trấn Trạm Tấu", "tram tau"),
        ("TT. Trạm Tấu", "tram tau"),
        ("Đặc khu Phú Quốc", "phu quoc"),
        ("Tỉnh Khánh Hòa", "khanh hoa"),
        ("tỉnh Khánh Hoà", "khanh hoa"),
        ("TP.Phan Rang - Tháp Chàm", "phan rang thap cham"),
        ("Thành phố Hồ Chí Minh", "ho chi minh"),
        ("tp ho chi minh", "ho chi minh"),
        ("P. Đông Hải", "dong hai"),
        ("Phường 01", "1"),
        ("phuong 1", "1"),
        ("thi tran lim", "lim"),
        ("Xà Hồ", "xa ho"),
        ("Xã Xà Hồ", "xa ho"),
        ("xa xa ho", "xa ho"),
        ("xa ho", "xa ho"),
        ("Phương Canh", "phuong canh"),
        ("Xã", "xa"),
        ("", ""),
    ],
)
def test_place_key(name: str, key: str) -> None:
    assert place_key(name) == key


@pytest.mark.parametrize(
    ("a", "b", "possible"),
    [
        ("Xã Tà Si Láng", "Xã Tà Xi Láng", True),
        ("Hát Lừu", "Hát Lìu", True),
        ("Ea H'Leo", "Ea Hleo", True),
        ("Mỹ Sơn", "Mĩ Sơn", True),
        ("Pá Lau", "Pá Hu", False),
        ("Trạm Tấu", "Phình Hồ", False),
        ("Đông Hải 1", "Đông Hải 2", False),
        ("Phường 11", "Phường 12", False),
    ],
)
def test_possible_matches(a: str, b: str, possible: bool) -> None:
    assert may_be_same(a, b) is possible


def test_y_and_spaces_do_not_matter_in_the_loose_key() -> None:
    assert loose_key("Xã Ea Kly") == loose_key("Ea K Li") == "eakli"
    assert likeness("Mỹ Sơn", "Mĩ Sơn") == 1.0


def test_the_nearest_comes_first() -> None:
    communes = ("Xã Hát Lót", "Xã Hát Lừu", "Xã Phình Hồ", "Xã Tà Xi Láng")
    assert nearest("Hát Lìu", communes) == ("Xã Hát Lừu",)
    assert nearest("xã tà si láng", communes) == ("Xã Tà Xi Láng",)
    assert nearest("", communes) == ()
    assert nearest("Đông Hải", ("Phường Đông Hải 1", "Xã Đông Hải"), most=1) == ("Xã Đông Hải",)


@pytest.mark.parametrize(
    ("successors", "answering"),
    [
        (["04585"], Answering("one", ("04585",))),
        (["22780", "22900"], Answering("split", ("22780", "22900"))),
        (["22780", "22780"], Answering("one", ("22780",))),
        ([], Answering("none")),
    ],
)
def test_who_answers(successors: list[str], answering: Answering) -> None:
    assert who_answers(successors) == answering
