"""A unit's people: their head sees them, and takes away who no longer works there."""

from __future__ import annotations

from handlers import desk
from handlers.reply import Button, Reply
from handlers.staff import inviting, menu, rights
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import history, queue_filters, staff, units
from storage.staff import Staff


def people(turn: Turn, _rest: str) -> None:
    """/nhansu"""
    inviting.choose_unit(turn, "people", _("Whose people?"))


def _allowed(turn: Turn, unit_id: int) -> Staff | None:
    member = turn.member
    if member and units.find(turn.tx, unit_id) and rights.may_choose_people(turn.tx, member, unit_id):
        return member
    menu.no_access(turn)
    return None


def _roles(person: Staff, unit_id: int) -> list[Text]:
    return [menu.role(role.role) for role in person.roles if role.unit_id == unit_id]


def of_unit(turn: Turn, unit_id: int) -> None:
    me = _allowed(turn, unit_id)
    if me is None:
        return
    here = staff.members(turn.tx, unit_id)
    told = [joined(" – ", person.name, *_roles(person, unit_id)) for person in here]
    buttons = [
        Button(_("Remove {name}", name=person.name), f"join:remove:{unit_id}:{person.id}", "danger")
        for person in here
        if person.id != me.id
    ]
    name = units.get(turn.tx, unit_id).name
    nobody = _("Nobody has joined yet.") if not here else None
    turn.say(
        Reply(
            lines(_("**{unit}**", unit=name), nobody, *told),
            (Button(_("Invite somebody"), f"join:unit:{unit_id}"), *buttons, menu.HOME),
            "card",
            edit=True,
        )
    )


def remove(turn: Turn, unit_id: int, person_id: int, *, sure: bool) -> None:
    """Asks once more, then does it; the person hears of it."""
    me = _allowed(turn, unit_id)
    if me is None:
        return
    person, unit = staff.get(turn.tx, person_id), units.get(turn.tx, unit_id)
    if person is None or not person.at(unit_id) or person.id == me.id:
        of_unit(turn, unit_id)
        return
    if not sure:
        yes = Button(_("Yes, remove"), f"join:removed:{unit_id}:{person_id}", "danger")
        turn.say(
            Reply(
                lines(
                    _("Remove {name} from {unit}?", name=person.name, unit=unit.name),
                    _("What this person holds goes back to the queue."),
                ),
                (yes, Button(_("Back"), f"join:people:{unit_id}")),
                "card",
                edit=True,
            )
        )
        return
    theirs = staff.chats_of(turn.tx, person.id)
    take_away(turn, person, unit_id, "removed")
    told = _(
        "{who} has removed you from {unit}. You no longer see its tickets here.", who=me.name, unit=unit.name
    )
    rest = staff.get(turn.tx, person.id)
    for talk_id in theirs:
        turn.tell(talk_id, Reply(told, commands=None if rest else ()))
    of_unit(turn, unit_id)


def take_away(turn: Turn, person: Staff, unit_id: int, what: str) -> None:
    """Ends every role at the unit, and gives back the tickets that were held there."""
    for ticket in queue_filters.held_at(turn.tx, person.id, unit_id):
        desk.release(turn, ticket)
    staff.leave(turn.tx, person.id, unit_id, turn.now)
    by = {"staff_id": turn.member.id if turn.member else person.id, "talk_id": turn.talk.id}
    history.audited(turn.tx, turn.now, what, **by, person=person.id, unit=unit_id)
