"""A list in words: which one, whose turn it is, until when, how far; never anybody's data."""

from __future__ import annotations

from handlers import wording
from handlers.turn import Moment, Turn
from locales import Text, Words, _, joined, lines, ngettext
from storage import list_people, units
from storage.lists import AWAY, List

KINDS: dict[str, Words] = {
    "cleaning": _("Cleaning of data"),
    "tickets": _("Residents' reports"),
    "round": _("Round of vaccination"),
}
STATES: dict[str, Words] = {
    "draft": _("being made"),
    "through": _("at the People's Committee"),
    "hamlet": _("with the hamlet's team"),
    "police": _("at the police"),
    "back": _("back, to be entered on the Platform"),
    "done": _("finished"),
    "dropped": _("given up"),
}


def name(found: List) -> Text:
    """«Danh sách số 12/2026»; a draft has no number yet."""
    if found.number is None:
        return _("Draft list")
    return _("List {number}/{year}", number=found.number, year=found.year)


def card(turn: Turn | Moment, found: List) -> Text:
    n = list_people.counts(turn.tx, found.id)
    return lines(
        joined(
            " · ",
            joined("", "**", name(found), "**"),
            KINDS[found.kind],
            *([found.title] if found.title else []),
        ),
        _("State: {state}", state=STATES[found.state]),
        clock(turn, found),
        _(
            "Made by: {unit}, {day}",
            unit=units.get(turn.tx, found.maker_id).name,
            day=found.day or found.made_at,
        ),
        _("Police: {unit}", unit=units.get(turn.tx, found.police_id).name),
        ngettext("{n} person", "{n} persons", n.n),
        _("Compared: {said} of {n}", said=n.said, n=n.n) if found.state == "police" else None,
        _("Finished: {settled} of {n}", settled=n.settled, n=n.n)
        if found.state in ("back", "done")
        else None,
        signed(found),
    )


def clock(turn: Turn | Moment, found: List) -> Text | None:
    """The two days of S1, as long as they run; the end of the campaign beside it."""
    if found.due_at is None or found.state not in AWAY:
        return None
    return _("Back due: {before} ({left})", before=wording.before(found.due_at, turn.now),
             left=wording.time_left(found.due_at, turn.now))  # fmt: skip


def signed(found: List) -> Text | None:
    if not found.signed:
        return None
    return _("Signed: {ref}, {day}, {by}", **found.signed)
