"""The 13 reasons of letter 9458 for sending a report back, each with what to send instead."""

from __future__ import annotations

from dataclasses import dataclass

from locales import Words, _


@dataclass(frozen=True)
class Rejection:
    title: Words
    instead: Words


_CERTIFICATE = _(
    "Please send a photo of the certificate or slip that shows date, dose, vaccine and site. "
    "You can also copy them here, or show the paper at the site."
)
_SAY_RIGHT = _("Please check the paper and tell us the right value, exactly as it stands there.")

# The order and number of the closed list in letter 9458/BYT-CNTT of 08/11/2021 (portal.md §2.4).
REASONS: dict[str, Rejection] = {
    "1": Rejection(_("The photo is a screening form without date, dose or vaccine."), _CERTIFICATE),
    "2": Rejection(_("The name in the report and on the certificate differ."), _SAY_RIGHT),
    "3": Rejection(_("Only a personal photo was sent."), _CERTIFICATE),
    "4": Rejection(_("The dose in the report and on the certificate differ."), _SAY_RIGHT),
    "5": Rejection(
        _("The birth date on the certificate and in the system differ."),
        _("Please tell us the right birth date as on your CCCD or birth certificate."),
    ),
    "6": Rejection(_("The paper lacks name, sex, time or vaccine."), _CERTIFICATE),
    "7": Rejection(
        _("Personal data on the paper is covered."),
        _("Please send a photo with nothing covered, or show the paper like that at the site."),
    ),
    "8": Rejection(
        _("The photo is blurred."),
        _("Please send a sharper photo, write down what the paper says, or show it at the site."),
    ),
    "9": Rejection(_("The date in the report and on the certificate differ."), _SAY_RIGHT),
    "10": Rejection(
        _("Nothing in the report matches the papers."),
        _("Please check whose paper it is, and tell us name, date and site once more."),
    ),
    "11": Rejection(
        _("The name is incomplete or was typed without diacritics."),
        _("Please type the full name with its diacritics, as on your CCCD."),
    ),
    "12": Rejection(_("The vaccine in the report and on the certificate differ."), _SAY_RIGHT),
    "13": Rejection(
        _("Personal data on the paper was altered."),
        _("Please send a photo of an unaltered paper, or ask the site for a new confirmation."),
    ),
}
