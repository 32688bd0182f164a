"""Words that answer no question: while a report is open, which one they belong to; else the menu."""

from __future__ import annotations

from handlers import wording
from handlers.reply import Button, Reply
from handlers.residents import codes, corrections, meant, menu, report_acts, seen
from handlers.turn import Turn
from locales import _, joined, lines
from storage import reports, tickets
from storage.reports import Report
from storage.tickets import Ticket

AT_MOST = 8
NEW = Button(_("Something else: a new report"), "w:new")
NONE = Button(_("None of these"), "w:none")


def hear(turn: Turn, text: str) -> None:
    """Several messages in a row are kept together until they are given to a report."""
    if codes.looks_like_one(turn, text):
        codes.hear(turn, {}, text)
        return
    open_it = meant.place(text)
    if open_it:
        open_it(turn)
        return
    found = _open(turn)
    if not found and meant.something_is_wrong(text):
        corrections.choose(turn, before=_("I am sorry to hear that. Let us report it, question by question."))
        return
    if not found:
        menu.show(turn, before=_("I did not quite understand. Please choose what you would like to do."))
        return
    earlier = turn.state.get("words")
    words = f"{earlier}\n{text}" if earlier else text
    if len(words) > report_acts.LONGEST:
        leave = (Button(_("My reports"), "reports"), Button(_("Menu"), "menu"))
        turn.say(Reply(report_acts.too_long(words), leave))
        return
    turn.state["words"] = words
    _ask(turn, found)


def _open(turn: Turn) -> list[tuple[Report, Ticket]]:
    return [
        (report, ticket)
        for report in reports.watched(turn.tx, turn.talk.id)
        for ticket in tickets.of_report(turn.tx, report.id)
        if ticket.state == "open"
    ][:AT_MOST]


def _ask(turn: Turn, found: list[tuple[Report, Ticket]]) -> None:
    """Repeats the words, for the earlier ones may have been written days ago."""
    which = [
        Button(joined(" · ", report.code, wording.kind(ticket)), f"w:t:{ticket.id}")
        for report, ticket in found
    ]
    text = lines(_("«{words}»", words=turn.state["words"]), "", _("Which report does this belong to?"))
    turn.say(Reply(text, (*which, NEW, NONE), "ask", sensitive=True))


def press(turn: Turn, token: str) -> None:
    """w:t:TICKET · w:new · w:none."""
    words = turn.state.pop("words", None)
    if token == NEW.token:
        corrections.choose_anew(turn)
        return
    ticket = seen.ticket(turn, token.removeprefix("w:t:"))
    if token == NONE.token:
        menu.show(turn, before=_("All right, I have passed nothing on."))
    elif not words:
        menu.show(turn, before=_("There is nothing to pass on any more."))
    elif ticket is None:
        turn.state["words"] = words
        _ask(turn, _open(turn))
    else:
        report_acts.add_words(turn, ticket, words)
