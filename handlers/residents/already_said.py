"""What somebody wrote before a kind was chosen goes into its form: the words, and the facts that they say plainly."""

from __future__ import annotations

from handlers import forms
from handlers.finding import is_split
from handlers.forms import Answers
from handlers.rules import facts_said, names
from handlers.turn import Turn
from locales import Text, _
from storage import units

IN_WORDS = "in_words"  # an answer to no question of the form; it stands in the summary and goes to the staff
LONGEST = 2000
SHOWN = 300  # characters, in the summary
BRIEF = 1000  # what the question «what happened» takes
_OF_A_PLACE = ("tram", "benh vien", "trung tam", "phong kham", "bv", "tyt")


def keep(turn: Turn, text: str) -> None:
    turn.state["meant"] = text[:LONGEST]


def forget(turn: Turn) -> None:
    """Nothing is begun any more: neither the words wait for a kind, nor somebody who is helped."""
    for name in ("meant", "helper"):
        turn.state.pop(name, None)


def into(turn: Turn, kind: str) -> Answers:
    """The answers with which this form begins."""
    text: str | None = turn.state.pop("meant", None)
    if not text:
        return {}
    asked = {question.key for question in forms.of(kind).questions}
    found: Answers = {}
    if kind == "dose_missing":
        told = {"dose": facts_said.dose(text), "vaccine": facts_said.vaccine(text),
                "day": facts_said.day(text, turn.today)}  # fmt: skip
        found |= {key: value for key, value in told.items() if value}
    if (
        "site" in asked
        and kind in ("dose_missing", "other", "still_here", "reaction")
        and (site := _site(turn, text))
    ):
        found["site"] = site
    if "said" in asked and len(text) <= BRIEF:
        return {**found, "said": {"words": text, "files": []}}
    return {**found, IN_WORDS: text}


def _site(turn: Turn, text: str) -> Answers | None:
    """The one site whose whole name stands there."""
    said = f" {names.fold(text)} "
    if not any(f" {word} " in said for word in _OF_A_PLACE):
        return None
    said = said.replace(" tyt ", " tram y te ").replace(" bv ", " benh vien ")
    named = [name for name in units.site_names(turn.tx) if f" {names.fold(name)} " in said]
    whole = [name for name in named if not any(name != other and name in other for other in named)]
    found = units.named(turn.tx, names.fold(whole[0])) if len(whole) == 1 else []
    if len(found) != 1 or is_split(turn.tx, found[0]):
        return None
    return {"id": found[0].id, "name": found[0].name}


def shown(answers: Answers) -> Text | None:
    """Its line in the summary."""
    words = answers.get(IN_WORDS)
    if not words:
        return None
    return _("What you wrote: «{words}»", words=words if len(words) <= SHOWN else f"{words[:SHOWN]} …")
