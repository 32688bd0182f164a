"""docs/obligations.md under test: each obligation has its row, and what the row names exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = "docs/obligations.md"
NUMBERS = [*range(1, 36), *range(56, 68)]
LETTERS = re.compile(r"S[0-4](, S[0-4])*")
NOT_KEPT = ("Not ours: ", "Not yet: ")


@cache
def rows() -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for line in (ROOT / PAGE).read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("|") and cells[0].isdecimal():
            assert int(cells[0]) not in found, f"{cells[0]} stands twice"
            found[int(cells[0])] = cells
    return found


def named(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    functions = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def missing(row: list[str]) -> list[str]:
    """What the row names and is not there."""
    _number, _what, _letter, kept, tests = row
    files = [name for name in named(kept) if not (ROOT / name).is_file()]
    for name in named(tests):
        path, _colons, function = name.partition("::")
        if not (ROOT / path).is_file() or (path.endswith(".py") and function not in functions_of(path)):
            files.append(name)
    return files


def test_every_obligation_has_its_row_and_no_other() -> None:
    assert sorted(rows()) == NUMBERS


@pytest.mark.parametrize("number", NUMBERS)
def test_a_row_names_what_there_is_or_says_why_not(number: int) -> None:
    row = rows()[number]
    assert len(row) == 5, row
    _number, what, letter, kept, tests = row
    assert LETTERS.fullmatch(letter) and 5 <= len(what.split()) <= 40, row
    if kept.startswith(NOT_KEPT):
        assert len(kept.split()) > 8 and not named(tests), row
    else:
        assert named(kept) and named(tests), row
        assert all(name.startswith("tests/") for name in named(tests)), row
    assert missing(row) == []


@pytest.mark.parametrize(
    "tests",
    ["`tests/rules/test_deadlines.py::test_that_was_deleted`", "`tests/gone.talk`", "`tests/test_gone.py::test_it`",
     "`tests/rules/test_deadlines.py`"],
)  # fmt: skip
def test_a_test_that_is_gone_would_be_found(tests: str) -> None:
    kept = "`handlers/rules/deadlines.py`"
    assert missing(["1", "the 48 hours", "S1", kept, tests]) == [tests.strip("`")]
    assert missing(["1", "the 48 hours", "S1", "`handlers/gone.py`", "`tests/talks/happy_path.talk`"])
