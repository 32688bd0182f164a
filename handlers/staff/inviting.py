"""Inviting: a head, or whoever oversees the unit, makes a one-time code for one named person and one role."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from handlers import links
from handlers.opening import ALPHABET
from handlers.reply import Button, Reply
from handlers.rules import names
from handlers.staff import menu, rights
from handlers.turn import Turn
from locales import _, lines
from storage import history, staff, unit_search, units
from storage.staff import Staff

LENGTH, VALID = 8, timedelta(days=7)
LONGEST_NAME = 80


def invite(turn: Turn, _rest: str) -> None:
    """/moi"""
    choose_unit(turn, "unit", _("For which unit?"))


def choose_unit(turn: Turn, verb: str, question: Any) -> None:
    """Goes on with the one unit there is, or asks which; those who oversee others may type a name."""
    member = turn.member
    own = sorted(set(rights.heads(member))) if member else []
    over = rights.oversees(member) if member else []
    if not own and not over:
        menu.no_access(turn)
        return
    if len(own) == 1 and not over:
        _go_on(turn, verb, own[0])
        return
    buttons = [Button(units.get(turn.tx, unit_id).name, f"join:{verb}:{unit_id}") for unit_id in own]
    hint = _("Or type part of the name of a unit below yours.") if own else _("Type part of the unit's name.")
    turn.say(Reply(lines(question, hint if over else None), (*buttons, menu.HOME), "card"))
    if over:
        turn.state["expects"] = {"by": "q", "what": "below", "verb": verb}


def _go_on(turn: Turn, verb: str, unit_id: int) -> None:
    from handlers.groups import codes
    from handlers.staff import our_people

    if verb == "unit":
        choose_role(turn, unit_id)
    elif verb == "group":
        codes.make(turn, unit_id)
    else:
        our_people.of_unit(turn, unit_id)


def hear_unit(turn: Turn, expects: dict[str, Any], text: str) -> None:
    """The typed name of a unit below."""
    member = turn.member
    if member is None:
        menu.no_access(turn)
        return
    below = {unit for over in rights.oversees(member) for unit in units.below(turn.tx, over) if unit != over}
    found = unit_search.find(turn.tx, names.fold(text), within=sorted(below))
    buttons = [Button(unit.name, f"join:{expects['verb']}:{unit.id}") for unit in found]
    nothing = _("No unit of yours has that in its name. Please type another part of it.")
    told = _("Which one?") if found else nothing
    turn.say(Reply(told, (*buttons, menu.HOME), "card"))
    turn.state["expects"] = expects


def _chooser(turn: Turn, unit_id: int) -> tuple[Staff, units.Unit] | None:
    member, unit = turn.member, units.find(turn.tx, unit_id)
    if member is None or unit is None or not rights.may_choose_people(turn.tx, member, unit_id):
        return None
    return member, unit


def choose_role(turn: Turn, unit_id: int) -> None:
    found = _chooser(turn, unit_id)
    if found is None:
        menu.no_access(turn)
        return
    unit = found[1]
    buttons = [Button(menu.role(r), f"join:role:{unit.id}:{r}") for r in rights.ROLES_AT.get(unit.kind, ())]
    turn.say(Reply(_("Invite to {unit} as:", unit=unit.name), (*buttons, menu.HOME), "ask"))


def ask_name(turn: Turn, unit_id: int, role: str) -> None:
    found = _chooser(turn, unit_id)
    if found is None or role not in rights.ROLES_AT.get(found[1].kind, ()):
        menu.no_access(turn)
        return
    turn.say(Reply(_("What is this person's name? Colleagues read it beside what they do."), (menu.HOME,)))
    turn.state["expects"] = {"by": "q", "what": "invitee", "unit": unit_id, "role": role}


def hear_name(turn: Turn, expects: dict[str, Any], text: str) -> None:
    """The invitee's name: now the code is made."""
    found, role = _chooser(turn, expects["unit"]), expects["role"]
    name = names.tidy(text)
    if found is None or role not in rights.ROLES_AT.get(found[1].kind, ()):
        menu.no_access(turn)
    elif not 2 <= len(name) <= LONGEST_NAME:
        ask_name(turn, expects["unit"], role)
    else:
        _make(turn, found[0], found[1], role, name)


def _make(turn: Turn, member: Staff, unit: units.Unit, role: str, name: str) -> None:
    code = turn.new_code(ALPHABET, LENGTH)
    until = turn.machine_now + VALID
    staff.invite(turn.tx, code, unit.id, role, name, until)
    by = {"staff_id": member.id, "talk_id": turn.talk.id}
    history.audited(turn.tx, turn.now, "invited", **by, unit=unit.id, role=role)
    as_what = menu.role(role)
    turn.say(
        Reply(
            lines(
                _("Invitation for **{name}**: {role} at {unit}.", name=name, role=as_what, unit=unit.name),
                _("Code: **{code}**", code=code),
                *links.joining(turn.tx, turn.desk, code),
                _("It works once, until {until}. Please give it to this person only.", until=until),
            ),
            (Button(_("Invite another"), f"join:unit:{unit.id}"), menu.HOME),
            sensitive=True,
        )
    )
