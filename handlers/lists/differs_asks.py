"""What is asked while «Sai khác» is said of a person: which fields, each right value, a look."""

from __future__ import annotations

from typing import Any

from handlers.lists import asking, words
from handlers.lists.police_card import mark, value_of
from handlers.reply import Button, Reply
from handlers.rules import lists as rules
from handlers.turn import Turn
from handlers.wording_changes import FIELDS, SEXES
from locales import Text, Words, _, joined, lines
from storage.list_people import Line
from storage.lists import List

ASKS: dict[str, Words] = {
    "number": _("The right ID number, as in the population database:"),
    "name": _("The right full name, with its diacritics:"),
    "birth": _("The right birth date, for example 05/03/1995; the year alone where no more is known:"),
    "sex": _("The right sex:"),
}


def _token(found: List, line: Line, then: str = "") -> str:
    at = f"{line.place}:{mark(line)}"
    return asking.token(found, "differs", f"{at}:{then}" if then else at)


def _back(found: List, line: Line) -> Button:
    return Button(_("Back to this person"), asking.token(found, "look", str(line.place)))


def asked(draft: dict[str, Any]) -> str | None:
    """The first of the chosen fields without its right value; the number last, for its digits are held against the others."""
    ordered = sorted(draft["fields"], key=lambda field: field == "number")
    return next((field for field in ordered if field not in draft["right"]), None)


def fields(turn: Turn, found: List, line: Line, draft: dict[str, Any], before: Text | None = None) -> None:
    """Which are wrong; several may be."""
    chosen = draft["fields"]
    toggles = [
        Button(joined(" ", "☑" if field in chosen else "☐", FIELDS[field]), _token(found, line, field))
        for field in rules.FIELDS
    ]
    go = [Button(_("Go on"), _token(found, line, "go"), "primary")] if chosen else []
    text = lines(
        before,
        _(
            "No. {place}, {name}: what differs? Choose one or several.",
            place=line.place,
            name=str(line.given.get("name") or "?"),
        ),
    )
    turn.say(Reply(text, (*toggles, *go, _back(found, line)), "card", sensitive=True, edit=True))


def ask_next(turn: Turn, found: List, line: Line, draft: dict[str, Any], before: Text | None = None) -> None:
    field = asked(draft)
    if field is None:
        _look(turn, found, line, draft)
    else:
        sexes = [Button(label, _token(found, line, f"={sex}")) for sex, label in SEXES.items()]
        buttons = (*(sexes if field == "sex" else ()), _back(found, line))
        told = lines(before, _on_list(line, field), ASKS[field])
        asking.ask_words(
            turn, found, "differs", told, *buttons, sensitive=True, place=line.place, field=field
        )


def _on_list(line: Line, field: str) -> Text | None:
    """What is to be typed anew, beside what stands there: the person's card is out of sight by then."""
    given = line.given.get(field) if field != "number" else None
    return _("On the list: {value}", value=value_of(field, given, full=False)) if given else None


def _look(turn: Turn, found: List, line: Line, draft: dict[str, Any]) -> None:
    """In full: a slip of a digit is what this look is for."""
    told = [joined("", FIELDS[f], ": **", value_of(f, v, full=True), "**") for f, v in draft["right"].items()]
    buttons = (
        Button(_("Keep this result"), _token(found, line, "keep"), "primary"),
        Button(_("Say it anew"), _token(found, line)),
        _back(found, line),
    )
    head = _("No. {place}: {what}.", place=line.place, what=words.VERDICTS["differs"])
    turn.say(Reply(lines(head, *told), buttons, "ask", sensitive=True))
