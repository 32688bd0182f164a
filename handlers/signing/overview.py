"""/kyso: whose unsigned doses one may tick, by unit and by day."""

from __future__ import annotations

from handlers.reply import Button, Reply
from handlers.signing import who
from handlers.staff import menu
from handlers.supervisors import worklists
from handlers.turn import Turn
from locales import Text, _, joined, lines, ngettext
from storage import unsigned
from storage.units import Unit

PAGE = 8
SHOW = Button(_("Doses not signed"), "s:show")


def entry(turn: Turn) -> tuple[Button, ...]:
    """For the menu, where there is anything of today."""
    mine = who.of_member(turn.tx, turn.member) if turn.member else []
    n = sum(unsigned.count(turn.tx, unit.id, turn.today) for unit in mine)
    return (Button(_("Not signed today ({n})", n=n), "s:show"),) if n else ()


def show(turn: Turn, page: int | None = None) -> None:
    member = turn.member
    if member is None:
        menu.no_access(turn)
        return
    mine = who.of_member(turn.tx, member)
    if len(mine) == 1:
        days(turn, mine[0], edit=False)
    elif mine:
        _units(turn, mine, page)
    else:
        nothing = _("Your unit gives no doses, so there is nothing to sign.")
        turn.say(Reply(nothing, (menu.HOME,), "card"))


def _units(turn: Turn, mine: list[Unit], page: int | None) -> None:
    at = page or 0
    buttons = [
        Button(joined(" · ", unit.name, _left(turn, unit)), f"s:days:{unit.id}")
        for unit in mine[at * PAGE : (at + 1) * PAGE]
    ]
    buttons += worklists.turning("s:show", at, len(mine), PAGE)
    head = lines(_("**Doses not signed**"), worklists.page_of(at, len(mine), PAGE))
    turn.say(Reply(head, (*buttons, menu.HOME), "card", edit=page is not None))


def _left(turn: Turn, unit: Unit) -> Text:
    n = unsigned.count(turn.tx, unit.id, turn.today)
    return ngettext("{n} dose today", "{n} doses today", n)


def days(turn: Turn, unit: Unit, page: int = 0, *, edit: bool = True) -> None:
    """The days with unsigned doses, the newest first."""
    found = unsigned.days(turn.tx, unit.id)
    text = lines(
        joined("", "**", unit.name, "**"),
        _("Not signed: {n}", n=sum(n for _day, n in found))
        if found
        else _("Every dose is signed or ticked."),
        worklists.page_of(page, len(found), PAGE),
    )
    buttons = [
        Button(
            joined(" · ", _("Today") if day == turn.today else _("{at}", at=day), ngettext("{n} dose", "{n} doses", n)),
            f"s:day:{unit.id}:{day:%Y%m%d}",
        )
        for day, n in found[page * PAGE : (page + 1) * PAGE]
    ]  # fmt: skip
    buttons += worklists.turning(f"s:days:{unit.id}", page, len(found), PAGE)
    turn.say(Reply(text, (*buttons, menu.HOME), "card", edit=edit))
