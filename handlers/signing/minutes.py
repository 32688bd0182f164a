"""Biên bản (S1: «Trong thời gian chưa có chứng thư số»): number and day of the minutes that confirm the chosen doses."""

from __future__ import annotations

from datetime import date

from handlers.reply import Button, Reply
from handlers.rules import days
from handlers.signing.chosen import Place
from handlers.turn import Turn
from locales import Text, _, ngettext

LONGEST = 60  # «12/BB-TYT»; more is not a number


def ask_number(turn: Turn, place: Place, before: Text | None = None) -> None:
    n = len(place.chosen)
    asked = before or ngettext("Number of the minutes that confirm this dose? For example 12/BB-TYT.",
                               "Number of the minutes that confirm these {n} doses? For example 12/BB-TYT.", n)  # fmt: skip
    _ask(turn, place, asked)


def hear_number(turn: Turn, place: Place, text: str) -> None:
    number = " ".join(text.split())
    if not any(char.isdigit() for char in number) or len(number) > LONGEST:
        ask_number(turn, place, _("That is no number of minutes. Please type it as it stands on the paper, for example 12/BB-TYT."))  # fmt: skip
        return
    _ask_day(turn, place, number, _("Day of minutes {number}? Press it, or type it, for example 31/12/2026.", number=number))  # fmt: skip


def hear_day(turn: Turn, place: Place, number: str, text: str) -> None:
    read = days.read_day(text)
    _kept(turn, place, number, read.date() if isinstance(read, days.Day) else None)


def on(turn: Turn, place: Place, pressed: str) -> None:
    """The day that was offered."""
    from handlers.signing import acts

    number = (turn.state.get("minutes") or {}).get(place.mark)
    if number is None:
        ask_number(turn, place)
    else:
        _kept(turn, place, str(number), acts.day_of(pressed))


def _kept(turn: Turn, place: Place, number: str, day: date | None) -> None:
    from handlers.signing import acts

    problem = _problem(turn, place, day)
    if problem is not None or day is None:
        _ask_day(turn, place, number, problem or _not_a_day(turn))
        return
    turn.state.pop("minutes", None)
    acts.tick(turn, place, {"number": number, "day": day.isoformat()})


def _problem(turn: Turn, place: Place, day: date | None) -> Text | None:
    if day is None:
        return _not_a_day(turn)
    if day > turn.today:
        return _("{day} is still to come. Which day stands on the minutes?", day=day)
    if day < place.day:
        return _("The doses were given on {given}: minutes of {day} cannot confirm them. Which day stands on the minutes?",
                 given=place.day, day=day)  # fmt: skip
    return None


def _not_a_day(turn: Turn) -> Text:
    return _("That is no day. Please type it like {day}.", day=turn.today)


def _ask_day(turn: Turn, place: Place, number: str, asked: Text) -> None:
    offered = dict.fromkeys((turn.today, place.day))
    buttons = [
        Button(_("Today, {day}", day=day) if day == turn.today else _("{at}", at=day),
               f"s:on:{place.token}:{place.mark}:{day:%Y%m%d}")
        for day in offered
    ]  # fmt: skip
    turn.state["minutes"] = {place.mark: number}
    _ask(turn, place, asked, *buttons, number=number)


def _ask(turn: Turn, place: Place, asked: Text, *buttons: Button, **more: str) -> None:
    back = Button(_("Back to the doses"), f"s:page:{place.token}:{place.page}")
    turn.say(Reply(asked, (*buttons, back)))
    turn.state["expects"] = {
        "by": "s", "unit": place.unit.id, "day": place.day.isoformat(), "mark": place.mark, **more,
    }  # fmt: skip
