"""Doses that stand on an old or different record of the same person, for example under the old CMND."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers import phones, wording_doses
from handlers.doses_on_record import DOSES, class_and_ordinal, on_record
from handlers.faults import Fault
from handlers.forms import Answers, Form, NotUnderstood, register
from handlers.questions import Free, Many
from handlers.questions_evidence import Evidence
from handlers.questions_person import NAME_PROBLEMS, NUMBER_PROBLEMS, PHONE_PROBLEMS, problem
from handlers.questions_provinces import Province
from handlers.residents import person, sending
from handlers.rules import identity, names
from handlers.turn import Turn
from locales import Text, _

NUMBERS = 3  # CMND, a CCCD of before, a passport
MISSING = (*DOSES[:-1], ("unknown", _("I am not sure")))


@dataclass(frozen=True)
class OldNumbers(Free):
    """Numbers of any kind, with commas between; the value is them in their plain form, "" where there is none."""

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        told = super().read(turn, answers, said, pressed)
        if not told or isinstance(told, NotUnderstood):
            return told
        read = [
            identity.read_number(one, turn.today) for one in told.replace(";", ",").split(",") if one.strip()
        ]
        wrong = next((one for one in read if isinstance(one, str)), None)
        if wrong or not read:
            return problem(NUMBER_PROBLEMS, wrong or "empty")
        if len(read) > NUMBERS:
            return NotUnderstood(_("Please give {n} at most.", n=NUMBERS))
        return ", ".join(dict.fromkeys(one.value for one in read if isinstance(one, identity.Number)))

    def show(self, turn: Turn, value: Any) -> Text:
        return wording_doses.masked("numbers", value) if value else ""


@dataclass(frozen=True)
class OldName(Free):
    """As it may stand there: without diacritics, misspelt."""

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        told = super().read(turn, answers, said, pressed)
        if not told or isinstance(told, NotUnderstood):
            return told
        wrong = names.problem(names.tidy(told))
        return problem(NAME_PROBLEMS, wrong) if wrong else names.tidy(told)

    def show(self, turn: Turn, value: Any) -> Text:
        return wording_doses.masked("name", value) if value else ""


@dataclass(frozen=True)
class OldPhone(Free):
    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        told = super().read(turn, answers, said, pressed)
        if not told or isinstance(told, NotUnderstood):
            return told
        phone = phones.read_phone(told)
        return problem(PHONE_PROBLEMS, phone) if isinstance(phone, str) else phone.value

    def show(self, turn: Turn, value: Any) -> Text:
        return wording_doses.masked("phone", value) if value else ""


def _no_home(answers: Answers) -> bool:
    """A foreigner, or nobody knows where this person is registered or lives."""
    return "yes" in (answers.get("foreign"), answers.get("passport")) or answers.get("current") == ""


def fault(turn: Turn, answers: Answers) -> Fault:
    """The provincial queue of the home province; the doses known now are kept, to see later which came."""
    wanted = [class_and_ordinal(one) for one in answers["missing"] if one != "unknown"]
    new = {
        "doses": wanted,
        "numbers": answers.get("old_numbers") or None,
        "name": answers.get("old_name") or None,
        "phone": answers.get("old_phone") or None,
        "had": list(on_record(turn, str(answers.get("who"))).values()),
    }
    change = {"kind": "other_record", "field": "record", "old": None, "new": new}
    return Fault("dose", "other_record", (change,), province=answers.get("site_province") or None)


form = register(
    Form(
        kind="other_record",
        title=_("A dose on another record"),
        correction=True,
        group="dose",
        order=30,
        example=("1", "Nguyễn Văn An", "05/03/1980", "nam", "015080001234", "0912 345 678", "1", "xong", "060912345",
                 "Nguyen Van An", "bỏ qua", "hanh phuc, lao cai", "1", "không còn giấy"),
        questions=(
            *person.QUESTIONS,
            Many("missing", _("Which doses are missing from your record of today? You can choose several."),
                 _("Missing from today's record"), MISSING),
            OldNumbers("old_numbers", _("Under which other ID number may they stand: the old CMND, a former CCCD, a passport? "
                                        "Several with commas between."), _("Old ID number"), optional=True, limit=80),
            OldName("old_name", _("Under which other name, or the name without diacritics, may they stand?"), _("Old name"),
                    optional=True, limit=100),
            OldPhone("old_phone", _("Which other phone number did you give when you were vaccinated?"), _("Old phone"),
                     optional=True, limit=30),
            *person.RESIDENCE,
            Province("site_province", _("In which province was the last dose given?"), _("Province of the site"),
                     when=_no_home),
            Evidence("slip", _("Do you have the vaccination slip of those doses?"), _("Papers")),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["other_record"] = fault
