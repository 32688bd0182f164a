"""/baoloi: staff report a fault of the line or of the Platform's software to the province's contact for it."""

from __future__ import annotations

from typing import Any

from handlers import forms, opening, wording, wording_urgent
from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Choice, Free
from handlers.reply import Button, Reply
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, _, lines
from storage import tickets, units
from storage.staff import Staff
from storage.units import Unit

# S1: 100 % of sites vaccinate on the Platform, and the Department of Health sees to it.
CONTACT = {"line": "telecom", "software": "viettel", "without": "health_department"}


def begin(turn: Turn) -> None:
    """Nothing is asked that has one answer only."""
    member = turn.member
    if member is None or not _places(member):
        menu.no_access(turn)
        return
    at = _places(member)
    forms.start(turn, "site_tech", {"at": str(next(iter(at)))} if len(at) == 1 else {})


def _places(member: Staff) -> dict[int, str]:
    return {
        role.unit_id: role.unit
        for role in member.roles
        if role.unit_kind not in (*units.TECHNICAL, "police", "desk")
    }


def _at(turn: Turn, _answers: Answers) -> list[tuple[str, Text]]:
    return [(str(id_), name) for id_, name in _places(turn.member).items()] if turn.member else []


def contacts(turn: Turn, what: str, unit_id: int) -> list[Unit]:
    """S1: lines are the telecom companies' («ưu tiên xử lý, khắc phục sự cố đường truyền»), the Platform Viettel's."""
    province = units.get(turn.tx, unit_id).province
    return units.in_province(turn.tx, CONTACT[what], province) if province else []


def _send(turn: Turn, answers: Answers) -> None:
    member = turn.member
    at = int(answers["at"])
    if member is None or at not in _places(member):
        forms.finish(turn)
        menu.no_access(turn)
        return
    found = contacts(turn, answers["what"], at)
    company = answers.get("company") or ""
    chosen = next((unit for unit in found if str(unit.id) == company), found[0] if found else None)
    here = units.get(turn.tx, at)
    change = {"kind": "site_tech", "field": answers["what"], "old": None, "new": answers["said"],
              "site_name": here.name}  # fmt: skip
    fault = Fault("service", "site_tech", (change,), site=at, second_site=chosen.id if chosen else None)
    report = opening.open_report(
        turn,
        about={"staff": {"name": member.name, "unit": here.name}},
        resident_id=None,
        proven=False,
        faults=[fault],
    )
    forms.finish(turn)
    (ticket,) = tickets.of_report(turn.tx, report.id)
    told = lines(
        _("Reported. Its code is **{code}**.", code=report.code),
        _("Handled by: {unit}", unit=wording.unit(turn.tx, ticket)),
        _("Why: {why}", why=wording.why_here(ticket)),
        _("You hear of the answer here."),
    )
    turn.say(Reply(told, (Button(_("See my report"), f"r:{report.id}"), menu.HOME), flow=True))
    turn.state.pop("flow", None)


class What(Choice):
    """Whose line it is, is asked only where the province has several companies."""

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        value = super().read(turn, answers, said, pressed)
        if value == "line" and len(contacts(turn, value, int(answers["at"]))) < 2:
            answers["company"] = ""
        return value


def _companies(turn: Turn, answers: Answers) -> list[tuple[str, Text]]:
    found = contacts(turn, answers["what"], int(answers["at"]))
    return [*((str(unit.id), unit.name) for unit in found), ("", _("I do not know"))]


form = register(
    Form(
        kind="site_tech",
        title=_("Report a line or software fault"),
        personal=False,
        summary=False,
        questions=(
            Choice("at", _("At which unit?"), _("Unit"), _at),
            What("what", _("What does not work?"), _("Fault"), tuple(wording_urgent.FAULTS.items())),
            Choice("company", _("Whose line is it?"), _("Company"), _companies,
                   when=lambda answers: answers.get("what") == "line"),
            Free("said", _("What happens, and since when? No data of residents, please."), _("What happens"), limit=500),
        ),
        submit=_send,
    )
)  # fmt: skip
