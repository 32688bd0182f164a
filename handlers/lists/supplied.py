"""What residents answered to the police: it reaches the officer who asked, and stands on the person's card."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers import hearing, papers, wording_history
from handlers.lists import asking, of_ticket
from handlers.lists import words as list_words
from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import Text, _, joined
from storage import history, lists, staff, tickets
from storage.evidence import Piece
from storage.list_people import Line
from storage.lists import Happened, List
from storage.tickets import Ticket


def to_ticket(turn: Turn, ticket: Ticket) -> None:
    """The resident has said something in a ticket; its own staff hear that elsewhere."""
    on = of_ticket.on(turn.tx, ticket) if ticket.axis == "identity" else None
    if on and waits(*on):
        _officers_hear(turn, *on)


def to_line(turn: Turn, found: List, line: Line, said: str, staff_id: int | None = None) -> None:
    """Of a line without a ticket: in the resident's own chat, or on the phone with whoever called (staff_id)."""
    own = turn.talk.id if staff_id is None else None  # whose words go with their chat
    lists.happened(turn.tx, found.id, turn.now, "supplied", staff_id, place=line.place, words=said, talk=own)
    if not _officers_hear(turn, found, line):
        _hear(turn, found, line, found.maker_id, None)


def waits(found: List, line: Line) -> bool:
    return found.state == "police" and line.verdict == "supplement"


def _officers_hear(turn: Turn, found: List, line: Line) -> bool:
    return _hear(turn, found, line, found.police_id, line.verdict_by)


def _hear(turn: Turn, found: List, line: Line, unit_id: int, first: int | None) -> bool:
    """To whoever asked, where they belong there and are there today; else to all of them."""
    everybody = staff.members(turn.tx, unit_id)
    wanted = [person for person in everybody if person.id == first] or everybody
    told = _("{list}, no. {place}: the resident has answered.", list=list_words.name(found), place=line.place)
    button = Button(_("Open"), asking.token(found, "look", str(line.place)), "primary")
    people = hearing.at_unit(turn.tx, unit_id, wanted, turn.today)
    for person in people:
        turn.tell(person.talk_id, Reply(told, (button,), rank="alert"))
    return bool(people)


def asked(tx: Connection, found: List, line: Line) -> list[Happened]:
    """Each time that something was asked of this person: {"place", "how"}."""
    of_line = (one for one in lists.history(tx, found.id) if one.details.get("place") == line.place)
    return [one for one in of_line if one.what == "supplement"]


def words(tx: Connection, found: List, line: Line) -> list[Text]:
    """In the order in which they came; nothing of what was said before the police asked."""
    begun = asked(tx, found, line)
    if not begun:
        return []
    since, said = begun[0].at, []
    if line.ticket_id:
        events = history.of_ticket(tx, line.ticket_id, internal=False)
        said = [
            (one.at, wording_history.event(tx, one))
            for one in events
            if one.what in of_ticket.ANSWERS and one.at >= since
        ]
    for happened in lists.history(tx, found.id):
        if happened.what == "supplied" and happened.details.get("place") == line.place:
            told = _("The resident answers: «{words}»", words=happened.details.get("words", ""))
            said.append((happened.at, joined(" – ", _("{at}", at=happened.at), told)))
    return [text for _at, text in sorted(said, key=lambda one: one[0])]


def files(tx: Connection, found: List, line: Line) -> list[Piece]:
    """What came with those answers; what was sent before is the ticket's own unit's."""
    begun = asked(tx, found, line) if line.ticket_id else []
    if not begun or line.ticket_id is None or tickets.find(tx, line.ticket_id) is None:
        return []
    return [piece for piece in papers.sent_with(tx, line.ticket_id) if piece.at >= begun[0].at]
