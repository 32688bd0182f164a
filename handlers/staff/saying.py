"""Acts that are words: ask, answer, note; typed, or filled in at one tap, and kept for another time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers import desk
from handlers.reply import Button, Reply
from handlers.staff import canned_words
from handlers.staff.acting import Expects, back, expect, token
from handlers.turn import Turn
from locales import Text, Words, _, lines
from storage.tickets import Ticket

ASKS: dict[str, Words] = {
    "ask": _("What would you like to ask the resident? The clock does not stop."),
    "answer": _("Your answer to the resident:"),
    "note": _("Internal note. The resident does not read it:"),
    "later": _("Why later? The resident reads it, and the 48 hours run on."),
}


def ask_or_fill_in(
    turn: Turn, ticket: Ticket, verb: str, text: Text, *buttons: Button, arg: str = "", **more: object
) -> None:
    """Asks for words, and offers those that are sent again and again: one tap fills them in."""
    phrases, first = canned_words.fitting(turn.tx, verb, {ticket.kind}, {ticket.unit_id}), len(buttons) + 1
    before = f"{verb}:{arg}:" if arg else f"{verb}:"
    ready = canned_words.buttons(turn, phrases, first, lambda key: token(ticket, before + key))
    asked = canned_words.listed(turn, text, phrases, first)
    turn.say(Reply(asked, (*buttons, *ready, back(ticket)), "ask" if ready else "text"))
    expect(turn, ticket, verb, **more)


def filled_in(turn: Turn, ticket: Ticket, verb: str, key: str) -> Text | None:
    """The words of a pressed «=KEY», where they still fit this ticket."""
    phrases = canned_words.fitting(turn.tx, verb, {ticket.kind}, {ticket.unit_id})
    return next((phrase.words for phrase in phrases if phrase.key == key), None)


def draft(turn: Turn, ticket: Ticket, verb: str, words: Text) -> None:
    """Words that wait for a press."""
    turn.state["draft"] = {"ticket": ticket.id, "verb": verb, **canned_words.kept(words)}


def drafted(turn: Turn, ticket: Ticket, verb: str) -> Text:
    """The words that waited for this press; "" where they were for something else."""
    held = turn.state.pop("draft", None) or {}
    mine = held.get("ticket") == ticket.id and held.get("verb") == verb
    return canned_words.spoken(held) if mine else ""


def sent(turn: Turn, ticket: Ticket, verb: str, words: Text) -> None:
    """Words that were typed and have gone out may be kept for another time."""
    if words and isinstance(words, str):
        turn.state["said"] = {"unit": ticket.unit_id, "kind": ticket.kind, "outcome": verb, "words": words}


# Of a complaint about the unit itself, which has a deadline of its own and is closed by its answer.
ASKS_OF_SERVICE: dict[str, Words] = {
    "answer": _("Your answer to the resident; it closes the ticket:"),
    "later": _("Why later? The resident reads it, and the deadline stays."),
}


def asks(verb: str, ticket: Ticket) -> Words:
    return (ASKS_OF_SERVICE if ticket.axis == "service" else ASKS).get(verb, ASKS[verb])


def asking(verb: str) -> Callable[[Turn, Ticket, str], Text | None]:
    """The act that asks for words; what is typed then goes to hear_VERB.

    Words filled in by a tap («=KEY») are shown once before they go («send»), for a tap can miss.
    """

    def act(turn: Turn, ticket: Ticket, arg: str) -> Text | None:
        words: Text | None = drafted(turn, ticket, verb) if arg == "send" else None
        if words:
            return SENDS[verb](turn, ticket, words)
        words = filled_in(turn, ticket, verb, arg)
        if words:
            show_once(turn, ticket, verb, words)
        else:
            ask_or_fill_in(turn, ticket, verb, asks(verb, ticket))
        return None

    return act


def show_once(
    turn: Turn, ticket: Ticket, verb: str, words: Text, *before: Text, arg: str = "", **more: object
) -> None:
    go = Button(_("Send"), token(ticket, f"{verb}:{arg}:send" if arg else f"{verb}:send"), "primary")
    told = (_("To the resident: «{words}»", words=words), _("Or type your own words instead."))
    turn.say(Reply(lines(*before, *told), (go, back(ticket)), "ask"))
    expect(turn, ticket, verb, **more)
    draft(turn, ticket, verb, words)


def _ask(turn: Turn, ticket: Ticket, words: Text) -> Text:
    desk.ask_resident(turn, ticket, words)
    sent(turn, ticket, "ask", words)
    return _("Asked. The clock runs on.")


def _answer(turn: Turn, ticket: Ticket, words: Text, spoken: Sequence[str] = ()) -> Text:
    desk.answer(turn, ticket, words, spoken)
    sent(turn, ticket, "answer", words)
    if ticket.axis == "service":
        return _("Answered, and closed. If it is not settled for the resident, a new round opens.")
    return _("Answered. The resident is asked whether it is right now.")


SENDS: dict[str, Callable[[Turn, Ticket, Text], Text]] = {"ask": _ask, "answer": _answer}


def hear_ask(turn: Turn, ticket: Ticket, _expects: Expects, text: str) -> Text | None:
    return _ask(turn, ticket, text)


def hear_answer(turn: Turn, ticket: Ticket, expects: Expects, text: str) -> Text | None:
    return _answer(turn, ticket, text, expects.get("spoken") or ())


def hear_note(turn: Turn, ticket: Ticket, _expects: Expects, text: str) -> Text | None:
    desk.note(turn, ticket, text)
    return _("Noted, for colleagues only.")
