"""«Sai khác»: which fields, then the right value of each, a look, and kept.

turn.state["differs"]: {"list", "place", "seen", "fields", "right"}, while it is being said.
"""

from __future__ import annotations

from typing import Any

from handlers.lists import desk, differs_asks, keying, right_value
from handlers.lists.police_card import SAYS, mark, show
from handlers.lists.police_person import go_on, pressed_on
from handlers.lists.rights import Rights
from handlers.rules import lists as rules
from handlers.rules import names
from handlers.turn import Turn
from handlers.wording_changes import SEXES
from locales import Text, _
from storage.list_people import Line
from storage.lists import List

SAME = _("That is what stands on the list already. Please type what the population database shows.")


def press(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """differs:PLACE:MARK[:FIELD | :go | :=VALUE | :keep]"""
    part, _colon, rest = arg.partition(":")
    seen, _colon, then = rest.partition(":")
    line = pressed_on(turn, found, may, part, seen)
    if not isinstance(line, Line):
        return line
    draft = _draft(turn, found, line)
    if not then:
        draft["fields"] = [] if rules.complete(line.given, {}, turn.today) or not line.fault else ["number"]
        draft["right"] = {}
        differs_asks.fields(turn, found, line, draft)
    elif then in rules.FIELDS:
        draft["fields"] = [f for f in rules.FIELDS if (f in draft["fields"]) is not (f == then)]
        differs_asks.fields(turn, found, line, draft)
    elif then == "go":
        _go(turn, found, line, draft)
    elif then.startswith("=") and differs_asks.asked(draft) == "sex" and then[1:] in SEXES:
        same = _same("sex", then[1:], line)
        draft["right"] |= {} if same else {"sex": then[1:]}
        differs_asks.ask_next(turn, found, line, draft, SAME if same else None)
    elif then == "keep" and draft["fields"] and differs_asks.asked(draft) is None:
        return _keep(turn, found, may, line, draft)
    else:
        show(turn, found, may, line, edit=False)
    return None


def _draft(turn: Turn, found: List, line: Line) -> dict[str, Any]:
    """What is being said of this person; begun anew where it was of another one."""
    draft = turn.state.get("differs") or {}
    if (draft.get("list"), draft.get("place"), draft.get("seen")) != (found.id, line.place, mark(line)):
        draft = {"list": found.id, "place": line.place, "seen": mark(line), "fields": [], "right": {}}
    turn.state["differs"] = draft = {**draft, "right": dict(draft["right"])}
    return draft


def _go(turn: Turn, found: List, line: Line, draft: dict[str, Any]) -> None:
    if line.fault and "number" not in draft["fields"] and not rules.complete(line.given, {}, turn.today):
        told = _("The number on the list has not the right form, so the right number has to be said too.")
        differs_asks.fields(turn, found, line, draft, told)
    elif draft["fields"]:
        draft["right"] = {}
        differs_asks.ask_next(turn, found, line, draft)
    else:
        differs_asks.fields(turn, found, line, draft)


def hear(turn: Turn, found: List, may: Rights, expects: dict[str, Any], text: str) -> Text | None:
    """A right value that was typed; what cannot be is asked again, saying why."""
    if not keying.may_say(turn, found, may):
        return keying.refused(turn, found, may)
    line = keying.line_at(turn, found, str(expects["place"]))
    draft = turn.state.get("differs") or {}
    field = expects["field"]
    if line is None or draft.get("place") != line.place or differs_asks.asked(draft) != field:
        return _("This person is not being compared any more; nothing was kept.")
    if draft["seen"] != mark(line):
        return _(
            "A colleague has said something of no. {place} meanwhile; nothing was kept.", place=line.place
        )
    draft = _draft(turn, found, line)
    again = expects.get("odd") == text.strip()
    value, problem = right_value.read(field, text, {**line.given, **draft["right"]}, turn.today, again=again)
    if value is not None and problem is None and _same(field, value, line):
        value, problem = None, SAME
    if value is None:
        differs_asks.ask_next(turn, found, line, draft, problem)
        if problem is not None and right_value.soft(problem):
            turn.state["expects"]["odd"] = text.strip()
        return None
    draft["right"][field] = value
    differs_asks.ask_next(turn, found, line, draft)
    return None


def _same(field: str, value: str, line: Line) -> bool:
    given = str(line.given.get(field) or "")
    return names.tone_key(given) == names.tone_key(value) if field == "name" else given == value


def _keep(turn: Turn, found: List, may: Rights, line: Line, draft: dict[str, Any]) -> Text | None:
    try:
        desk.verdict(turn, line, "differs", draft["right"])
    except desk.Refused:
        differs_asks.fields(turn, found, line, draft, _("The right number has to be said too."))
        return None
    turn.state.pop("differs", None)
    return go_on(turn, found, may, line, SAYS["differs"], edit=False)
