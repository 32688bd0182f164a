"""The queue on the screen: least time left first, eight to a page, in one message that is edited in place.

Each ticket is its own button, so that a thumb hits the line that it means.
"""

from __future__ import annotations

from handlers import wording
from handlers.reply import Button, Reply
from handlers.staff import grouping, menu, queue_state, rights
from handlers.staff.queue_state import PAGE
from handlers.turn import Turn
from locales import Text, _, joined, lines, ngettext
from storage import absences, reports, staff
from storage.queue_filters import Counts
from storage.staff import Staff
from storage.tickets import Ticket


def show(
    turn: Turn,
    member: Staff,
    before: Text | None = None,
    *,
    edit: bool = True,
    after: tuple[Button, ...] = (),
) -> None:
    """after: buttons that belong to the words before it."""
    state, counted = queue_state.of(turn), queue_state.counts(turn, member)
    total = queue_state.total(turn, member, counted)
    last = max(0, (total - 1) // PAGE)
    page = min(max(0, state["page"]), last)
    state = queue_state.keep(turn, page=page)
    rows = queue_state.waiting(turn, member, PAGE, page * PAGE)
    text = lines(before, "" if before else None, *_head(turn, member, counted, total),
                 _("Nothing is waiting here.") if not rows else None,
                 _("Page {page} of {last}", page=page + 1, last=last + 1) if last else None)  # fmt: skip
    many = state["many"]
    chosen = {ticket_id for ticket_id, _version in state["chosen"]}
    buttons = [menu.NEXT_FIRST] if rows and not many else []
    buttons += [_row(turn, member, row, many, row.id in chosen) for row in rows]
    buttons += _pages(page, last)
    buttons += _choosing(turn, total, len(chosen)) if many else _plain(turn, member, bool(rows))
    # A card may come in its place, and what was sent unprotected stays so.
    turn.say(Reply(text, (*after, *buttons), "card", sensitive=True, edit=edit))


def _head(turn: Turn, member: Staff, counted: Counts, total: int) -> list[Text]:
    state = queue_state.of(turn)
    where = queue_state.own_units(member).get(int(state["unit"])) if state["unit"].isdecimal() else None
    head: list[Text] = [joined(" – ", _("**Queue**"), *([where] if where else []))]
    told = ngettext("{n} ticket open, {overdue} overdue", "{n} tickets open, {overdue} overdue",
                    counted.all, overdue=counted.overdue)  # fmt: skip
    head.append(told)
    if state["filter"] != "all":
        label = dict(queue_state.filters(counted)).get(state["filter"], state["filter"])
        head.append(_("Filter: {name} ({n})", name=label, n=counted.of(state["filter"])))
    if group := grouping.chosen(turn):
        head.append(_("Group: {name} ({n})", name=group, n=total))
    if state["many"]:
        head.append(_("Chosen: {n}", n=len(state["chosen"])))
    return head


def _row(turn: Turn, member: Staff, row: Ticket, many: bool, chosen: bool) -> Button:
    """«PA-7K2MX · còn 6 giờ · Thiếu mũi tiêm · Mai»; who holds it only where somebody does."""
    parts: list[Text] = [
        reports.get(turn.tx, row.report_id).code,
        wording.left(row, turn.now),
        wording.part(row, wording.marked(row.kind)),
    ]
    if row.holder_id is not None:
        parts.append(_held(turn, member, row.holder_id))
    if row.later_until:
        parts.append(_("put off to {day}", day=row.later_until))
    if not member.at(row.unit_id) or len(queue_state.own_units(member)) > 1:
        parts.append(wording.unit(turn.tx, row))
    label: Text = joined(" · ", *parts)
    if not many:
        return Button(label, f"t:{row.id}:0:show")
    told = _("✓ {label} (chosen)", label=label) if chosen else label
    return Button(told, f"q:pick:{row.id}:{row.version}")


def _held(turn: Turn, member: Staff, holder_id: int) -> Text:
    if holder_id == member.id:
        return _("mine")
    name = staff.name_of(turn.tx, holder_id)
    stands_in = holder_id in absences.stood_in_for(turn.tx, member.id, turn.now)
    return _("in place of {name}", name=name) if stands_in else name


def _pages(page: int, last: int) -> list[Button]:
    earlier = [Button(_("Page before"), f"q:page:{page - 1}")] if page > 0 else []
    return earlier + ([Button(_("Page after"), f"q:page:{page + 1}")] if page < last else [])


def _plain(turn: Turn, member: Staff, any_: bool) -> list[Button]:
    own = queue_state.own_units(member)
    group = queue_state.of(turn)["group"]
    others = [Button(_("Other groups"), f"q:by:{group[0]}:0")] if group else []
    several = (Button(_("Choose several"), "q:many"), Button(_("Download the typing sheet"), "q:sheet"))
    choose = len(own) > 1 or rights.above_others(member)
    units_ = [Button(_("Which units"), "q:units")] if choose else []
    return [
        *others,
        Button(_("Filter"), "q:filters"),
        Button(_("Group by…"), "q:groups"),
        *(several if any_ else ()),
        *units_,
        menu.HOME,
    ]


def _choosing(turn: Turn, total: int, chosen: int) -> list[Button]:
    whole = _("Choose the whole group ({n})", n=total)
    if not queue_state.of(turn)["group"]:
        whole = _("Choose all ({n})", n=total)
    acts = [
        Button(_("Take all chosen"), "q:take", "primary"),
        Button(_("Approve all chosen"), "q:do:approve"),
        Button(_("Other acts on the chosen"), "q:acts"),
    ]
    page = [Button(_("Choose this page"), "q:pagepick")] if total else []
    page += [Button(whole, "q:allpick")] if total > PAGE else []
    return [*page, *(acts if chosen else []), Button(_("Stop choosing"), "q:one")]


def show_filters(turn: Turn, member: Staff) -> None:
    counted = queue_state.counts(turn, member)
    buttons = [
        Button(joined(" · ", label, str(counted.of(name))), f"q:filter:{name}")
        for name, label in queue_state.filters(counted)
    ]
    turn.say(Reply(_("Which tickets?"), tuple(buttons), "card", edit=True))


def show_units(turn: Turn, member: Staff) -> None:
    own = queue_state.own_units(member)
    buttons = [
        Button(_("All, with the units below"), "q:unit:all"),
        Button(_("Only my own units"), "q:unit:own"),
    ]
    buttons += [Button(name, f"q:unit:{unit_id}") for unit_id, name in own.items()] if len(own) > 1 else []
    turn.say(Reply(_("Which units?"), tuple(buttons), "card", edit=True))
