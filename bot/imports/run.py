"""Import one file: batch after batch, each with its progress in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect

from bot.imports import state as states
from bot.imports.beside import Beside
from bot.imports.database import Writer
from bot.imports.job import Job, Kept, Kind, Work
from bot.imports.problems import FileProblem, Refused
from bot.imports.state import State
from bot.imports.tables import Opened, opened
from storage import lists, tickets

BATCH = 500
TRIES = 5

Rows = list[tuple[int, list[str]]]
Advance = Callable[[int], None]


class Import:
    """One file on its way into the database."""

    def __init__(self, writer: Writer, kind: Kind, job: Job, file: Path, headers: list[str]) -> None:
        self.writer, self.kind, self.job, self.file = writer, kind, job, file
        self.work: Work = kind.start(job)
        self.errors = Beside(file, "errors", [*headers, "Lý do"])
        self.extra = Beside(file, *kind.beside) if kind.beside else None
        self.written: list[Path] = []
        self.state = State()

    def run(self, advance: Advance) -> bool:
        """False where this very file was imported before and must not be a second time."""
        self.state = self.writer.write(partial(states.load, mark=self.job.mark))
        if self.state.done:
            if not self.kind.again:
                return False
            self.state = State()
        for beside in self._beside():
            beside.resume(self.state.pass_, self.state.rows)
        while self.state.pass_ <= self.kind.passes:
            with opened(self.file) as table:
                for batch in batches(table, self.state.rows):
                    self.writer.write(partial(self._keep, batch=batch))
                    advance(table.position())
            self.state = replace(self.state, pass_=self.state.pass_ + 1, rows=0)
        while self._finish():
            pass
        self.written = [path for beside in self._beside() if (path := beside.write())]
        self.state.done = True
        self.writer.write(partial(states.keep, mark=self.job.mark, state=self.state))
        for beside in self._beside():
            beside.forget()
        return True

    def _finish(self) -> bool:
        """Anew where somebody at the desk acted on the same ticket or list at that moment."""
        for _try in range(TRIES):
            with suppress(tickets.Changed, lists.Changed):
                return self.writer.write(self.work.finish)
        return self.writer.write(self.work.finish)

    def _beside(self) -> list[Beside]:
        return [self.errors, *([self.extra] if self.extra else [])]

    def _keep(self, tx: Connection, batch: Rows) -> None:
        good: list[tuple[int, Any]] = []
        bad: list[tuple[int, str]] = []
        for number, cells in batch:
            try:
                good.append((number, self.work.read(self.job.layout.read(cells))))
            except Refused as problem:
                bad.append((number, str(problem)))
        first = self.state.pass_ == 1
        kept: Kept = self.work.keep(tx, good, self.state.pass_) if good else Kept()
        refused = sorted((bad if first else []) + kept.refused)
        state = replace(
            self.state,
            rows=batch[-1][0],
            kept=self.state.kept + (kept.kept if first else 0),
            skipped=self.state.skipped + (kept.skipped if first else 0),
            refused=self.state.refused + len(refused),
        )
        cells_of = dict(batch)
        width = len(self.errors.headers) - 1
        self.errors.add(state.pass_, [(n, [*_exactly(cells_of[n], width), reason]) for n, reason in refused])
        if self.extra:
            self.extra.add(state.pass_, kept.beside)
        states.keep(tx, self.job.mark, state)
        self.state = state


def _exactly(cells: list[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def batches(table: Opened, done: int) -> Iterator[Rows]:
    """Numbered rows that are not empty, after those that are done."""
    numbered = ((n, cells) for n, cells in enumerate(table.rows, 1) if n > done and any(cells))
    while batch := list(islice(numbered, BATCH)):
        yield batch


def check_migrated(tx: Connection) -> None:
    if not inspect(tx).has_table("facts"):
        raise FileProblem("Cơ sở dữ liệu chưa có bảng; hãy chạy trước: python -m bot migrate")
