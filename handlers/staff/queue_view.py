"""The queue on the screen: least time left first, eight to a page, in one message that is edited in place."""

from __future__ import annotations

from handlers import wording
from handlers.reply import Button, Reply
from handlers.staff import card_text, menu, queue_state, rights
from handlers.staff.queue_state import PAGE
from handlers.turn import Turn
from locales import Text, _, joined, lines, ngettext
from storage import reports
from storage.staff import Staff
from storage.tickets import Ticket


def show(turn: Turn, member: Staff, before: Text | None = None) -> None:
    state = queue_state.of(turn)
    total = queue_state.count(turn, member, state["filter"])
    last = max(0, (total - 1) // PAGE)
    page = min(max(0, state["page"]), last)
    state = queue_state.keep(turn, page=page)
    rows = queue_state.waiting(turn, member, PAGE, page * PAGE)
    text = lines(before, "" if before else None, *_head(turn, member, total), "",
                 *(_line(turn, member, n, row) for n, row in enumerate(rows, 1)),
                 _("Nothing is waiting here.") if not rows else None,
                 _("Page {page} of {last}", page=page + 1, last=last + 1) if last else None)  # fmt: skip
    chosen = [t for t, _version in state["chosen"]]
    buttons = [_opens(turn, row, rows, state["many"], row.id in chosen) for row in rows]
    buttons += _pages(page, last)
    buttons += _choosing(bool(rows), len(chosen)) if state["many"] else _plain(member, bool(rows))
    turn.say(Reply(text, tuple(buttons), "card", edit=True))


def _head(turn: Turn, member: Staff, total: int) -> list[Text]:
    state = queue_state.of(turn)
    opened, overdue = (queue_state.count(turn, member, name) for name in ("all", "overdue"))
    where = queue_state.own_units(member).get(int(state["unit"])) if state["unit"].isdecimal() else None
    head: list[Text] = [joined(" – ", _("**Queue**"), *([where] if where else []))]
    told = ngettext(
        "{n} ticket open, {overdue} overdue", "{n} tickets open, {overdue} overdue", opened, overdue=overdue
    )
    head.append(told)
    if state["filter"] != "all":
        label = dict(queue_state.filters(turn, member)).get(state["filter"], state["filter"])
        head.append(_("Filter: {name} ({n})", name=label, n=total))
    if state["many"]:
        head.append(_("Chosen: {n}", n=len(state["chosen"])))
    return head


def _line(turn: Turn, member: Staff, number: int, row: Ticket) -> Text:
    """«1. PA-7K2MX · Thiếu mũi tiêm · còn 6 giờ · chưa ai nhận»"""
    parts: list[Text] = [
        joined(". ", str(number), reports.get(turn.tx, row.report_id).code),
        wording.kind(row),
        wording.time_left(row.due_at, turn.now),
        card_text.held_by(turn, row),
    ]
    if row.later_until:
        parts.append(_("put off to {day}", day=row.later_until))
    if not member.at(row.unit_id) or len(queue_state.own_units(member)) > 1:
        parts.append(wording.unit(turn.tx, row))
    if any(row.id == chosen for chosen, _version in queue_state.of(turn)["chosen"]):
        parts.append(_("chosen"))
    return joined(" · ", *parts)


def _opens(turn: Turn, row: Ticket, rows: list[Ticket], many: bool, chosen: bool) -> Button:
    """The code; beside its kind where one report has two tickets on the page."""
    label: Text = reports.get(turn.tx, row.report_id).code
    if [r.report_id for r in rows].count(row.report_id) > 1:
        label = joined(" · ", label, wording.kind(row))
    if not many:
        return Button(label, f"t:{row.id}:0:show")
    told = _("✓ {label} (chosen)", label=label) if chosen else label
    return Button(told, f"q:pick:{row.id}:{row.version}")


def _pages(page: int, last: int) -> list[Button]:
    earlier = [Button(_("Page before"), f"q:page:{page - 1}")] if page > 0 else []
    return earlier + ([Button(_("Page after"), f"q:page:{page + 1}")] if page < last else [])


def _plain(member: Staff, any_: bool) -> list[Button]:
    own = queue_state.own_units(member)
    choose = len(own) > 1 or rights.above_others(member)
    units_ = [Button(_("Which units"), "q:units")] if choose else []
    return [
        *([menu.NEXT] if any_ else []),
        Button(_("Filter"), "q:filters"),
        *([Button(_("Choose several"), "q:many")] if any_ else []),
        *units_,
        menu.HOME,
    ]


def _choosing(any_: bool, chosen: int) -> list[Button]:
    acts = [
        Button(_("Take all chosen"), "q:take", "primary"),
        Button(_("Hand over to another unit"), "q:hand"),
        Button(_("Give to a colleague"), "q:give"),
    ]
    page = [Button(_("Choose this page"), "q:pagepick")] if any_ else []
    return [*page, *(acts if chosen else []), Button(_("Stop choosing"), "q:one")]


def show_filters(turn: Turn, member: Staff) -> None:
    buttons = [
        Button(joined(" · ", label, str(queue_state.count(turn, member, name))), f"q:filter:{name}")
        for name, label in queue_state.filters(turn, member)
    ]
    turn.say(Reply(_("Which tickets?"), tuple(buttons), "ask", edit=True))


def show_units(turn: Turn, member: Staff) -> None:
    own = queue_state.own_units(member)
    buttons = [
        Button(_("All, with the units below"), "q:unit:all"),
        Button(_("Only my own units"), "q:unit:own"),
    ]
    buttons += [Button(name, f"q:unit:{unit_id}") for unit_id, name in own.items()] if len(own) > 1 else []
    turn.say(Reply(_("Which units?"), tuple(buttons), "ask", edit=True))
