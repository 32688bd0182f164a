"""A list in words: which one, whose turn it is, until when, how far; never anybody's data."""

from __future__ import annotations

from datetime import date

from handlers import wording
from handlers.lists import answerable
from handlers.rules import lists as rules
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
# What S4 §1 calls wrong; what the police may say; S2's words for what cannot be put right.
FAULTS: dict[str, Words] = {
    "missing": _("no number"),
    "format": _("number in a wrong format"),
    "personal": _("wrong personal data"),
}
VERDICTS: dict[str, Words] = {
    "matches": _("matches"),
    "differs": _("differs"),
    "unknown": _("not in the population database"),
    "supplement": _("supplement needed"),
}
OUTCOMES: dict[str, Words] = {
    "no_information": _("no information"),
    "moved_away": _("has moved away"),
    "cannot_enter": _("verified, cannot be entered"),
    "not_verified": _("could not be verified"),
    "duplicate": _("duplicate"),
    "adjust": _("needs adjusting"),
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
        _answer_due(turn, found),
        _(
            "Made by: {unit}, {day}",
            unit=units.get(turn.tx, found.maker_id).name,
            day=found.day or found.made_at,
        ),
        *answerable.of_list(turn, found),
        ngettext("{n} person", "{n} persons", n.n),
        _("Compared: {said} of {n}", said=n.said, n=n.n) if found.state == "police" else None,
        _("Entered on the Platform: {updated} of {n}", updated=n.updated, n=n.n)
        if found.state == "back"
        else None,
        _("Finished: {settled} of {n}", settled=n.settled, n=n.n)
        if found.state in ("back", "done")
        else None,
        signed(found),
        returned(found),
        _checked_next(turn, found),
    )


def _checked_next(turn: Turn | Moment, found: List) -> Text | None:
    """What is waited for where everybody left is ticked off."""
    left = list_people.left(turn.tx, found.id) if found.state == "back" else []
    if not left or not all(ticked for _fault, _verdict, ticked, _n in left):
        return None
    return _("Nothing is left to do here: the next import of data checks it.")


def clock(turn: Turn | Moment, found: List) -> Text | None:
    """The two days of S1, as long as they run, also while the People's Committee has given it back to its maker."""
    if found.due_at is None or found.state not in ("draft", *AWAY):
        return None
    return _("Back due: {before} ({left})", before=wording.before(found.due_at, turn.now),
             left=wording.time_left(found.due_at, turn.now))  # fmt: skip


def _answer_due(turn: Turn | Moment, found: List) -> Text | None:
    """The other clock: the 48 hours of its residents run on, and may well end before the two days do."""
    first = list_people.first_due(turn.tx, found.id) if found.state in (*AWAY, "back") else None
    if first is None:
        return None
    return _("Residents wait for an answer (48 hours): the first {before} ({left})",
             before=wording.before(first, turn.now), left=wording.time_left(first, turn.now))  # fmt: skip


def signed(found: List) -> Text | None:
    if not found.signed:
        return None
    signed = {**found.signed, "day": date.fromisoformat(found.signed["day"])}
    return _("Signed: {ref}, {day}, {by}", **signed)


def returned(found: List) -> Text | None:
    """Whether the police kept the two days of S1."""
    if found.returned_at is None or found.due_at is None:
        return None
    if found.returned_at < rules.passed(found.due_at):
        return _("Back {at}, on time", at=found.returned_at)
    return _("Back {at}, {time} late", at=found.returned_at, time=found.returned_at - found.due_at)
