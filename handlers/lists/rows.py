"""People of a unit's own round: typed one by one, or the rows of a workbook; who cannot be on the list is named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from handlers.lists import adding
from handlers.questions_person import DAY_PROBLEMS, NAME_PROBLEMS, NUMBER_PROBLEMS
from handlers.rules import days, list_rows
from handlers.rules import lists as rules
from handlers.rules.list_rows import Not, Person
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines, ngettext
from storage import list_people, lists
from storage.lists import List

MOST = 2_000  # on one list
NAMED = 20  # rows in a summary

PROBLEMS: dict[str, dict[str, Words]] = {
    "line": {"parts": _("Please type name, birth date, sex, number, with commas between them.")},
    "name": NAME_PROBLEMS,
    "birth": DAY_PROBLEMS,
    "sex": {"unknown": _("The sex is «nam» or «nữ».")},
    "number": {
        **NUMBER_PROBLEMS,
        "letters": _(
            "That is no CCCD (12 digits) and no CMND (9 digits). Only Vietnamese citizens are on a list."
        ),
    },
}
# The same of a row in a workbook, where nobody is asked to type anything; by field, and by why where that says more.
IN_A_ROW: dict[str, Words] = {
    "name": _("the name cannot be right: «{said}»"),
    "name:empty": _("there is no name"),
    "birth": _("the birth date cannot be read: «{said}»"),
    "birth:empty": _("there is no birth date"),
    "birth:no_such_day": _("there is no such day in the calendar: «{said}»"),
    "birth:two_digit_year": _("the birth year needs four digits: «{said}»"),
    "birth:future": _("the birth date cannot be right: «{said}»"),
    "birth:too_old": _("the birth date cannot be right: «{said}»"),
    "sex": _("the sex is neither Nam nor Nữ: «{said}»"),
}
ODD: dict[str, Words] = {
    "diacritics": _("The name has no diacritics: please look again."),
    "birth_year": _("The birth year inside the number is another: please look again."),
    "sex": _("The sex inside the number is another: please look again."),
}


@dataclass
class Added:
    """Of rows, by their numbers: foreign ones (S1) and doubles are set aside, bad ones say why."""

    n: int = 0
    foreign: list[int] = field(default_factory=list)
    doubles: list[int] = field(default_factory=list)
    full: list[int] = field(default_factory=list)
    numberless: list[int] = field(default_factory=list)
    bad: list[tuple[int, Words]] = field(default_factory=list)

    def words(self) -> Text:
        bad = [_("Row {n}: {why}", n=row, why=why) for row, why in self.bad[:NAMED]]
        more = len(self.bad) - NAMED
        return lines(
            ngettext("Put on the draft list: {n} person.", "Put on the draft list: {n} persons.", self.n),
            _("Not Vietnamese citizens, so without police verification: {n} (rows {rows})", n=len(self.foreign),
              rows=numbers(self.foreign)) if self.foreign else None,
            _("On the list already: {n} (rows {rows})", n=len(self.doubles), rows=numbers(self.doubles))
            if self.doubles else None,
            _("The list is full with {most}; for another list: {n} (from row {row})", most=MOST, n=len(self.full),
              row=self.full[0]) if self.full else None,
            _("Without a number, or with one in a wrong format; the police write the right one: {n} (rows {rows})",
              n=len(self.numberless), rows=numbers(self.numberless)) if self.numberless else None,
            _("Not understood: {n}", n=len(self.bad)) if self.bad else None,
            *bad,
            _("… and {n} more", n=more) if more > 0 else None,
        )  # fmt: skip


def numbers(rows: Sequence[int]) -> str:
    """«3, 17, 25 …»: the first ones."""
    return ", ".join(map(str, rows[:NAMED])) + (" …" if len(rows) > NAMED else "")


def problem(wrong: Not) -> Words:
    table = PROBLEMS[wrong.field]
    return table.get(wrong.why) or next(iter(table.values()))


def in_a_row(field: str, why: str, said: object) -> Words:
    return Words((IN_A_ROW.get(f"{field}:{why}") or IN_A_ROW[field]).msgid, {"said": str(said)[:40]})


def odd(person: Person) -> list[Text]:
    return [ODD[one] for one in person.odd]


def add_rows(turn: Turn, found: List, rows: Sequence[Mapping[str, Any]]) -> Added:
    """rows: name, birth (as stored: "1995-03-05" or "1952"), sex (male · female), number, foreign, residence, phone, and
    row, its number in the workbook. Only for a draft of a unit's own round; raises lists.Changed."""
    assert found.state == "draft" and found.kind == "round"
    lists.hold(turn.tx, found)
    done = Added()
    on = list_people.of_list(turn.tx, found.id)
    known = Known(line.given for line in on)
    entries: list[adding.Entry] = []
    for place, values in enumerate(rows, 1):
        row = int(values.get("row") or place)
        if values.get("foreign"):
            done.foreign.append(row)
            continue
        given = _given(turn, values)
        if isinstance(given, Words):
            done.bad.append((row, given))
        elif known.has(given):
            done.doubles.append(row)
        elif len(on) + len(entries) >= MOST:
            done.full.append(row)
        else:
            known.add(given)
            fault = fault_of(turn, given)
            done.numberless += [row] if fault else []
            entries.append(adding.Entry(given, False, fault))
    done.n = adding.add(turn, found, entries).count(None)
    return done


