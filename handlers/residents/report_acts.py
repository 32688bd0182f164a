"""What residents do with a ticket: add words, say whether it is right, send what is missing, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers import desk, papers, wording
from handlers.rejections import REASONS
from handlers.reply import Button, Reply
from handlers.residents import report_card, seen
from handlers.turn import Turn
from locales import Text, Words, _, lines
from storage import reports, tickets
from storage.tickets import Ticket

LONGEST = 2000
NOT_OPEN = _("That report is not open in this chat.")


def press(turn: Turn, verb: str, ticket: Ticket) -> None:
    """A button that no longer fits the ticket shows the ticket as it is now."""
    if verb == "listen":
        _listen(turn, ticket)
        return
    wanted = "withdraw" if verb == "withdraw!" else verb
    if wanted not in report_card.offered(turn.tx, ticket):
        changed(turn, ticket)
    elif verb in ("words", "repair"):
        ask(turn, verb, ticket)
    elif verb == "withdraw":
        _sure(turn, ticket)
    else:
        DONE[verb](turn, ticket)


def changed(turn: Turn, ticket: Ticket) -> None:
    report_card.show(
        turn, ticket.report_id, before=_("This has changed meanwhile. This is how it stands now:")
    )


def attempt(turn: Turn, ticket: Ticket, act: Callable[[], object]) -> bool:
    """All of the act or nothing; False where somebody else was quicker, which has then been said."""
    try:
        with turn.tx.begin_nested():
            act()
    except tickets.Changed:
        changed(turn, ticket)
        return False
    return True


def _listen(turn: Turn, ticket: Ticket) -> None:
    """The answer by voice once more."""
    pieces = papers.answered_with(turn.tx, ticket.id)
    if not pieces:
        changed(turn, ticket)
        return
    media = tuple({"file": one.name, "kind": one.kind, "mime": one.mime} for one in pieces)
    said = _("{unit} answers by voice message.", unit=wording.unit(turn.tx, ticket))
    turn.say(Reply(said, _leave(ticket), media=media, sensitive=True))


def _yes(turn: Turn, ticket: Ticket) -> None:
    if attempt(turn, ticket, lambda: desk.settled(turn, ticket)):
        right = _("Thank you. We are glad that it is right now.")
        service = _("Thank you for telling us. The matter is closed.")
        report_card.show(turn, ticket.report_id, before=service if ticket.axis == "service" else right)


STILL = (
    _("We have told {unit} that it is still wrong. An answer is due {before}."),
    _("What exactly is still wrong? You can write it here, or leave it at that."),
)
SERVICE_STILL = (
    _("We have told {unit} that it is not settled yet. A new answer is due {before}."),
    _("What is still missing for you? You can write it here, or leave it at that."),
)


def _no(turn: Turn, ticket: Ticket) -> None:
    """The new round begins at once; what exactly is wrong can be added, and need not be."""
    if not attempt(turn, ticket, lambda: desk.still_wrong(turn, ticket)):
        return
    now = tickets.get(turn.tx, ticket.id)
    told, ask = SERVICE_STILL if ticket.axis == "service" else STILL
    turn.say(
        Reply(
            lines(
                Words(told.msgid, {"unit": wording.unit(turn.tx, now), "before": wording.due(now, turn.now)}),
                ask,
            ),
            _leave(now),
        )
    )  # fmt: skip
    _expect(turn, "words", now)


def _sure(turn: Turn, ticket: Ticket) -> None:
    code = reports.get(turn.tx, ticket.report_id).code
    turn.say(
        Reply(
            _(
                "Withdraw «{kind}» of {code}? Then nobody handles it any more.",
                kind=wording.part(ticket),
                code=code,
            ),
            (
                Button(_("Yes, withdraw it"), f"r:{ticket.report_id}:withdraw!:{ticket.id}", "danger"),
                Button(_("No, keep it"), f"r:{ticket.report_id}"),
            ),
            "ask",
        )
    )


def _withdraw(turn: Turn, ticket: Ticket) -> None:
    if attempt(turn, ticket, lambda: desk.withdraw(turn, ticket)):
        report_card.show(
            turn, ticket.report_id, before=_("It is withdrawn. You can send a new report at any time.")
        )


DONE: dict[str, Callable[[Turn, Ticket], None]] = {"yes": _yes, "no": _no, "withdraw!": _withdraw}


def ask(turn: Turn, verb: str, ticket: Ticket) -> None:
    question = _("What would you like to add? Please write it here.")
    sent = _("You can also send a voice message or photos.") if "photo" in turn.incoming.can else None
    turn.say(
        Reply(lines(_what_to_write(turn, ticket) if verb == "repair" else question, sent), _leave(ticket))
    )
    _expect(turn, verb, ticket)


def _what_to_write(turn: Turn, ticket: Ticket) -> Text:
    reason = REASONS.get(tickets.round_of(turn.tx, ticket).reason or "")
    return lines(
        *((reason.title, reason.instead) if reason else ()),
        _("Please write it here. With it a new 48 hours begin, and you need not file again."),
    )


def _leave(ticket: Ticket) -> tuple[Button, ...]:
    return (Button(_("Open report"), f"r:{ticket.report_id}"), Button(_("Menu"), "menu"))


def _expect(turn: Turn, verb: str, ticket: Ticket) -> None:
    turn.state["expects"] = {"by": "r", "what": verb, "ticket": ticket.id}


def hear(turn: Turn, expects: dict[str, object], text: str) -> None:
    """The words that were asked for; the ticket is looked at anew, for it may have changed since."""
    ticket = seen.ticket(turn, expects["ticket"])
    verb = str(expects["what"])
    if ticket is None:
        turn.say(Reply(NOT_OPEN, (Button(_("My reports"), "reports"),)))
    elif len(text) > LONGEST:
        turn.say(Reply(too_long(text), _leave(ticket)))
        _expect(turn, verb, ticket)
    else:
        send(turn, verb, ticket, text)


def send(turn: Turn, verb: str, ticket: Ticket, text: str, files: Sequence[str] = ()) -> None:
    """Words, photos or both, as what was missing or as something more."""
    (_repair if verb == "repair" else add_words)(turn, ticket, text, files)


def too_long(text: str) -> Text:
    return _(
        "That is {n} characters long, and I can pass on {most}. Nothing was sent: please make it shorter.",
        n=len(text),
        most=LONGEST,
    )


def _repair(turn: Turn, ticket: Ticket, text: str, files: Sequence[str] = ()) -> None:
    if "repair" not in report_card.offered(turn.tx, ticket):
        changed(turn, ticket)
    elif attempt(turn, ticket, lambda: desk.repaired(turn, ticket, text, files=files)):
        again = tickets.get(turn.tx, ticket.id)
        thanks = _("Thank you, it is with {unit} again. An answer is due {before}.",
                   unit=wording.unit(turn.tx, ticket), before=wording.due(again, turn.now))  # fmt: skip
        report_card.show(turn, ticket.report_id, before=thanks)


def add_words(turn: Turn, ticket: Ticket, text: str, files: Sequence[str] = ()) -> None:
    """Words and photos for whoever handles the ticket; none for one that was withdrawn or settled."""
    if tickets.round_of(turn.tx, ticket).outcome in ("withdrawn", "settled"):
        changed(turn, ticket)
    elif attempt(turn, ticket, lambda: desk.add_words(turn, ticket, text, files)):
        code = reports.get(turn.tx, ticket.report_id).code
        unit = wording.unit(turn.tx, ticket)
        turn.say(Reply(_("Added to {code}. {unit} reads it too.", code=code, unit=unit), _leave(ticket)))
