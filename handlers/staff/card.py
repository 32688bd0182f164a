"""The card of one ticket: its words and its buttons, and the one gate through which every act on it goes.

t:TICKET opens it in a message of its own (alerts carry that); t:TICKET:VERSION:VERB[:ARG] acts, in place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers import papers
from handlers.lists import from_tickets, on_list
from handlers.reply import Button, Reply
from handlers.staff import (
    acting,
    call_list,
    canned,
    card_text,
    changed,
    deciding,
    evidence,
    handing,
    later,
    menu,
    rights,
    saying,
    tokens,
)
from handlers.staff.acting import LONGEST, Expects, token
from handlers.staff.rights import Rights
from handlers.turn import Turn
from locales import Text, Words, _, lines
from storage import reports, tickets, unreached
from storage.tickets import Ticket

Act = Callable[[Turn, Ticket, str], Text | None]
Hear = Callable[[Turn, Ticket, Expects, str], Text | None]

ACTS: dict[str, Act] = {
    **{verb: saying.asking(verb) for verb in saying.ASKS},
    "take": acting.take,
    "later": later.later,
    "approve": deciding.approve,
    "list": from_tickets.act,
    "reject": deciding.reject,
    "hand": handing.hand,
    "assign": handing.assign,
    "evidence": evidence.look,
    "full": acting.full,
    "called": call_list.called,
    "reopen": acting.reopen,
}

HEARS: dict[str, Hear] = {
    "ask": saying.hear_ask,
    "answer": saying.hear_answer,
    "approve": deciding.hear_approve,
    "reject": deciding.hear_reject,
    "later": later.hear_later,
    "hand": handing.hear_hand,
    "note": saying.hear_note,
}

READS = ("show", "full", "evidence")  # an old button may do these

LABELS: dict[str, Words] = {
    "take": _("Take it"),
    "approve": _("Approve"),
    "list": _("Put on a list"),
    "evidence": _("See photos and papers"),
    "answer": _("Answer the resident"),
    "ask": _("Ask the resident"),
    "reject": _("Something is missing"),
    "later": _("Handle later"),
    "hand": _("Hand over"),
    "assign": _("Give to a colleague"),
    "note": _("Internal note"),
    "full": _("See the full number"),
    "called": _("I have called"),
    "reopen": _("Open again"),
}


def show(
    turn: Turn,
    ticket: Ticket,
    may: Rights,
    before: Text | None = None,
    *,
    edit: bool = True,
    after: tuple[Button, ...] = (),
) -> None:
    """after: buttons that belong to the words before it."""
    mine = turn.member is not None and ticket.holder_id == turn.member.id
    pointless = {"take"} if mine else set()
    pointless |= set() if from_tickets.possible(turn.tx, ticket) else {"list"}
    pointless |= set() if papers.of_ticket(turn.tx, ticket) else {"evidence"}
    pointless |= set() if unreached.get(turn.tx, ticket.id) else {"called"}
    verbs = [verb for verb in LABELS if may.may(verb, ticket) and verb not in pointless]
    labels = LABELS if ticket.holder_id is None else {**LABELS, "take": _("Take it over")}
    if ticket.kind == "site_tech":  # filed by staff
        labels = {**labels, "answer": _("Answer the site"), "ask": _("Ask the site")}
    buttons = [Button(labels[verb], token(ticket, verb), _style(verb, ticket, mine)) for verb in verbs]
    # The next one at a tap: under the thumb beside the main act, not below eleven buttons.
    buttons.insert(min(1, len(buttons)), Button(_("Next ticket"), f"q:next:{ticket.id}"))
    buttons = [*on_list.first(turn, ticket), *buttons, *on_list.opens(turn, ticket), menu.QUEUE_PLAIN]
    text = lines(before, "" if before else None, card_text.card(turn, ticket))
    turn.say(Reply(text, (*after, *buttons), "card", sensitive=True, edit=edit))


def _style(verb: str, ticket: Ticket, mine: bool) -> Any:
    """What is next to do: nothing, where a colleague has it."""
    first = "approve" if mine else "take" if ticket.holder_id is None else None
    return "primary" if verb == first else "plain"


def press(turn: Turn, pressed: str) -> None:
    parts = pressed.split(":", 4)
    numbers = tokens.numbers(parts[1:3])
    found = rights.seen(turn, numbers[0]) if numbers else None
    if found is None or len(numbers) != len(parts[1:3]):
        menu.no_access(turn)
        return
    ticket, may = found
    verb = parts[3] if len(parts) > 3 else "show"
    if verb == "show":
        show(turn, ticket, may, edit=len(parts) > 3)
    elif verb not in READS and (len(numbers) < 2 or numbers[1] != ticket.version):
        show(turn, ticket, may, changed.by_whom(turn, ticket))
    elif verb not in ACTS or not may.may(verb, ticket):
        menu.no_access(turn)
    else:
        arg = parts[4] if len(parts) > 4 else ""
        # An act with more in its token was pressed on a question: the card comes below, and the question stays.
        _do(turn, ticket, lambda: ACTS[verb](turn, ticket, arg), edit=not arg)


def hear(turn: Turn, expects: Expects, text: str) -> None:
    """The words that an act has asked for; a bare code is no answer to anybody, but the next ticket."""
    from handlers.staff import queue

    if queue.CODE.fullmatch(text.strip().upper()):
        queue.hear(turn, text)
        return
    found = rights.seen(turn, expects["ticket"])
    if found is None:
        menu.no_access(turn)
        return
    ticket, may = found
    verb = expects["verb"]
    if ticket.version != expects["version"]:
        show(turn, ticket, may, lines(changed.by_whom(turn, ticket), _("Not sent: «{words}»", words=text)))
    elif not may.may(verb, ticket):
        menu.no_access(turn)
    elif len(text) > LONGEST:
        told = _("That is too long. Please keep it under {n} characters.", n=LONGEST)
        turn.say(Reply(told, (acting.back(ticket),)))
        turn.state["expects"] = expects
    else:
        _do(turn, ticket, lambda: HEARS[verb](turn, ticket, expects, text), edit=False)


def _do(turn: Turn, ticket: Ticket, act: Callable[[], Text | None], *, edit: bool) -> None:
    """Does it, and shows the fresh card; whoever was a moment faster is named."""
    turn.state.pop("said", None)
    try:
        line = act()
    except tickets.Changed:
        fresh = tickets.get(turn.tx, ticket.id)
        line = changed.by_whom(turn, fresh)
    if line is None:
        return
    found = rights.seen(turn, ticket.id)
    if found:
        show(turn, *found, line, edit=edit, after=canned.saving(turn))
    else:
        code = reports.get(turn.tx, ticket.report_id).code
        turn.say(
            Reply(
                lines(_("**{code}**", code=code), line),
                (menu.NEXT, menu.QUEUE_PLAIN),
                "card",
                sensitive=True,
                edit=edit,
            )
        )
