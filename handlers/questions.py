"""The kinds of question that forms are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.forms import Answers, NotUnderstood, When
from handlers.reply import Button, Reply
from handlers.rules import names
from handlers.turn import Turn
from locales import Text, Words, _

SKIP = "-"


def always(_answers: Answers) -> bool:
    return True


def has_passport(answers: Answers) -> bool:
    """A foreigner, by the report or by the record."""
    return "yes" in (answers.get("foreign"), answers.get("passport"))


@dataclass(frozen=True)
class Choice:
    """One of several; options may depend on the turn. Numbers and words can be typed for buttons."""

    key: str
    text: Words
    label: Words
    options: Sequence[tuple[str, Text]] | Callable[[Turn, Answers], Sequence[tuple[str, Text]]]
    when: When = always
    called: Callable[[str], str | None] = lambda _said: None  # what people call an option, beside its label

    def _options(self, turn: Turn, answers: Answers) -> Sequence[tuple[str, Text]]:
        return self.options(turn, answers) if callable(self.options) else self.options

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        return Reply(self.text, tuple(Button(t, v) for v, t in self._options(turn, answers)), "ask")

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        options = self._options(turn, answers)
        if pressed and any(value == said for value, _text in options):
            return said
        wanted = names.fold(said)
        for number, (value, text) in enumerate(options, 1):
            if wanted and wanted in (str(number), names.fold(turn.words(text))):
                return value
        meant = [value for value, text in options if self._means(turn, wanted, value, text, said)]
        if len(meant) == 1:
            return meant[0]
        return NotUnderstood(_("Please press one of the buttons, or type its number."))

    def _means(self, turn: Turn, wanted: str, value: str, text: Text, said: str) -> bool:
        """Part of the label in whole words, or another name of it."""
        part = f" {wanted} " in f" {names.fold(turn.words(text))} "
        return (len(wanted) > 2 and part) or self.called(said) == value

    def show(self, turn: Turn, value: Any) -> Text:
        options = self._options(turn, turn.state.get("answers", {}))
        return next((text for v, text in options if v == value), str(value))


@dataclass(frozen=True)
class Many:
    """Several of a few, by numbers («1, 3») or one press each; the value is a list."""

    key: str
    text: Words
    label: Words
    options: Sequence[tuple[str, Text]]
    when: When = always

    def choices(self, turn: Turn, answers: Answers) -> Sequence[tuple[str, Text]]:
        return self.options

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        chosen = turn.state["note"].get("chosen", [])
        buttons = [
            Button(_("✓ {label} (chosen)", label=text) if value in chosen else text, value)
            for value, text in self.choices(turn, answers)
        ]
        if chosen:
            buttons.append(Button(_("Done"), "done", "primary"))
        return Reply(self.text, tuple(buttons), "ask")

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        chosen: list[str] = list(turn.state["note"].get("chosen", []))
        if pressed and said == "done" and chosen:
            return chosen
        options = self.choices(turn, answers)
        if pressed and any(value == said for value, _text in options):
            chosen = [c for c in chosen if c != said] if said in chosen else [*chosen, said]
            turn.state["note"] = {"chosen": chosen}
            return NotUnderstood(_("You can choose more, then press «Done»."))
        picked = [] if pressed else self._typed(turn, options, said)
        return picked or NotUnderstood(_("Please press the buttons, or type numbers, for example: 1, 3"))

    def _typed(self, turn: Turn, options: Sequence[tuple[str, Text]], said: str) -> list[str]:
        """Labels, or whole words that stand in one label only, with commas or «và» between them; or numbers."""
        folded = [(value, f" {names.fold(turn.words(text))} ") for value, text in options]
        whole = [value for value, label in folded if label == f" {names.fold(said)} "]
        meant = [_meant(folded, names.fold(part)) for part in re.split(r"[,;]|\bvà\b|\band\b", said)]
        by_word = whole or ([] if None in meant else [value for value in meant if value is not None])
        numbers = [part for part in names.fold(said).replace(",", " ").split() if part.isdigit()]
        by_number = [options[int(n) - 1][0] for n in numbers if 0 < int(n) <= len(options)]
        return list(dict.fromkeys(by_word or by_number))

    def show(self, turn: Turn, value: Any) -> Text:
        return ", ".join(turn.words(text) for v, text in self.options if v in value)


def _meant(folded: Sequence[tuple[str, str]], part: str) -> str | None:
    """The only option whose label is, or holds, these words; a bare number is none of them."""
    same = [value for value, label in folded if label == f" {part} "]
    like = [value for value, label in folded if f" {part} " in label] if part and not part.isdigit() else []
    return same[0] if same else (like[0] if len(like) == 1 else None)


@dataclass(frozen=True)
class Free:
    """A few words of one's own."""

    key: str
    text: Words
    label: Words
    optional: bool = False
    limit: int = 1000
    when: When = always

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        return Reply(self.text, (Button(_("Skip"), SKIP),) if self.optional else ())

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        if self.optional and (
            (pressed and said == SKIP) or names.fold(said) == names.fold(turn.words(_("Skip")))
        ):
            return ""
        said = said.strip()
        if not said or pressed or re.fullmatch(r"\d", said):  # a digit is meant for a button
            return NotUnderstood(_("Please write a few words."))
        if len(said) > self.limit:
            return NotUnderstood(_("That is too long. Please keep it under {n} characters.", n=self.limit))
        return said

    def show(self, turn: Turn, value: Any) -> Text:
        return str(value)
