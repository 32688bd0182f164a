"""«Đã trả lời, chưa đến tay người dân»: of the units below me, longest first, with what was tried."""

from __future__ import annotations

from handlers import news, wording_ways
from handlers.reply import Button, Reply
from handlers.staff import menu
from handlers.supervisors import worklists
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import unreached
from storage.unreached import Listed

PAGE = 8


def entry(turn: Turn) -> tuple[Button, ...]:
    """Beside the other lists, where there is anything on it."""
    _none, n = unreached.below(turn.tx, worklists.mine(turn), 0)
    return (Button(_("Answered, not delivered ({n})", n=n), "b:unreached"),) if n else ()


def show(turn: Turn, page: int | None = None) -> None:
    found, n = unreached.below(turn.tx, worklists.mine(turn), PAGE, (page or 0) * PAGE)
    figures = Button(_("Figures"), "b:mine")
    if not found:
        nothing = _("Every answer has reached its resident.")
        turn.say(Reply(nothing, (figures, menu.HOME), "card", edit=page is not None))
        return
    buttons = [Button(joined(" · ", one.code, one.unit), f"t:{one.ticket_id}") for one in found]
    buttons += worklists.turning("b:unreached", page or 0, n, PAGE)
    text = lines(
        _("**Answered, but not delivered to the resident:** {n}", n=n),
        _("as of {at}", at=turn.now),
        worklists.page_of(page or 0, n, PAGE),
        *(row for one in found for row in ("", *_rows(one))),
    )
    turn.say(Reply(text, (*buttons, figures), "card", edit=page is not None))


def _rows(one: Listed) -> list[Text]:
    said = joined(" · ", news.STATES.get(one.what, one.what), _("{at}", at=one.since))
    return [joined("", "**", one.code, "** · ", one.unit), said, wording_ways.in_full(one.ways)]
