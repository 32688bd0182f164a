"""Telling: each change reaches the resident, and what the resident does reaches the staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from handlers import elsewhere, hearing, news, to_bring, undelivered, wording
from handlers.lists import supplied
from handlers.putting import body_of
from handlers.rejections import REASONS
from handlers.reply import Button, Reply
from handlers.turn import Moment, Turn
from locales import Text, Words, _, joined, lines
from storage import evidence, reports, tickets, units
from storage.tickets import Ticket

YES_NO = (("yes", _("It is right now")), ("no", _("It is still wrong")))
# Of a complaint about a site: nothing in it is right or wrong.
SETTLED_OR_NOT = (("yes", _("That settles it")), ("no", _("It is not settled yet")))


def verdicts(ticket: Ticket) -> tuple[tuple[str, Words], ...]:
    return SETTLED_OR_NOT if ticket.axis == "service" else YES_NO


def resident(
    moment: Turn | Moment,
    ticket: Ticket,
    what: str,
    text: Text,
    *extra: Button,
    media: tuple[dict[str, Any], ...] = (),
) -> None:
    """Says it where the report was filed, or where else its resident is reached. what: see handlers/news.py."""
    report = reports.get(moment.tx, ticket.report_id)
    own = moment.talk.id if isinstance(moment, Turn) else None  # who acts here may have filed it for somebody
    told = news.of(moment, ticket, report.code, what)
    key = news.key(ticket, what)
    reply = Reply(lines(joined(" · ", report.code, wording.part(ticket)), text),
                  (*extra, Button(_("Open report"), f"r:{report.id}")), news=told, media=media)  # fmt: skip
    chats = elsewhere.of_report(moment.tx, report, but=own)
    for chat in chats:
        moment.tell(chat.id, reply, ticket_id=ticket.id, dedupe=f"{key}:{chat.id}")
    if not chats and report.talk_id in (None, own):
        undelivered.no_chat_left(moment, ticket, body_of(reply, "vi"), f"{key}:", ())


def taken(turn: Turn, ticket: Ticket) -> None:
    resident(turn, ticket, "taken", _("{unit} is working on it now. You will have an answer {before}.",
                             unit=wording.unit(turn.tx, ticket), before=wording.due(ticket, turn.now)))  # fmt: skip


def asked(turn: Turn, ticket: Ticket, words: Text, police: int | None = None) -> None:
    unit = units.get(turn.tx, police).name if police else wording.unit(turn.tx, ticket)
    resident(turn, ticket, "asked", _("{unit} asks you: «{words}»", unit=unit, words=words),
             Button(_("Answer"), f"r:{ticket.report_id}:words:{ticket.id}", "primary"))  # fmt: skip


def _right_or_wrong(ticket: Ticket) -> tuple[Button, ...]:
    return tuple(
        Button(label, f"r:{ticket.report_id}:{verb}:{ticket.id}") for verb, label in verdicts(ticket)
    )


def answered(turn: Turn, ticket: Ticket, words: Text, spoken: Sequence[str] = ()) -> None:
    """spoken: voice messages, which stand above the words; a channel that cannot play them says where they are."""
    unit = wording.unit(turn.tx, ticket)
    text = (
        _("{unit} answers: «{words}»", unit=unit, words=words)
        if words
        else _("{unit} answers by voice message.", unit=unit)
    )
    service = ticket.axis == "service"
    question = _("Does that settle it? If not, they answer once more.") if service else _("Is it right now?")
    resident(
        turn, ticket, "answered", lines(text, question), *_right_or_wrong(ticket), media=_voices(turn, spoken)
    )


def _voices(turn: Turn, names: Sequence[str]) -> tuple[dict[str, Any], ...]:
    pieces = evidence.get(turn.tx, names) if names else []
    return tuple({"file": one.name, "kind": one.kind, "mime": one.mime} for one in pieces)


def called_back(turn: Turn, ticket: Ticket) -> None:
    text = _("{unit} says that it has called you.", unit=wording.unit(turn.tx, ticket))
    question = _("Does that settle it? If not, they call once more.")
    resident(turn, ticket, "called", lines(text, question), *_right_or_wrong(ticket))


def approved(turn: Turn | Moment, ticket: Ticket, words: Text) -> None:
    resident(
        turn,
        ticket,
        "approved",
        lines(
            _("The site says it has corrected the record; the national system does not show it yet."),
            _("«{words}»", words=words) if words else None,
            _("We check it against the next data and tell you. You need not do anything."),
        ),
        *_right_or_wrong(ticket),
    )


def rejected(turn: Turn, ticket: Ticket, reason: str, words: Text) -> None:
    found = REASONS[reason]
    resident(
        turn,
        ticket,
        "rejected",
        lines(
            _(
                "{unit} cannot finish it yet: {reason}",
                unit=wording.unit(turn.tx, ticket),
                reason=found.title,
            ),
            found.instead,
            _("«{words}»", words=words) if words else None,
            _("There is no need to file again: send it to this same report, and a new 48 hours begin."),
        ),
        Button(_("Send what is missing"), f"r:{ticket.report_id}:repair:{ticket.id}", "primary"),
    )


def later(turn: Turn, ticket: Ticket, words: Text, until: date) -> None:
    due = tickets.round_of(turn.tx, ticket).due_at
    resident(
        turn,
        ticket,
        "later",
        lines(
            _(
                "{unit} needs longer, until {until}: «{words}»",
                unit=wording.unit(turn.tx, ticket),
                until=until,
                words=words,
            ),
            _("The 48 hours run on until {due} all the same.", due=due)
            if ticket.clock == "letter"
            else _("The answer is due {before} all the same.", before=wording.due(ticket, turn.now)),
        ),
    )


def handed_over(turn: Turn, ticket: Ticket) -> None:
    text = _("Your report is now with {unit}. The deadline stays: {before}.",
             unit=wording.unit(turn.tx, ticket), before=wording.due(ticket, turn.now))  # fmt: skip
    resident(turn, ticket, "handed_over", lines(text, to_bring.line(turn.tx, ticket)))


def verifying(moment: Turn | Moment, ticket: Ticket, police: str) -> None:
    """At the commune's police; the 48 hours run on."""
    text = _("{police} is comparing the data with the population register; you need not do anything yet. The deadline stays: {before}.",
             police=police, before=wording.due(ticket, moment.now))  # fmt: skip
    resident(moment, ticket, "verifying", text)


