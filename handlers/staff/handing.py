"""Handing a ticket to another unit, or giving it to a colleague of the same one."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers import desk
from handlers.reply import Button, Reply
from handlers.rules import names
from handlers.staff import tokens
from handlers.staff.acting import Expects, ask_words, back, expect, token
from handlers.turn import Turn
from locales import Text, _, lines, ngettext
from storage import reports, staff, unit_search, units
from storage.staff import Staff
from storage.tickets import Ticket

NEVER = ("police", units.TASK_FORCE)  # they compare lists or see to them, and see nobody who is on none


def found(turn: Turn, ticket: Ticket, text: str) -> list[units.Unit]:
    """Units of the same province by part of their name; the administrator has the whole country."""
    province = units.get(turn.tx, ticket.unit_id).province
    without = NEVER if ticket.kind == "site_tech" else (*NEVER, *units.TECHNICAL)
    return unit_search.find(turn.tx, names.fold(text), province=province, without=without)


def superiors(tx: Connection, ticket: Ticket) -> list[units.Unit]:
    return units.lines_up(tx, ticket.unit_id)


def problem(tx: Connection, ticket: Ticket, unit: units.Unit | None) -> Text | None:
    """Why the ticket cannot go there."""
    here = units.get(tx, ticket.unit_id)
    if unit is None or unit.valid_to is not None:
        return _("This unit does not exist any more.")
    if unit.id == here.id:
        return _("The ticket is at this unit already.")
    if unit.kind in units.TECHNICAL and ticket.kind != "site_tech":
        return _("This unit mends lines and software; it may not see what residents report.")
    if unit.kind == "police":
        return _("The police handle no tickets; they compare lists. Please put it on a list.")
    if unit.kind == units.TASK_FORCE:
        return _("The Project 06 team handles no tickets; it sees to it that lists come back.")
    near = here.province is None or unit.province == here.province
    if not near and unit.id not in {u.id for u in superiors(tx, ticket)}:
        return _("This unit is in another province. Please hand it up instead.")
    # S4: exempt sites do not verify or clean personal data; of foreigners the site answers (S1).
    foreign = reports.get(tx, ticket.report_id).about.get("foreign")
    if ticket.axis == "identity" and unit.exempt and not foreign:
        return _("This site does not correct personal data; the station of permanent residence does it.")
    return None


def hand(turn: Turn, ticket: Ticket, arg: str) -> Text | None:
    """First the unit, then a reason if wanted."""
    part, _colon, go = arg.partition(":")
    unit_id = tokens.number(part)
    if unit_id is None:
        _offer(turn, ticket, _("To which unit? Type part of its name."), superiors(turn.tx, ticket))
        return None
    unit = units.find(turn.tx, unit_id)
    why_not = problem(turn.tx, ticket, unit)
    if why_not:
        _offer(turn, ticket, why_not, superiors(turn.tx, ticket))
        return None
    assert unit is not None
    if go == "go":
        return _hand(turn, ticket, unit, "")
    told = lines(
        _("To {unit}. The deadline stays.", unit=unit.name),
        _("You may type why; the resident can read it. Or hand over without."),
    )
    go_on = Button(_("Hand over"), token(ticket, f"hand:{unit.id}:go"), "primary")
    ask_words(turn, ticket, "hand", told, go_on, unit=unit.id)
    return None


def _offer(turn: Turn, ticket: Ticket, text: Text, offered: list[units.Unit]) -> None:
    buttons = [Button(unit.name, token(ticket, f"hand:{unit.id}")) for unit in offered]
    turn.say(Reply(text, (*buttons, back(ticket)), "ask"))
    expect(turn, ticket, "hand")


def hear_hand(turn: Turn, ticket: Ticket, expects: Expects, text: str) -> Text | None:
    if "unit" in expects:
        unit = units.find(turn.tx, expects["unit"])
        why_not = problem(turn.tx, ticket, unit)
        if unit and not why_not:
            return _hand(turn, ticket, unit, text)
        _offer(turn, ticket, why_not or "", superiors(turn.tx, ticket))
        return None
    offered = found(turn, ticket, text)
    told = _("Which one?") if offered else _("No unit has that in its name. Please type another part of it.")
    _offer(turn, ticket, told, offered)
    return None


def _hand(turn: Turn, ticket: Ticket, unit: units.Unit, words: str) -> Text:
    desk.hand_over(turn, ticket, unit.id, words)
    return _("Handed over to {unit}. The deadline stays.", unit=unit.name)


def colleagues(tx: Connection, ticket: Ticket) -> list[Staff]:
    return [person for person in staff.members(tx, ticket.unit_id) if person.id != ticket.holder_id]


def assign(turn: Turn, ticket: Ticket, arg: str) -> Text | None:
    person_id = tokens.number(arg)
    chosen = staff.get(turn.tx, person_id) if person_id else None
    if chosen and chosen.at(ticket.unit_id):
        give(turn, ticket, chosen)
        return _("Given to {name}.", name=chosen.name)
    people = colleagues(turn.tx, ticket)
    buttons = [Button(person.name, token(ticket, f"assign:{person.id}")) for person in people]
    told = _("To whom?") if people else _("Nobody else has joined this unit.")
    turn.say(Reply(told, (*buttons, back(ticket)), "ask"))
    return None


def give(turn: Turn, ticket: Ticket, person: Staff) -> None:
    """Assigns it, and tells the colleague, unless it is oneself."""
    desk.assign(turn, ticket, person.id)
    if turn.member and person.id != turn.member.id:
        code = reports.get(turn.tx, ticket.report_id).code
        told = _("{who} has given you {code}.", who=turn.member.name, code=code)
        turn.tell(person.talk_id, Reply(told, (Button(_("Open"), f"t:{ticket.id}"),), rank="alert"))


def given_several(turn: Turn, person: Staff, n: int) -> None:
    """One message for all of them."""
    if n and turn.member and person.id != turn.member.id:
        told = ngettext("{who} has given you {n} ticket.", "{who} has given you {n} tickets.", n,
                        who=turn.member.name)  # fmt: skip
        mine = Button(_("Mine"), "a:mine:0", "primary")
        turn.tell(person.talk_id, Reply(told, (mine,), rank="alert"))
