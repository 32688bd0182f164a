"""«Nhờ gọi lại»: somebody who would rather speak is called by the unit that has the report, else by a station nearby."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers import wording, wording_call
from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Choice, Free
from handlers.questions_person import Phone
from handlers.questions_places import Commune
from handlers.questions_provinces import Province
from handlers.residents import free_words, seen, sending, told_before
from handlers.residents.already_said import IN_WORDS
from handlers.turn import Turn
from locales import Text, _, joined
from storage import units

OTHER = "0"


def _open(turn: Turn, _answers: Answers) -> list[tuple[str, Text]]:
    found = free_words.open_reports(turn)
    named = [(str(ticket.id), joined(" · ", report.code, wording.part(ticket))) for report, ticket in found]
    return [*named, (OTHER, _("Another matter"))]


@dataclass(frozen=True)
class About(Choice):
    """Which open report it is about; the summary names the unit that calls."""

    def show(self, turn: Turn, value: Any) -> Text:
        ticket = seen.ticket(turn, value) if value != OTHER else None
        return wording.unit(turn.tx, ticket) if ticket else ""


def knows(turn: Turn) -> Answers:
    """A phone that was proven here, and the only open report, are not asked for."""
    found = free_words.open_reports(turn)
    about = {"ticket": OTHER} if not found else {"ticket": str(found[0][1].id)} if len(found) == 1 else {}
    return {**told_before.of_somebody(turn), **about}


def _no_report(answers: Answers) -> bool:
    return answers.get("ticket") == OTHER


def _no_commune(answers: Answers) -> bool:
    return _no_report(answers) and answers.get("near") == ""


def _not_written(answers: Answers) -> bool:
    return not answers.get(IN_WORDS)


def fault(turn: Turn, answers: Answers) -> Fault:
    """No letter knows of it: the desk's own clock, and closed by the call."""
    ticket = seen.ticket(turn, answers["ticket"]) if answers["ticket"] != OTHER else None
    asked = {"kind": "call_back", "field": "call", "old": None, "new": answers.get("about") or None,
             "time": answers["time"]}  # fmt: skip
    unit = units.get(turn.tx, ticket.unit_id).id if ticket else None
    place, province = answers.get("near") or None, answers.get("site_province") or None
    return Fault("service", "call_back", (asked,), site=unit, place=place, province=province)


form = register(
    Form(
        kind="call_back",
        title=_("Please call me"),
        correction=True,
        group="other",
        order=95,
        knows=knows,
        send_label=_("Ask for the call"),
        example=("0912 345 678", "buổi sáng", "hanh phuc, lao cai", "1", "bỏ qua", "bỏ qua"),
        questions=(
            About("ticket", _("Which report is it about?"), _("Who calls"), _open),
            Phone("phone", _("On which number may we call you?"), _("Phone")),
            Choice("time", _("When does a call suit you?"), _("Suits best"), tuple(wording_call.TIMES.items())),
            Commune("near", _("In which commune do you live? Its health station calls you. Type part of its name."),
                    _("Commune"), _("I do not know"), when=_no_report),
            Province("site_province", _("In which province do you live?"), _("Province"), when=_no_commune),
            Free("about", _("What is it about? You may leave that for the call."), _("About"), optional=True, limit=300,
                 when=_not_written),
            Free("caller", _("What is your name? You may leave it out."), _("Name"), optional=True, limit=100),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["call_back"] = fault
