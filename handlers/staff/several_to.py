"""Several tickets to another unit, or to a colleague."""

from __future__ import annotations

from handlers import desk
from handlers.reply import Button, Reply
from handlers.rules import names
from handlers.staff import handing, queue_state
from handlers.staff.acting import LONGEST, Expects
from handlers.staff.several import chosen_tickets, each
from handlers.turn import Turn
from locales import Text, _, lines, ngettext
from storage import staff, unit_search, units
from storage.tickets import Ticket

BACK = Button(_("Back"), "q:back")


def ask_unit(turn: Turn, text: Text | None = None, offered: list[units.Unit] | None = None) -> None:
    chosen = chosen_tickets(turn)
    if not chosen:
        each(turn, "hand", lambda _ticket: False)
        return
    if offered is None:
        offered = handing.superiors(turn.tx, chosen[0])
    buttons = [Button(unit.name, f"q:to:{unit.id}") for unit in offered]
    turn.say(Reply(text or _("To which unit? Type part of its name."), (*buttons, BACK), "ask"))
    turn.state["expects"] = {"by": "q", "what": "hand"}


def hear_unit(turn: Turn, text: str) -> None:
    provinces = {units.get(turn.tx, ticket.unit_id).province for ticket in chosen_tickets(turn)}
    province = provinces.pop() if len(provinces) == 1 else None
    offered = unit_search.find(turn.tx, names.fold(text), province=province, without=handing.NEVER)
    told = _("Which one?") if offered else _("No unit has that in its name. Please type another part of it.")
    ask_unit(turn, told, offered)


def ask_reason(turn: Turn, unit_id: int) -> None:
    unit = units.find(turn.tx, unit_id)
    if unit is None:
        ask_unit(turn)
        return
    n = len(queue_state.of(turn)["chosen"])
    told = ngettext("Hand {n} ticket over to {unit}?", "Hand {n} tickets over to {unit}?", n, unit=unit.name)
    hint = _("You may type why; the resident can read it. Or hand over without.")
    turn.say(Reply(lines(told, hint), (Button(_("Hand over"), f"q:to:{unit_id}:go", "primary"), BACK), "ask"))
    turn.state["expects"] = {"by": "q", "what": "reason", "unit": unit_id}


def hand(turn: Turn, unit_id: int, words: str) -> None:
    unit = units.find(turn.tx, unit_id)

    def one(ticket: Ticket) -> bool:
        if unit is None or handing.problem(turn.tx, ticket, unit):
            return False
        desk.hand_over(turn, ticket, unit.id, words)
        return True

    each(turn, "hand", one)


def ask_colleague(turn: Turn, said: str = "") -> None:
    """Everybody at the units of the chosen tickets; typing a name narrows them."""
    at = {ticket.unit_id for ticket in chosen_tickets(turn)}
    people = {person.id: person for unit_id in sorted(at) for person in staff.members(turn.tx, unit_id)}
    wanted = [p for p in people.values() if names.fold(said) in names.fold(p.name)]
    buttons = [Button(person.name, f"q:give:{person.id}") for person in wanted]
    n = len(queue_state.of(turn)["chosen"])
    told = (
        ngettext("To whom shall {n} ticket go?", "To whom shall {n} tickets go?", n)
        if wanted
        else _("Nobody there has that name.")
    )
    unit = Button(_("Hand over to another unit"), "q:hand")
    turn.say(Reply(told, (*buttons, unit, BACK), "ask"))
    turn.state["expects"] = {"by": "q", "what": "give"}


def give(turn: Turn, person_id: int) -> None:
    person = staff.get(turn.tx, person_id)

    def one(ticket: Ticket) -> bool:
        if person is None or not person.at(ticket.unit_id):
            return False
        desk.assign(turn, ticket, person.id)
        return True

    done = each(turn, "assign", one)
    if person is not None:
        handing.given_several(turn, person, done)


def hear(turn: Turn, expects: Expects, text: str) -> None:
    match expects["what"]:
        case "reason" if len(text) <= LONGEST:
            hand(turn, expects["unit"], text)
        case "reason":
            ask_reason(turn, expects["unit"])
        case "give":
            ask_colleague(turn, text)
        case _:
            hear_unit(turn, text)
