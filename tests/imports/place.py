"""A directory with a desk's database, and the files that are brought to it."""

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from openpyxl import load_workbook
from sqlalchemy import Connection, func, select
from sqlalchemy.engine import Engine
from xlsxwriter import Workbook

from bot import imports
from bot.clock import Clock
from storage import people
from storage.vault import new_key

KEY = new_key()
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # 16:00 in Vietnam

T = TypeVar("T")


def cells(line: str) -> list[str]:
    """«a|b|c» as a row: shorter to read than three strings."""
    return line.split("|")


class Stopped(Clock):
    """A clock that stands still."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def machine(self) -> datetime:
        return self.at


@dataclass
class Place:
    """A directory with a database and the files that are brought to it."""

    path: Path
    engine: Engine
    now: datetime = NOW
    codes: Iterator[int] = field(default_factory=itertools.count)

    url: str = ""  # of another database than the one in the directory

    @property
    def database_url(self) -> str:
        return self.url or f"sqlite:///{self.path}/desk.db"

    @property
    def data_key(self) -> str:
        return KEY

    def csv(self, rows: Iterable[Sequence[str]], name: str = "in.csv", delimiter: str = ",") -> Path:
        with (self.path / name).open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return self.path / name

    def xlsx(self, rows: Sequence[Sequence[object]], name: str = "in.xlsx") -> Path:
        book = Workbook(self.path / name, {"default_date_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.close()
        return self.path / name

    official_portal_url = "https://tiemchungcovid19.gov.vn"
    hotline = "1900 9095"
    sms_url = ""
    public_url = "http://127.0.0.1:8080"
    keep_months = 24
    zalo_oa_id = ""

    def imports(self, file: Path, kind: str | None = None, as_of: str | None = None) -> int:
        return imports.main(self, file, kind, as_of, clock=Stopped(self.now), new_code=self.code)

    def code(self, alphabet: str, length: int) -> str:
        number = next(self.codes)
        digits = []
        for _place in range(length):
            number, digit = divmod(number, len(alphabet))
            digits.append(alphabet[digit])
        return "".join(reversed(digits))

    def read(self, fn: Callable[[Connection], T]) -> T:
        with self.engine.begin() as tx:
            return fn(tx)

    def count(self, table: Any) -> int:
        return self.read(lambda tx: tx.execute(select(func.count()).select_from(table)).scalar_one())

    def person(self, number: str) -> people.Resident:
        found = self.read(lambda tx: people.with_number(tx, number))
        assert len(found) == 1
        return found[0]

    def table(self, name: str) -> list[tuple[str, ...]]:
        """The rows of a workbook that the import left."""
        rows = load_workbook(self.path / name).active.iter_rows(values_only=True)
        return [tuple(str(cell or "") for cell in row) for row in rows]
