"""python -m bot import FILE: residents with doses, sites, staff, a backlog of complaints."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot import chance
from bot.clock import Clock
from bot.desk import Told, desk_of
from bot.imports import readers
from bot.imports.database import Writer
from bot.imports.job import Job
from bot.imports.kinds import recognise
from bot.imports.problems import FileProblem, Refused
from bot.imports.run import Advance, Import, check_migrated
from bot.imports.state import mark_of
from bot.imports.tables import opened
from bot.imports.template import write_template
from storage.vault import Vault

__all__ = ["FileProblem", "main", "write_template"]


class Settings(Told, Protocol):
    """What of bot/settings.py an import needs."""

    @property
    def database_url(self) -> str: ...
    @property
    def data_key(self) -> str: ...


def main(
    settings: Settings,
    file: str | Path,
    kind: str | None = None,
    as_of: str | None = None,
    *,
    clock: Clock | None = None,
    new_code: Callable[[str, int], str] = chance.code,
) -> int:
    """Imports the file and prints what became of it; 0 when all of it was read, 2 with a sentence if not."""
    try:
        print(_import(settings, Path(file), kind, as_of, clock or Clock(), new_code))
    except FileProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Đã dừng. Chạy lại cùng lệnh để nhập tiếp từ chỗ này.", file=sys.stderr)
        return 130
    return 0


def _import(
    settings: Settings,
    path: Path,
    kind_name: str | None,
    as_of: str | None,
    clock: Clock,
    new_code: Callable[[str, int], str],
) -> str:
    now = clock.now()
    with opened(path) as table:
        headers, total = table.headers, table.total
    kind, layout = recognise(headers, kind_name, path.name)
    told = _moment(as_of, now)
    vault = Vault(settings.data_key)
    mark = mark_of(path, kind.name, told.isoformat() if told else "")
    job = Job(layout, vault, now, clock.machine(), told, desk_of(settings), new_code, mark)
    with Writer(settings.database_url, vault) as writer:
        writer.write(check_migrated)
        one = Import(writer, kind, job, path, headers)
        with _progress(total * kind.passes, kind.title) as advance:
            fresh = one.run(advance)
        if not fresh:
            return f"{path.name}: tệp này đã được nhập trước đó; không có gì thay đổi."
        return _summary(one, path, layout.unknown)


def _moment(as_of: str | None, now: datetime) -> datetime | None:
    if as_of is None:
        return None
    try:
        told = readers.moment(as_of)
    except Refused:
        raise FileProblem('--as-of: hãy ghi như "2026-11-20 09:00".') from None
    if told > now:
        raise FileProblem("--as-of: thời điểm này còn ở tương lai.")
    return told


def _summary(one: Import, path: Path, unknown: tuple[str, ...]) -> str:
    state = one.state
    lines = [
        f"{path.name} ({one.kind.title.lower()}): nhập {state.kept} dòng, "
        f"bỏ qua {state.skipped} dòng (cũ hơn hoặc đã có), từ chối {state.refused} dòng."
    ]
    lines += [f"Xem: {beside}" for beside in one.written]
    if unknown:
        lines.append(f"Cột không dùng đến: {', '.join(unknown)}.")
    return "\n".join(lines)


@contextmanager
def _progress(total: int, title: str) -> Iterator[Advance]:
    """A bar by bytes read, for people; silent where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _position: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    shown = (TextColumn(title), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*shown, console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=total or None)
        yield lambda position: bar.update(task, completed=position)
