"""«Xử lý sau» (letter 9458, result 2.2): a reason and a day; neither closes the ticket nor stops its clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from handlers import desk
from handlers.reply import Button
from handlers.rules import days
from handlers.staff import canned_words
from handlers.staff.acting import Expects, ask_words, token
from handlers.staff.saying import ask_or_fill_in, asks, draft, drafted, filled_in, sent
from handlers.turn import Turn
from locales import Text, _, lines, ngettext
from storage.tickets import Ticket

LATEST = timedelta(days=30)
SOON = (1, 3, 7)  # days offered as buttons
WHEN = _("Until which day? Press one, or type it, for example 31/12.")


def hear_later(turn: Turn, ticket: Ticket, expects: Expects, text: str) -> Text | None:
    """First the reason, then the day."""
    if "words" not in expects:
        _ask_day(turn, ticket, text, WHEN)
        return None
    return _put_off(turn, ticket, canned_words.spoken(expects), day_meant(turn, text))


def later(turn: Turn, ticket: Ticket, arg: str) -> Text | None:
    """Without a day it asks for the reason; a pressed day belongs to the reason that was given before."""
    reason = filled_in(turn, ticket, "later", arg)
    if reason:
        _ask_day(turn, ticket, reason, WHEN)
        return None
    words = drafted(turn, ticket, "later")
    if not arg or not words:
        ask_or_fill_in(turn, ticket, "later", asks("later", ticket))
        return None
    return _put_off(turn, ticket, words, day_meant(turn, arg))


def _ask_day(turn: Turn, ticket: Ticket, words: Text, text: Text) -> None:
    buttons = soon(turn, lambda day: token(ticket, f"later:{day}"))
    told = lines(_("To the resident: «{words}»", words=words), text)
    ask_words(turn, ticket, "later", told, *buttons, **canned_words.kept(words))
    draft(turn, ticket, "later", words)


def soon(turn: Turn, token_of: Callable[[str], str]) -> list[Button]:
    days_ = [(n, turn.today + timedelta(days=n)) for n in SOON]
    return [
        Button(ngettext("In {n} day: {day}", "In {n} days: {day}", n, day=day), token_of(f"{day:%d/%m/%Y}"))
        for n, day in days_
    ]


def too_far(turn: Turn) -> Text:
    return _("Please type a day from tomorrow to {day}.", day=turn.today + LATEST)


def day_meant(turn: Turn, text: str) -> date | None:
    """The day meant; one without a year is the next of that name."""
    for year in ("", f"/{turn.today.year}", f"/{turn.today.year + 1}"):
        read = days.read_day(text.strip() + year)
        found = read.date() if isinstance(read, days.Day) else None
        if found is not None and turn.today < found <= turn.today + LATEST:
            return found
    return None


def _put_off(turn: Turn, ticket: Ticket, words: Text, until: date | None) -> Text | None:
    if until is None:
        _ask_day(turn, ticket, words, too_far(turn))
        return None
    turn.state.pop("draft", None)
    desk.later(turn, ticket, words, until)
    sent(turn, ticket, "later", words)
    return _("Put off until {day}. The clock runs on.", day=until)
