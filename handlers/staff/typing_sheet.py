"""The typing sheet: what is to be entered on the Platform, in the order of the register, one row per change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from handlers import wording, wording_changes
from handlers.reply import Button, Reply
from handlers.rules import days, names
from handlers.staff import queue_state, queue_view, rights
from handlers.staff.several import MOST, chosen_tickets
from handlers.turn import Turn
from locales import Text, _, joined, lines, ngettext, say
from storage import history, queue_filters, queue_groups, reports, staff, tickets
from storage.queue_filters import Scope
from storage.staff import Staff
from storage.tickets import Ticket

HEAD = (
    _("No."), _("Code"), _("Name"), _("Birth date"), _("Sex"), _("ID number"), _("Phone"), _("What is wrong"),
    _("On record"), _("Right"), _("Dose"), _("Vaccine"), _("Day of the dose"), _("Lot"), _("Site"), _("Due"),
)  # fmt: skip


def send(turn: Turn, member: Staff) -> None:
    """Of what is chosen, else of what the queue shows; each ticket in it counts as one whose full number was seen."""
    found = chosen_tickets(turn) if queue_state.of(turn)["chosen"] else _waiting(turn, member)
    mine = [ticket for ticket in found if may_type(turn.tx, member, ticket)]
    if not mine:
        nothing = _("Nothing here is for you to enter. The sheet holds only open tickets of your own units.")
        queue_view.show(turn, member, before=nothing, edit=False)
        return
    for ticket in mine[:MOST]:
        history.audited(turn.tx, turn.now, "full_number", staff_id=member.id, talk_id=turn.talk.id,
                        ticket_id=ticket.id, by="typing_sheet")  # fmt: skip
    spec = {
        "render": "typing_sheet",
        "staff": member.id,
        "tickets": [ticket.id for ticket in mine[:MOST]],
        "as_of": turn.now.isoformat(),
        "lang": turn.lang,
        "alt": _("Typing sheet (.xlsx)"),
    }
    told = lines(
        ngettext("Typing sheet: {n} ticket, by site, day and lot.", "Typing sheet: {n} tickets, by site, day and lot.",
                 len(mine[:MOST])),
        _("Only the {n} most urgent ones; the others come once these are closed.", n=MOST) if len(mine) > MOST else None,
        _("It holds full numbers, and it is recorded that you have had it. Please delete it once all is entered."),
        _("Here it can be downloaded for 24 hours.") if turn.incoming.channel == "web" else None,
    )  # fmt: skip
    turn.say(Reply(told, (Button(_("Back to the queue"), "q:back"),), media=(spec,), sensitive=True))


def _waiting(turn: Turn, member: Staff) -> list[Ticket]:
    """The filter and group, at one's own units only."""
    own, chosen = queue_state.own_units(member), queue_state.of(turn)["unit"]
    here = (int(chosen),) if chosen.isdecimal() and int(chosen) in own else tuple(own)
    where = queue_state.narrowed(turn, member)
    return queue_filters.waiting(turn.tx, Scope(here, deep=False), *where, limit=MOST + 1)


def may_type(tx: Connection, member: Staff, ticket: Ticket) -> bool:
    """Whoever answers for it at its unit; a complaint about service has nothing to enter."""
    return ticket.state == "open" and ticket.axis != "service" and rights.of(tx, member, ticket).own


def given(tx: Connection, spec: dict[str, Any]) -> dict[str, Any]:
    """{"title", "head", "rows", "none"}: what is drawn, at delivery; who has left the unit since gets nothing."""
    lang, member = spec.get("lang", "vi"), staff.get(tx, spec["staff"])
    found = [ticket for ticket_id in spec["tickets"] if (ticket := tickets.find(tx, ticket_id))]
    mine = [ticket for ticket in found if member and may_type(tx, member, ticket)]
    rows = sorted(row for ticket in mine for row in _rows(tx, ticket, lang))
    return {
        "title": say(_("Typing sheet (.xlsx)"), lang),
        "head": [say(name, lang) for name in HEAD],
        "rows": [[str(n), *cells] for n, (_order, cells) in enumerate(rows, 1)],
        "none": say(_("Nothing is left to enter."), lang),
    }


def _rows(tx: Connection, ticket: Ticket, lang: str) -> list[tuple[list[str], list[str]]]:
    """One per change, each behind what it is sorted by: site, day, lot, name."""
    report = reports.get(tx, ticket.report_id)
    about, code = report.about, report.code
    person = [code, about.get("name"), _day(about.get("birth")), wording_changes.SEXES.get(str(about.get("sex"))),
              (about.get("number") or {}).get("value"), about.get("phone")]  # fmt: skip
    rows = []
    for change in ticket.changes:
        dose = queue_groups.facts(change)
        which = wording_changes.dose(
            {name: dose[name] for name in ("dose_class", "ordinal", "dose_no") if name in dose}
        )
        cells: list[Text | None] = [
            *person, *_wrong(ticket, change), which, dose.get("vaccine"), _day(dose.get("day")), dose.get("lot"),
            dose.get("site_name"),
        ]  # fmt: skip
        said = [say(cell or "", lang) for cell in cells]
        order = [
            str(part)
            for part in (not dose, names.fold(said[13]), dose.get("day", ""), said[12], said[1], code)
        ]
        rows.append((order, [*said, say(ticket.due_at, lang)]))
    return rows


def _wrong(ticket: Ticket, change: dict[str, Any]) -> tuple[Text, Text, Text]:
    """What is wrong, what is on record, what is right; in one sentence where it is not one value for another."""
    field, kind = change["field"], wording.kind(ticket)
    if field not in wording_changes.FIELDS:
        return kind, "", wording_changes.change(change, full=True)
    old, new = (
        wording_changes.value(field, change[side], full=True) if change.get(side) else ""
        for side in ("old", "new")
    )
    return (kind if field == "dose" else joined(": ", kind, wording_changes.FIELDS[field])), old, new


def _day(iso: object) -> str | None:
    return days.Day.of(str(iso)).text() if iso else None
