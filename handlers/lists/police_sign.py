"""«Ký và trả danh sách»: reference number, date and signatory, a look, and the list goes back to whoever made it.

turn.state["sign"]: {"list", "ref", "day", "by"}, while it is being said.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from handlers.lists import asking, desk, keying, words
from handlers.lists.rights import Rights
from handlers.questions_person import DAY_PROBLEMS
from handlers.reply import Button, Reply
from handlers.rules import days, names, ranges
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines
from storage import list_people, lists, units
from storage.lists import List

REF_LONGEST, PARTS = 60, ("ref", "day", "by")


def press(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """sign begins; sign:today and sign:me answer; sign:go does it, where all is still as it was looked at."""
    if not keying.may_say(turn, found, may):
        return keying.refused(turn, found, may)
    unsaid = _unsaid(turn, found)
    if unsaid is not None:
        return unsaid
    draft = _draft(turn, found)
    if arg == "today" and "ref" in draft:
        _keep(turn, found, may, "day", turn.today.isoformat())
    elif arg == "me" and "day" in draft and may.police and turn.member:
        _keep(turn, found, may, "by", turn.member.name)
    elif arg == "go" and all(part in draft for part in PARTS):
        lists.hold(turn.tx, found)
        if draft.get("looked") != _looked(turn, found):
            _look(turn, found, draft, _("A result has changed meanwhile. Please look again."))
            return None
        return _give_back(turn, found, may, draft)
    else:
        turn.state["sign"] = {"list": found.id}
        _ask(turn, found, may, "ref")
    return None


def _draft(turn: Turn, found: List) -> dict[str, Any]:
    held: dict[str, Any] = turn.state.get("sign") or {}
    return held if held.get("list") == found.id else {"list": found.id}


def _unsaid(turn: Turn, found: List) -> Text | None:
    left = list_people.unsaid(turn.tx, found.id)
    if not left:
        return None
    return _("It cannot be signed yet: {n} have no result (no. {places}).", n=len(left), places=ranges.short(left))  # fmt: skip


def _ask(turn: Turn, found: List, may: Rights, part: str, before: Text | None = None) -> None:
    asks: dict[str, Text] = {
        "ref": _("Reference number of the signed paper, for example 12/BB-CAX:"),
        "day": _("Its date:"),
        "by": _("Who signed it? Rank and full name:"),
    }
    offered = {
        "day": Button(_("Today, {day}", day=turn.today), asking.token(found, "sign", "today")),
        "by": Button(turn.member.name if may.police and turn.member else "", asking.token(found, "sign", "me")),
    }  # fmt: skip
    button = offered.get(part)
    buttons = (button,) if button and button.label else ()
    asked = lines(before, asks[part]) if before else asks[part]
    asking.ask_words(turn, found, "sign", asked, *buttons, part=part)


def hear(turn: Turn, found: List, may: Rights, expects: dict[str, Any], text: str) -> Text | None:
    if not keying.may_say(turn, found, may):
        return keying.refused(turn, found, may)
    part, draft = expects["part"], _draft(turn, found)
    if any(before not in draft for before in PARTS[: PARTS.index(part)]):
        return press(turn, found, may, "")
    value, problem = READ[part](turn, found, " ".join(text.split()))
    if problem is not None:
        _ask(turn, found, may, part, problem)
        return None
    _keep(turn, found, may, part, value)
    return None


def _ref(turn: Turn, found: List, said: str) -> tuple[str, Words | None]:
    wrong = not said or len(said) > REF_LONGEST or not any(char.isalnum() for char in said)
    return said, _("Please type the number of the paper, at most {n} characters.", n=REF_LONGEST) if wrong else None  # fmt: skip


def _day(turn: Turn, found: List, said: str) -> tuple[str, Words | None]:
    day = days.read_day(said)
    when = day.date() if isinstance(day, days.Day) else None
    if isinstance(day, str) or when is None:
        return "", DAY_PROBLEMS[day if isinstance(day, str) else "year_only"]
    if when > turn.today:
        return "", DAY_PROBLEMS["future"]
    if found.day and when < found.day:
        return "", _("The list is dated {day}; it cannot have been signed before that.", day=found.day)
    return when.isoformat(), None


def _by(turn: Turn, found: List, said: str) -> tuple[str, Words | None]:
    return said, _("Please write the name.") if names.problem(said) else None


READ = {"ref": _ref, "day": _day, "by": _by}


def _keep(turn: Turn, found: List, may: Rights, part: str, value: str) -> None:
    turn.state["sign"] = draft = {**_draft(turn, found), part: value}
    missing = next((one for one in PARTS if one not in draft), None)
    if missing:
        _ask(turn, found, may, missing)
    else:
        _look(turn, found, draft)


def _looked(turn: Turn, found: List) -> str:
    """Another one after anything was said anew."""
    return f"{list_people.counts(turn.tx, found.id)} {list_people.last_said(turn.tx, found.id)}"


def _look(turn: Turn, found: List, draft: dict[str, Any], before: Text | None = None) -> None:
    turn.state["sign"] = {**draft, "looked": _looked(turn, found)}
    n = list_people.counts(turn.tx, found.id)
    results = [joined(": ", words.VERDICTS[name], str(getattr(n, name))) for name in words.VERDICTS if getattr(n, name)]  # fmt: skip
    text = lines(
        before,
        _("{list}: sign it and give it back to {unit}?", list=words.name(found), unit=units.get(turn.tx, found.maker_id).name),
        *results,
        _("Signed: {ref}, {day}, {by}", ref=draft["ref"], day=date.fromisoformat(draft["day"]), by=draft["by"]),
        _("After that no result can be changed any more."),
    )  # fmt: skip
    go = Button(_("Give it back"), asking.token(found, "sign", "go"), "primary")
    anew = Button(_("Say it anew"), asking.token(found, "sign"))
    turn.say(Reply(text, (go, anew, asking.back(found)), "ask"))


def _give_back(turn: Turn, found: List, may: Rights, draft: dict[str, Any]) -> Text:
    turn.state.pop("sign", None)
    desk.give_back(turn, found, draft["ref"], draft["day"], draft["by"])
    if not may.police:
        by = turn.member.id if turn.member else None
        lists.happened(turn.tx, found.id, turn.now, "keyed", by)
        return _("Keyed in. The list is back.")
    return _("Given back. {unit} now puts the Platform right.", unit=units.get(turn.tx, found.maker_id).name)
