"""A call that somebody asked for, in words."""

from __future__ import annotations

from typing import Any

from locales import Text, Words, _, lines
from storage.tickets import Ticket

TIMES: dict[str, Words] = {
    "any": _("At any time"),
    "morning": _("In the morning"),
    "afternoon": _("In the afternoon"),
    "evening": _("In the evening"),
}


def told(one: dict[str, Any]) -> Text | None:
    """The lines of a change; None where it is no call."""
    if one["kind"] != "call_back":
        return None
    words = _("«{words}»", words=one["new"]) if one.get("new") else None
    return lines(_("Asks for a call: {time}", time=TIMES[one["time"]]), words)


def time(ticket: Ticket) -> Text:
    return TIMES[next((one["time"] for one in ticket.changes if one.get("kind") == "call_back"), "any")]
