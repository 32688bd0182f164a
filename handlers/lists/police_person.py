"""What the officer says of one person at one press, and who comes next."""

from __future__ import annotations

from handlers.lists import desk, keying, words
from handlers.lists.police_card import SAYS, mark, show
from handlers.lists.rights import Rights
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, Words, _, lines
from storage import list_people, staff
from storage.list_people import Line
from storage.lists import List

NO_NUMBER = _("No. {place} has no number of the right form, so it cannot simply match: press «{differs}» and type the right number.")  # fmt: skip


def all_said(turn: Turn, found: List) -> Text:
    """What comes now; who has just been asked for something is waited for."""
    n = list_people.counts(turn.tx, found.id).supplement
    if n:
        return _("Everybody has a result; {n} wait for a supplement. Wait for the answer, or sign and give the list back now.", n=n)  # fmt: skip
    return _("Everybody has a result. The list can be signed and given back.")


def begin(turn: Turn, found: List, may: Rights, _arg: str) -> Text | None:
    """«Bắt đầu đối chiếu»: the first of whom nothing has been said."""
    if not keying.may_say(turn, found, may):
        return keying.refused(turn, found, may)
    place = next(iter(list_people.unsaid(turn.tx, found.id)), 1)
    return look(turn, found, may, str(place))


def look(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    if not keying.may_say(turn, found, may):
        return keying.refused(turn, found, may)
    line = keying.line_at(turn, found, arg)
    if line is None:
        menu.no_access(turn)
    else:
        show(turn, found, may, line)
    return None


def say(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """say:PLACE:MARK:VERDICT, of those that need no words."""
    part, _colon, rest = arg.partition(":")
    seen, _colon, verdict = rest.partition(":")
    line = pressed_on(turn, found, may, part, seen)
    if isinstance(line, Line):
        return _say(turn, found, may, line, verdict)
    return line


def pressed_on(turn: Turn, found: List, may: Rights, part: str, seen: str) -> Line | Text | None:
    """The person whose card was pressed, as the card showed them; else it was said what is wrong."""
    if not keying.may_say(turn, found, may):
        return keying.refused(turn, found, may)
    keying.hold(turn, found)  # before the person is read: a colleague may be saying something of them
    line = keying.line_at(turn, found, part)
    if line is None:
        menu.no_access(turn)
        return None
    if seen != mark(line):
        who = staff.name_of(turn.tx, line.verdict_by) if line.verdict_by else ""
        told = _("{who} has said something of this person meanwhile. Please look again.", who=who)
        show(turn, found, may, line, told)
        return None
    return line


def _say(turn: Turn, found: List, may: Rights, line: Line, verdict: str) -> Text | None:
    if verdict not in ("matches", "unknown"):
        menu.no_access(turn)
        return None
    try:
        desk.verdict(turn, line, verdict)
    except desk.Refused:
        show(turn, found, may, line, no_number(line))
        return None
    return go_on(turn, found, may, line, words.VERDICTS[verdict])


def no_number(line: Line) -> Text:
    return Words(NO_NUMBER.msgid, {"place": line.place, "differs": SAYS["differs"]})


def go_on(turn: Turn, found: List, may: Rights, line: Line, what: Text, *, edit: bool = True) -> Text | None:
    """The next of whom nothing has been said; where there is none, the list's own card with what comes now."""
    told = _("No. {place}: {what}.", place=line.place, what=what)
    unsaid = list_people.unsaid(turn.tx, found.id)
    place = next((one for one in unsaid if one > line.place), next(iter(unsaid), None))
    following = list_people.at_place(turn.tx, found.id, place) if place else None
    if following is None:
        return lines(told, all_said(turn, found))
    show(turn, found, may, following, told, edit=edit)
    return None
