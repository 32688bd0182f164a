"""The words of a message about lists: which, whose turn, how far, until when; never anybody's data."""

from __future__ import annotations

from enum import IntEnum

from handlers.lists import moments, words
from handlers.turn import Moment
from locales import Text, Words, _, joined, lines, ngettext
from storage import list_people, staff, units
from storage.lists import List
from storage.staff import Staff

SHOWN = 10


class Tone(IntEnum):
    BACK = 0
    NEW = 1
    NOBODY = 2
    REMIND = 3
    CLEANING = 4
    LATE = 5


# A message begins with a word: neither colour nor a picture alone says how grave it is.
HEADS: dict[Tone, Words] = {
    Tone.BACK: _("Back from the police"),
    Tone.NEW: _("Verification list: your turn"),
    Tone.NOBODY: _("⚠ Please bring it on paper"),
    Tone.REMIND: _("Reminder: last day"),
    Tone.CLEANING: _("The cleaning should be finished"),
    Tone.LATE: _("List OVERDUE"),
}

Told = list[tuple[Tone, List, str]]  # the gravest of each list, with its rung


def message(moment: Moment, person: Staff, told: Told) -> Text:
    head = HEADS[told[0][0]]
    if len(told) == 1:
        return lines(
            joined("", "**", head, "**"), _facts(moment, person, *told[0][:2]), _what(moment, *told[0])
        )
    more = len(told) - SHOWN
    return lines(
        joined(" · ", joined("", "**", head, "**"), ngettext("{n} list", "{n} lists", len(told))),
        *(_facts(moment, person, tone, found) for tone, found, _rung in told[:SHOWN]),
        _("and {n} more", n=more) if more > 0 else None,
    )


def _facts(moment: Moment, person: Staff, tone: Tone, found: List) -> Text:
    """«Danh sách số 12/2026 · Trạm Y tế xã Hạnh Phúc · ở Công an xã · 12/40 đã đối chiếu · quá hạn 3 giờ»."""
    n = list_people.counts(moment.tx, found.id)
    parts: list[Text] = [joined("", "**", words.name(found), "**")]
    if not person.at(found.maker_id):
        parts.append(units.get(moment.tx, found.maker_id).name)
    parts.append(ngettext("{n} person", "{n} persons", n.n))
    if not (tone is Tone.NEW and person.at(found.police_id)):
        parts.append(words.STATES[found.state])
    if found.state == "police" and n.said:
        parts.append(_("{said} of {n} compared", said=n.said, n=n.n))
    if found.state == "back":
        parts.append(_("{settled} of {n} finished", settled=n.settled, n=n.n) if n.settled else "")
    return joined(" · ", *(part for part in (*parts, _clock(moment, tone, found)) if part))


def _clock(moment: Moment, tone: Tone, found: List) -> Text | None:
    if tone is Tone.BACK:
        return words.returned(found)
    if tone is Tone.CLEANING:
        return _("to be finished by {at}", at=found.finish_by)
    if tone is Tone.LATE and found.due_at:
        return _("overdue by {time}", time=moment.now - found.due_at)
    return words.clock(moment, found)


def _what(moment: Moment, tone: Tone, found: List, rung: str) -> Text | None:
    """What to do now, where it is not plain."""
    if tone is Tone.NOBODY:
        return _nobody(moment, found)
    if tone is not Tone.NEW:
        return None
    match found.state:
        case "police":
            return _("Please compare, sign and give it back. The two days run from the day it was made.")
        case "through":
            return _(
                "Please look through it and pass it on to the police. The two days run from the day it was made."
            )
        case "hamlet":
            return _("The hamlet's Project 06 team reviews it first; then pass it on to the police. The two days run from today.")  # fmt: skip
    return _("The People's Committee has given it back to be mended. The two days run on.")


def _nobody(moment: Moment, found: List) -> Text:
    unit = units.get(moment.tx, moments.holds(found))
    paper = _("Please print the list (PDF), bring it on paper, and enter what comes back.")
    if not staff.members(moment.tx, unit.id):
        return joined(" ", _("Nobody at {unit} has joined yet.", unit=unit.name), paper)
    return joined(" ", _("Nobody at {unit} can be reached.", unit=unit.name), paper)
