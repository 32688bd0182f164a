"""Which doses of a proven record are not signed yet; and what on that record is probably the cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from handlers.doses_on_record import label, on_record
from handlers.forms import Answers
from handlers.questions_doses import NONE, Recorded
from handlers.reply import Button, Reply
from handlers.residents import person
from handlers.rules import identity
from handlers.turn import Turn
from locales import Text, Words, _, lines
from storage import doses

CAUSE = "cause:"

# What somebody without a record here may see there.
CAUSES = (
    ("right", _("The right number, or I do not know")),
    ("id_missing", _("No number at all")),
    ("id_format", _("A number in a wrong format, not of 9 or 12 digits")),
)

_FOUND: dict[str, Words] = {
    "id_missing": _("The record has no ID number. That is probably why it is not signed."),
    "id_format": _("The ID number on record has a wrong format. That is probably why it is not signed."),
    "foreigner": _("The record has no valid passport number. That is probably why it is not signed."),
}


def cause(turn: Turn, answers: Answers) -> str | None:
    """An identity fault that the proven record shows; S4 §4: such data is cleaned before it is signed."""
    about, _resident, _proven = person.about(turn, {"who": answers.get("who")})
    value = about["number"].get("value") or ""
    number = identity.read_number(value, turn.today, foreign=bool(about["foreign"]))
    if about["foreign"]:
        passport = not isinstance(number, str) and about["number"].get("kind") == "passport"
        return None if passport else "foreigner"
    if not value:
        return "id_missing"
    return "id_format" if isinstance(number, str) else None


def likely_cause(value: object) -> str | None:
    """The kind whose form was chosen instead of a dose."""
    return value.removeprefix(CAUSE) if isinstance(value, str) and value.startswith(CAUSE) else None


@dataclass(frozen=True)
class Unsigned(Recorded):
    """Doses without a signature; all of them where each seems to have one. The value may be «cause:KIND»: that form first."""

    def choices(self, turn: Turn, answers: Answers) -> Sequence[tuple[str, Text]]:
        who = str(answers.get("who"))
        recorded = on_record(turn, who)
        open_ = {
            f"{who}:{one.dose_no}" for one in doses.of_resident(turn.tx, int(who)) if one.signed is not True
        }
        shown = {value: dose for value, dose in recorded.items() if value in open_} or recorded
        return [*((value, label(dose)) for value, dose in shown.items()), (NONE, _("None of these doses"))]

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        reply = super().ask(turn, answers)
        found = cause(turn, answers)
        if found is None:
            return reply
        first = Button(_("Report the number first"), CAUSE + found, "primary")
        return replace(reply, text=lines(_FOUND[found], "", reply.text), buttons=(first, *reply.buttons))

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        if pressed and likely_cause(said) and likely_cause(said) == cause(turn, answers):
            return said
        return super().read(turn, answers, said, pressed)

    def show(self, turn: Turn, value: Any) -> Text:
        return "" if likely_cause(value) else super().show(turn, value)
