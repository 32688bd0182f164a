"""Words that answer no question: while a report is open, which one they belong to; else the menu."""

from __future__ import annotations

from handlers import papers, wording
from handlers.reply import Button, Reply
from handlers.residents import at_site, codes, corrections, meant, menu, report_acts, seen
from handlers.rules import names
from handlers.turn import Turn
from locales import Text, _, joined, lines
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
    waiting = turn.state.get("words") or turn.state.get("sent")  # for somebody to say whose they are
    if not waiting and names.fold(text) in meant.GREETINGS:
        menu.welcome(turn)
        return
    found = open_reports(turn)
    if not waiting and names.fold(text) in meant.THANKS:
        told = _("When there is news of your report, I tell you here at once.") if found else None
        menu.show(turn, before=lines(_("You are welcome."), told))
        return
    if not found and meant.something_is_wrong(text):
        corrections.choose(turn, before=_("I am sorry to hear that. Let us report it, question by question."))
        return
    if not found:
        lost = _("I did not quite understand. Please choose what you would like to do.")
        menu.show(turn, before=at_site.unknown(text) or lost)
        return
    earlier = turn.state.get("words")
    words = f"{earlier}\n{text}" if earlier else text
    if len(words) > report_acts.LONGEST:
        leave = (Button(_("My reports"), "reports"), Button(_("Menu"), "menu"))
        turn.say(Reply(report_acts.too_long(words), leave))
        return
    turn.state["words"] = words
    ask_which(turn)


def open_reports(turn: Turn) -> list[tuple[Report, Ticket]]:
    return [
        (report, ticket)
        for report in reports.watched(turn.tx, turn.talk.id)
        for ticket in tickets.of_report(turn.tx, report.id)
        if ticket.state == "open"
    ][:AT_MOST]


def ask_which(turn: Turn, before: Text | None = None) -> None:
    """Repeats the words and counts the photos, for the earlier ones may have been sent days ago."""
    which = [
        Button(joined(" · ", report.code, wording.part(ticket)), f"w:t:{ticket.id}")
        for report, ticket in open_reports(turn)
    ]
    words, sent = turn.state.get("words"), papers.pieces(turn, turn.state.get("sent") or ())
    text = lines(
        before,
        _("«{words}»", words=words) if words else None,
        _("You sent: {what}.", what=papers.counted(sent)) if sent else None,
        "",
        _("Which report does this belong to?"),
    )
    turn.say(Reply(text, (*which, NEW, NONE), "ask", sensitive=True))


def press(turn: Turn, token: str) -> None:
    """w:t:TICKET · w:new · w:none."""
    words = turn.state.get("words")
    sent = [piece.name for piece in papers.pieces(turn, turn.state.get("sent") or ())]
    if token == NEW.token:
        if not sent:
            turn.state.pop("words", None)  # with photos they go into the new report
        corrections.choose_anew(turn)
        return
    ticket = seen.ticket(turn, token.removeprefix("w:t:"))
    if token == NONE.token:
        papers.forget(turn, {"papers": sent})
        _done(turn)
        menu.show(turn, before=_("All right, I have passed nothing on."))
    elif not words and not sent:
        menu.show(turn, before=_("There is nothing to pass on any more."))
    elif ticket is None:
        ask_which(turn)
    else:
        _done(turn)
        report_acts.add_words(turn, ticket, words or "", sent)


def _done(turn: Turn) -> None:
    for name in ("words", "sent"):
        turn.state.pop(name, None)
