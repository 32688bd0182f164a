"""Files that an import leaves beside the user's own: refused rows, invites. A stop in the middle loses none.

Lines go to a journal, on disk before their batch is committed; the workbook is made from it at the end.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

_MOST_ROWS = 1_000_000
_LONGEST_CELL = 32_000


class Beside:
    """FILE.errors.xlsx and its like; readable by their owner alone, for they hold people's data."""

    def __init__(self, file: Path, name: str, headers: Sequence[str]) -> None:
        self.path = file.with_name(f"{file.name}.{name}.xlsx")
        self.headers = list(headers)
        self._journal = file.with_name(f"{file.name}.{name}.part")

    def resume(self, pass_: int, rows: int) -> None:
        """Forgets lines of batches that were never committed."""
        if self._journal.exists():
            kept = self._journal.with_name(self._journal.name + ".new")
            kept.unlink(missing_ok=True)
            _append(kept, (line for line in self._lines() if (line[0], line[1]) <= (pass_, rows)))
            kept.replace(self._journal)

    def add(self, pass_: int, lines: Sequence[tuple[int, list[str]]]) -> None:
        if lines:
            _append(self._journal, ([pass_, row, cells] for row, cells in lines))

    def _lines(self) -> Iterator[Any]:
        if self._journal.exists():
            with self._journal.open(encoding="utf-8") as journal:
                for line in journal:
                    if line.endswith("\n"):  # a line cut off by a kill was never committed
                        yield json.loads(line)

    def write(self) -> Path | None:
        """The workbook, where there is anything to put into it; one of an earlier import is replaced."""
        if not any(True for _line in self._lines()):
            self.path.unlink(missing_ok=True)
            return None
        from xlsxwriter import Workbook

        with open(_owner_only(self.path, os.O_TRUNC), "w+b") as out:
            book = Workbook(out, {"constant_memory": True})
            sheet = book.add_worksheet()
            _row(sheet, 0, self.headers)
            for number, (_pass, _row_number, cells) in enumerate(islice(self._lines(), _MOST_ROWS), 1):
                _row(sheet, number, cells)
            book.close()
        return self.path

    def forget(self) -> None:
        """The journal is no longer needed once the import is noted as done."""
        self._journal.unlink(missing_ok=True)


def _append(path: Path, lines: Iterable[Any]) -> None:
    with open(_owner_only(path, os.O_APPEND), "a", encoding="utf-8") as journal:
        journal.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        journal.flush()
        os.fsync(journal.fileno())


def _row(sheet: Any, number: int, cells: Sequence[str]) -> None:
    """Strings as strings, so that nothing a stranger typed becomes a formula."""
    for place, cell in enumerate(cells):
        sheet.write_string(number, place, cell[:_LONGEST_CELL])


def _owner_only(path: Path, flags: int) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT | flags, 0o600)
    os.fchmod(handle, 0o600)
    return handle
