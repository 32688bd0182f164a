"""Names: one key for Hòa and Hoà, a question for Lý and Lí, a refusal for none of our own people."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.names import compare, fold, lacks_diacritics, problem, tidy, tone_key

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=5).map(" ".join)


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("  Giàng   A\tPáo ", "Giàng A Páo"),
        ("Ðàng Thị Lan", "Đàng Thị Lan"),
        (unicodedata.normalize("NFD", "Nguyễn Hoà"), "Nguyễn Hoà"),
        ("Danh\u00a0Út\u200b", "Danh Út"),
        ("", ""),
    ],
)
def test_tidy(raw: str, stored: str) -> None:
    assert tidy(raw) == stored


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        ("Đặng Thị Thủy", "dang thi thuy"),
        ("Ðàng  Năng-Lượng", "dang nang luong"),
        ("H'Hen Niê", "h hen nie"),
        ("ＴÀ XI LÁNG", "ta xi lang"),
        ("...", ""),
    ],
)
def test_fold(raw: str, key: str) -> None:
    assert fold(raw) == key


@pytest.mark.parametrize(
    ("a", "b", "likeness"),
    [
        ("Nguyễn Thị Hòa", "nguyễn thị hoà", "exact"),
        ("Trần Thu Thủy", "Trần Thu Thuỷ", "exact"),
        ("Ðặng Văn Út", "Đặng Văn Út", "exact"),
        ("H'Hen Niê", "H’Hen Niê", "exact"),
        ("Lý A Sáng", "Lí A Sáng", "possible"),
        ("Trần Quý", "Trần Quí", "possible"),
        ("Pi Năng Thị Mỹ", "Pinăng Thị Mỹ", "possible"),
        ("Katơr Lý", "Ka Tơr Lí", "possible"),
        ("Nguyễn Văn Hoan", "Nguyễn Văn Hoàn", "folded"),
        ("Giang A Pao", "Giàng A Páo", "folded"),
        ("Hòa Na", "Hoa Nà", "folded"),
        ("Lê Thị Mai", "Lê Thị May", "different"),
        ("Lê Thị Thúy", "Lê Thị Thúi", "different"),
        ("Giàng A Páo", "Giàng A Páo Lùng", "different"),
    ],
)
def test_compare(a: str, b: str, likeness: str) -> None:
    assert compare(a, b) == likeness
    assert compare(b, a) == likeness


@given(NAMES)
def test_writing_habits_never_change_a_name(name: str) -> None:
    assert compare(name, unicodedata.normalize("NFD", f" {name.upper()} ")) == "exact"
    assert compare(name, fold(name)) in ("exact", "folded")


@given(NAMES, NAMES)
def test_exact_means_one_key(a: str, b: str) -> None:
    assert (compare(a, b) == "exact") == (tone_key(a) == tone_key(b))


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Nguyen Van An", True), ("Nguyễn Van An", False), ("Do Van Đo", False), ("", False), ("--", False)],
)
def test_lacks_diacritics(name: str, bare: bool) -> None:
    assert lacks_diacritics(name) is bare


@pytest.mark.parametrize(
    "name",
    [
        "Giàng A Páo",
        "Danh Út",
        "Pi Năng Thị Hương",
        "Ka Tơr Sơn",
        "Đàng Năng Vọng",
        "H’Hen Niê",
        "Y Moan",
        "Thị",
        "Jean-Luc O'Neil",
        "Martin L. King, Jr.",
        "Søren Åkesson",
        unicodedata.normalize("NFD", "Trượng Ngọc"),
    ],
)
def test_a_name_that_passes(name: str) -> None:
    assert problem(name) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "empty"),
        (" \u200b ", "empty"),
        ("Giàng A Páo 95", "digits"),
        ("Páo ²", "digits"),
        ("An " * 60, "too_long"),
        ("Páo <b>", "symbols"),
        ("Lan 🌸", "symbols"),
        ("李明", "symbols"),
        ("-.-", "symbols"),
    ],
)
def test_what_is_no_name(name: str, code: str) -> None:
    assert problem(name) == code
