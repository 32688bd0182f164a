"""The queue by site, day or lot of the dose, so that what stands on one page of the register is typed in one go."""

from __future__ import annotations

from handlers import wording
from handlers.reply import Button, Reply
from handlers.rules import days
from handlers.staff import queue_state, tokens
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines, ngettext
from storage import queue_filters, queue_groups, units
from storage.queue_groups import BY, UNKNOWN, Group
from storage.staff import Staff

PAGE = 8
LABELS: dict[str, Words] = {
    "site": _("Site of the dose"),
    "day": _("Day of the dose"),
    "lot": _("Lot number"),
}
BACK = Button(_("Back to the queue"), "q:show")


def called(turn: Turn, by: str, value: str) -> Text:
    """The group's name: a unit, a day or a lot, never words of a resident."""
    if value == UNKNOWN:
        return _("not stated")
    if by == "day":
        try:
            return days.Day.of(value).text()
        except ValueError:
            return _("not stated")
    if by == "site":
        unit_id = tokens.number(value)
        unit = units.find(turn.tx, unit_id) if unit_id else None
        return unit.name if unit else _("not stated")
    return value


def chosen(turn: Turn) -> Text | None:
    """«Số lô: FG1234», where the queue is narrowed to a group."""
    group = queue_state.of(turn)["group"]
    return joined(": ", LABELS[group[0]], called(turn, *group)) if group else None


def ask(turn: Turn) -> None:
    buttons = [Button(label, f"q:by:{by}:0") for by, label in LABELS.items()]
    leave = [Button(_("Do not group"), "q:out")] if queue_state.of(turn)["group"] else [BACK]
    turn.say(Reply(_("Group the tickets by what?"), (*buttons, *leave), "card", edit=True))


def show(turn: Turn, member: Staff, by: str, page: int) -> None:
    """The groups within the filter, least time left first, each at one tap."""
    if by not in BY:
        ask(turn)
        return
    queue_state.keep(turn, group=None, page=0)
    where = queue_state.narrowed(turn, member)
    scope = queue_state.scope(turn, member)
    found = queue_groups.groups(turn.tx, scope, where, by)
    waiting = queue_filters.how_many(turn.tx, scope, *where)
    last = max(0, (len(found) - 1) // PAGE)
    page = min(page, last)
    buttons = [_row(turn, by, group) for group in found[page * PAGE : (page + 1) * PAGE]]
    buttons += [Button(_("Page before"), f"q:by:{by}:{page - 1}")] if page else []
    buttons += [Button(_("Page after"), f"q:by:{by}:{page + 1}")] if page < last else []
    others = [(other, label) for other, label in LABELS.items() if other != by]
    buttons += [Button(_("Group by: {what}", what=label), f"q:by:{other}:0") for other, label in others]
    told = lines(
        joined(" – ", _("**Queue**"), LABELS[by]),
        ngettext("{n} group", "{n} groups", len(found)),
        _("Only the {n} most urgent tickets are grouped here; a filter or one unit makes it fewer.",
          n=queue_groups.MOST) if waiting > queue_groups.MOST else None,
        _("Page {page} of {last}", page=page + 1, last=last + 1) if last else None,
    )  # fmt: skip
    turn.say(Reply(told, (*buttons, BACK), "card", edit=True))


def _row(turn: Turn, by: str, group: Group) -> Button:
    """«FG1234 · 12 phiếu · còn 6 giờ»."""
    told = ngettext("{n} ticket", "{n} tickets", group.count)
    label = joined(" · ", called(turn, by, group.value), told, wording.time_left(group.due_at, turn.now))
    return Button(label, f"q:in:{by}:{group.value}")


def enter(turn: Turn, by: str, value: str) -> None:
    """Narrows the queue to the group; a forged one is empty."""
    group = [by, value] if by in BY and (value == UNKNOWN or value.isascii()) else None
    queue_state.keep(turn, group=group, page=0)
