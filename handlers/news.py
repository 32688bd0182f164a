"""News of a ticket in short: for an approved template or an SMS, with nothing of the person in it."""

from __future__ import annotations

from typing import Any

from handlers import links, wording
from handlers.reply import News
from handlers.turn import Desk, Moment, Turn
from locales import Words, _, say
from storage.tickets import Ticket

# What is worth a message that costs money: whoever is reached by nothing else gets an SMS of it, or a call.
STATES: dict[str, Words] = {
    "asked": _("Your answer is needed"),
    "answered": _("There is an answer"),
    "approved": _("Corrected, says the unit"),
    "rejected": _("Something must be added"),
    "reopened": _("Being handled again"),
    "confirmed": _("The record is right now"),
}
WORTH = frozenset(STATES)


def of(moment: Turn | Moment, ticket: Ticket, code: str, what: str) -> News | None:
    """None of what is not worth that."""
    return News(what, code, wording.unit(moment.tx, ticket), STATES[what]) if what in WORTH else None


def key(ticket: Ticket, what: str) -> str:
    """The same for each chat to which one piece of news is told; every act on a ticket counts its version up."""
    return f"news:{ticket.id}.{ticket.version}.{what}"


def key_of(dedupe: str | None) -> str | None:
    """The key in the `dedupe` of a row, which ends in who it is for; None of what is no news."""
    return dedupe.rpartition(":")[0] if dedupe and dedupe.startswith("news:") else None


def sms(news: dict[str, Any], lang: str, desk: Desk) -> str:
    """With Vietnamese letters an SMS has 70 characters; this takes one, or two where the address is long."""
    link = links.page(desk).rstrip("/") if desk.public_url else ""
    return say(_("Report {code}: {state}. {link}", code=news["code"], state=news["state"], link=link), lang)
