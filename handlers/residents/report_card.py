"""One report as a card: each ticket with its changes, who has it and why, until when, what can be done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from handlers import papers, telling, to_bring, wording, wording_changes, wording_history
from handlers.reply import Button, Reply
from handlers.rules import identity
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines, ngettext
from storage import approvals, history, reports, tickets, unreached
from storage.tickets import Ticket

NEWEST = 10

VERBS: dict[str, Words] = {
    **dict(telling.YES_NO),
    "repair": _("Send what is missing"),
    "words": _("Add words"),
    "withdraw": _("Withdraw"),
}
# After these the resident is asked «Đã đúng / Vẫn chưa đúng», or has answered it, or it no longer matters.
VERDICTS = ("answered", "approved", "settled", "still_wrong", "repaired", "reopened", "returned")


def show(turn: Turn, report_id: int, *, before: Text | None = None, edit: bool = False) -> None:
    report = reports.get(turn.tx, report_id)
    parts = tickets.of_report(turn.tx, report.id)
    unreached.clear(turn.tx, *(ticket.id for ticket in parts))
    buttons = [button for ticket in parts for button in _buttons(turn.tx, ticket, several=len(parts) > 1)]
    more = (Button(_("My reports"), "reports"), Button(_("Menu"), "menu"))
    turn.say(Reply(text(turn, report, parts, before), (*buttons, *more), "card", sensitive=True, edit=edit))


def text(turn: Turn, report: reports.Report, parts: list[Ticket], before: Text | None = None) -> Text:
    name = report.about.get("name")
    return lines(
        *([before, ""] if before else []),
        joined("", "**", report.code, "**", *((" · ", identity.mask_name(str(name))) if name else ())),
        *(row for ticket in parts for row in ("", *_part(turn, ticket))),
    )


def _part(turn: Turn, ticket: Ticket) -> list[Text]:
    open_ = ticket.state == "open"
    rows: list[Text | None] = [
        joined("", "**", wording.part(ticket), "**"),
        wording_changes.changes(ticket),
        _("Handled by: {unit}", unit=wording.holder(turn.tx, ticket)),
        _("Why: {why}", why=wording.why_here(ticket)) if open_ else None,
        _("State: {state}", state=wording.state(turn.tx, ticket, turn.now)),
        _("Answer due: {before}", before=wording.due(ticket, turn.now)) if open_ else None,
        to_bring.line(turn.tx, ticket),
        _on_the_platform(turn.tx, ticket),
        _papers(turn.tx, ticket),
        *_history(turn.tx, ticket),
    ]
    return [row for row in rows if row is not None]


def _papers(tx: Connection, ticket: Ticket) -> Text | None:
    sent = papers.sent_with(tx, ticket.id)
    return _("Papers sent: {what}", what=papers.counted(sent)) if sent else None


def _on_the_platform(tx: Connection, ticket: Ticket) -> Text | None:
    approval = approvals.of_round(tx, ticket.round_id)
    if approval is None or ticket.state == "open":
        return None
    if approval.state == "waiting":
        return _("The national system does not show it yet. We check every new export and tell you.")
    return _("The national system shows the right value") if approval.state == "confirmed" else None


def _history(tx: Connection, ticket: Ticket) -> list[Text]:
    """Newest last; what is older than the last few is only counted."""
    events = history.of_ticket(tx, ticket.id, internal=False)
    earlier = len(events) - NEWEST
    rows: list[Text] = [_("History:")]
    if earlier > 0:
        rows.append(ngettext("… {n} earlier step", "… {n} earlier steps", earlier))
    return [
        *rows,
        *(joined("", "– ", wording_history.event(tx, one, to_resident=True)) for one in events[-NEWEST:]),
    ]


def _buttons(tx: Connection, ticket: Ticket, *, several: bool) -> list[Button]:
    """With several tickets each button names its ticket's kind, and its dose."""
    made = []
    for verb in offered(tx, ticket):
        named = dict(telling.verdicts(ticket)).get(verb, VERBS[verb])
        label: Text = joined(": ", named, wording.part(ticket)) if several else named
        style: Any = "primary" if verb == "repair" else "plain"
        made.append(Button(label, f"r:{ticket.report_id}:{verb}:{ticket.id}", style))
    if papers.answered_with(tx, ticket.id):
        made.append(Button(_("Listen to the answer"), f"r:{ticket.report_id}:listen:{ticket.id}"))
    return made


def offered(tx: Connection, ticket: Ticket) -> tuple[str, ...]:
    """What the resident can do with the ticket as it is now; every press is checked against this."""
    happened = [one.what for one in history.of_ticket(tx, ticket.id, internal=False)]
    verdict = next((what for what in reversed(happened) if what in VERDICTS), "")
    if ticket.state == "open":
        return (*(("yes", "no") if verdict == "answered" else ()), "words", "withdraw")
    match tickets.round_of(tx, ticket).outcome:
        case "approved" | "answered":
            return ("no", "words") if verdict == "settled" else ("yes", "no", "words")
        case "rejected":
            return ("repair",)
        case "settled":
            return ("no",)
    return ()
