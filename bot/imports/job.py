"""What every kind of import is given, and the silhouette that every kind has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection

from bot.imports.columns import Column, Layout
from handlers.turn import Desk, Moment
from storage.vault import Vault


@dataclass(frozen=True)
class Job:
    """now: policy time; machine_now: for invites and the outbox; mark: this file's name among the facts."""

    layout: Layout
    vault: Vault
    now: datetime
    machine_now: datetime
    as_of: datetime | None
    desk: Desk
    new_code: Callable[[str, int], str]
    mark: str

    def has(self, *keys: str) -> bool:
        return any(key in self.layout.keys for key in keys)

    def moment(self, tx: Connection) -> Moment:
        return Moment(tx, self.now, self.machine_now, self.desk)


@dataclass
class Kept:
    """What became of a batch; refused rows by their number, beside is for FILE.<kind.beside>.xlsx."""

    kept: int = 0
    skipped: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    beside: list[tuple[int, list[str]]] = field(default_factory=list)


class Work(Protocol):
    """read: one row, without the database; keep: a batch; finish: True while more is left."""

    def read(self, values: dict[str, Any]) -> Any: ...
    def keep(self, tx: Connection, batch: list[tuple[int, Any]], pass_: int) -> Kept: ...
    def finish(self, tx: Connection) -> bool: ...


@dataclass(frozen=True)
class Kind:
    """passes: how often the file is read; again: whether a finished file may be imported once more."""

    name: str
    title: str
    columns: tuple[Column, ...]
    start: Callable[[Job], Work]
    notes: Sequence[str] = ()
    passes: int = 1
    again: bool = True
    beside: tuple[str, tuple[str, ...]] | None = None  # ("invites", headers)
