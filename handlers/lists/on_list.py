"""A ticket's place on a list, as its card says it: with whom, until when, and what the police said of this person."""

from __future__ import annotations

from handlers import wording, wording_changes
from handlers.lists import of_ticket as places
from handlers.lists import rights, words
from handlers.lists.rights import Rights
from handlers.reply import Button
from handlers.rules import lists as rules
from handlers.turn import Turn
from locales import Text, _, joined
from storage import units
from storage.list_people import Line
from storage.lists import AWAY, List
from storage.tickets import Ticket


def of_ticket(turn: Turn, ticket: Ticket) -> list[Text]:
    """The list's clock stands beside the ticket's own, which runs on."""
    on = places.on(turn.tx, ticket) if ticket.axis == "identity" else None
    if on is None:
        return []
    found, line = on
    if found.state == "draft":
        return [_("On a list that is being made; not sent yet")]
    if found.state in AWAY:
        assert found.due_at is not None
        left = wording.time_left(found.due_at, turn.now)
        return [_("{list} {where}: back due {before} ({left})", list=words.name(found), where=_where(turn, found),
                  before=wording.before(found.due_at, turn.now), left=left)]  # fmt: skip
    return [_("{list} is back: {said}", list=words.name(found), said=said(line))]


def first(turn: Turn, ticket: Ticket) -> tuple[Button, ...]:
    """What is next to do, where the list is back at whoever made it: to this person's place on it."""
    on = _seen(turn, ticket)
    if on is None or on[0].state != "back" or not on[2].make:
        return ()
    found, line, _may = on
    label = _("Enter what the police found") if line.updated_at is None else _("See it on the list")
    return (Button(label, f"l:{found.id}:{found.version}:work:{line.place}", "primary"),)


def opens(turn: Turn, ticket: Ticket) -> tuple[Button, ...]:
    on = _seen(turn, ticket)
    return (Button(_("Open the list"), f"l:{on[0].id}"),) if on else ()


def _seen(turn: Turn, ticket: Ticket) -> tuple[List, Line, Rights] | None:
    """None too where the list is not theirs to see: who reads a ticket along has nothing to do with it."""
    on = places.on(turn.tx, ticket) if ticket.axis == "identity" and turn.member else None
    if on is None or turn.member is None:
        return None
    may = rights.of(turn.tx, turn.member, on[0])
    return (*on, may) if may.see else None


def _where(turn: Turn, found: List) -> Text:
    unit_id = {"police": found.police_id, "through": found.through_id}.get(found.state)
    return _("at {unit}", unit=units.get(turn.tx, unit_id).name) if unit_id else words.STATES[found.state]


def said(line: Line, *, full: bool = False) -> Text:
    """The police's verdict with the right values; the number is masked unless full."""
    verdict = words.VERDICTS.get(line.verdict or "", _("nothing said"))
    right = [_("{field}: {value}", field=wording_changes.FIELDS[field], value=wording_changes.value(field, value, full=full))
             for field, value in (line.corrected or {}).items() if field in rules.FIELDS]  # fmt: skip
    remark: list[Text] = [_("«{words}»", words=line.words)] if line.words else []
    outcome = words.OUTCOMES.get(line.outcome or "")
    return joined("; ", verdict, *right, *remark, *([outcome] if outcome else []))
