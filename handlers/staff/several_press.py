"""What is pressed once several tickets are chosen: more of them, and what is to be done with them."""

from __future__ import annotations

from handlers.lists import from_queue, starting
from handlers.reply import Button, Reply
from handlers.staff import queue_state, queue_view, several, several_go, several_to, several_words, tokens
from handlers.turn import Turn
from locales import _
from storage.staff import Staff

VERBS = ("pagepick", "allpick", "acts", "take", "hand", "to", "give", "do", "say", "go", "list")


def press(turn: Turn, member: Staff, verb: str, rest: list[str]) -> None:
    """q:VERB[:…]"""
    numbers = tokens.numbers(rest)
    match verb, numbers:
        case "pagepick", _:
            queue_view.show(turn, member, before=several.choose_page(turn, member))
        case "allpick", _:
            queue_view.show(turn, member, before=several.choose_all(turn, member))
        case "take", _:
            several.take(turn, member)
        case "hand", _:
            several_to.ask_unit(turn)
        case "to", [unit]:
            several_to.hand(turn, unit, "") if rest[1:] == ["go"] else several_to.ask_reason(turn, unit)
        case "give", [person]:
            several_to.give(turn, person)
        case "give", _:
            several_to.ask_colleague(turn)
        case "list", _:
            from_queue.chosen(turn)
        case "do", _:
            several_words.begin(turn, member, rest)
        case "say", _:
            several_words.fill_in(turn, member, ":".join(rest))
        case "go", _:
            several_go.go(turn, member, *[*rest, "", ""][:2])
        case _:
            _acts(turn, member)


def _acts(turn: Turn, member: Staff) -> None:
    """What else can be done with the chosen."""
    chosen = len(queue_state.of(turn)["chosen"])
    if not chosen:
        queue_view.show(turn, member)
        return
    buttons = (
        Button(_("Answer the resident"), "q:do:answer"),
        Button(_("Ask the resident"), "q:do:ask"),
        Button(_("Something is missing"), "q:do:reject"),
        Button(_("Handle later"), "q:do:later"),
        Button(_("Hand over to another unit"), "q:hand"),
        Button(_("Give to a colleague"), "q:give"),
        *(
            [Button(_("Make a list"), "q:list")]
            if any(unit.kind == "station" for unit in starting.makers(turn))
            else []
        ),
        Button(_("Download the typing sheet"), "q:sheet"),
        Button(_("Back to the queue"), "q:show"),
    )
    turn.say(Reply(_("Chosen: {n}", n=chosen), buttons, "card", edit=True))
