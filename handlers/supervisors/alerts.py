"""Alerts: the message that collects them, made when it leaves, and its buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from handlers.lists import of_ticket
from handlers.putting import body_of
from handlers.reply import Button, Reply
from handlers.staff import menu, rights
from handlers.supervisors import acting, alert_text, tone
from handlers.supervisors.alert_text import Found
from handlers.supervisors.together import batched
from handlers.supervisors.tone import Tone
from handlers.turn import Moment, Turn
from locales import _
from storage import alarms, deadlines, outbox, staff, talks, units
from storage.alarms import Carried
from storage.staff import Staff


def compose(moment: Moment, outbox_id: int, recipient_id: int) -> dict[str, Any] | None:
    """The message as its reader gets it; None where every alert in it has fallen away meanwhile."""
    outbox.hold(moment.tx, outbox_id)
    person = staff.get(moment.tx, recipient_id)
    if person is None:
        return None
    found = tone.worst_first(_still_true(moment.tx, person, outbox_id), moment.now)
    if not found:
        return None
    text = alert_text.message(moment, person, found)
    lang = talks.get(moment.tx, person.talk_id).lang
    buttons = _buttons(moment.tx, person, found, outbox_id)
    return body_of(Reply(text, buttons, "card", rank="alert"), lang)


def press(turn: Turn, token: str) -> None:
    """a:ack:<outbox row> · a:take:<ticket> · a:pass:<ticket> · a:queue:0; acting.py checks who may."""
    verb, _colon, number = token[2:].partition(":")
    if turn.member is None or verb not in acting.VERBS or not number.isdecimal() or len(number) > 11:
        menu.no_access(turn)
    else:
        acting.VERBS[verb](turn, int(number))


def _still_true(tx: Connection, person: Staff, outbox_id: int) -> list[Carried]:
    """Without those whose round ended meanwhile, and those that went to where this person has no say."""
    sees: dict[tuple[int, int | None], bool] = {}
    left: list[Carried] = []
    fallen: dict[str, list[int]] = {"closed": [], "moved": []}
    for alert in alarms.carried(tx, outbox_id):
        at = (alert.unit_id, alert.copy_to)
        if at not in sees:
            sees[at] = _may_see(tx, person, *at)
        if _over(tx, alert):
            fallen["closed"].append(alert.alert_id)
        elif not sees[at]:
            fallen["moved"].append(alert.alert_id)
        else:
            left.append(alert)
    for why, alert_ids in fallen.items():
        for some in batched(alert_ids):
            deadlines.drop(tx, some, why)
    return left


def _over(tx: Connection, alert: Carried) -> bool:
    if alert.rung.startswith("unconfirmed"):
        return alert.unconfirmed_since is None
    listed = alert.rung.startswith("unlisted") and of_ticket.listed(tx, alert.ticket_id)
    return listed or alert.closed_at is not None


def _may_see(tx: Connection, person: Staff, unit_id: int, copy_to: int | None) -> bool:
    here = {role.unit_id for role in person.roles}
    over = {unit_id, copy_to, *(unit.id for unit in units.lines_up(tx, unit_id))}
    return rights.is_admin(person) or bool(here & over)


def _buttons(tx: Connection, person: Staff, found: Found, outbox_id: int) -> tuple[Button, ...]:
    worst, first = found[0]
    seen = Button(_("I have read it"), f"a:ack:{outbox_id}")
    if len(found) > 1:
        queue = Button(_("Show the list"), _list_token(person, found), "primary")
        if worst in (Tone.NEW, Tone.ALARM) and alert_text.all_own(person, found):
            return (queue,)
        if worst is Tone.UNLISTED and alert_text.all_own(person, found):
            return (Button(_("Make a list"), "l:new", "primary"), replace(queue, style="plain"), seen)
        if worst is Tone.UNCONFIRMED:
            return (queue, seen)
        take = Button(_("I take it up"), f"a:takeall:{outbox_id}")
        return (queue, take, Button(_("Pass it on"), f"a:passall:{outbox_id}"), seen)
    opens = Button(_("Open the ticket"), f"t:{first.ticket_id}", "primary")
    reads_along = first.copy_to is not None and person.at(first.copy_to)
    plain = first.rung.partition(":")[0] in ("new", "unlisted")
    if reads_along or (plain and person.at(first.unit_id)):
        return (opens,)
    if worst is Tone.UNCONFIRMED:
        return (opens, seen)
    take = Button(_("I take it up"), f"a:take:{first.ticket_id}")
    invites = (
        [Button(_("Invite somebody"), f"join:unit:{first.unit_id}")] if _may_fill(tx, person, first) else []
    )
    return (opens, take, *invites, Button(_("Pass it on"), f"a:pass:{first.ticket_id}"), seen)


def _may_fill(tx: Connection, person: Staff, alert: Carried) -> bool:
    """Where nobody has joined yet, whoever may invite there can do so at once."""
    return not staff.members(tx, alert.unit_id) and rights.may_choose_people(tx, person, alert.unit_id)


def _list_token(person: Staff, found: Found) -> str:
    if alert_text.all_own(person, found):
        return "a:queue:0"
    worst = found[0][0]
    if worst is Tone.UNCONFIRMED:
        return "b:unconfirmed"
    return "b:overdue" if worst >= Tone.NEARING else "b:open:0"
