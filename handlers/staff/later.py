"""«Xử lý sau» (letter 9458, result 2.2): a reason and a day; neither closes the ticket nor stops its clock."""

from __future__ import annotations

from datetime import date, timedelta

from handlers import desk
from handlers.reply import Button
from handlers.rules import days
from handlers.staff.acting import ASKS, Expects, ask_words, token
from handlers.turn import Turn
from locales import Text, _, ngettext
from storage.tickets import Ticket

LATEST = timedelta(days=30)
SOON = (1, 3, 7)  # days offered as buttons


def hear_later(turn: Turn, ticket: Ticket, expects: Expects, text: str) -> Text | None:
    """First the reason, then the day."""
    if "words" not in expects:
        _ask_day(turn, ticket, text, _("Until which day? Press one, or type it, for example 31/12."))
        return None
    return _put_off(turn, ticket, expects["words"], _day(turn, text))


def later(turn: Turn, ticket: Ticket, arg: str) -> Text | None:
    """Without a day it asks for the reason; a pressed day belongs to the reason that was typed before."""
    draft = turn.state.pop("draft", None) or {}
    if not arg or draft.get("ticket") != ticket.id:
        ask_words(turn, ticket, "later", ASKS["later"])
        return None
    return _put_off(turn, ticket, str(draft["words"]), _day(turn, arg))


def _ask_day(turn: Turn, ticket: Ticket, words: str, text: Text) -> None:
    soon = [(n, turn.today + timedelta(days=n)) for n in SOON]
    buttons = [
        Button(
            ngettext("In {n} day: {day}", "In {n} days: {day}", n, day=day),
            token(ticket, f"later:{day:%d/%m/%Y}"),
        )
        for n, day in soon
    ]
    ask_words(turn, ticket, "later", text, *buttons, words=words)
    turn.state["draft"] = {"ticket": ticket.id, "words": words}


def _day(turn: Turn, text: str) -> date | None:
    """The day meant; one without a year is the next of that name."""
    for year in ("", f"/{turn.today.year}", f"/{turn.today.year + 1}"):
        read = days.read_day(text.strip() + year)
        found = read.date() if isinstance(read, days.Day) else None
        if found is not None and turn.today < found <= turn.today + LATEST:
            return found
    return None


def _put_off(turn: Turn, ticket: Ticket, words: str, until: date | None) -> Text | None:
    if until is None:
        hint = _("Please type a day from tomorrow to {day}.", day=turn.today + LATEST)
        _ask_day(turn, ticket, words, hint)
        return None
    turn.state.pop("draft", None)
    desk.later(turn, ticket, words, until)
    return _("Put off until {day}. The clock runs on.", day=until)
