"""What may happen to a list: made, filled, sent, reviewed, compared, signed and returned, entered, seen on the Platform.

Nothing here asks who may do it (rights.py does); everything here keeps the clock, the history and the tickets on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers import telling
from handlers.lists import adding, who
from handlers.rules import lists as rules
from handlers.turn import Moment, Turn
from storage import (
    approvals,
    history,
    list_people,
    list_rungs,
    lists,
    people,
    policies,
    tickets,
    units,
    vault,
)
from storage.list_people import Line
from storage.lists import List
from storage.tickets import Ticket


class Refused(Exception):
    """Why it cannot be: kind · no_police · foreigner · elsewhere · empty · number · unsaid · not_back."""


def _by(turn: Turn | Moment) -> int | None:
    return turn.member.id if isinstance(turn, Turn) and turn.member else None


def make(turn: Turn, maker_id: int, kind: str, title: str | None = None) -> List:
    """A draft of the unit's; raises Refused("kind") where it makes no such lists, "no_police" where nobody would compare
    it. S4: with the end of the cleaning campaign, while one runs."""
    maker = units.get(turn.tx, maker_id)
    if kind not in who.kinds(maker):
        raise Refused("kind")
    found = who.parties(turn.tx, maker, kind)
    if found is None:
        raise Refused("no_police")
    ends = policies.cleaning_end(turn.tx, maker.province, turn.now) if kind == "cleaning" else None
    by = _by(turn)
    assert by is not None
    made = lists.add(turn.tx, kind=kind, maker_id=maker_id, police_id=found.police, through_id=found.through,
                     copy_id=found.copy, title=title, finish_by=ends, made_by=by, made_at=turn.now)  # fmt: skip
    lists.happened(turn.tx, made.id, turn.now, "made", by)
    if ends:
        list_rungs.plan(turn.tx, made.id, [("campaign", rules.passed(ends))])
    return made


def add(
    turn: Turn,
    found: List,
    given: dict[str, Any],
    *,
    foreign: bool,
    fault: str | None = None,
    resident_id: int | None = None,
    ticket_id: int | None = None,
) -> Line:
    """One person; raises Refused("foreigner"), and Refused("elsewhere") where a live list has them already."""
    return _add(turn, found, adding.Entry(given, foreign, fault, resident_id, ticket_id))


def add_ticket(turn: Turn, found: List, ticket: Ticket) -> Line:
    """With what its resident says is right; what the Platform shows stands beside it."""
    return _add(turn, found, adding.of_ticket(turn.tx, ticket))


def _add(turn: Turn, found: List, one: adding.Entry) -> Line:
    (why,) = adding.add(turn, found, [one])
    if why:
        raise Refused(why)
    line = list_people.of_ticket(turn.tx, one.ticket_id) if one.ticket_id else None
    return line or list_people.of_list(turn.tx, found.id)[-1]


def send(turn: Turn, found: List) -> List:
    """Numbered and dated today; from now its two days run (S1). Cleaning goes by the hamlet's team (S4), a site's own
    round by the People's Committee (S1), all else straight to the police. One that the committee gave back keeps its
    number and date, and the two days run on."""
    units.hold(turn.tx, found.maker_id)  # its next number
    lists.hold(turn.tx, found)
    _citizens_only(turn, found)
    if not list_people.counts(turn.tx, found.id).n:
        raise Refused("empty")
    list_people.number_through(turn.tx, found.id)
    to = "hamlet" if found.kind == "cleaning" else "through" if found.through_id else "police"
    year, due = turn.today.year, found.due_at or rules.due_at(turn.today)
    dated: dict[str, Any] = {}
    if found.number is None:
        number = lists.next_number(turn.tx, found.maker_id, year)
        dated = {"year": year, "number": number, "day": turn.today, "due_at": due}
    changed = lists.change(turn.tx, found, state=to, **dated)
    lists.happened(turn.tx, found.id, turn.now, "sent", _by(turn), to=to)
    list_rungs.plan(turn.tx, found.id, rules.plan(due))
    return _at_police(turn, changed) if to == "police" else _reached(turn, changed)


def _citizens_only(turn: Turn, found: List) -> None:
    """S1: nobody else is verified. An export may have said so since they were put on it."""
    lines = [line for line in list_people.of_list(turn.tx, found.id) if line.resident_id]
    foreign = people.foreign(turn.tx, [line.resident_id for line in lines if line.resident_id])
    gone = [line for line in lines if line.resident_id in foreign]
    for line in gone:
        list_people.drop(turn.tx, line)
    if gone:
        list_people.number_through(turn.tx, found.id)
        lists.happened(turn.tx, found.id, turn.now, "foreigners", _by(turn), n=len(gone))


def drop(turn: Turn, found: List) -> List:
    """A draft that is not wanted; its people can go on another list."""
    changed = lists.change(turn.tx, found, state="dropped")
    list_rungs.end(turn.tx, found.id, turn.now, campaign=True)
    lists.happened(turn.tx, found.id, turn.now, "dropped", _by(turn))
    return changed


def passed(turn: Turn, found: List, **details: object) -> List:
    """Reviewed by the hamlet's team, or passed on by the People's Committee: now the police have it."""
    changed = lists.change(turn.tx, found, state="police")
    _citizens_only(turn, found)
    lists.happened(turn.tx, found.id, turn.now, "passed", _by(turn), of=found.state, **details)
    return _at_police(turn, changed)


def refused(turn: Turn, found: List, words: str) -> List:
    """By the People's Committee, to its maker, who mends it and sends it anew: a draft again, but its clock runs on."""
    changed = lists.change(turn.tx, found, state="draft")
    lists.happened(turn.tx, found.id, turn.now, "refused", _by(turn), words=words)
    return _reached(turn, changed)


