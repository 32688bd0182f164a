"""Lists of a supervisor: what is overdue or nearly so, what is open, what the Platform has not confirmed.

A page turns in place; without a page the list comes in a message of its own, so that an alert is not overwritten.
"""

from __future__ import annotations

from datetime import timedelta

from handlers import wording
from handlers.reply import Button, Reply
from handlers.rules.deadlines import AT_ONCE
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import staff, units, worklist
from storage.worklist import Item, Page

PAGE = 8
NEARLY = timedelta(hours=6)  # from hour 42 on


def overdue(turn: Turn, page: int | None = None) -> None:
    """/quahan: the units below me, worst first."""
    found = worklist.open_until(turn.tx, mine(turn), turn.now + NEARLY, PAGE, (page or 0) * PAGE)
    head = _("**Overdue or less than 6 hours left:** {n}", n=found.n)
    _show(turn, head, found, page, "b:overdue", _("Nothing is overdue, or will be within 6 hours."))


def opened(turn: Turn, unit_id: int, page: int | None = None) -> None:
    """All open tickets of one unit and those below it; 0: of all that are mine."""
    top = [unit_id] if unit_id else mine(turn)
    found = worklist.open_until(turn.tx, top, None, PAGE, (page or 0) * PAGE)
    name = units.get(turn.tx, unit_id).name if unit_id else None
    head = joined(" · ", *([name] if name else []), _("**Open tickets:** {n}", n=found.n))
    _show(turn, head, found, page, f"b:open:{unit_id}", _("There is no open ticket."))


def unconfirmed(turn: Turn, page: int | None = None) -> None:
    found = worklist.unconfirmed(turn.tx, mine(turn), PAGE, (page or 0) * PAGE)
    head = _("**Corrected, but the Platform does not show it yet:** {n}", n=found.n)
    _show(turn, head, found, page, "b:unconfirmed", _("The Platform has confirmed everything."), clock=False)


def mine(turn: Turn) -> list[int]:
    """The units where this person has a role: what hangs below them is theirs to see."""
    return sorted({role.unit_id for role in turn.member.roles}) if turn.member else []


def _show(
    turn: Turn,
    head: Text,
    found: Page,
    page: int | None,
    token: str,
    nothing: Text,
    *,
    clock: bool = True,
) -> None:
    from handlers.supervisors import late_lists, not_delivered

    more = (*not_delivered.entry(turn), *late_lists.entry(turn), Button(_("Figures"), "b:mine"))
    if not found.items:
        turn.say(Reply(nothing, (*more, menu.HOME), "card", edit=page is not None))
        return
    as_of = _("as of {at}", at=turn.now)
    # Each ticket is its own button, as in the queue; one unit that all share is named by the heading.
    buttons = [Button(_row(turn, one, clock, found.alike), f"t:{one.ticket_id}") for one in found.items]
    buttons += turning(token, page or 0, found.n, PAGE)
    buttons += more
    unit = found.items[0].unit
    text = lines(
        head,
        unit if found.alike and unit not in turn.words(head) else None,
        as_of,
        page_of(page or 0, found.n, PAGE),
    )
    turn.say(Reply(text, tuple(buttons), "card", edit=page is not None))


def _row(turn: Turn, one: Item, clock: bool, same_unit: bool) -> Text:
    """«PA-7K2MX · quá hạn 3 giờ · Trạm Y tế xã Hạnh Phúc · Mai»; who holds it only where somebody does."""
    parts: list[Text] = [one.code, *([wording.left(one, turn.now)] if clock else [])]
    if same_unit or one.clock == "own" or one.kind in AT_ONCE:
        parts.append(wording.marked(one.kind))
    if not same_unit:
        parts.append(one.unit)
    if clock and one.holder_id is not None:
        parts.append(staff.name_of(turn.tx, one.holder_id))
    return joined(" · ", *parts)


def page_of(page: int, n: int, size: int) -> Text | None:
    """Where there is more than one."""
    last = (n - 1) // size + 1
    return _("Page {page} of {last}", page=page + 1, last=last) if last > 1 else None


def turning(token: str, page: int, n: int, size: int) -> list[Button]:
    """The buttons to the page before and the one after, where there are such."""
    made = [Button(_("Page before"), f"{token}:{page - 1}")] if page else []
    if (page + 1) * size < n:
        made.append(Button(_("Page after"), f"{token}:{page + 1}"))
    return made
