"""The way in that a poster at a vaccination site shows: its link (/start site_CODE), or its code, typed (Cơ sở 90001)."""

from __future__ import annotations

import re

from handlers import site_codes
from handlers.questions_places import site_name
from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import Text, _, lines


def came(turn: Turn, by: str) -> bool:
    """by: what stood in the link; False where that is no site."""
    return by.startswith(site_codes.PREFIX) and welcome(turn, by.removeprefix(site_codes.PREFIX))


def hear(turn: Turn, text: str) -> bool:
    """Words that are a site's code and nothing more; not where the last question asks whose the words are."""
    code = site_codes.typed(text)
    asked = any(str(token).startswith("w:") for token, _label in turn.state.get("offered") or ())
    return code is not None and not asked and welcome(turn, code)


def unknown(text: str) -> Text | None:
    """What is said to a code of a site that there is not; None for other words."""
    code = site_codes.typed(text) or ""
    if not re.fullmatch(r"[0-9 -]+", code):
        return None
    return _("I know no site with the code {code}. Please check it on the poster.", code=code)


def welcome(turn: Turn, code: str) -> bool:
    """code: see site_codes.find(); False where there is no such site."""
    site = site_codes.find(turn.tx, code)
    if site is None:
        return False
    turn.state["came_by"] = [site.id, turn.today.isoformat()]
    missing = Button(_("A dose from here is missing"), f"report:dose_missing:site-{site.id}", "primary")
    still_here = Button(_("I am still at the site"), f"report:still_here:site-{site.id}")
    turn.say(
        Reply(
            lines(
                _("Hello! This is the desk for mistakes in COVID-19 vaccination records."),
                _("You come from {site}.", site=site_name(turn.tx, site)),
                _("Is a dose that you had there missing on your record?"),
            ),
            (missing, still_here, Button(_("Something else"), "menu")),
            "ask",
        )
    )
    return True


def came_by(turn: Turn) -> str:
    """«site-7», where a site's poster was followed today; else ""."""
    site_id, day = turn.state.get("came_by") or (0, "")
    return f"site-{site_id}" if day == turn.today.isoformat() else ""
