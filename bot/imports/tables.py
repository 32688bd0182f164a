"""Open a .csv or .xlsx file and give its rows as texts, one by one, whatever its size."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from bot.imports.package import Problem, problem_of
from bot.imports.problems import FileProblem

_NOT_PLAIN = "có macro hoặc sai định dạng; hãy lưu lại dưới dạng .xlsx thường."
PACKAGES: dict[Problem, str] = {
    "broken": "tệp .xlsx bị hỏng.",
    "macro": _NOT_PLAIN,
    "other": _NOT_PLAIN,
    "swollen": "tệp giải nén ra quá lớn; hãy lưu lại dưới dạng CSV UTF-8.",
}


@dataclass
class Opened:
    """headers, then rows; position() of total says how far the reading is."""

    headers: list[str]
    rows: Iterator[list[str]]
    total: int
    position: Any


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    if not path.is_file():
        raise FileProblem(f"Không có tệp {path}.")
    ending = path.suffix.lower()
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK") and ending == ".xlsx":
        yield from _xlsx(path)
    elif ending == ".csv" and not head.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        yield from _csv(path)
    else:
        raise FileProblem(
            f"{path.name}: chỉ nhận tệp .csv và .xlsx; hãy lưu lại (Save as) dưới một trong hai dạng này."
        )


def _csv(path: Path) -> Iterator[Opened]:
    with path.open("rb") as raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as words:
        try:
            first = words.readline()
            if not first.strip():
                raise FileProblem(f"{path.name}: tệp trống.")
            mark = max(",;\t", key=lambda sign: next(csv.reader([first], delimiter=sign)).__len__())
            rows = csv.reader(chain([first], words), delimiter=mark)
            headers = next(rows)
            yield Opened(headers, _careful(rows, path), path.stat().st_size, raw.tell)
        except UnicodeDecodeError:
            raise FileProblem(f"{path.name}: không phải UTF-8; hãy lưu lại dưới dạng CSV UTF-8.") from None


def _careful(rows: Iterator[list[str]], path: Path) -> Iterator[list[str]]:
    try:
        yield from rows
    except UnicodeDecodeError:
        raise FileProblem(f"{path.name}: không phải UTF-8; hãy lưu lại dưới dạng CSV UTF-8.") from None
    except csv.Error as problem:
        raise FileProblem(f"{path.name}: không đọc được tệp CSV ({problem}).") from None


def _xlsx(path: Path) -> Iterator[Opened]:
    _check_package(path)
    from openpyxl import load_workbook  # slow to import, and a CSV needs none of it

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except Exception as problem:
        raise FileProblem(f"{path.name}: không mở được tệp .xlsx này.") from problem
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        done = 0

        def rows() -> Iterator[list[str]]:
            nonlocal done
            for values in sheet.iter_rows(values_only=True):
                done += 1
                yield [_cell(value) for value in values]

        found = rows()
        headers = next(found, [])
        if not any(headers):
            raise FileProblem(f"{path.name}: trang tính đầu tiên trống.")
        yield Opened(headers, found, 0, lambda: done)
    finally:
        book.close()


def _check_package(path: Path) -> None:
    problem = problem_of(path)
    if problem:
        raise FileProblem(f"{path.name}: {PACKAGES[problem]}")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) else str(value)
