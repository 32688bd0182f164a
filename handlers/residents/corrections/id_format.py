"""The record has an ID number in a form that no number has: letters, too short, only zeros."""

from __future__ import annotations

from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Free
from handlers.questions_recorded import Differs
from handlers.residents import id_numbers, sending
from handlers.residents.person import somebody_else
from handlers.turn import Turn
from locales import _


def fault(turn: Turn, answers: Answers) -> Fault:
    """S4 §1: as one without a number, by the Platform's import function."""
    return id_numbers.fault(turn, answers, "id_format", answers.get("shown_number") or "")


form = register(
    Form(
        kind="id_format",
        title=_("ID number in a wrong format"),
        correction=True,
        group="person",
        order=20,
        instead=id_numbers.elsewhere,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "015080001234", "0912 345 678", "0150800", "hanh phuc, lao cai", "1"),
        questions=(
            *id_numbers.PERSON,
            Differs(Free("shown_number", _("Which ID number does the record show now, if you know it?"), _("ID number on record"),
                         optional=True, limit=20, when=somebody_else), lambda _turn, answers: answers.get("number")),
            *id_numbers.RESIDENCE,
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["id_format"] = fault
