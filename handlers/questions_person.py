"""Questions about a person: name, birth date, sex, number, phone; what cannot be is asked again, saying why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handlers import phones
from handlers.forms import Answers, NotUnderstood, When
from handlers.questions import SKIP, Choice, always, has_passport
from handlers.reply import Button, Reply
from handlers.rules import days, identity, names
from handlers.turn import Turn
from locales import Text, Words, _, lines

SEXES = (("male", _("Male")), ("female", _("Female")))

NAME_PROBLEMS = {
    "empty": _("Please write the name."),
    "digits": _("A name has no digits. Please write the full name as on the paper."),
    "too_long": _("That is too long for a name. Please write the full name only."),
    "symbols": _("I cannot read that name. Please write it in letters, as on the paper."),
}
NUMBER_PROBLEMS = {
    "empty": _("Please type the number."),
    "length": _("That number cannot be right: a CCCD has 12 digits, an old CMND has 9. Please check and type it again."),
    "letters": _("That number cannot be right: a CCCD has 12 digits, a CMND 9 digits, a passport one letter and 7 or 8 digits. Please type it again."),
    "zeros": _("That number is only zeros. Please type the number on the card."),
    "repeated": _("That number is one digit repeated. Please type the number on the card."),
    "century": _("That CCCD number would belong to somebody not born yet. Please check and type it again."),
}  # fmt: skip
DAY_PROBLEMS = {
    "empty": _("Please type the date."),
    "not_a_date": _("I cannot read that date. Please type it as day/month/year."),
    "no_such_day": _("There is no such day in the calendar. Please check and type it again."),
    "two_digit_year": _("Please type the year with four digits."),
    "year_only": _("Please type day, month and year."),
    "future": _("That day has not come yet. Please check and type it again."),
    "before_positive": _("That is before the day of the positive test. Please check and type it again."),
    "too_old": _("That is more than 125 years ago. Please check and type it again."),
    "before_campaign": _(
        "COVID-19 vaccination in Vietnam began on 08/03/2021. Please check and type the date again."
    ),
}
PHONE_PROBLEMS = {
    "empty": _("Please type the phone number."),
    "not_a_phone": _("That is not a phone number I know. Please type 10 digits, for example 0912 345 678."),
    "landline": _("That is a landline, which cannot receive SMS. Please type a mobile number."),
    "foreign": _("Only Vietnamese mobile numbers can receive our SMS. Please type one, beginning with 0."),
}


def problem(table: dict[str, Words], code: str) -> NotUnderstood:
    return NotUnderstood(table.get(code) or next(iter(table.values())))


@dataclass(frozen=True)
class Name:
    """A full name. One without diacritics is asked again once (letter 9458 rejects those), and then taken."""

    key: str
    text: Words
    label: Words
    when: When = always

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        return Reply(self.text)

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        kept = turn.state["note"].get("name")
        plain = _("My name has no diacritics")
        if kept and ((pressed and said == "plain") or names.fold(said) == names.fold(turn.words(plain))):
            return kept
        said = names.tidy(said)
        wrong = names.problem(said)
        if wrong or pressed:
            return problem(NAME_PROBLEMS, wrong or "empty")
        if names.lacks_diacritics(said) and said != kept and not has_passport(answers):
            turn.state["note"] = {"name": said}
            return NotUnderstood(
                _("Please type the name with its diacritics, as on the paper. Reports with names lacking them are sent back."),
                (Button(plain, "plain"),),
                ask=False,
            )  # fmt: skip
        return said

    def show(self, turn: Turn, value: Any) -> Text:
        return str(value)


@dataclass(frozen=True)
class Day:
    """A date; year_only allows «Chỉ nhớ năm sinh». The value is "1995-03-05" or "1952"."""

    key: str
    text: Words
    label: Words
    check: Callable[[Turn, days.Day], str | None]
    year_only: bool = False
    optional: bool = False
    none: Words = _("Skip")  # the button of who cannot say, where it is optional
    when: When = always

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        year = (Button(_("I only remember the year"), "year"),) if self.year_only else ()
        return Reply(self.text, (*year, Button(self.none, SKIP)) if self.optional else year)

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        only_year = _("I only remember the year")
        if self.year_only and (
            (pressed and said == "year") or names.fold(said) == names.fold(turn.words(only_year))
        ):
            turn.state["note"] = {"year": True}
            return NotUnderstood(_("Please type the year, for example 1952."), ask=False)
        if self.optional and (said == SKIP or names.fold(said) == names.fold(turn.words(self.none))):
            return ""
        day = days.read_day(said, year_only=self.year_only)
        if day == "two_digit_year":
            day = self._only_century(turn, said)
        if isinstance(day, str):
            return problem(DAY_PROBLEMS, day)
        wrong = self.check(turn, day)
        return problem(DAY_PROBLEMS, wrong) if wrong else day.iso()

    def _only_century(self, turn: Turn, said: str) -> days.Day | str:
        """«12/8/21» can only be 2021, and «5/3/68» 1968; «5/3/15» could be either, and is asked again."""
        short = said.strip().rstrip(".")
        days_of = (days.read_day(f"{short[:-2]}{century}{short[-2:]}") for century in ("19", "20"))
        can_be = [day for day in days_of if isinstance(day, days.Day) and not self.check(turn, day)]
        return can_be[0] if len(can_be) == 1 else "two_digit_year"

    def show(self, turn: Turn, value: Any) -> Text:
        return days.Day.of(value).text() if value else ""


def birth_day(turn: Turn, day: days.Day) -> str | None:
    return days.problem_of_birth(day, turn.today)


def dose_day(turn: Turn, day: days.Day) -> str | None:
    date = day.date()
    return days.problem_of_dose_day(date, turn.today) if date else "year_only"


@dataclass(frozen=True)
class Number:
    """CCCD (12), CMND (9) or passport. The value is {"kind", "value"}, or {} where skipped."""

    key: str
    text: Words
    label: Words
    optional: bool = False
    when: When = always
    none: Words = _("I do not have it")  # the button of who leaves it out, where it is optional

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        return Reply(self.text, (Button(self.none, SKIP),) if self.optional else ())

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        left_out = (pressed and said == SKIP) or names.fold(said) == names.fold(turn.words(self.none))
        if self.optional and left_out:
            return {}
        number = identity.read_number(said, turn.today, foreign=has_passport(answers))
        if isinstance(number, str):
            return problem(NUMBER_PROBLEMS, number)
        odd = self._odd(answers, number)
        if odd and turn.state["note"].get("number") != number.value:
            turn.state["note"] = {"number": number.value}
            return NotUnderstood(odd, ask=False)
        return {"kind": number.kind, "value": number.value}

    def _odd(self, answers: Answers, number: identity.Number) -> Words | None:
        """A soft warning: mistakes exist on cards and records, so the same number typed twice is taken."""
        year = int(str(answers["birth"])[:4]) if answers.get("birth") else None
        odd = identity.disagreements(number, year, answers.get("sex"))
        if "birth_year" in odd:
            return _(
                "The birth year inside that number differs from the one you gave. If the number is right, type it once more."
            )
        if "sex" in odd:
            return _(
                "The sex inside that number differs from the one you gave. If the number is right, type it once more."
            )
        return None

    def show(self, turn: Turn, value: Any) -> Text:
        return identity.mask_number(value["value"]) if value else _("none")


MINE = "mine"


@dataclass(frozen=True)
class Phone:
    key: str
    text: Words
    label: Words
    when: When = always

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        """The phone that this chat has proven is one press; where the channel can share one, that is one tap."""
        proven = turn.state.get("proven_phone")
        if proven:
            return Reply(self.text, (Button(identity.mask_phone(proven), MINE),), "ask")
        if "phone" not in turn.incoming.can:
            return Reply(self.text)
        how = _("Press «{share}» below, or type the number.", share=_("Share my number"))
        return Reply(lines(self.text, how), request="phone")

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        proven = turn.state.get("proven_phone")
        if proven and pressed and said == MINE:
            return proven
        phone = phones.read_phone(said)
        return problem(PHONE_PROBLEMS, phone) if isinstance(phone, str) else phone.value

    def show(self, turn: Turn, value: Any) -> Text:
        return identity.mask_phone(str(value))


def sex(key: str, text: Words, label: Words, when: When = always) -> Choice:
    return Choice(key, text, label, SEXES, when)
