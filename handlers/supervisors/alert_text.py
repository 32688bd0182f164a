"""The words of a message that collects alerts: how many, the ten worst, never personal data."""

from __future__ import annotations

from handlers import hearing, wording
from handlers.lists import of_ticket
from handlers.lists import words as list_words
from handlers.rules.deadlines import FIRST
from handlers.supervisors import tone
from handlers.supervisors.together import SHOWN
from handlers.supervisors.tone import Tone
from handlers.turn import Moment
from locales import Text, Words, _, joined, lines
from storage import staff, tickets
from storage.alarms import Carried
from storage.staff import Staff

ALARMS: dict[str, Words] = {
    "dose_not_mine": _("on record at {unit}: a resident says this dose was never given"),
    "reaction": _("vaccinated at {unit}: somebody is unwell"),
}

Found = list[tuple[Tone, Carried]]


def message(moment: Moment, person: Staff, found: Found) -> Text:
    """found: worst first."""
    return lines(
        _head(found), *_body(moment, person, found[:SHOWN]), _more(person, found), _listing(person, found)
    )


def _listing(person: Staff, found: Found) -> Text | None:
    """Said once, to who makes the list."""
    if not any(how is Tone.UNLISTED and person.at(alert.unit_id) for how, alert in found):
        return None
    return _(
        "Please put it on a verification list now: the police have up to two days, and the 48 hours run on."
    )


def _head(found: Found) -> Text:
    word = tone.WORDS[found[0][0]]
    if len(found) == 1:
        return joined("", "**", word, "**")
    counts: list[Text] = []
    overdue = sum(one is Tone.OVERDUE for one, _alert in found)
    nearing = sum(one is Tone.NEARING for one, _alert in found)
    if 0 < overdue < len(found):
        counts.append(_("{n} overdue", n=overdue))
    if 0 < nearing < len(found):
        counts.append(_("{n} nearly overdue", n=nearing))
    return joined(" · ", joined("", "**", word, "**"), _("{n} tickets", n=len(found)), *counts)


def _body(moment: Moment, person: Staff, shown: Found) -> list[Text]:
    """Where one state holds for all, it is said once, before them."""
    above = [(how, alert) for how, alert in shown
             if how is not Tone.UNCONFIRMED and not person.at(alert.unit_id)]  # fmt: skip
    states = [_state(moment, person, *one) for one in above]
    if len(above) < 3 or len(above) < len(shown) or any(state != states[0] for state in states):
        return [_line(moment, person, *one) for one in shown]
    return [joined("", states[0], ":"), *(_brief(moment, alert) for _how, alert in above)]


def _brief(moment: Moment, alert: Carried) -> Text:
    return joined(" · ", alert.code, _left(moment, alert), wording.marked(alert.kind))


def _left(moment: Moment, alert: Carried) -> Text:
    """The 48 hours, and where it has passed too, the hard stop of the campaign (S1: finished by 30/11/2021)."""
    left = wording.left(alert, moment.now)
    if alert.finish_by is None or alert.finish_by > moment.now:
        return left
    return joined(" · ", left, _("the campaign ended {at}", at=alert.finish_by))


def _line(moment: Moment, person: Staff, how: Tone, alert: Carried) -> Text:
    """«PA-7K2MX · còn 6 giờ · Trạm Y tế xã Hạnh Phúc chưa xử lý»; never personal data."""
    if how is Tone.UNCONFIRMED and alert.unconfirmed_since:
        waited = _("{unit} says corrected, the Platform has not shown it for {days} days", unit=alert.unit,
                   days=(moment.now - alert.unconfirmed_since).days)  # fmt: skip
        return joined(" · ", alert.code, waited)
    if person.at(alert.unit_id):
        return _brief(moment, alert)
    named = alert.clock == "own" or alert.kind in FIRST  # no matter of 48 hours, or one that cannot wait
    kind = (wording.marked(alert.kind),) if named else ()
    return joined(" · ", alert.code, _left(moment, alert), *kind, _state(moment, person, how, alert))


def _state(moment: Moment, person: Staff, how: Tone, alert: Carried) -> Text:
    tx = moment.tx
    if alert.copy_to is not None and person.at(alert.copy_to):
        return _("for your information: {unit} handles it", unit=alert.unit)
    if alert.rung.partition(":")[0] == "alarm":
        return Words(ALARMS[alert.kind].msgid, {"unit": alert.unit})
    if how is Tone.UNLISTED and any(staff.reachable(tx, one) for one in staff.members(tx, alert.unit_id)):
        return _("{unit} has not put it on a list", unit=alert.unit)
    away = of_ticket.away(tx, tickets.get(tx, alert.ticket_id))
    if away is not None:
        where = list_words.STATES[away.state]
        return _("{unit} has not answered, its list is {where}", unit=alert.unit, where=where)
    if alert.holder_id is not None:
        return _("{unit} has not finished", unit=alert.unit)
    people = staff.members(tx, alert.unit_id)
    if not people:
        return _("nobody at {unit} has joined yet", unit=alert.unit)
    if not any(staff.reachable(tx, one) for one in people):
        return _("nobody at {unit} can be reached", unit=alert.unit)
    if not hearing.at_unit(tx, alert.unit_id, people, moment.today):
        return _("everybody at {unit} is away", unit=alert.unit)
    return _("{unit} has not handled it", unit=alert.unit)


def _more(person: Staff, found: Found) -> Text | None:
    more = len(found) - SHOWN
    if more <= 0:
        return None
    command = "/hangdoi" if all_own(person, found) else "/quahan"
    return _("and {n} more: {command}", n=more, command=command)


def all_own(person: Staff, found: Found) -> bool:
    return all(person.at(alert.unit_id) for _tone, alert in found)
