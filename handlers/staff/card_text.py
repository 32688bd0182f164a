"""A ticket's card in words: what is wrong, until when, who has it, and what happened; numbers are masked."""

from __future__ import annotations

from dataclasses import replace

from handlers import papers, to_call, wording, wording_changes, wording_history
from handlers.lists import answerable, on_list
from handlers.residents import helping
from handlers.rules import days, id_required, identity, same_day
from handlers.rules.deadlines import SOONEST
from handlers.signing import of_ticket as signing
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines
from locales.times import ZONE
from storage import history, reports, staff, tickets, units
from storage.history import Event
from storage.reports import Report
from storage.tickets import Ticket

SHOWN = 10  # of the history
CLIP = 300  # characters of one entry; a long letter would push the buttons out of sight

OUTCOMES: dict[str, Words] = {
    "approved": _("closed: corrected on the Platform"),
    "rejected": _("sent back to the resident"),
    "withdrawn": _("closed: withdrawn by the resident"),
    "settled": _("closed: the resident says it is right"),
    "answered": _("closed: answered"),
}

# (only the signature is missing, when): S2, 1815/BYT-CNTT
SAME_DAY: dict[tuple[bool, str], Words] = {
    (True, "today"): _("**Dose of today: to be signed today** (S2, 1815/BYT-CNTT)"),
    (True, "late"): _("**Was to be signed the same day** (S2, 1815/BYT-CNTT): please do this one first"),
    (False, "today"): _("**Dose of today: to be entered and signed today** (S2, 1815/BYT-CNTT)"),
    (False, "late"): _(
        "**Was to be entered and signed the same day** (S2, 1815/BYT-CNTT): please do this one first"
    ),
}


def card(turn: Turn, ticket: Ticket) -> Text:
    report = reports.get(turn.tx, ticket.report_id)
    exempt = "exempt_site" in ticket.reasons  # it co-operates in nothing: S4 §6
    copy = units.get(turn.tx, ticket.copy_to).name if ticket.copy_to and exempt else None
    return lines(
        joined("", "**", report.code, "** · ", wording.marked(ticket.kind)),
        _state(turn, ticket),
        *on_list.of_ticket(turn, ticket),
        _("Held by: {who}", who=held_by(turn, ticket)),
        _put_off(ticket),
        "",
        _owed_today(ticket, report),
        signing.line(turn, ticket, report),
        wording_changes.changes(ticket),
        _("No ID number told: the Platform asks for one since 01/12/2021 (S1). Please ask for it first.")
        if id_required.lacking(report.about, ticket.changes)
        else None,
        _("Reported by: {who}", who=_reporter(report)),
        helping.line(turn, report),
        _papers(turn, ticket),
        None if reports.watching(turn.tx, report.id) else _("No chat follows this report: please call."),
        to_call.line(turn.tx, ticket),
        "",
        *answerable.of_ticket(turn, ticket),
        _("Why here: {why}", why=wording.why_here(ticket)),
        _("For information to: {unit}", unit=copy) if copy else None,
        _("Received: {at}, {channel}", at=report.received_at, channel=wording.channel(report.channel)),
        _("Original code: {code}", code=original)
        if (original := report.about.get("original_code"))
        else None,
        "",
        *_history(turn, ticket),
    )


def _state(turn: Turn, ticket: Ticket) -> Text:
    round_ = tickets.round_of(turn.tx, ticket)
    if ticket.state == "closed":
        what: Text = OUTCOMES.get(round_.outcome or "", _("closed"))
    else:
        left = wording.left(ticket, turn.now)
        due = _("due {before}", before=wording.before(round_.due_at, turn.now))
        what = left if ticket.kind in SOONEST else joined(" · ", left, due)
    again = [_("round {n}", n=round_.number)] if round_.number > 1 else []
    end = round_.finish_by if ticket.state == "open" else None
    stop = [_("campaign ends {at}", at=end)] if end else []
    return joined(" · ", what, *again, *stop)


def _owed_today(ticket: Ticket, report: Report) -> Text | None:
    """obligations §18: new doses are signed the same day; one that was not is to go first."""
    found = same_day.of_ticket(ticket.kind, ticket.changes, report.received_at.astimezone(ZONE).date())
    return SAME_DAY[ticket.kind == "not_signed", found] if found else None


def held_by(turn: Turn, ticket: Ticket) -> Text:
    if ticket.holder_id is None:
        return _("nobody yet")
    if turn.member and ticket.holder_id == turn.member.id:
        return _("you")
    return staff.name_of(turn.tx, ticket.holder_id)


def _put_off(ticket: Ticket) -> Text | None:
    if ticket.later_until is None or ticket.state == "closed":
        return None
    return _("To be handled later: {day} (the clock runs on)", day=ticket.later_until)


def _reporter(report: Report) -> Text:
    about = report.about
    if about.get("staff"):
        return joined(", ", about["staff"]["name"], about["staff"]["unit"])
    number, phone = (about.get("number") or {}).get("value"), about.get("phone")
    known: list[Text] = [identity.mask_name(str(about["name"]))] if about.get("name") else []
    known += [identity.mask_number(number)] if number else []
    known += [identity.mask_phone(phone)] if phone else []
    known += [_("foreigner")] if about.get("foreign") else []
    if not known:
        return _("somebody who gave no name")  # who complains of a site need not
    known += [_("entered from the card's QR code")] if about.get("from_qr") else []
    return joined(", ", *known, _("phone proven") if report.proven else _("phone not proven"))


def _papers(turn: Turn, ticket: Ticket) -> Text | None:
    sent = papers.of_ticket(turn.tx, ticket)
    if sent:
        return _("Papers sent: {what}", what=papers.counted(sent))
    said = [one.what for one in history.of_ticket(turn.tx, ticket.id, internal=False)]
    return (
        _("Papers: the resident has none any more. Please search your register.")
        if "no_paper" in said
        else None
    )


def _history(turn: Turn, ticket: Ticket) -> list[Text]:
    found = history.of_ticket(turn.tx, ticket.id, internal=True)[-SHOWN:]
    return [_("**History**"), *(_entry(turn, one) for one in found)]


def _entry(turn: Turn, one: Event) -> Text:
    words = str(one.details.get("words") or "")
    if len(words) > CLIP:
        one = replace(one, details={**one.details, "words": words[:CLIP] + " …"})
    told = wording_history.event(turn.tx, one)
    return joined(" · ", told, staff.name_of(turn.tx, one.staff_id)) if one.staff_id else told


def in_full(ticket: Ticket, report: Report, *, own: bool) -> Text:
    """Everything about the person, unmasked; who asks for this is written into the audit log. A new phone number, which
    opens the record, only for the unit that changes it (own)."""
    hidden = ticket.kind == "phone" and not own
    about = report.about
    birth = days.Day.of(str(about["birth"])).text() if about.get("birth") else None
    number = (about.get("number") or {}).get("value")
    return lines(
        joined("", "**", report.code, "** · ", wording.kind(ticket)),
        _("Name: {name}", name=about["name"]) if about.get("name") else None,
        _("Born: {birth}", birth=birth) if birth else None,
        _("ID number: {number}", number=number) if number else None,
        _("Phone: {phone}", phone=identity.mask_phone(about["phone"]) if hidden else about["phone"])
        if about.get("phone")
        else None,
        "",
        wording_changes.changes(ticket, full=not hidden),
        "",
        _("It is recorded that you have seen this."),
    )
