"""Joining a unit with a one-time invite, leaving it again, and the greeting at /start."""

from __future__ import annotations

from handlers import site_codes
from handlers.reply import Button, Reply
from handlers.residents import menu as residents_menu
from handlers.staff import chats, inviting, menu, our_people, tokens, tries
from handlers.staff.inviting import invite
from handlers.staff.our_people import people
from handlers.turn import Turn
from locales import _, lines
from storage import history, staff, units

__all__ = ["invite", "join", "leave", "people", "press", "start"]


def start(turn: Turn, rest: str) -> None:
    """/start, perhaps with what stood in the link: join_CODE, chat_CODE; from a group of staff also t_TICKET and hangdoi."""
    from handlers.staff import card, queue

    if rest.startswith("join_"):
        join(turn, rest.removeprefix("join_"))
    elif rest.startswith(chats.START):
        chats.connect(turn, rest.removeprefix(chats.START))
    elif rest.startswith("t_"):
        card.press(turn, f"t:{rest.removeprefix('t_').partition(':')[0]}")
    elif turn.member and rest == "hangdoi":
        queue.show(turn, "")
    elif turn.member and not rest.startswith(site_codes.PREFIX):
        menu.show(turn)
    else:
        residents_menu.welcome(turn)  # also for staff who try their own site's poster


def join(turn: Turn, code: str) -> None:
    """/vaodonvi CODE. A code that is wrong, used or too old is answered alike."""
    if not code:
        turn.say(Reply(_("Please type the code of your invitation after it: /vaodonvi CODE")))
        return
    wait = tries.too_many(turn, "join", turn.incoming.chat)
    if wait:
        turn.say(Reply(wait))
        return
    found = staff.use_invite(turn.tx, code, turn.machine_now)
    if found is None:
        told = _("This code is not valid. Please ask the head of your unit for a new one.")
        turn.say(Reply(told, (menu.HOME,)))
        return
    person = staff.join(turn.tx, turn.talk.id, found.name, found.unit_id, found.role, turn.now)
    history.audited(turn.tx, turn.now, "joined", staff_id=person.id, talk_id=turn.talk.id,
                    unit=found.unit_id, role=found.role)  # fmt: skip
    turn.forget_member()
    unit = units.get(turn.tx, found.unit_id)
    menu.show(turn, before=_("Welcome, {name}. You are now {role} at {unit}.",
                             name=person.name, role=menu.role(found.role), unit=unit.name))  # fmt: skip


def leave(turn: Turn, rest: str) -> None:
    """/roidonvi: asks which unit, and once more before it is done."""
    member = turn.member
    if member is None:
        turn.say(Reply(_("You do not belong to any unit here."), (menu.HOME,)))
        return
    at = {role.unit_id: role.unit for role in member.roles}
    buttons = [Button(_("Leave {unit}", unit=name), f"join:left:{id_}", "danger") for id_, name in at.items()]
    turn.say(
        Reply(
            lines(_("Leave your unit on this desk?"), _("What you hold goes back to its queue.")),
            (*buttons, Button(_("Stay"), "menu")),
            "ask",
        )
    )


def _left(turn: Turn, unit_id: int) -> None:
    member = turn.member
    if member is None or not member.at(unit_id):
        menu.no_access(turn)
        return
    mine = staff.chats_of(turn.tx, member.id)
    our_people.take_away(turn, member, unit_id, "left")
    turn.forget_member()
    told = _("You have left {unit}.", unit=units.get(turn.tx, unit_id).name)
    for talk_id in mine:
        if talk_id != turn.talk.id:
            turn.tell(talk_id, Reply(told, commands=None if turn.member else ()))
    residents_menu.show(turn, before=told, commands=())


def press(turn: Turn, token: str) -> None:
    """join:VERB:UNIT[:…]"""
    from handlers.groups import codes as codes_of_groups

    verb, *rest = token.partition(":")[2].split(":")
    numbers = tokens.numbers(rest)
    match verb, rest, numbers:
        case "unit", [_u], [unit]:
            inviting.choose_role(turn, unit)
        case "role", [_u, role], [unit]:
            inviting.ask_name(turn, unit, role)
        case "group", [_u], [unit]:
            codes_of_groups.make(turn, unit)
        case "people", [_u], [unit]:
            our_people.of_unit(turn, unit)
        case "remove" | "removed", [_u, _p], [unit, person]:
            our_people.remove(turn, unit, person, sure=verb == "removed")
        case "left", [_u], [unit]:
            _left(turn, unit)
        case _:
            menu.no_access(turn)
