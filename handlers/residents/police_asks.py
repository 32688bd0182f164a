"""What commune police asked somebody who is on a list without a report of their own: the answer, in their chat."""

from __future__ import annotations

from handlers.lists import supplied
from handlers.reply import Button, Reply
from handlers.residents.report_acts import LONGEST, too_long
from handlers.staff import tokens
from handlers.turn import Turn
from locales import _, lines
from storage import list_people, lists, people, units
from storage.list_people import Line
from storage.lists import List

MENU = Button(_("Menu"), "menu")


def press(turn: Turn, token: str) -> None:
    """p:LINE"""
    found = _waiting(turn, tokens.number(token.partition(":")[2]))
    if found is None:
        _gone(turn)
        return
    line = found[1]
    question = _("«{words}»", words=line.words) if line.words else None
    turn.say(Reply(lines(question, _("Please write your answer here.")), (MENU,)))
    turn.state["expects"] = {"by": "p", "line": line.id}


def hear(turn: Turn, expects: dict[str, object], text: str) -> None:
    found = _waiting(turn, int(str(expects["line"])))
    if found is None:
        _gone(turn)
    elif len(text) > LONGEST:
        turn.say(Reply(too_long(text), (MENU,)))
        turn.state["expects"] = expects
    else:
        supplied.to_line(turn, *found, text)
        police = units.get(turn.tx, found[0].police_id).name
        turn.say(Reply(_("Thank you. {police} has your answer.", police=police), (MENU,)))


def _waiting(turn: Turn, line_id: int | None) -> tuple[List, Line] | None:
    """Only for a chat that proved this person's phone, and while the police wait for it."""
    line = list_people.find(turn.tx, line_id) if line_id is not None else None
    if line is None or line.resident_id not in {one.id for one in people.linked(turn.tx, turn.talk.id)}:
        return None
    found = lists.get(turn.tx, line.list_id)
    return (found, line) if supplied.waits(found, line) else None


def _gone(turn: Turn) -> None:
    turn.say(Reply(_("Nothing is asked of you here any more."), (MENU,)))
