"""To bring: where somebody has to show papers in person, and which; a chat cannot prove whose phone it is."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers import wording
from locales import Text, _, lines
from storage.tickets import Ticket


def line(tx: Connection, ticket: Ticket) -> Text | None:
    """S1: «Căn cước công dân hoặc thông báo số định danh cá nhân có mã QR do Công an cấp và giấy xác nhận tiêm chủng»."""
    if ticket.kind != "phone" or ticket.state != "open":
        return None
    return lines(
        _("**Please come to {unit} once, in person.**", unit=wording.unit(tx, ticket)),
        _(
            "Bring the CCCD, the police notice with the QR code, or the passport; and the vaccination slip, if there is one."
        ),
    )
