"""«Không nhận được mã»: send it again, report all the same, or prove oneself in person."""

from __future__ import annotations

from handlers.reply import Button, Reply
from locales import _, lines

AT_THE_STATION = lines(
    _("Please go in person, with your CCCD, to the health station of your permanent residence, "
      "or to the site that vaccinated you."),
    _("They compare the card with the record and correct the phone number there. "
      "It is never changed by message, so that nobody can take over your record."),
    _("Without a code you can still report a mistake here."),
)  # fmt: skip


def ways_on(again: Button) -> Reply:
    return Reply(
        lines(
            _("An SMS may take a minute or two. It goes only to the registered number, perhaps an old one."),
            _("If it has come meanwhile, just type it here. Otherwise you can:"),
        ),
        (
            again,
            Button(_("Report without a code"), "code:complain"),
            Button(_("My phone number has changed"), "code:station"),
            Button(_("Menu"), "menu"),
        ),
        "ask",
    )
