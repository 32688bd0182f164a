"""A record as the Platform last said, with what the desk has approved standing apart; never a certificate."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers import wording, wording_changes
from handlers.reply import Button, Reply
from handlers.rules import identity, names
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines
from locales.times import ZONE
from storage import approvals, doses, people, reports, units, vault
from storage.doses import Dose
from storage.people import Resident

SIGNED: dict[bool | None, Words] = {
    True: _("signed"),
    False: _("not signed yet"),
    None: _("signature not known"),
}


def show(turn: Turn, resident_id: str) -> None:
    """Only what this chat has proven; any other id, honest or forged, gets a sentence."""
    found = next((one for one in people.linked(turn.tx, turn.talk.id) if str(one.id) == resident_id), None)
    if found is None:
        turn.say(
            Reply(
                _("That record is not open in this chat. Please look it up first."),
                (Button(_("Look up my doses"), "lookup"), Button(_("Menu"), "menu")),
            )
        )
        return
    recorded = doses.of_resident(turn.tx, found.id)
    reported = any(one.resident_id == found.id for one in reports.watched(turn.tx, turn.talk.id))
    buttons = (
        *((Button(_("My reports"), "reports"),) if reported else ()),
        Button(wording.KINDS["dose_missing"], f"report:dose_missing:{found.id}"),
        Button(_("Data is wrong"), f"report:personal:{found.id}"),
        *(Button(_("Dose {n} is wrong", n=n), f"report:dose_wrong:{found.id}:{dose.dose_no}")
          for n, dose in enumerate(recorded, 1)),
        *((Button(wording.KINDS["not_signed"], f"report:not_signed:{found.id}"),)
          if any(dose.signed is False for dose in recorded) else ()),
        Button(_("Look up somebody else"), "lookup:new"),
        Button(_("Menu"), "menu"),
    )  # fmt: skip
    turn.say(Reply(text(turn, found), buttons, "card", sensitive=True))


def text(turn: Turn, resident: Resident) -> Text:
    recorded = doses.of_resident(turn.tx, resident.id)
    return lines(
        heading(resident),
        _("Data of the Platform up to {day}", day=local_day(resident.as_of)),
        *(part for n, dose in enumerate(recorded, 1) for part in ("", line(turn.tx, n, dose))),
        None if recorded else "",
        None if recorded else _("There is no dose on this record. If one is missing, press «Missing dose»."),
        *_not_shown_yet(turn, resident),
        "",
        _("**This is not a certificate.** The official one: {portal} and the app «Sổ sức khỏe điện tử».",
          portal=turn.desk.portal_url),
    )  # fmt: skip


def heading(resident: Resident) -> Text:
    name = identity.mask_name(str(resident.details.get("name") or "?"))
    number = identity.mask_number(resident.number) if resident.number else _("no ID number")
    return joined(" · ", name, number)  # no bold: a masked name is full of asterisks


def line(tx: Connection, n: int, dose: Dose) -> Text:
    """«Mũi 1: mũi cơ bản 1 · 12/08/2021 · đã ký số», then the vaccine and lot, then the site and what it is called today.
    No «1.»: below it there may be a list to choose from."""
    what = {"dose_class": dose.dose_class, "ordinal": dose.ordinal, "dose_no": dose.dose_no}
    given = {"vaccine": dose.vaccine, "lot": dose.lot}
    day = dose.day.isoformat() if dose.day else None
    head = (
        wording_changes.dose(what),
        *((wording_changes.dose({"day": day}),) if day else ()),
        SIGNED[dose.signed],
    )
    today = _called_today(tx, dose)
    return lines(
        joined("", "**", _("Dose {n}", n=n), ": ", joined(" · ", *head), "**"),
        wording_changes.dose(given) if dose.vaccine or dose.lot else None,
        joined("", dose.site_name or "", *((" ", today) if today else ())) if dose.site_name else None,
    )


def _called_today(tx: Connection, dose: Dose) -> Text | None:
    if dose.site_id is None:
        return None
    today = units.today(tx, units.get(tx, dose.site_id))
    if names.fold(today.name) == names.fold(dose.site_name or ""):
        return None
    return _("(today {site})", site=today.name)


def _not_shown_yet(turn: Turn, resident: Resident) -> list[Text]:
    """What units say they corrected; shown apart until an import confirms it."""
    v = vault.of(turn.tx)
    numbers = (resident.details.get(kind) for kind in ("national_id", "old_id", "passport"))
    waiting = approvals.waiting_for(
        turn.tx, resident.id, {v.index("number", number) for number in numbers if number}
    )
    changes = [line for approval in waiting for line in wording_changes.each(approval.changes)]
    if not changes:
        return []
    head = _("The site says it has corrected this; the national system does not show it yet:")
    return ["", head, *(joined("", "– ", change) for change in changes)]


def local_day(at: datetime) -> object:
    """The calendar day in Vietnam, which the words then write as 20/11/2026."""
    return at.astimezone(ZONE).date()
