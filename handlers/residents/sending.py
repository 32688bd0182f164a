"""Sending a report: all its parts become tickets; the receipt says the code, who has it, why, and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from handlers import forms, opening, papers, to_bring, wording
from handlers.faults import Fault
from handlers.forms import Answers
from handlers.reply import Button, Reply
from handlers.residents import already_said, helping, keeping_open, person
from handlers.rules import id_required
from handlers.rules.deadlines import AT_ONCE
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import history, reports, staff, tickets, units
from storage.tickets import Ticket

FAULTS: dict[str, Callable[[Turn, Answers], Fault | list[Fault]]] = {}


def send(turn: Turn, answers: Answers) -> None:
    """The submit of every correction form."""
    parts: list[dict[str, Any]] = [
        *(turn.state.get("parts") or []),
        {"form": turn.state["form"], "answers": answers},
    ]
    about, resident_id, proven = person.about(
        turn, {k: v for part in parts for k, v in part["answers"].items()}
    )
    if helper := helping.of_parts(parts):
        about = {**about, helping.HELPER: helper}
    papers.gather(turn)
    faults = [fault for part in parts for fault in _faults(turn, part)]
    loose = tuple(turn.state.get("papers") or ())  # sent, though no question of this form asked for it
    faults[-1] = replace(faults[-1], evidence=faults[-1].evidence + loose)
    report = opening.open_report(turn, about=about, resident_id=resident_id, proven=proven, faults=faults)
    _pass_on_captions(turn, report)
    _pass_on_words(turn, report, parts)
    for ticket in tickets.of_report(turn.tx, report.id) if helper else ():
        history.add(turn.tx, ticket.id, turn.received_at, "helped", **helping.event(helper or {}))
    forms.finish(turn)
    if turn.state.get("aside", {}).get("form") in {part["form"] for part in parts}:
        papers.forget(turn, turn.state.pop("aside"))  # begun, left, and now sent from the beginning
    turn.say(
        Reply(
            lines(receipt(turn, report), helping.send_code(turn, report)),
            (
                Button(_("See my report"), f"r:{report.id}"),
                *keeping_open.button(turn, report),
                Button(_("Menu"), "menu"),
            ),
            flow=True,
        )
    )
    turn.state.pop("flow", None)  # the receipt stays


def _faults(turn: Turn, part: dict[str, Any]) -> list[Fault]:
    """One form may report several doses; its papers go with the first of them, and are shown with the others."""
    form = forms.of(part["form"])
    files, no_paper = papers.of_answers(form, part["answers"])
    found = FAULTS[form.kind](turn, part["answers"])
    first, *rest = [
        replace(one, no_paper=no_paper) for one in (found if isinstance(found, list) else [found])
    ]
    return [replace(first, evidence=files), *rest]


def _pass_on_captions(turn: Turn, report: reports.Report) -> None:
    """What was written under the photos."""
    words = turn.state.get("captions")
    for ticket in tickets.of_report(turn.tx, report.id) if words else ():
        history.add(turn.tx, ticket.id, turn.received_at, "words", words=words)


def _pass_on_words(turn: Turn, report: reports.Report, parts: list[dict[str, Any]]) -> None:
    """What was written before the form was opened, to the tickets that it became."""
    opened = tickets.of_report(turn.tx, report.id)
    for part in parts:
        words = part["answers"].get(already_said.IN_WORDS)
        own = [ticket for ticket in opened if ticket.kind == part["form"]]
        for ticket in (own or opened) if words else ():
            history.add(turn.tx, ticket.id, turn.received_at, "words", words=words)


def receipt(turn: Turn, report: reports.Report) -> Text:
    parts: list[Text | None] = []
    for ticket in tickets.of_report(turn.tx, report.id):
        parts += [
            "",
            joined("", "**", wording.part(ticket), "**"),
            _("Handled by: {unit}", unit=wording.unit(turn.tx, ticket)),
            _("Why: {why}", why=wording.why_here(ticket)),
            _("Answer due: {before}", before=wording.due(ticket, turn.now)),
            _not_joined(turn, ticket.unit_id),
            _("Those who supervise it hear of this at once.") if ticket.kind in AT_ONCE else None,
            _urgent(ticket),
            _number_needed(report, ticket),
            to_bring.line(turn.tx, ticket),
        ]  # fmt: skip
    return lines(
        _("We have your report. Its code is **{code}**.", code=report.code),
        *parts,
        "",
        _("Please keep the code. You will hear of every step here, and you need not file again."),
        keeping_open.line(turn),
    )


def _number_needed(report: reports.Report, ticket: Ticket) -> Text | None:
    """S1: the Platform takes no dose of a citizen without the number; and who has no CCCD gets one from the police."""
    if not id_required.lacking(report.about, ticket.changes):
        return None
    return _(
        "A dose given since 01/12/2021 needs an ID number to be entered: please add it with «Add words» once you have it."
        " Without a CCCD, the commune police of the permanent residence give a notice with the number."
    )


def _urgent(ticket: Ticket) -> Text | None:
    """What was said before the form stands here too: this is what stays in the chat."""
    form = forms.of(ticket.kind)
    return form.intro if form.warning else None


def _not_joined(turn: Turn, unit_id: int) -> Text | None:
    if staff.members(turn.tx, unit_id) or unit_id == units.desk(turn.tx).id:
        return None
    return _("This unit has not joined the desk yet, so the unit above it is told at once.")