def fault_of(turn: Turn, given: Mapping[str, Any]) -> str | None:
    """Without a well-formed number «khớp» would say nothing; else nothing is known to be wrong."""
    fault = rules.fault_of({"national_id": given.get("number")}, turn.today)
    return fault if fault in rules.BY_FILE else None


def _given(turn: Turn, values: Mapping[str, Any]) -> dict[str, Any] | Words:
    if not values.get("birth"):
        return in_a_row("birth", "empty", "")
    number = str(values.get("number") or "") or None
    person = list_rows.check(
        str(values.get("name") or ""), str(values["birth"]), values.get("sex"), number, turn.today
    )
    if isinstance(person, Not) and person.field == "number":  # the police say which is right
        without = list_rows.check(
            str(values["name"]), str(values["birth"]), values.get("sex"), None, turn.today
        )
        person = (
            without if isinstance(without, Not) else Person(without.name, without.birth, without.sex, number)
        )
    if isinstance(person, Not):
        said = days.Day.of(str(values["birth"])).text() if person.field == "birth" else values.get("name")
        return in_a_row(person.field, person.why, said or "")
    more = {name: values.get(name) for name in ("residence", "phone")}
    return given_of(person) | {name: str(value) for name, value in more.items() if value}


def given_of(person: Person) -> dict[str, Any]:
    known = {"name": person.name, "birth": person.birth, "sex": person.sex, "number": person.number}
    return {name: value for name, value in known.items() if value}


class Known:
    """Who is on the list. The same person: the same number, or the same name and birth date, but for two numbers of one
    kind: where births are known by the year alone, two Giàng A Páo of 1952 are nothing rare."""

    def __init__(self, on: Iterable[Mapping[str, Any]]) -> None:
        self._numbers: set[str] = set()
        self._people: dict[tuple[str, str], set[str]] = {}
        for given in on:
            self.add(given)

    def add(self, given: Mapping[str, Any]) -> None:
        number = str(given.get("number") or "")
        self._numbers |= {number} if number else set()
        self._people.setdefault(_person(given), set()).add(number)

    def has(self, given: Mapping[str, Any]) -> bool:
        number = str(given.get("number") or "")
        if number and number in self._numbers:
            return True
        theirs = self._people.get(_person(given))
        return theirs is not None and not (number and all(len(one) == len(number) for one in theirs))


def _person(given: Mapping[str, Any]) -> tuple[str, str]:
    return list_rows.person_key(str(given.get("name") or ""), str(given.get("birth") or ""))


def add_line(turn: Turn, found: List, text: str) -> tuple[bool, Text]:
    """What was typed, and what came of it."""
    person = list_rows.read_line(text, turn.today)
    if isinstance(person, Not):
        return False, problem(person)
    done = add_rows(turn, found, [given_of(person)])
    if done.doubles:
        return False, _("{name} is on the list already.", name=person.name)
    if done.full:
        return False, _("The list is full with {most}.", most=MOST)
    n = list_people.counts(turn.tx, found.id).n
    told = joined(" · ", _("Added: {name}", name=person.name), ngettext("{n} person", "{n} persons", n))
    return True, lines(told, *odd(person))
