"""What became of a workbook that came back, in words: how many of each, which rows were not taken and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.rules.names import fold
from locales import Text, Words, _, joined, lines, ngettext

NAMED = 20  # rows that are named; the rest are counted
RANGES = 30
NUMBERING = ("stt", "tt", "so tt", "so thu tu")  # a column that nobody misses

REASONS: dict[str, Words] = {
    "no_key": _("it has no row code"),
    "unknown_key": _("its row code is not on this list"),
    "twice": _("its row code stands in several rows with different answers"),
    "another": _("name and birth date do not belong to its row code"),
    "word": _("«{about}» is none of the four results"),
    "no_result": _("right data, but no result"),
    "unsaid": _("«Sai khác», but nothing in the columns «… đúng»"),
    "contradicts": _("right data that differ, but the result is not «Sai khác»"),
    "no_words": _("«Cần bổ sung», but «Ghi chú» does not say what"),
    "needs_number": _("the Platform has no right number: it belongs in «Số đúng», with «Sai khác»"),
    "number": _("«Số đúng» is neither a CCCD (12 digits) nor a CMND (9 digits)"),
    "name": _("«Họ tên đúng» cannot be a name: «{about}»"),
    "birth": _("«Ngày sinh đúng» cannot be a birth date: «{about}»"),
    "sex": _("«Giới tính đúng» is neither Nam nor Nữ: «{about}»"),
    "zero": _(
        "the right number has {about} digits; the spreadsheet may have dropped a 0: write all 12 (of a CMND: 9), as text"
    ),
    "long": _("«Ghi chú» is longer than 300 characters"),
}


@dataclass
class Taken:
    """counted: rows by verdict; refused: (row, code, about); the others are rows of the file, or places on the list."""

    counted: dict[str, int] = field(default_factory=dict)
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)  # places whose earlier verdict is another now
    silent: list[int] = field(default_factory=list)  # places without a result, in the file and before
    missing: list[int] = field(default_factory=list)  # places that the file leaves out
    asked: int = 0


def summary(taken: Taken, extra: Sequence[str], formulas: Sequence[int]) -> Text:
    n = {name: taken.counted.get(name, 0) for name in ("matches", "differs", "unknown", "supplement")}
    return lines(
        _("**Workbook read:** {n} rows kept.", n=sum(n.values())),
        _("Matches: {matches} · differs: {differs} · not in the population database: {unknown} · to be supplemented: {supplement}", **n),
        ngettext("{n} resident is asked for what is missing.", "{n} residents are asked for what is missing.", taken.asked)
        if taken.asked else None,
        *_refused(taken.refused),
        _people(_("Not in the file, as they were: {n} (no. {places})"), taken.missing),
        _people(_("Still without a result: {n} (no. {places})"), taken.silent),
        _people(_("Another result than before: {n} (no. {places})"), taken.changed),
        _("«Khớp», but with right data where we had none, so kept as «Sai khác»: row {rows}", rows=ranges(taken.filled))
        if taken.filled else None,
        _("Please look at these once more: a name without diacritics, or digits of the number that do not fit: row {rows}",
          rows=ranges(taken.doubtful)) if taken.doubtful else None,
        _("Changes in the given columns were not taken: row {rows}", rows=ranges(taken.touched)) if taken.touched else None,
        _("A formula without a value reads as empty: row {rows}", rows=ranges(formulas)) if formulas else None,
        unused(extra),
        _("All of it can still be changed until the list is signed and given back.") if sum(n.values()) else None,
    )  # fmt: skip


def unused(extra: Sequence[str]) -> Text | None:
    named = [f"«{name[:40]}»" for name in extra if fold(name) not in NUMBERING][:10]
    return _("Columns not used: {names}", names=joined(", ", *named)) if named else None


def _refused(refused: Sequence[tuple[int, str, str]]) -> list[Text]:
    if not refused:
        return []
    said: list[Text] = [ngettext("**{n} row not kept:**", "**{n} rows not kept:**", len(refused))]
    for row, code, about in refused[:NAMED]:
        reason = Words(REASONS[code].msgid, {"about": about})
        said.append(_("Row {row}: {reason}", row=row, reason=reason))
    if len(refused) > NAMED:
        said.append(_("… and {n} more.", n=len(refused) - NAMED))
    return said


def _people(text: Words, places: Sequence[int]) -> Text | None:
    return Words(text.msgid, {"n": len(places), "places": ranges(places)}) if places else None


def ranges(numbers: Sequence[int]) -> str:
    """«5, 17-20, 201»; at most so many, so that it can be read."""
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    said = [f"{first}" if first == last else f"{first}-{last}" for first, last in runs[:RANGES]]
    return ", ".join(said) + (" …" if len(runs) > RANGES else "")