def reopened(moment: Turn | Moment, ticket: Ticket) -> None:
    resident(
        moment,
        ticket,
        "reopened",
        _(
            "The national system still shows the old value, so {unit} has your report again. You need not file again.",
            unit=wording.unit(moment.tx, ticket),
        ),
    )


def returned(moment: Turn | Moment, ticket: Ticket) -> None:
    resident(moment, ticket, "returned", _("Your report is being looked at once more by {unit}. You need not do anything.",
                               unit=wording.unit(moment.tx, ticket)))  # fmt: skip


def confirmed(moment: Turn | Moment, ticket: Ticket) -> None:
    resident(
        moment,
        ticket,
        "confirmed",
        _("The national system now shows the right value. Thank you for telling us."),
    )


PASSED: dict[str, Words] = {
    "letter": _("The 48 hours have passed and {unit} has not finished. We are sorry."),
    "own": _(
        "The day on which you were to have an answer has passed, and {unit} has not given it. We are sorry."
    ),
}


def overdue(moment: Moment, ticket: Ticket, alerted: list[str]) -> None:
    """Hour 48, or the day of the desk's own aim: that the deadline passed, who was alerted, and that there is no need to file again."""
    names = ", ".join(alerted)
    resident(
        moment,
        ticket,
        "overdue",
        lines(
            Words(PASSED[ticket.clock].msgid, {"unit": wording.unit(moment.tx, ticket)}),
            _("Alerted: {names}.", names=names)
            if names
            else _("Nobody above could be reached yet; we try again every hour."),
            _("There is no need to file again: your report stays open, and they are reminded every day."),
        ),
    )


STAFF_WORDS: dict[str, Words] = {
    "withdrawn": _("{code}: the resident withdrew it."),
    "still_wrong": _("{code}: the resident says it is still wrong."),
    "repaired": _("{code}: the resident sent what was missing; a new 48 hours began."),
    "words": _("{code}: the resident added something."),
}


STAFF_WORDS_OF_SERVICE: dict[str, Words] = {
    "still_wrong": _("{code}: the resident says that it is not settled yet."),
}


# Filed by staff: the site that waits for its line or software.
STAFF_WORDS_OF_FAULTS: dict[str, Words] = {
    "withdrawn": _("{code}: the site withdrew it."),
    "still_wrong": _("{code}: the site says that it is not settled yet."),
    "words": _("{code}: the site added something."),
}


def staff_hears(turn: Turn, ticket: Ticket, what: str) -> None:
    """To whoever holds the ticket, else to the unit's people."""
    code = reports.get(turn.tx, ticket.report_id).code
    service = STAFF_WORDS_OF_SERVICE if ticket.axis == "service" else {}
    own = {**service, **(STAFF_WORDS_OF_FAULTS if ticket.kind == "site_tech" else {})}
    words = own.get(what) or STAFF_WORDS[what]
    text = Words(words.msgid, {"code": code})
    for person in hearing.of_ticket(turn.tx, ticket, turn.today):
        turn.tell(person.talk_id, Reply(text, (Button(_("Open"), f"t:{ticket.id}"),), rank="alert"))
    supplied.to_ticket(turn, ticket)
