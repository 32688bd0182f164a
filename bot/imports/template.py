"""Write an empty workbook for one kind of import: headers, an invented example row, and an explanation."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

from bot.imports.kinds import KINDS
from bot.imports.problems import FileProblem


def write_template(kind: str, path: str | Path) -> Path:
    """Every column is text, so that no zero is lost; raises FileProblem where the kind is unknown."""
    if kind not in KINDS:
        raise FileProblem(f"Không có loại «{kind}»; các loại: {', '.join(KINDS)}.")
    target = Path(path)
    book = Workbook(str(target))
    text = book.add_format({"num_format": "@"})
    bold = book.add_format({"bold": True, "num_format": "@", "bg_color": "#E8EEF4", "border": 1})
    wrap = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    data, explained = book.add_worksheet("Dữ liệu"), book.add_worksheet("Giải thích")
    data.freeze_panes(1, 0)
    explained.set_column(0, 1, 30, wrap)
    explained.set_column(2, 3, 22, wrap)
    explained.set_column(4, 4, 70, wrap)
    for place, title in enumerate(("Cột", "Tên tiếng Anh", "Bắt buộc", "Ví dụ", "Giải thích")):
        explained.write_string(0, place, title, bold)
    for place, column in enumerate(KINDS[kind].columns):
        data.set_column(place, place, max(14, len(column.vi) + 2), text)
        data.write_string(0, place, column.vi, bold)
        data.write_string(1, place, column.example, text)
        cells = (column.vi, column.en, "Có" if column.required else "", column.example, column.help)
        for cell_place, cell in enumerate(cells):
            explained.write_string(place + 1, cell_place, cell, wrap)
    notes = (*KINDS[kind].notes, "Dòng ví dụ là dữ liệu bịa; hãy xóa đi trước khi nhập.")
    for row, note in enumerate(notes, len(KINDS[kind].columns) + 2):
        explained.write_string(row, 0, note)
    book.close()
    return target
