"""Alerts: the words of a message that collects them, made when it leaves; and its buttons."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from handlers import wording
from handlers.reply import Button, Reply
from handlers.staff import menu, rights
from handlers.supervisors import acting, tone
from handlers.supervisors.tone import Tone
from handlers.turn import Moment, Turn, body_of
from locales import Text, _, joined, lines
from storage import alarms, deadlines, outbox, staff, talks, units
from storage.alarms import Carried
from storage.staff import Staff

SHOWN = 10

Found = list[tuple[Tone, Carried]]


def compose(moment: Moment, outbox_id: int, recipient_id: int) -> dict[str, Any] | None:
    """The message as its reader gets it; None where every alert in it has fallen away meanwhile."""
    outbox.hold(moment.tx, outbox_id)
    person = staff.get(moment.tx, recipient_id)
    if person is None:
        return None
    found = tone.worst_first(_still_true(moment.tx, person, outbox_id), moment.now)
    if not found:
        return None
    text = lines(_head(found), *(_line(moment, person, *one) for one in found[:SHOWN]), _more(person, found))
    lang = talks.get(moment.tx, person.talk_id).lang
    return body_of(Reply(text, _buttons(person, found, outbox_id), "card", rank="alert"), lang)


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
        about_approval = alert.rung.startswith("unconfirmed")
        if (about_approval and alert.unconfirmed_since is None) or (not about_approval and alert.closed_at):
            fallen["closed"].append(alert.alert_id)
        elif not sees[at]:
            fallen["moved"].append(alert.alert_id)
        else:
            left.append(alert)
    for why, alert_ids in fallen.items():
        deadlines.drop(tx, alert_ids, why)
    return left


def _may_see(tx: Connection, person: Staff, unit_id: int, copy_to: int | None) -> bool:
    here = {role.unit_id for role in person.roles}
    over = {unit_id, copy_to, *(unit.id for unit in units.lines_up(tx, unit_id))}
    return rights.is_admin(person) or bool(here & over)


def _head(found: Found) -> Text:
    word = tone.WORDS[found[0][0]]
    if len(found) == 1:
        return joined("", "**", word, "**")
    counts: list[Text] = []
    overdue = sum(one is Tone.OVERDUE for one, _alert in found)
    nearing = sum(one is Tone.NEARING for one, _alert in found)
    if overdue:
        counts.append(_("{n} overdue", n=overdue))
    if nearing:
        counts.append(_("{n} nearly overdue", n=nearing))
    return joined(" · ", joined("", "**", word, "**"), _("{n} tickets", n=len(found)), *counts)


def _line(moment: Moment, person: Staff, how: Tone, alert: Carried) -> Text:
    """«PA-7K2MX · còn 6 giờ · Trạm Y tế xã Hạnh Phúc chưa xử lý»; never personal data."""
    if how is Tone.UNCONFIRMED and alert.unconfirmed_since:
        waited = _("{unit} says corrected, the Platform has not shown it for {days} days", unit=alert.unit,
                   days=(moment.now - alert.unconfirmed_since).days)  # fmt: skip
        return joined(" · ", alert.code, waited)
    left = wording.time_left(alert.due_at, moment.now)
    if person.at(alert.unit_id):
        what: Text = wording.KINDS.get(alert.kind, alert.kind)
    else:
        what = _state(moment.tx, person, alert)
    return joined(" · ", alert.code, left, what)


def _state(tx: Connection, person: Staff, alert: Carried) -> Text:
    if alert.copy_to is not None and person.at(alert.copy_to):
        return _("for your information: {unit} handles it", unit=alert.unit)
    if alert.holder_id is not None:
        return _("{unit} has not finished", unit=alert.unit)
    people = staff.members(tx, alert.unit_id)
    if not people:
        return _("nobody at {unit} has joined yet", unit=alert.unit)
    if not any(staff.reachable(tx, one) for one in people):
        return _("nobody at {unit} can be reached", unit=alert.unit)
    return _("{unit} has not handled it", unit=alert.unit)


def _more(person: Staff, found: Found) -> Text | None:
    more = len(found) - SHOWN
    if more <= 0:
        return None
    command = "/hangdoi" if _all_own(person, found) else "/quahan"
    return _("and {n} more: {command}", n=more, command=command)


def _all_own(person: Staff, found: Found) -> bool:
    return all(person.at(alert.unit_id) for _tone, alert in found)


def _buttons(person: Staff, found: Found, outbox_id: int) -> tuple[Button, ...]:
    worst, first = found[0]
    seen = Button(_("I have read it"), f"a:ack:{outbox_id}")
    if len(found) > 1:
        queue = Button(_("Show the list"), _list_token(person, found), "primary")
        return (queue,) if worst is Tone.NEW and _all_own(person, found) else (queue, seen)
    opens = Button(_("Open the ticket"), f"t:{first.ticket_id}", "primary")
    reads_along = first.copy_to is not None and person.at(first.copy_to)
    if reads_along or (worst is Tone.NEW and person.at(first.unit_id)):
        return (opens,)
    if worst is Tone.UNCONFIRMED:
        return (opens, seen)
    take = Button(_("I take it up"), f"a:take:{first.ticket_id}")
    return (opens, take, Button(_("Pass it on"), f"a:pass:{first.ticket_id}"), seen)


def _list_token(person: Staff, found: Found) -> str:
    if _all_own(person, found):
        return "a:queue:0"
    worst = found[0][0]
    if worst is Tone.UNCONFIRMED:
        return "b:unconfirmed"
    return "b:overdue" if worst >= Tone.NEARING else "b:open:0"
