"""How far an import is: one fact, written in the same transaction as the rows that it counts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection

from storage import facts


@dataclass
class State:
    """rows: how many of this pass are committed; the rest is counted over the whole import."""

    pass_: int = 1
    rows: int = 0
    kept: int = 0
    skipped: int = 0
    refused: int = 0
    done: bool = False


def mark_of(file: Path, *said: str) -> str:
    """The file by its content, with whatever else changes what its rows mean."""
    digest = hashlib.sha256("\0".join(said).encode())
    with file.open("rb") as content:
        while block := content.read(1 << 20):
            digest.update(block)
    return f"import:{digest.hexdigest()[:32]}"


def load(tx: Connection, mark: str) -> State:
    kept = facts.get(tx, mark)
    return State(**json.loads(kept)) if kept else State()


def keep(tx: Connection, mark: str, state: State) -> None:
    facts.keep(tx, mark, json.dumps(asdict(state)))
