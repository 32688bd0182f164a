"""Back again: by one's own word, or because the last day is over; whoever stood in is told."""

from __future__ import annotations

from handlers.reply import Button, Reply
from handlers.rules.deadlines import MORNING
from handlers.staff import menu
from handlers.turn import Moment, Turn
from locales import _
from locales.times import ZONE
from storage import absences, history, staff
from storage.absences import Absence
from storage.staff import Staff

MINE = Button(_("Mine"), "a:mine:0", "primary")


def come(turn: Turn, member: Staff) -> None:
    absence = absences.of(turn.tx, member.id, turn.today)
    if absence is None or not absences.end(turn.tx, member.id, turn.now):
        turn.say(Reply(_("You are not away."), (menu.HOME,)))
        return
    history.audited(turn.tx, turn.now, "back", staff_id=member.id, talk_id=turn.talk.id)
    turn.say(Reply(_("Welcome back. From now on everything comes to you again."), (MINE, menu.HOME)))
    released(turn, member, absence)


def released(turn: Turn | Moment, member: Staff, absence: Absence) -> None:
    substitute = staff.get(turn.tx, absence.substitute_id)
    if substitute:
        told = _("You no longer stand in for {who}. Thank you.", who=member.name)
        turn.tell(substitute.talk_id, Reply(told, rank="alert"))


def end_passed(moment: Moment) -> None:
    """The morning after the last day both are told; nobody is woken at midnight for it."""
    if moment.now.astimezone(ZONE).time() < MORNING:
        return
    for absence in absences.passed(moment.tx, moment.today):
        absences.end(moment.tx, absence.staff_id, moment.now)
        member = staff.get(moment.tx, absence.staff_id)
        if member:
            told = _("Welcome back. From now on everything comes to you again.")
            moment.tell(member.talk_id, Reply(told, (MINE,), rank="alert"))
            released(moment, member, absence)
