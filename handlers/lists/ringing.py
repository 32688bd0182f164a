"""What happens when a moment of a list comes: whose turn it is hears, is reminded; what is late climbs a level a day.

new (at the police) · through:V · hamlet:V · draft:V (given back to be mended) · back: it has come to somebody
remind: the morning of its last day · late:0 … late:2, then daily:DAY · campaign: the end of the cleaning
lost:ALERT: it could not be delivered · call:LINE:…: what was asked of this person did not arrive
"""

from __future__ import annotations

from handlers import hearing
from handlers.lists import levels, moments, supplementing
from handlers.rules import deadlines
from handlers.supervisors import posting, recipients
from handlers.turn import Moment, Turn
from locales.times import ZONE
from storage import facts, list_alerts, list_rungs, lists, staff, units
from storage.lists import List
from storage.staff import Staff
from storage.units import Unit


def ring(moment: Moment, list_id: int, rung: str) -> None:
    if moments.kind(rung) == "call":
        supplementing.not_reached(moment, int(rung.split(":")[1]))
        return
    if moments.kind(rung) == "lost":
        # Whoever can be reached now and was not told before hears in their place.
        alert = list_alerts.find(moment.tx, int(rung.partition(":")[2]))
        if alert is None:
            return
        rung = alert.rung
    found = lists.get(moment.tx, list_id)
    if not moments.matters(found, rung, moment.now):
        return
    over = levels.of(moment.tx, found)
    if moments.kind(rung) == "late" and int(rung.partition(":")[2]) >= len(over):
        return  # no such level here: the digest has begun already
    heard = _hearers(moment, found, rung, over)
    if not heard:
        facts.keep(moment.tx, "nobody_to_alert", f"{moment.now.isoformat()} list {found.id} {rung}")
    for person in heard:
        _post(moment, found, rung, person)
    if _last_level(rung, over) or moments.late_cleaning(found, moment.now):
        _plan_digest(moment, found)


def _hearers(moment: Moment, found: List, rung: str, over: list[Unit]) -> list[Staff]:
    """Everybody once, in the order of who is to act."""
    tx, name = moment.tx, moments.kind(rung)
    holder, maker = (reached(moment, one) for one in (moments.holds(found), found.maker_id))
    if name in ("late", "campaign", "daily"):
        level = int(rung.partition(":")[2]) if name == "late" else None
        above = over[level : level + 1] if level is not None else over
        told = [*holder, *maker, *_above(moment, found, above, over)]
    elif holder or name == "back":
        copied = reached(moment, found.copy_id) if name == "back" and found.copy_id else ()
        told = [*(holder or _up(moment, units.lines_up(tx, found.maker_id))), *copied]
    elif name in ("new", "through"):  # the maker brings it on paper, and the level above knows
        told = [*(maker or _up(moment, units.lines_up(tx, found.maker_id))), *_up(moment, over)]
    else:
        told = [*(maker or _up(moment, over))]
    return list({person.id: person for person in told}.values())


def reached(moment: Turn | Moment, unit_id: int) -> tuple[Staff, ...]:
    """The unit's people who are there, or who stand in for them; where all are away, whoever can be reached."""
    people = staff.members(moment.tx, unit_id)
    there = hearing.at_unit(moment.tx, unit_id, people, moment.today)
    return recipients.reachable(moment.tx, there) or recipients.reachable(moment.tx, people)


def _above(moment: Moment, found: List, wanted: list[Unit], over: list[Unit]) -> list[Staff]:
    """Of each of these levels; where nobody of it can be reached, of the next one up. Of a draft without a number
    nobody."""
    if found.number is None:
        return []
    return [one for level in wanted for one in _up(moment, over[over.index(level) :])]


def _up(moment: Moment, line: list[Unit]) -> tuple[Staff, ...]:
    desk = units.desk(moment.tx)
    whole = [*(unit for unit in line if unit.id != desk.id), desk]
    told = recipients.first_up(moment.tx, whole, moment.today)
    return told.people if told else ()


def _last_level(rung: str, over: list[Unit]) -> bool:
    """From here on a digest every morning: the climb has no level left."""
    name, _colon, number = rung.partition(":")
    return name in ("campaign", "daily") or (name == "late" and int(number) == len(over) - 1)


def _plan_digest(moment: Moment, found: List) -> None:
    at = deadlines.next_digest(moment.now)
    list_rungs.plan(moment.tx, found.id, [(f"daily:{at.astimezone(ZONE).date().isoformat()}", at)])


def _post(moment: Moment, found: List, rung: str, person: Staff) -> None:
    alert_id = list_alerts.add(moment.tx, found.id, rung, person.id, moment.now)
    if alert_id is not None:
        list_alerts.carry(moment.tx, alert_id, posting.message(moment, person, "lists"))
