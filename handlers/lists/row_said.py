"""What a row of a workbook that comes back says of its person, or why it cannot be taken; values in, values out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.lists import columns, right_value
from handlers.rules import days, names
from handlers.rules.names import fold

Cells = Mapping[str, str]
LONGEST = 300
STROKES = " -–—/\\._"
RESULTS = {fold(label): verdict for verdict, label in columns.VERDICTS.items()} | {
    **dict.fromkeys(("trung khop", "khop dung", "da khop", "dung", "matches"), "matches"),
    **dict.fromkeys(("sai", "khac", "sai lech", "khong khop", "differs"), "differs"),
    **dict.fromkeys(("khong co", "khong co trong csdl", "khong co trong csdlqg", "khong co trong csdl quoc gia",
                     "khong co trong co so du lieu", "khong co trong co so du lieu dan cu", "khong tim thay",
                     "khong co du lieu"), "unknown"),
    **dict.fromkeys(("bo sung", "can bo sung them", "phai bo sung"), "supplement"),
}  # fmt: skip
SEXES = {"nam": "male", "male": "male", "nu": "female", "female": "female"}


@dataclass(frozen=True)
class Said:
    """doubtful: a right value that is taken and should be looked at again. filled: «Khớp» with right data where we had
    none, so that it counts as «Sai khác»."""

    verdict: str
    corrected: dict[str, str]
    words: str
    doubtful: bool = False
    filled: bool = False


class Unclear(Exception):
    """code: of returned_words.REASONS; about: the words of the cell."""

    def __init__(self, code: str, about: str = "") -> None:
        super().__init__(code)
        self.code, self.about = code, about


def key_of(cells: Cells) -> str:
    return cells.get("key", "").replace(" ", "").upper()


def read(cells: Cells, given: Mapping[str, Any], today: date) -> Said | None:
    """None where nothing is said of the person; raises Unclear."""
    told, words = _said(cells.get("verdict")), cells.get("words", "")
    right = {field: text for field, column in columns.RIGHT.items() if (text := _said(cells.get(column)))}
    if len(words) > LONGEST:
        raise Unclear("long")
    if not told:
        if right:
            raise Unclear("no_result")
        return None
    verdict = RESULTS.get(fold(told))
    if verdict is None:
        raise Unclear("word", told[:40])
    values, doubtful = _right(right, given, today)
    if verdict == "differs":
        if not values:
            raise Unclear("unsaid")
        return Said(verdict, values, words, doubtful)
    others = {field: value for field, value in values.items() if not _same(field, value, given.get(field))}
    if verdict == "matches" and others and not any(given.get(field) for field in others):
        return Said("differs", others, words, doubtful, filled=True)
    if others:
        raise Unclear("contradicts")
    if verdict == "supplement" and not words:
        raise Unclear("no_words")
    return Said(verdict, {}, words)


def _said(cell: str | None) -> str:
    """A stroke through an empty cell says nothing."""
    return cell if cell and cell.strip(STROKES) else ""


def _right(right: Mapping[str, str], given: Mapping[str, Any], today: date) -> tuple[dict[str, str], bool]:
    """The right values, the number last: its digits are held against the others."""
    values: dict[str, str] = {}
    doubtful = False
    for field in sorted(right, key=lambda field: field == "number"):
        text, beside = right[field], {**given, **values}
        value, problem = right_value.read(field, text, beside, today)
        if problem and right_value.soft(problem):
            doubtful = True
            value, problem = right_value.read(field, text, beside, today, again=True)
        if value is None:
            # The work of a spreadsheet that takes it for a number; which digit is gone is not guessed.
            if field == "number" and right_value.lost_zeros(text):
                raise Unclear("zero", str(len(text)))
            raise Unclear(field, text[:40])
        values[field] = value
    return values, doubtful


def is_another(cells: Cells, given: Mapping[str, Any]) -> bool:
    """Whether the row's code has come to stand beside somebody else: name and birth date are not those of the line. Two
    may have the same name, or the same year alone, so that only the number makes up for one that differs."""
    name = _off("name", cells, given) and names.compare(cells["name"], str(given["name"])) == "different"
    birth = _off("birth", cells, given)
    number = bool(cells.get("number")) and _same("number", cells["number"], given.get("number"))
    return (name and birth) or ((name or birth) and not number)


def is_touched(cells: Cells, given: Mapping[str, Any]) -> bool:
    """Whether something was written where only what was given stands."""
    fields = ("name", "birth", "sex", "number")
    return any(
        cells.get(field) and not _same(field, _as_given(field, cells[field]), given.get(field))
        for field in fields
    )


def _off(field: str, cells: Cells, given: Mapping[str, Any]) -> bool:
    """Both say something, and not the same."""
    said, known = cells.get(field), given.get(field)
    return bool(said and known) and not _same(field, _as_given(field, said or ""), known)


def _as_given(field: str, text: str) -> str:
    if field == "birth":
        day = days.read_day(text, year_only=True)
        return text if isinstance(day, str) else day.iso()
    return SEXES.get(fold(text), text) if field == "sex" else text


def _same(field: str, said: str, known: object) -> bool:
    known = str(known or "")
    if field == "name":
        return names.tone_key(said) == names.tone_key(known)
    if field == "number":  # a spreadsheet drops leading zeros
        return _plain(said).lstrip("0") == _plain(known).lstrip("0")
    return said == known


def _plain(text: str) -> str:
    return fold(text).replace(" ", "").upper()