def _reached(turn: Turn, found: List) -> List:
    """Hamlet's team, People's Committee or, given back, its maker: whose turn it is hears; it may come there twice."""
    list_rungs.plan(turn.tx, found.id, [(f"{found.state}:{found.version}", turn.now)])
    return found


def _at_police(turn: Turn, found: List) -> List:
    list_rungs.plan(turn.tx, found.id, [("new", turn.now)])
    police = units.get(turn.tx, found.police_id).name
    for ticket in _tickets(turn, found):
        history.add(
            turn.tx, ticket.id, turn.now, "verifying", staff_id=_by(turn), unit=found.police_id, list=found.id
        )
        telling.verifying(turn, ticket, police)
    return found


def _tickets(turn: Turn, found: List) -> list[Ticket]:
    """The open ones that stand on it."""
    on = [line.ticket_id for line in list_people.of_list(turn.tx, found.id) if line.ticket_id]
    return [ticket for ticket_id in on if (ticket := tickets.get(turn.tx, ticket_id)).state == "open"]


def verdict(
    turn: Turn, line: Line, said: str, corrected: Mapping[str, str] | None = None, words: str | None = None
) -> Line:
    """What the police say of one person; may be said anew until the list is returned. Raises Refused("number") where a
    person without a well-formed number is said to match: then the right number is what is asked for."""
    fields = {name: value for name, value in (corrected or {}).items() if name in rules.FIELDS and value}
    if said == "differs" and not fields:
        raise Refused("unsaid")
    if said in ("matches", "differs") and line.fault and not rules.complete(line.given, fields, turn.today):
        raise Refused("number")
    return list_people.change(turn.tx, line, verdict=said, corrected=fields if said == "differs" else None,
                              words=words or None, verdict_at=turn.now, verdict_by=_by(turn))  # fmt: skip


def match_all(turn: Turn, found: List, matching: list[Line], anew: list[Line]) -> int:
    """All of these match; anew: those of whom it was said before and who are to be asked once more."""
    for line in anew:
        list_people.change(turn.tx, line, verdict=None, verdict_at=None, verdict_by=None)
    n = list_people.match(turn.tx, matching, _by(turn), turn.now)
    lists.happened(turn.tx, found.id, turn.now, "matched", _by(turn), n=n)
    return n


def give_back(turn: Turn, found: List, ref: str, day: str, by: str) -> List:
    """S4: «ký và bàn giao danh sách»; to whoever made it, at the moment when the police said so. Raises
    Refused("unsaid") while somebody has no verdict."""
    lists.hold(turn.tx, found)  # before its people are read: a colleague may be saying something of one
    lines = list_people.of_list(turn.tx, found.id)
    if any(line.verdict is None for line in lines):
        raise Refused("unsaid")
    changed = lists.change(
        turn.tx, found, state="back", returned_at=turn.received_at, signed={"ref": ref, "day": day, "by": by}
    )
    key = vault.of(turn.tx)
    for line in lines:
        number = rules.right_values(line.given, line.corrected or {}).get("number")
        list_people.change(turn.tx, line, person_key=key.index("number", number) if number else None)
    list_rungs.end(turn.tx, found.id, turn.now)
    list_rungs.plan(turn.tx, found.id, [("back", turn.now)])
    lists.happened(turn.tx, found.id, turn.now, "returned", _by(turn), ref=ref, day=day, by=by)
    for ticket in _tickets(turn, changed):
        history.add(
            turn.tx, ticket.id, turn.now, "verified", staff_id=_by(turn), unit=found.police_id, list=found.id
        )
    return changed


