"""Presses in a group: anybody there can press anything, so each is checked anew, and answered with one word in the
ear of who pressed."""

from __future__ import annotations

from handlers.groups import binding, cards, replying
from handlers.staff import acting, changed, tokens
from handlers.turn import Turn
from locales import Text, _
from storage import group_cards, tickets
from storage.groups import Group
from storage.tickets import Changed, Ticket


def press(turn: Turn) -> None:
    """g:TICKET:VERSION:take · g:TICKET:VERSION:send:NOTE"""
    done, told = _done(turn)
    turn.toast(told, alert=not done)


def _done(turn: Turn) -> tuple[bool, Text]:
    group = binding.bound(turn)
    if group is None:
        return False, _("This group is bound to no unit any more.")
    if turn.incoming.anonymous:
        return False, binding.ANONYMOUS
    verb, numbers = _read(turn.incoming.choice or "")
    ticket = tickets.find(turn.tx, numbers[0]) if numbers else None
    if ticket is None or not group_cards.has(turn.tx, group.id, ticket.id):
        return False, _("This button is of no use any more.")
    here = ticket.unit_id == group.unit_id
    told = _act(turn, group, ticket, verb, numbers[1:]) if here else replying.elsewhere(turn, ticket)
    cards.refresh(turn, group, ticket.id)
    return tickets.get(turn.tx, ticket.id).version != ticket.version, told


def _read(token: str) -> tuple[str, list[int]]:
    """(verb, numbers); ("", []) for what no button of ours says."""
    match token.split(":"):
        case ["g", ticket, version, "take"]:
            parts = [ticket, version]
        case ["g", ticket, version, "send", note]:
            parts = [ticket, version, note]
        case _:
            return "", []
    numbers = tokens.numbers(parts)
    return (token.split(":")[3], numbers) if len(numbers) == len(parts) else ("", [])


def _act(turn: Turn, group: Group, ticket: Ticket, verb: str, numbers: list[int]) -> Text:
    try:
        if verb == "send":
            return replying.send(turn, group, ticket, *numbers)
        return _take(turn, ticket, numbers[0])
    except Changed:
        return changed.by_whom(turn, tickets.get(turn.tx, ticket.id))


def _take(turn: Turn, ticket: Ticket, version: int) -> Text:
    member = turn.member
    if why_not := replying.may_not(turn, ticket, "take"):
        return why_not
    if member and ticket.holder_id == member.id:
        return _("You have it already.")
    if ticket.version != version:
        return changed.by_whom(turn, ticket)
    return acting.take(turn, ticket, "") or ""
