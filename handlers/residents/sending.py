"""Sending a report: all its parts become tickets; the receipt says the code, who has it, why, and until when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers import forms, opening, wording
from handlers.faults import Fault
from handlers.forms import Answers
from handlers.reply import Button, Reply
from handlers.residents import person
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import reports, staff, tickets, units

FAULTS: dict[str, Callable[[Turn, Answers], Fault]] = {}


def send(turn: Turn, answers: Answers) -> None:
    """The submit of every correction form."""
    parts: list[dict[str, Any]] = [
        *(turn.state.get("parts") or []),
        {"form": turn.state["form"], "answers": answers},
    ]
    about, resident_id, proven = person.about(
        turn, {k: v for part in parts for k, v in part["answers"].items()}
    )
    faults = [FAULTS[forms.of(part["form"]).kind](turn, part["answers"]) for part in parts]
    report = opening.open_report(turn, about=about, resident_id=resident_id, proven=proven, faults=faults)
    forms.finish(turn)
    if turn.state.get("aside", {}).get("form") in {part["form"] for part in parts}:
        turn.state.pop("aside")  # begun, left, and now sent from the beginning
    turn.say(
        Reply(
            receipt(turn, report),
            (Button(_("See my report"), f"r:{report.id}"), Button(_("Menu"), "menu")),
            flow=True,
        )
    )
    turn.state.pop("flow", None)  # the receipt stays


def receipt(turn: Turn, report: reports.Report) -> Text:
    parts: list[Text | None] = []
    for ticket in tickets.of_report(turn.tx, report.id):
        parts += [
            "",
            joined("", "**", wording.kind(ticket), "**"),
            _("Handled by: {unit}", unit=wording.unit(turn.tx, ticket)),
            _("Why: {why}", why=wording.why_here(ticket)),
            _("Answer due: {before}", before=wording.before(ticket.due_at, turn.now)),
            _not_joined(turn, ticket.unit_id),
        ]  # fmt: skip
    return lines(
        _("We have your report. Its code is **{code}**.", code=report.code),
        *parts,
        "",
        _("Please keep the code. You will hear of every step here, and you need not file again."),
    )


def _not_joined(turn: Turn, unit_id: int) -> Text | None:
    if staff.members(turn.tx, unit_id) or unit_id == units.desk(turn.tx).id:
        return None
    return _("This unit has not joined the desk yet, so the unit above it is told at once.")