def entered(turn: Turn, found: List, line: Line) -> Line:
    """Ticked off: the Platform has been put right. Its ticket is approved with what the police found right, and waits
    for an export as every approval does (S4 §5)."""
    if line.verdict not in ("matches", "differs"):
        raise Refused("not_back")
    changed = list_people.change(
        turn.tx, line, updated_at=turn.now, updated_by=_by(turn), checked=None, checked_at=None
    )
    ticket = tickets.find(turn.tx, line.ticket_id) if line.ticket_id else None
    if ticket and ticket.state == "open" and ticket.unit_id == found.maker_id:
        _approve(turn, ticket, line)
    return changed


def _approve(moment: Turn | Moment, ticket: Ticket, line: Line, *, seen: bool = False) -> None:
    from handlers import desk

    corrected = line.corrected or {}
    changes = [
        {**one, "new": corrected[one["field"]]} if one["field"] in corrected else one
        for one in ticket.changes
    ]
    if changes != ticket.changes:
        ticket = tickets.change(moment.tx, ticket, changes=changes)
    desk.approve(moment, ticket, seen=seen)
    approval = approvals.of_round(moment.tx, ticket.round_id) if seen else None
    if approval:
        desk.confirmed(moment, approval)


def settle(turn: Turn, found: List, line: Line, outcome: str, remark: str = "") -> Line:
    """An outcome of the letters (S2): it cannot be put right. Its ticket stays open: the resident is owed an answer."""
    changed = list_people.change(turn.tx, line, outcome=outcome, remark=remark or None)
    lists.happened(turn.tx, found.id, turn.now, "outcome", _by(turn), place=line.place, outcome=outcome)
    _finish(turn, found.id)
    return changed


def unsettle(turn: Turn, found: List, line: Line) -> Line:
    """To be put right after all; raises Refused("elsewhere") where this person is on another list by now."""
    on = list_people.of_ticket(turn.tx, line.ticket_id) if line.ticket_id else None
    on = on or (list_people.of_resident(turn.tx, line.resident_id) if line.resident_id else None)
    if on is not None:
        raise Refused("elsewhere")
    changed = list_people.change(turn.tx, line, outcome=None, remark=None)
    lists.happened(turn.tx, found.id, turn.now, "resumed", _by(turn), place=line.place)
    return changed


def finish(turn: Turn, found: List) -> List:
    """A site's own round: «gửi lại Cơ sở tiêm chủng để quản lý» (S1); it is kept, and nothing in it is waited for."""
    changed = lists.change(turn.tx, found, state="done")
    lists.happened(turn.tx, found.id, turn.now, "done", _by(turn))
    list_rungs.end(turn.tx, found.id, turn.now, campaign=True)
    return changed


def seen(moment: Moment, line: Line, what: rules.Seen) -> None:
    """What an export that is newer shows: right closes line and ticket; wrong, after it was ticked off, opens the line
    again (its ticket by its approval)."""
    list_people.change(moment.tx, line, checked=what, checked_at=moment.now,
                       **({"updated_at": None, "updated_by": None} if what == "wrong" else {}))  # fmt: skip
    lists.happened(moment.tx, line.list_id, moment.now, f"seen_{what}", None, place=line.place)
    if what == "right":
        ticket = tickets.find(moment.tx, line.ticket_id) if line.ticket_id else None
        if ticket and ticket.state == "open":
            _approve(moment, ticket, line, seen=True)
        _finish(moment, line.list_id)
    else:
        again = lists.get(moment.tx, line.list_id)
        if again.state == "done":
            lists.change(moment.tx, again, state="back")


def _finish(moment: Turn | Moment, list_id: int) -> None:
    """Done where nothing is left to do for anybody on it."""
    found = lists.held(moment.tx, list_id)  # two may settle the last two at once
    if found.state == "back" and not list_people.any_left(moment.tx, list_id):
        lists.change(moment.tx, found, state="done")
        lists.happened(moment.tx, list_id, moment.now, "done", None)
        list_rungs.end(moment.tx, list_id, moment.now, campaign=True)
