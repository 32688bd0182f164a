"""Words that answer no question: while a report is open, which one they belong to; else the menu."""

from __future__ import annotations

from handlers import papers, wording
from handlers.reply import Button, Reply
from handlers.residents import (
    already_said,
    at_site,
    codes,
    corrections,
    meant,
    menu,
    offering,
    report_acts,
    seen,
)
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
    if not found and offering.hear(turn, text):
        turn.state.pop("lost", None)
        return
    if not found and meant.something_is_wrong(text):
        corrections.choose(turn, before=_("I am sorry to hear that. Let us report it, question by question."))
        return
    if not found:
        _lost(turn, text)
        return
    earlier = turn.state.get("words")
    words = f"{earlier}\n{text}" if earlier else text
    if len(words) > report_acts.LONGEST:
        leave = (Button(_("My reports"), "reports"), Button(_("Menu"), "menu"))
        turn.say(Reply(report_acts.too_long(words), leave))
        return
    turn.state["words"] = words
    ask_which(turn)


def _lost(turn: Turn, text: str) -> None:
    """Whoever is not understood twice is offered a call."""
    lost = _("I did not quite understand. Please choose what you would like to do.")
    times = turn.state["lost"] = turn.state.get("lost", 0) + 1
    also = (menu.CALL,) if times > 1 else ()
    menu.show(turn, before=at_site.unknown(text) or lost, also=also)


def open_reports(turn: Turn) -> list[tuple[Report, Ticket]]:
    return [
        (report, ticket)
        for report in reports.watched(turn.tx, turn.talk.id)
        for ticket in tickets.of_report(turn.tx, report.id)
        if ticket.state == "open"
    ][:AT_MOST]


def ask_which(turn: Turn, before: Text | None = None) -> None:
    """Repeats the words and counts the photos, for the earlier ones may have been sent days ago."""
    from handlers.residents.corrections import reaction

    which = [
        Button(joined(" · ", report.code, wording.part(ticket)), f"w:t:{ticket.id}")
        for report, ticket in open_reports(turn)
    ]
    words = turn.state.get("words")
    sent = papers.pieces(turn, turn.state.get("sent") or ())
    text = lines(
        reaction.EMERGENCY if offering.cannot_wait(words or "") else None,
        before,
        _("«{words}»", words=words) if words else None,
        _("You sent: {what}.", what=papers.counted(sent)) if sent else None,
        "",
        _("Which report does this belong to?"),
    )
    turn.say(Reply(text, (*which, *offering.anew(words or ""), NEW, NONE), "ask", sensitive=True))


def press(turn: Turn, token: str) -> None:
    """w:t:TICKET · w:new · w:none · w:k:KIND · w:all."""
    words = turn.state.get("words")
    sent = [piece.name for piece in papers.pieces(turn, turn.state.get("sent") or ())]
    if token.startswith("w:k:") or token == offering.ALL.token:
        _kept(turn, words, sent)
        offering.press(turn, token)
        return
    if token == NEW.token:
        corrections.choose_anew(turn)
        _kept(turn, words, sent)
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


def _kept(turn: Turn, words: str | None, sent: list[str]) -> None:
    """They go into the new report; with photos they go as what was written under those."""
    if words and not sent:
        turn.state.pop("words")
        already_said.keep(turn, words)


def _done(turn: Turn) -> None:
    for name in ("words", "sent"):
        turn.state.pop(name, None)
