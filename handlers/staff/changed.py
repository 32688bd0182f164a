"""Two at once: one wins, and the other is told who did what."""

from __future__ import annotations

from handlers.turn import Turn
from locales import Text, Words, _
from storage import history, staff
from storage.tickets import Ticket

DID: dict[str, Words] = {
    "taken": _("{who} has taken it"),
    "asked": _("{who} has asked the resident"),
    "police_asks": _("{who} has asked the resident"),
    "answered": _("{who} has answered"),
    "approved": _("{who} has approved it"),
    "rejected": _("{who} has sent it back"),
    "later": _("{who} has put it off"),
    "assigned": _("{who} has given it to a colleague"),
    "released": _("{who} has given it back to the queue"),
    "handed_over": _("{who} has handed it over"),
    "returned": _("{who} has opened it again"),
    "withdrawn": _("the resident has withdrawn it"),
    "settled": _("the resident says it is right"),
    "still_wrong": _("the resident says it is still wrong"),
    "repaired": _("the resident has sent what was missing"),
    "reopened": _("the national system still shows the old value"),
}


def by_whom(turn: Turn, ticket: Ticket) -> Text:
    """«Phiếu này vừa có thay đổi: Mai đã nhận.»"""
    events = [e for e in history.of_ticket(turn.tx, ticket.id, internal=True) if e.what in DID]
    if not events:
        return _("This ticket has changed meanwhile.")
    last = events[-1]
    if turn.member and last.staff_id == turn.member.id:
        return _("You have done that already.")
    who = staff.name_of(turn.tx, last.staff_id) if last.staff_id else ""
    return _("This ticket has just changed: {what}.", what=Words(DID[last.what].msgid, {"who": who}))
