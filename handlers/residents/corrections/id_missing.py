"""The record has no ID number at all."""

from __future__ import annotations

from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.residents import id_numbers, sending
from handlers.turn import Turn
from locales import _


def fault(turn: Turn, answers: Answers) -> Fault:
    """S4 §1: its station puts the number in by the Platform's import function, once the police have verified it."""
    return id_numbers.fault(turn, answers, "id_missing")


form = register(
    Form(
        kind="id_missing",
        title=_("No ID number on record"),
        correction=True,
        group="person",
        order=10,
        instead=id_numbers.elsewhere,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "015080001234", "0912 345 678", "hanh phuc, lao cai", "1"),
        questions=(*id_numbers.PERSON, *id_numbers.RESIDENCE),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["id_missing"] = fault
