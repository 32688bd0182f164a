"""«Diễn biến»: what happened to a list, in words; what somebody wrote only for those who may see its people."""

from __future__ import annotations

from datetime import date
from typing import Any

from handlers.lists import words
from handlers.lists.rights import Rights
from handlers.turn import Turn
from locales import Text, Words, _, joined
from storage import lists, staff
from storage.lists import Happened, List

SHOWN = 6
FIELDS = ("words", "place", "to", "ref", "day", "outcome", "n", "rows", "at")

EVENTS: dict[str, Words] = {
    "made": _("Made"),
    "sent": _("Sent: {to}"),
    "passed": _("Passed on to the police. {words}"),
    "refused": _("Given back by the People's Committee. {words}"),
    "returned": _("Signed and given back by the police: {ref}, {day}"),
    "outcome": _("No. {place}: {outcome}"),
    "seen_right": _("No. {place}: the Platform shows it right"),
    "seen_wrong": _("No. {place}: the Platform still shows the old value"),
    "urged": _("Urged from above"),
    "matched": _("The police: {n} match"),
    "supplement": _("No. {place}: a supplement is needed"),
    "supplied": _("No. {place}: the resident answered. {words}"),
    "file_in": _("Workbook read: {rows} rows"),
    "scan": _("Signed paper attached"),
    "keyed": _("Result of the paper keyed in"),
    "resumed": _("No. {place}: taken up again"),
    "done": _("Finished"),
    "dropped": _("Given up"),
    "foreigners": _("Taken off, for they are no Vietnamese citizens: {n}"),
}


def last(turn: Turn, found: List, may: Rights) -> list[Text]:
    """The newest below, as on a ticket's card."""
    told = [text for one in lists.newest(turn.tx, found.id, SHOWN) if (text := event(turn, one, may))]
    return ["", _("**History**"), *told] if told else []


def event(turn: Turn, one: Happened, may: Rights) -> Text | None:
    told = EVENTS.get(one.what)
    if told is None:
        return None
    values: dict[str, Any] = dict.fromkeys(FIELDS, "") | one.details
    if values["words"]:
        values["words"] = _("«{words}»", words=values["words"]) if may.people else ""
    values["to"] = words.STATES.get(str(values["to"]), "")
    values["day"] = date.fromisoformat(values["day"]) if values["day"] else ""
    values["outcome"] = words.OUTCOMES.get(str(values["outcome"]), "")
    text = joined(" – ", _("{at}", at=one.at), Words(told.msgid, values))
    return joined(" · ", text, staff.name_of(turn.tx, one.staff_id)) if one.staff_id else text
