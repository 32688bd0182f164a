"""A dose on record that this person was never given."""

from __future__ import annotations

from handlers.doses_on_record import beside
from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Free
from handlers.questions_doses import Recorded, described, description, proven, reported
from handlers.questions_evidence import Evidence
from handlers.residents import person, sending, where
from handlers.turn import Turn
from locales import _


def faults(turn: Turn, answers: Answers) -> list[Fault]:
    """The recording site answers; supervisors hear at once (handlers/rules/deadlines.py, AT_ONCE)."""
    told = where.told(answers) if described(answers) else {}
    said, had = answers.get("said") or None, beside(turn, answers)
    return [
        Fault(
            "dose",
            "dose_not_mine",
            ({"kind": "dose_not_mine", "field": "not_mine", "old": dose, "new": None, "dose": dose, "words": said,
              "had": had},),
            site=dose.get("site_id"),
            **told,
        )
        for dose in reported(turn, answers)
    ]  # fmt: skip


form = register(
    Form(
        kind="dose_not_mine",
        title=_("A dose that is not mine"),
        correction=True,
        group="dose",
        order=20,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "mũi nhắc lại 1",
                 "12/08/2021", "ban cong", "1", "bỏ qua", "không còn giấy"),
        questions=(
            *person.QUESTIONS,
            Recorded("doses", _("Which dose were you never given? You can choose several."), _("Never given"), (), when=proven),
            *description(_("Which dose were you never given?"), _("Never given")),
            Free("said", _("What do you know about it? For example where you were on that day, or who may have had this dose."),
                 _("In your words"), optional=True, limit=500),
            Evidence("slip", _("Do you have a paper that shows which doses you really had?"), _("Papers")),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["dose_not_mine"] = faults
