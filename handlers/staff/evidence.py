"""«Xem ảnh, giấy tờ»: what the resident sent with a report, to whoever may see the ticket; each look is audited."""

from __future__ import annotations

from typing import Any

from handlers import papers
from handlers.reply import Reply
from handlers.staff.acting import back
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import history, reports
from storage.evidence import Piece
from storage.tickets import Ticket


def look(turn: Turn, ticket: Ticket, _arg: str) -> Text | None:
    """Photos of people and papers: in private only, and kept from being passed on where the channel can."""
    sent = papers.of_ticket(turn.tx, ticket)
    if not sent:
        return _("Nothing was sent with this report, or it is erased by now.")
    if not turn.incoming.private:
        turn.toast(_("Photos and papers are shown in private only."))
        return None
    member = turn.member
    assert member is not None
    names = [piece.name for piece in sent]
    history.audited(turn.tx, turn.now, "evidence_seen", staff_id=member.id, talk_id=turn.talk.id, ticket_id=ticket.id,
                    files=names)  # fmt: skip
    code = reports.get(turn.tx, ticket.report_id).code
    turn.say(
        Reply(
            lines(joined("", "**", code, "**"), *(_line(n, one) for n, one in enumerate(sent, 1)), "",
                  _("It is recorded that you have seen this.")),
            (back(ticket),),
            "card",
            media=tuple(_item(one) for one in sent),
            sensitive=True,
        )
    )  # fmt: skip
    return None


def _item(piece: Piece) -> dict[str, Any]:
    return {"file": piece.name, "kind": piece.kind, "mime": piece.mime}


def _line(n: int, piece: Piece) -> Text:
    """«1. 1 ảnh, gửi 16:00 20/11/2026, hơi mờ»: in the order in which they stand above."""
    said: list[Text] = [papers.counted([piece]), _("sent {at}", at=piece.at)]
    said += [_("a little blurred")] if piece.blurred else []
    return joined(". ", str(n), joined(", ", *said))
