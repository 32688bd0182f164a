"""«Danh sách quá hạn»: verification lists of the units below me that are not back or not finished in time."""

from __future__ import annotations

from handlers.lists import levels, moments, words
from handlers.reply import Button, Reply
from handlers.staff import menu
from handlers.supervisors import worklists
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import late_lists, units
from storage.lists import List

PAGE = 8


def _mine(turn: Turn) -> list[int]:
    return sorted(levels.overseen(turn.tx, turn.member)) if turn.member else []


def entry(turn: Turn) -> tuple[Button, ...]:
    """Beside the other lists, where there is anything on it."""
    _none, n = late_lists.below(turn.tx, _mine(turn), turn.now, 0)
    return (Button(_("Overdue lists ({n})", n=n), "b:lists"),) if n else ()


def show(turn: Turn, page: int | None = None) -> None:
    found, n = late_lists.below(turn.tx, _mine(turn), turn.now, PAGE, (page or 0) * PAGE)
    figures = Button(_("Figures"), "b:mine")
    if not found:
        nothing = _("No verification list is overdue.")
        turn.say(Reply(nothing, (figures, menu.HOME), "card", edit=page is not None))
        return
    buttons = [Button(_row(turn, one), f"l:{one.id}") for one in found]
    buttons += worklists.turning("b:lists", page or 0, n, PAGE)
    text = lines(
        _("**Overdue verification lists:** {n}", n=n),
        _("as of {at}", at=turn.now),
        worklists.page_of(page or 0, n, PAGE),
    )
    turn.say(Reply(text, (*buttons, figures), "card", edit=page is not None))


def _row(turn: Turn, one: List) -> Text:
    """«12/2026 · Trạm Y tế xã Hạnh Phúc · ở Công an xã · quá hạn 3 giờ»."""
    since = one.due_at if moments.late_back(one, turn.now) else one.finish_by
    unit = units.get(turn.tx, one.maker_id).name
    late = _("overdue by {time}", time=turn.now - since) if since else ""
    return joined(" · ", f"{one.number}/{one.year}", unit, words.STATES[one.state], late)
