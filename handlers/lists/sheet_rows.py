"""What stands in the files of a list; read at delivery, for whoever still may have it then. Official papers: Vietnamese."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from unicodedata import category

from sqlalchemy import Connection

from handlers import wording_changes
from handlers.lists import columns, for_import, paper_words, rights
from handlers.lists import words as list_words
from handlers.lists.rights import Rights
from handlers.rules import days
from handlers.rules.lists import NUMBERS
from locales import Text, Words, _, joined, say
from storage import list_people, lists, people, places, reports, staff, tickets, units
from storage.list_people import Line
from storage.lists import List

LANG = "vi"
LONGEST = 300  # of a remark in a cell; names and numbers are shorter than that anyway
FIELDS: dict[str, Words] = {
    **wording_changes.FIELDS, "national_id": _("CCCD"), "old_id": _("CMND"), "passport": _("Passport"),
}  # fmt: skip
NUMBER_KEYS = ("number", *NUMBERS)

# Who may have which file, and while the list is where.
MAY: dict[str, Callable[[List, Rights], bool]] = {
    "list_sheet": lambda found, may: found.state == "police" and (may.police or may.make),
    "list_paper": lambda found, may: found.state not in ("draft", "dropped") and may.people,
    "platform_sheet": lambda found, may: found.state == "back" and may.make,
}


def begins(found: List) -> str:
    """How the file's name begins: DS-12-2026."""
    return f"DS-{found.number}-{found.year}"


def people_of(tx: Connection, kind: str, found: List) -> list[Line]:
    if kind == "platform_sheet":
        return for_import.people(tx, found)
    return list_people.of_list(tx, found.id)


def given(tx: Connection, spec: dict[str, Any]) -> dict[str, Any]:
    """{"title", "head", "rows", "none", …}: what is drawn; nobody is on it for who has left the unit since, nor once the
    list is somewhere else."""
    found, member = lists.get(tx, spec["list"]), staff.get(tx, spec["staff"])
    allowed = member is not None and MAY[spec["render"]](found, rights.of(tx, member, found))
    people_on = people_of(tx, spec["render"], found) if allowed else []
    drawn = {
        "title": say(list_words.name(found), LANG),
        "none": say(_("Nobody is left on this file."), LANG),
    }
    if spec["render"] == "platform_sheet":
        return {**drawn, "rows": [platform_row(tx, line) for line in people_on]}
    rows = [row(tx, found, line) for line in people_on]
    return {
        **drawn,
        "mark": columns.mark(found.id, found.maker_id),
        "head": head(tx, found, len(people_on)),
        "rows": rows,
        "unsaid": [
            key for key in columns.MAYBE if not any(one[key] for one in rows) and not _wanted(key, found)
        ],
        "words": {name: say(text, LANG) for name, text in paper_words.WORDS.items()},
        "maker": units.get(tx, found.maker_id).name,
        "police": units.get(tx, found.police_id).name,
        "station": units.get(tx, found.maker_id).kind == "station",
        "signed": say(signed, LANG) if (signed := list_words.signed(found)) else "",
    }


def head(tx: Connection, found: List, n: int) -> list[str]:
    """Number and date, who made it, whose police, until when it is back; how many."""
    told: list[Text] = [
        _("{list}, {day}", list=list_words.name(found), day=found.day or ""),
        *([found.title] if found.title else []),
        _("Made by: {unit}", unit=units.get(tx, found.maker_id).name),
        _("Police: {unit}", unit=units.get(tx, found.police_id).name),
        _("Back due: {at} · {n} persons", at=found.due_at or "", n=n),
    ]
    return [say(one, LANG) for one in told]


def _wanted(key: str, found: List) -> bool:
    """The hamlet's team has the paper before it, and room to write on it."""
    return key == "reviewed" and found.state == "hamlet"


def row(tx: Connection, found: List, line: Line) -> dict[str, str]:
    """By the key of the column; the number in full."""
    known, right = line.given, line.corrected or {}
    cells: dict[str, Text | None] = {
        "place": str(line.place),
        "key": line.key,
        **{field: value(field, known.get(field)) for field in ("name", "birth", "sex", "number")},
        "residence": known.get("residence") or _residence(tx, line),
        "shown": _shown(found, line),
        "reviewed": line.reviewed,
        "verdict": columns.VERDICTS.get(line.verdict or ""),
        **{columns.RIGHT[field]: value(field, right.get(field)) for field in columns.RIGHT},
        "words": line.words,
    }
    return {"said": line.verdict or "", **{key: short(say(cell or "", LANG)) for key, cell in cells.items()}}


def value(field: str, what: Any) -> str:
    """As it is written on paper."""
    if not what:
        return ""
    if field == "birth":
        return days.Day.of(str(what)).text()
    return columns.SEXES.get(str(what), str(what)) if field == "sex" else str(what)


def short(cell: str) -> str:
    """Without what no workbook can hold."""
    cell = "".join(letter if category(letter) != "Cc" else " " for letter in cell)
    return cell if len(cell) <= LONGEST else cell[: LONGEST - 1] + "…"


def _shown(found: List, line: Line) -> Text:
    """«Họ tên: Giang A Pao; CCCD: chưa có», or else what is wrong; of a site's own round nobody knows what stands there."""
    shown = {
        field: value(field, what)
        for field, what in (line.given.get("shown") or {}).items()
        if field in FIELDS
    }
    parts: list[Text] = [joined(": ", FIELDS[field], said) for field, said in shown.items() if said]
    if found.kind != "round" and line.fault == "missing" and not any(shown.get(key) for key in NUMBER_KEYS):
        parts.append(joined(": ", FIELDS["number"], _("none yet")))
    if not parts and found.kind != "round" and line.fault in list_words.FAULTS:
        parts.append(list_words.FAULTS[line.fault])
    return joined("; ", *parts)


def commune_of(tx: Connection, line: Line) -> str | None:
    """Of permanent residence: «2025:04585», as the Platform or the report says it."""
    found = people.get(tx, line.resident_id).details.get("commune") if line.resident_id else None
    if not found and line.ticket_id:
        found = reports.get(tx, tickets.get(tx, line.ticket_id).report_id).about.get("permanent")
    return str(found) if found else None


def _residence(tx: Connection, line: Line) -> str:
    list_, _colon, code = (commune_of(tx, line) or "").partition(":")
    found = places.commune(tx, list_, code)
    return f"{found.name}, {found.province}" if found else ""


def platform_row(tx: Connection, line: Line) -> list[str]:
    """The right values of one person, in the order of columns.PLATFORM."""
    right = {**line.given, **(line.corrected or {})}
    code = (commune_of(tx, line) or "").partition(":")[2]
    values = [value(field, right.get(field)) for field in ("name", "birth", "sex", "number", "phone")]
    return [short(one) for one in (*values, code)]
