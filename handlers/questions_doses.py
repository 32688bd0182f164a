"""Questions about doses that stand on a record: chosen by a button where the record is proven, else described."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.doses_on_record import DOSES, class_and_ordinal, dose_of, label, on_record
from handlers.forms import Answers, NotUnderstood
from handlers.questions import Choice, Free, Many
from handlers.questions_person import Day, dose_day
from handlers.questions_places import Site
from handlers.residents import where
from handlers.residents.person import somebody_else
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines

AT_MOST = 5  # in one form
NONE = "none"


@dataclass(frozen=True)
class Recorded(Many):
    """Doses of the proven record; the value is a list of «RESIDENT:DOSE», [] where it is none of them.

    Where exactly `wanted` are to be chosen, the last of them is the answer; else «Done» ends the choice.
    """

    wanted: int = 0

    def choices(self, turn: Turn, answers: Answers) -> Sequence[tuple[str, Text]]:
        return [(value, label(dose)) for value, dose in on_record(turn, str(answers.get("who"))).items()] + [
            (NONE, _("None of these doses"))
        ]

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        """Other doses than before: what was answered about those is not about these."""
        value = self._chosen(turn, answers, said, pressed)
        if isinstance(value, list) and value != turn.state.get("was", {}).get(self.key):
            forget(answers)
        return value

    def _chosen(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        value = super().read(turn, answers, said, pressed)
        chosen = value if isinstance(value, list) else turn.state["note"].get("chosen", [])
        if NONE in chosen:
            return []
        if self.wanted and len(chosen) == self.wanted:
            return chosen
        if self.wanted and len(chosen) == 1:
            return NotUnderstood(_("And which is the other entry?"))
        if self.wanted and isinstance(value, list):
            turn.state["note"] = {}
            return NotUnderstood(_("Please choose exactly {n}.", n=self.wanted))
        if not isinstance(value, list):
            return value
        if len(value) > AT_MOST:
            return NotUnderstood(
                _("Please choose {n} at most; the others can be added after these.", n=AT_MOST)
            )
        return value

    def show(self, turn: Turn, value: Any) -> Text:
        return numbered([label(dose_of(turn, one)) for one in value])


def numbered(found: Sequence[Text]) -> Text:
    """One stands on the line; several stand below it, numbered, as later answers name them."""
    if len(found) < 2:
        return found[0] if found else ""
    return lines("", *(joined(") ", str(n), one) for n, one in enumerate(found, 1)))


@dataclass(frozen=True)
class OneOf(Choice):
    """One of the doses that were chosen before, whose question has the key `among`."""

    among: str = "doses"

    def _options(self, turn: Turn, answers: Answers) -> Sequence[tuple[str, Text]]:
        return [
            *((value, label(dose_of(turn, value))) for value in answers.get(self.among, ())),
            ("", _("I am not sure")),
        ]

    def show(self, turn: Turn, value: Any) -> Text:
        return label(dose_of(turn, value)) if value else _("I am not sure")


def forget(answers: Answers) -> None:
    """The chosen doses, and all that was answered about each of them."""
    for key in [key for key in answers if key in ("doses", "keep") or key.rpartition("_")[2].isdigit()]:
        del answers[key]


def described(answers: Answers) -> bool:
    """Nothing is proven, or it is none of the doses on record."""
    return somebody_else(answers) or answers.get("doses") == []


def proven(answers: Answers) -> bool:
    return not somebody_else(answers)


def description(which: Words, shown: Words) -> tuple[Any, ...]:
    """Which dose it is, for who has no record here: as the portal or the app shows it."""
    return (
        Choice("dose", which, shown, DOSES, when=described),
        Day("day", _("Which date does the record show for it? Day/month/year, for example 12/08/2021."), _("Date on record"), dose_day,
            optional=True, none=_("I do not remember"), when=described),
        Site("site", _("Which site does the record show for it? Type part of the site's name."), _("Site on record"),
             when=described),
        Free("site_said", _("What do you remember of the place? Name, street, occasion…"), _("Place, in your words"),
             optional=True, limit=200, when=where.no_site),
        *where.COMMUNE_OF_SITE,
    )  # fmt: skip


def as_described(answers: Answers) -> dict[str, Any]:
    site = answers.get("site") or {}
    return {
        **class_and_ordinal(answers["dose"]),
        "day": answers.get("day") or None,
        "site_id": site.get("id"),
        "site_name": site.get("name") or answers.get("site_said") or None,
    }


def reported(turn: Turn, answers: Answers) -> list[dict[str, Any]]:
    """The doses that the report is about: as recorded, or the one that was described."""
    if described(answers):
        return [as_described(answers)]
    return [dose_of(turn, value) for value in answers["doses"]]
