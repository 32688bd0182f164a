"""«Khớp tất cả, trừ …»: who does not match is asked one by one, all others without a result match at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers.lists import asking, desk, keying, police_card
from handlers.lists.police_person import all_said
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.rules import lists as rules
from handlers.rules import ranges
from handlers.turn import Turn
from locales import Text, Words, _, lines
from storage import list_people
from storage.list_people import Line
from storage.lists import List


@dataclass(frozen=True)
class Sorted:
    """What would become of everybody: cannot, who has no well-formed number; kept, whose result stands already."""

    match: list[Line]
    but: list[Line]
    cannot: list[Line]
    kept: int


def press(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """but asks who does not match; but:none nobody; but:go does it, as it was looked at."""
    if not keying.may_say(turn, found, may):
        return keying.refused(turn, found, may)
    if arg == "none":
        _look(turn, found, [])
    elif arg == "go":
        return _go(turn, found, may)
    else:
        _ask(turn, found)
    return None


def _ask(turn: Turn, found: List, before: Text | None = None) -> None:
    told = lines(before, _("Who does NOT match? Type their numbers on the list, for example: 3, 17, 25-27."))
    everybody = Button(_("Everybody matches"), asking.token(found, "but", "none"))
    asking.ask_words(turn, found, "but", told, everybody)


def hear(turn: Turn, found: List, may: Rights, _expects: dict[str, Any], text: str) -> Text | None:
    if not keying.may_say(turn, found, may):
        return keying.refused(turn, found, may)
    places, wrong = ranges.read(text, list_people.counts(turn.tx, found.id).n)
    if len(text) > ranges.LONGEST:
        _ask(turn, found, _("That is too long. Please keep it under {n} characters.", n=ranges.LONGEST))
    elif wrong is not None:
        _ask(turn, found, _("I cannot find «{part}» on this list.", part=wrong))
    else:
        _look(turn, found, places)
    return None


def sort(turn: Turn, found: List, places: list[int]) -> Sorted:
    """Somebody of whom it was said that they match, and who now is an exception, is asked anew."""
    everybody = list_people.of_list(turn.tx, found.id)
    but = [line for line in everybody if line.place in places]
    others = [line for line in everybody if line.place not in places]
    unsaid = [line for line in others if line.verdict is None]
    cannot = [line for line in unsaid if not _can_match(turn, line)]
    match = [line for line in unsaid if _can_match(turn, line)]
    return Sorted(match, but, cannot, len(others) - len(unsaid))


def _can_match(turn: Turn, line: Line) -> bool:
    return not line.fault or rules.complete(line.given, {}, turn.today)


def _look(turn: Turn, found: List, places: list[int]) -> None:
    made = sort(turn, found, places)
    turn.state["but"] = {"list": found.id, "places": places}
    text = lines(
        _("Match: {n}", n=len(made.match)),
        _named(_("Asked one by one: {n} (no. {places})"), made.but),
        _named(_("Without a well-formed number, so they cannot match and are asked too: {n} (no. {places})"), made.cannot),
        _("Their result stands already: {n}", n=made.kept) if made.kept else None,
    )  # fmt: skip
    go = Button(_("Do it"), asking.token(found, "but", "go"), "primary")
    anew = Button(_("Other numbers"), asking.token(found, "but"))
    turn.say(Reply(text, (go, anew, asking.back(found)), "ask"))


def _named(told: Words, some: list[Line]) -> Text | None:
    if not some:
        return None
    return Words(told.msgid, {"n": len(some), "places": ranges.short([line.place for line in some])})


def _go(turn: Turn, found: List, may: Rights) -> Text | None:
    asked = turn.state.pop("but", None) or {}
    if asked.get("list") != found.id:
        _ask(turn, found)
        return None
    keying.hold(turn, found)
    made = sort(turn, found, asked["places"])
    n = desk.match_all(turn, found, made.match, [one for one in made.but if one.verdict == "matches"])
    told = _("Match: {n}", n=n)
    places = list_people.unsaid(turn.tx, found.id)
    left = list_people.at_place(turn.tx, found.id, places[0]) if places else None
    if left is None:
        return lines(told, all_said(turn, found))
    police_card.show(turn, found, may, left, told, edit=False)
    return None
