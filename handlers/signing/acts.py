"""What is pressed and typed about the day's doses; rights are asked anew each time."""

from __future__ import annotations

from datetime import date

from handlers.signing import chosen, minutes, overview, page, who
from handlers.signing.chosen import Place
from handlers.staff import menu, tokens
from handlers.turn import Turn
from locales import Text, _, ngettext
from storage import history, signatures, units

AGAIN = _("You have chosen otherwise since. Nothing was changed.")


def press(turn: Turn, token: str) -> None:
    """s:show[:PAGE] · s:days:UNIT[:PAGE] · s:day:UNIT:DAY, from an alert s:open:UNIT:DAY · s:page:UNIT:DAY:PAGE · s:pick:UNIT:DAY:RESIDENT:DOSE · s:all ·
    s:none · s:mine:UNIT:DAY · s:sign · s:undo · s:minutes:UNIT:DAY:MARK · s:on:UNIT:DAY:MARK:DAY of the minutes"""
    verb, *rest = token.partition(":")[2].split(":")
    if verb == "show":
        overview.show(turn, next(iter(tokens.numbers(rest)), None))
        return
    unit = next((units.find(turn.tx, number) for number in tokens.numbers(rest[:1])), None)
    if unit is None or not who.may(turn.tx, turn.member, unit):
        menu.no_access(turn)
        return
    if verb == "days":
        overview.days(turn, unit, next(iter(tokens.numbers(rest[1:2])), 0))
        return
    day = day_of(rest[1]) if len(rest) > 1 else None
    if day is None:
        menu.no_access(turn)
        return
    _at(turn, chosen.of(turn, unit, day), verb, rest[2:])


def _at(turn: Turn, place: Place, verb: str, rest: list[str]) -> None:
    numbers = tokens.numbers(rest)
    match verb, numbers:
        case (("day" | "open"), _):
            fresh = chosen.keep(turn, place, page=0, back=False, chosen=())
            page.show(turn, fresh, edit=verb == "day")
        case "mine", _:
            page.show(turn, chosen.keep(turn, place, page=0, back=True, chosen=()))
        case "page", [number]:
            page.show(turn, chosen.keep(turn, place, page=min(number, chosen.MOST)))
        case "pick", [resident, dose]:
            page.show(turn, chosen.toggle(turn, place, (resident, dose)))
        case "all", _:
            page.show(turn, chosen.keep(turn, place, chosen=tuple(chosen.all_of(turn, place))))
        case "none", _:
            page.show(turn, chosen.keep(turn, place, chosen=()))
        case _ if verb in ("sign", "undo", "minutes", "on"):
            _do(turn, place, verb, rest)
        case _:
            menu.no_access(turn)


def _do(turn: Turn, place: Place, verb: str, rest: list[str]) -> None:
    if not place.chosen or rest[:1] != [place.mark] or place.back != (verb == "undo"):
        page.show(turn, place, AGAIN)
    elif verb == "minutes":
        minutes.ask_number(turn, place)
    elif verb == "on":
        minutes.on(turn, place, rest[1] if len(rest) > 1 else "")
    elif verb == "undo":
        _undo(turn, place)
    else:
        tick(turn, place)


def tick(turn: Turn, place: Place, record: dict[str, str] | None = None) -> None:
    """record: the minutes that stand in for a signature."""
    assert turn.member is not None
    n = signatures.sign(turn.tx, place.unit.id, place.day, place.chosen, turn.now, turn.member.id, record)
    _note(turn, place, "minutes" if record else "signed", n)
    told: Text = ngettext("Ticked: {n} dose.", "Ticked: {n} doses.", n)
    if record:
        told = ngettext("Minutes {number} of {day} stand for {n} dose.", "Minutes {number} of {day} stand for {n} doses.", n,
                        number=record["number"], day=date.fromisoformat(record["day"]))  # fmt: skip
    if n < len(place.chosen):
        told = _("{told} The others had been ticked or signed meanwhile.", told=told)
    page.show(turn, chosen.keep(turn, place, chosen=(), page=0), told, edit=record is None)


def _undo(turn: Turn, place: Place) -> None:
    assert turn.member is not None
    since = chosen.since(turn)
    n = signatures.take_back(turn.tx, place.unit.id, place.day, place.chosen, turn.member.id, since)
    _note(turn, place, "sign_undone", n)
    told = ngettext("Taken back: {n} dose.", "Taken back: {n} doses.", n)
    page.show(turn, chosen.keep(turn, place, chosen=(), page=0, back=False), told)


def _note(turn: Turn, place: Place, what: str, n: int) -> None:
    assert turn.member is not None
    if n:
        history.audited(turn.tx, turn.now, what, staff_id=turn.member.id, talk_id=turn.talk.id,
                        unit=place.unit.id, day=place.day.isoformat(), n=n)  # fmt: skip


def day_of(part: str) -> date | None:
    if not (part.isascii() and part.isdecimal() and len(part) == 8):
        return None
    try:
        return date.fromisoformat(part)
    except ValueError:
        return None


def hear(turn: Turn, expects: dict[str, object], text: str) -> None:
    """The number or the day of minutes, typed."""
    unit = units.find(turn.tx, int(str(expects["unit"])))
    if unit is None or not who.may(turn.tx, turn.member, unit):
        menu.no_access(turn)
        return
    place = chosen.of(turn, unit, date.fromisoformat(str(expects["day"])))
    if not place.chosen or place.mark != expects["mark"] or place.back:
        page.show(turn, place, AGAIN, edit=False)
    elif "number" in expects:
        minutes.hear_day(turn, place, str(expects["number"]), text)
    else:
        minutes.hear_number(turn, place, text)
