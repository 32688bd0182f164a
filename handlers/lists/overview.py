"""/danhsach: the lists that concern the units of whoever asks, the earliest due first."""

from __future__ import annotations

from handlers.lists import words
from handlers.reply import Button, Reply
from handlers.staff import menu
from handlers.supervisors import worklists
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import lists, units
from storage.lists import List

PAGE = 8
VERBS = ("show", "new")


def press(turn: Turn, pressed: str) -> None:
    """l:show[:PAGE] · l:new[:…], which making.py answers."""
    from handlers.lists import making

    verb, _colon, rest = pressed[2:].partition(":")
    if verb == "new":
        begin = getattr(making, "begin", None)
        if begin is not None:
            begin(turn, rest)
        return
    show(turn, int(rest) if rest.isdecimal() and len(rest) < 5 else None)


def show(turn: Turn, page: int | None = None) -> None:
    member = turn.member
    if member is None:
        menu.no_access(turn)
        return
    mine = sorted({role.unit_id for role in member.roles})
    found, n = lists.at(turn.tx, mine, PAGE, (page or 0) * PAGE)
    buttons = [Button(_row(turn, one), f"l:{one.id}") for one in found]
    buttons += worklists.turning("l:show", page or 0, n, PAGE)
    text = lines(
        _("**Verification lists:** {n}", n=n),
        worklists.page_of(page or 0, n, PAGE),
        None if found else _("There is no list under way."),
    )
    turn.say(Reply(text, (*buttons, *_new(turn), menu.HOME), "card", edit=page is not None))


def _new(turn: Turn) -> tuple[Button, ...]:
    from handlers.lists import who

    assert turn.member is not None
    makes = any(who.kinds(units.get(turn.tx, role.unit_id)) for role in turn.member.roles)
    return (Button(_("Make a list"), "l:new", "primary"),) if makes else ()


def _row(turn: Turn, one: List) -> Text:
    """«Danh sách số 12/2026 · ở Công an · còn 20 giờ»."""
    left = words.clock(turn, one)
    return joined(" · ", words.name(one), words.STATES[one.state], *([left] if left else []))
