"""/danhsach: the lists that concern the units of whoever asks, the earliest due first."""

from __future__ import annotations

from handlers import wording
from handlers.lists import starting, words
from handlers.reply import Button, Reply
from handlers.staff import menu, tokens
from handlers.supervisors import worklists
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import lists, units
from storage.lists import List

PAGE = 8
VERBS = ("show", "new", "ended")


def press(turn: Turn, pressed: str) -> None:
    """l:show[:PAGE] · l:ended[:PAGE] · l:new[:…], which starting.py answers."""
    verb, _colon, rest = pressed[2:].partition(":")
    if verb == "new":
        starting.begin(turn, rest)
        return
    page = tokens.number(rest[:4])
    if verb == "ended":
        ended(turn, page or 0)
    else:
        show(turn, page)


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
    turn.say(Reply(text, (*buttons, *_more(turn, mine), menu.HOME), "card", edit=page is not None))


def ended(turn: Turn, page: int) -> None:
    """Finished or given up, to be looked up again."""
    member = turn.member
    if member is None:
        menu.no_access(turn)
        return
    found, n = lists.ended(turn.tx, sorted({role.unit_id for role in member.roles}), PAGE, page * PAGE)
    buttons = [Button(_row(turn, one), f"l:{one.id}") for one in found]
    buttons += worklists.turning("l:ended", page, n, PAGE)
    text = lines(_("**Finished lists:** {n}", n=n), worklists.page_of(page, n, PAGE))
    turn.say(Reply(text, (*buttons, menu.LISTS, menu.HOME), "card", edit=True))


def _more(turn: Turn, mine: list[int]) -> tuple[Button, ...]:
    new = [Button(_("Make a list"), "l:new", "primary")] if starting.makers(turn) else []
    n = lists.ended(turn.tx, mine, 0)[1]
    return (*new, *([Button(_("Finished lists ({n})", n=n), "l:ended")] if n else []))


def _row(turn: Turn, one: List) -> Text:
    """«Danh sách số 12/2026 · Trạm Y tế xã Hạnh Phúc · ở Công an xã · còn 20 giờ»; one's own by what it is of."""
    assert turn.member is not None
    own = turn.member.at(one.maker_id)
    of = (one.title or words.KINDS[one.kind]) if own else units.get(turn.tx, one.maker_id).name
    left = [wording.time_left(one.due_at, turn.now)] if one.due_at and words.clock(turn, one) else []
    return joined(" · ", words.name(one), of, words.STATES[one.state], *left)
