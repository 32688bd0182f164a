"""The workbook that goes to the police and comes back: its columns, what each verdict is called in it, and its mark.

Headers are Vietnamese in every language of the reader: what comes back is found by them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.rules.names import fold


@dataclass(frozen=True)
class Column:
    """police: theirs to fill; all else is given, and a change in it means nothing."""

    key: str
    header: str
    width: int
    police: bool = False
    also: tuple[str, ...] = ()

    def names(self) -> set[str]:
        return {fold(name) for name in (self.header, *self.also)}


SHEET, HELP = "Danh sách", "Hướng dẫn"

COLUMNS = (
    Column("place", "STT", 5),
    Column("key", "Mã dòng (không sửa)", 11, also=("Mã dòng",)),
    Column("name", "Họ và tên", 26, also=("Họ tên",)),
    Column("birth", "Ngày sinh", 11, also=("Ngày tháng năm sinh",)),
    Column("sex", "Giới tính", 7),
    Column("number", "Số CCCD/CMND", 15, also=("Số CMND/CCCD", "Số CCCD")),
    Column("residence", "Nơi thường trú", 26),
    Column("shown", "Trên Nền tảng đang ghi", 24),
    Column("reviewed", "Ghi chú rà soát thôn", 20),
    Column("verdict", "Kết quả", 18, police=True),
    Column("right_number", "Số đúng", 15, police=True, also=("Số CCCD đúng", "Số CCCD/CMND đúng")),
    Column("right_name", "Họ tên đúng", 24, police=True, also=("Họ và tên đúng",)),
    Column("right_birth", "Ngày sinh đúng", 11, police=True),
    Column("right_sex", "Giới tính đúng", 9, police=True),
    Column("words", "Ghi chú", 24, police=True, also=("Ghi chú của Công an",)),
)
GIVEN = tuple(column for column in COLUMNS if not column.police)
POLICE = tuple(column for column in COLUMNS if column.police)

MAYBE = ("shown", "reviewed")  # given ones that a printed list leaves out where they say nothing of anybody

# rules.lists.FIELDS, by the column in which its right value stands.
RIGHT = {"number": "right_number", "name": "right_name", "birth": "right_birth", "sex": "right_sex"}

# rules.lists.VERDICTS, as the drop-down offers them.
VERDICTS = {
    "matches": "Khớp",
    "differs": "Sai khác",
    "unknown": "Không có trong CSDL dân cư",
    "supplement": "Cần bổ sung",
}
SEXES = {"male": "Nam", "female": "Nữ"}

# S4 §4 names the function («Import đối tượng tiêm COVID-19»); its template is not established, so the headers are ours.
PLATFORM = ("Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD/CMND", "Điện thoại", "Mã xã thường trú")

MARK_PROPERTY = "phananh48"  # the custom document property that holds the mark; the keywords hold it too
_MARK = re.compile(r"\bPA48-DS-([0-9]{1,12})-([0-9]{1,12})\b")


def mark(list_id: int, maker_id: int) -> str:
    """What a workbook is recognised by: in a line above the columns, in the keywords and in a property."""
    return f"PA48-DS-{list_id}-{maker_id}"


def read_mark(text: str) -> tuple[int, int] | None:
    """(list, maker) wherever a mark stands in the text."""
    found = _MARK.search(text)
    return (int(found[1]), int(found[2])) if found else None
