"""Opening a report by its code in another browser: the PA code, then a code to the phone of that report."""

from __future__ import annotations

import re
import unicodedata

from handlers.reply import Button, Reply
from handlers.residents import codes, report_card
from handlers.turn import Turn
from locales import Text, _, lines
from storage import reports

_SHAPE = re.compile(r"(?:PA)?([2-9A-Z]{5})")


def ask(turn: Turn, before: Text | None = None) -> None:
    if not codes.possible(turn):
        turn.say(
            Reply(
                lines(
                    _("Opening a report by its code needs an SMS, and this desk cannot send SMS."),
                    _("You find it on the phone or computer it was sent from, under «My reports»."),
                ),
                (Button(_("My reports"), "reports"), Button(_("Menu"), "menu")),
            )
        )
        return
    turn.say(
        Reply(
            before or _("What is the code of the report? For example PA-7K2MX."),
            (Button(_("My reports"), "reports"), Button(_("Menu"), "menu")),
        )
    )
    turn.state["expects"] = {"by": "r", "what": "code"}


def hear(turn: Turn, text: str) -> None:
    """One answer for codes that exist and codes that do not; only what cannot be a code is asked again."""
    code = read_code(text)
    if code is None:
        ask(turn, _("A code is PA- and five letters or digits, for example PA-7K2MX. Please type it again."))
        return
    report = reports.by_code(turn.tx, code)
    if report and reports.may_see(turn.tx, report.id, turn.talk.id):
        report_card.show(turn, report.id)
    else:
        codes.prove(turn, "report", code, {"report": report.id} if report else {})


def read_code(text: str) -> str | None:
    """«pa 7k2mx», «PA-7K2MX» or «7K2MX»."""
    found = _SHAPE.fullmatch(re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", text).upper()))
    return f"PA-{found[1]}" if found else None
