"""/start site_ID, as a poster at a vaccination site says it: report a dose of this site, without searching for it."""

from __future__ import annotations

from handlers.questions_places import site_name
from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import _, lines
from storage import units


def welcome(turn: Turn, code: str) -> bool:
    """code: a site's own code, or a unit's ref with dashes (station-2025-04585); False where there is no such site."""
    site = units.by_ref(turn.tx, f"site:{code}") or units.by_ref(turn.tx, code.replace("-", ":"))
    if site is None or site.kind not in units.SITES:
        return False
    missing = Button(_("A dose from here is missing"), f"report:dose_missing:site-{site.id}", "primary")
    turn.say(
        Reply(
            lines(
                _("Hello! This is the desk for mistakes in COVID-19 vaccination records."),
                _("You come from {site}.", site=site_name(turn.tx, site)),
                _("Is a dose that you had there missing on your record?"),
            ),
            (missing, Button(_("Something else"), "menu")),
            "ask",
        )
    )
    return True
