"""«Cần bổ sung» and its answer at the officer's, and for the list's maker: whom to call, and what was said on the phone."""

from __future__ import annotations

from typing import Any

from handlers.lists import asking, keying, supplementing, supplied
from handlers.lists.police_card import mark
from handlers.lists.police_person import go_on, pressed_on
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.staff import menu
from handlers.staff.acting import LONGEST
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import history, list_people
from storage.list_people import Line
from storage.lists import List

MOST = 20  # on one page


def press(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """supply:PLACE:MARK asks what is missing."""
    part, _colon, seen = arg.partition(":")
    line = pressed_on(turn, found, may, part, seen)
    if not isinstance(line, Line):
        return line
    told = _("No. {place}: what has to be added? The resident reads it, for example: which ward of residence, which year.",
             place=line.place)  # fmt: skip
    back = Button(_("Back to this person"), asking.token(found, "look", str(line.place)))
    asking.ask_words(turn, found, "supply", told, back, place=line.place, seen=mark(line))
    return None


def hear(turn: Turn, found: List, may: Rights, expects: dict[str, Any], text: str) -> Text | None:
    if not keying.may_say(turn, found, may):
        return keying.refused(turn, found, may)
    keying.hold(turn, found)
    line = keying.line_at(turn, found, str(expects["place"]))
    if line is None or expects["seen"] != mark(line):
        return lines(_("This list has changed meanwhile."), _("Not kept: «{words}»", words=text))
    if not _short(turn, found, expects, text):
        return None
    way = supplementing.say(turn, found, line, text.strip())
    return go_on(turn, found, may, line, supplementing.HOW[way], edit=False)


def _short(turn: Turn, found: List, expects: dict[str, Any], text: str) -> bool:
    if len(text) <= LONGEST:
        return True
    told = _("That is too long. Please keep it under {n} characters.", n=LONGEST)
    turn.say(Reply(told, (asking.back(found),)))
    turn.state["expects"] = expects
    return False


def sent(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """sent:PLACE shows photos and papers that came with the answer; each look is audited."""
    line = keying.line_at(turn, found, arg)
    if line is None or not keying.may_say(turn, found, may):
        return keying.refused(turn, found, may)
    member, files = turn.member, supplied.files(turn.tx, found, line)
    if not files or member is None or not turn.incoming.private:
        return _("Nothing was sent with this answer.")
    history.audited(turn.tx, turn.now, "evidence_seen", staff_id=member.id, talk_id=turn.talk.id,
                    ticket_id=line.ticket_id, list=found.id, files=[one.name for one in files])  # fmt: skip
    media = tuple({"file": one.name, "kind": one.kind, "mime": one.mime} for one in files)
    back = Button(_("Back to this person"), asking.token(found, "look", str(line.place)))
    turn.say(Reply(_("It is recorded that you have seen this."), (back, asking.back(found)), "card", media=media, sensitive=True))  # fmt: skip
    return None


def need(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """need shows the maker whom the police need something of; need:PLACE one of them, with the phone in full."""
    if not may.make:
        menu.no_access(turn)
        return None
    waiting = [line for line in list_people.said(turn.tx, found.id, ["supplement"]) if supplied.waits(found, line)]  # fmt: skip
    if not waiting:
        return _("The police need nothing more of anybody on this list.")
    line = keying.line_at(turn, found, arg) if arg else None
    if line in waiting:
        _one(turn, found, line)
    else:
        _all(turn, found, waiting)
    return None


def _all(turn: Turn, found: List, waiting: list[Line]) -> None:
    shown = waiting[:MOST]
    rows = [
        lines(_row(line), _("«{words}»", words=line.words or ""), supplementing.told(turn, found, line))
        for line in shown
    ]
    more = _("{n} more are shown once these are done.", n=len(waiting) - MOST) if len(waiting) > MOST else None  # fmt: skip
    buttons = [Button(_row(line), asking.token(found, "need", str(line.place))) for line in shown]
    text = lines(_("**The police need something more of:** {n}", n=len(waiting)), *rows, more)
    turn.say(Reply(text, (*buttons, asking.back(found)), "card", sensitive=True))


def _row(line: Line) -> Text:
    return joined(". ", str(line.place), str(line.given.get("name") or "?"))


def _one(turn: Turn, found: List, line: Line) -> None:
    phone, member = str(line.given.get("phone") or ""), turn.member
    if phone and member:
        history.audited(turn.tx, turn.now, "full_number", staff_id=member.id, talk_id=turn.talk.id, list=found.id,
                        place=line.place, by="phone")  # fmt: skip
    text = lines(
        _row(line),
        _("«{words}»", words=line.words or ""),
        _("Phone: {phone}", phone=phone or _("none")),
        supplementing.told(turn, found, line),
        *supplied.words(turn.tx, found, line),
        _("What does the resident say? Type it here; the police read it."),
    )
    asking.ask_words(turn, found, "need", text, place=line.place)


def hear_need(turn: Turn, found: List, may: Rights, expects: dict[str, Any], text: str) -> Text | None:
    """What the resident said on the phone."""
    line = keying.line_at(turn, found, str(expects["place"]))
    if not may.make or line is None:
        menu.no_access(turn)
        return None
    if not supplied.waits(found, line):
        return lines(_("The police do not wait for this any more."), _("Not kept: «{words}»", words=text))
    if not _short(turn, found, expects, text):
        return None
    supplied.to_line(turn, found, line, text.strip(), turn.member.id if turn.member else None)
    return _("No. {place}: passed on to the police.", place=line.place)
