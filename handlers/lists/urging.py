"""«Tôi đôn đốc»: who of the levels above looks at a late list; noted and shown, and the climb goes on all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.lists import moments, rights, ringing, telling, words
from handlers.lists.asking import token
from handlers.lists.rights import Rights
from handlers.lists.telling_text import SHOWN
from handlers.reply import Button, Reply
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, _, joined, lines, ngettext
from locales.times import ZONE
from storage import lists, staff
from storage.lists import Happened, List


def urge(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    if not may.above:
        menu.no_access(turn)
        return None
    if not moments.late(found, turn.now):
        return _("This list is not late any more.")
    if not _urged(turn, found):
        return _("It is noted already that you urge them.")
    _they_hear(turn, [found])
    return _noted(1)


ACTS: dict[str, Callable[[Turn, List, Rights, str], Text | None]] = {"urge": urge}
HEARS: dict[str, Callable[[Turn, List, Rights, dict[str, Any], str], Text | None]] = {}
READS = frozenset({"urge"})


def buttons(turn: Turn, found: List, may: Rights) -> list[Button]:
    urges = may.above and not may.people and moments.late(found, turn.now) and not _mine(turn, found)
    return [Button(_("I urge them"), token(found, "urge"), "primary")] if urges else []


def press(turn: Turn, outbox_id: int) -> None:
    """Of a message: the lists that it named, and no more than it showed."""
    member = turn.member
    told = telling.read(turn, member, outbox_id)[:SHOWN] if member else []
    may = [found for _tone, found, _rung in told
           if member and rights.of(turn.tx, member, found).above and moments.late(found, turn.now)]  # fmt: skip
    done = [found for found in may if _urged(turn, found)]
    late = Button(_("Overdue lists"), "b:lists")
    if done:
        _they_hear(turn, done)
        turn.say(Reply(_noted(len(done)), (late, menu.HOME)))
    elif may:
        turn.say(Reply(_("It is noted already that you urge them."), (late, menu.HOME)))
    elif told:
        turn.say(Reply(_("This list is not late any more."), (late, menu.HOME)))
    else:
        menu.no_access(turn)


def _noted(n: int) -> Text:
    return lines(
        ngettext("Noted: you urge them for {n} list.", "Noted: you urge them for {n} lists.", n),
        _("It stays overdue, and the next level hears of it all the same."),
    )


def _urged(turn: Turn, found: List) -> bool:
    """Noted once a day for each person."""
    if _mine(turn, found):
        return False
    assert turn.member is not None
    lists.happened(turn.tx, found.id, turn.now, "urged", turn.member.id, at=_from(turn))
    return True


def _from(turn: Turn) -> str:
    assert turn.member is not None
    return next((role.unit for role in turn.member.roles), "")


def _they_hear(turn: Turn, urged: list[List]) -> None:
    """Whoever has one of them, and its maker: one message a person."""
    member = turn.member
    assert member is not None
    theirs: dict[int, dict[int, List]] = {}
    for found in urged:
        for unit_id in (moments.holds(found), found.maker_id):
            for person in ringing.reached(turn, unit_id):
                if person.id != member.id:
                    theirs.setdefault(person.talk_id, {})[found.id] = found
    for talk_id, about in theirs.items():
        named = joined(", ", *(words.name(found) for found in about.values()))
        told = _(
            "{name}, {unit}, urges: {lists}. It is overdue.", name=member.name, unit=_from(turn), lists=named
        )
        opens = Button(_("Open the list"), f"l:{next(iter(about))}", "primary")
        several = Button(_("Show the lists"), "l:show", "primary")
        turn.tell(talk_id, Reply(told, (opens if len(about) == 1 else several,), rank="alert"))


def _mine(turn: Turn, found: List) -> bool:
    assert turn.member is not None
    mine = (one for one in _all(turn, found) if one.staff_id == turn.member.id)
    return any(one.at.astimezone(ZONE).date() == turn.today for one in mine)


def _all(turn: Turn, found: List) -> list[Happened]:
    return [one for one in lists.history(turn.tx, found.id) if one.what == "urged" and one.staff_id]


def line(turn: Turn, found: List) -> Text | None:
    """«Đang đôn đốc: Minh (UBND xã Hạnh Phúc), 14:05 20/11/2026»; the last of each person."""
    if not moments.late(found, turn.now):
        return None
    last = {one.staff_id: one for one in _all(turn, found) if one.staff_id}
    if not last:
        return None
    said = (joined("", staff.name_of(turn.tx, who), " (", str(one.details.get("at", "")), "), ", _("{at}", at=one.at))
            for who, one in last.items())  # fmt: skip
    return _("Urged by: {who}", who=joined("; ", *said))
