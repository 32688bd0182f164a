"""A dose is on record and not signed, so that there is no vaccine passport; often because of the ID number."""

from __future__ import annotations

from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Choice
from handlers.questions_doses import described, description, proven, reported
from handlers.questions_signing import CAUSES, Unsigned, likely_cause
from handlers.residents import instead, person, sending, where
from handlers.residents.person import somebody_else
from handlers.turn import Turn
from locales import _


def _cause_known(answers: Answers) -> bool:
    return somebody_else(answers) and answers.get("cause") in ("id_missing", "id_format")


def _elsewhere(turn: Turn, answers: Answers) -> bool:
    """The cause first: what is not verified can hardly be signed."""
    cause = answers.get("cause") if answers.get("first") == "cause" and _cause_known(answers) else None
    cause = cause or likely_cause(answers.get("doses"))
    if cause:
        instead.form(turn, "foreigner" if answers.get("foreign") == "yes" else cause)
    return bool(cause)


def fault(turn: Turn, answers: Answers) -> list[Fault]:
    """S4 §5: the site that gave the dose signs it, exempt sites too."""
    told = where.told(answers) if described(answers) else {}
    return [
        Fault("dose", "not_signed",
              ({"kind": "not_signed", "field": "signature", "dose": dose, "old": None, "new": None},),
              site=dose.get("site_id"), **told)
        for dose in reported(turn, answers)
    ]  # fmt: skip


form = register(
    Form(
        kind="not_signed",
        title=_("No vaccine passport yet, dose not signed"),
        correction=True,
        group="paper",
        order=10,
        instead=_elsewhere,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "1", "mũi cơ bản 2", "12/08/2021",
                 "ban cong", "1"),
        questions=(
            *person.QUESTIONS,
            Choice("cause", _("Which ID number does the record show?"), _("ID number on record"), CAUSES, when=somebody_else),
            Choice("first", _("That is probably why the dose is not signed: the number has to be right first. Report the number?"),
                   _("Report first"),
                   (("cause", _("Yes, report the number")), ("dose", _("No, ask the site to sign"))), when=_cause_known),
            Unsigned("doses", _("Which doses are not signed yet?"), _("Not signed"), (), when=proven),
            *description(_("Which dose is not signed yet?"), _("Not signed")),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["not_signed"] = fault
