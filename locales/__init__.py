"""Words: marked and delayed by _(), translated when they are written out, in their reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.pofile import read_po

from locales import times

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True)
class Words:
    """An English text with its values, still to be put into somebody's language."""

    msgid: str
    values: dict[str, Any] = field(default_factory=dict)
    plural: str | None = None
    n: int = 0


@dataclass(frozen=True)
class Joined:
    """Several texts, one after another."""

    parts: tuple[Text, ...]
    between: str = "\n"


Text = str | Words | Joined


def _(msgid: str, /, **values: Any) -> Words:
    return Words(msgid, values)


def ngettext(one: str, many: str, n: int, /, **values: Any) -> Words:
    return Words(one, {"n": n, **values}, many, n)


def lines(*parts: Text | None) -> Joined:
    """One text a line; None is left out, "" makes an empty line."""
    return Joined(tuple(part for part in parts if part is not None))


def joined(between: str, *parts: Text) -> Joined:
    return Joined(parts, between)


def say(text: Any, lang: str, *, elder: bool = False) -> str:
    """The text in this language. Values inside are translated too; dates and times as people write them.

    elder: the reader is 60 or older and is «Ông/Bà» in our own sentences; what others wrote stays as it is.
    """
    match text:
        case str():
            return text
        case Joined():
            return text.between.join(say(part, lang, elder=elder) for part in text.parts)
        case Words():
            values = {name: say(value, lang, elder=elder) for name, value in text.values.items()}
            own = _translated(text, lang)
            own = own.replace("Anh/Chị", "Ông/Bà") if elder else own
            return own.format_map(values).rstrip(" ")  # its last value may be empty
        case times.By():
            return times.by(text.at, text.now, lang)
        case datetime():
            return times.moment(text)
        case date():
            return times.day(text)
        case timedelta():
            return times.length(text, lang)
    return str(text)


def _translated(words: Words, lang: str) -> str:
    if words.plural is None:
        return _catalog(lang).get(words.msgid) or words.msgid
    forms = _catalog(lang).get((words.msgid, words.plural))
    if forms:
        return str(forms[min(_plural(lang, words.n), len(forms) - 1)])
    return words.msgid if words.n == 1 else words.plural


def _plural(lang: str, n: int) -> int:
    return 0 if lang == "vi" or n == 1 else 1


@cache
def _catalog(lang: str) -> dict[Any, Any]:
    """All .po files of the language in one dictionary; no .mo is ever written."""
    found: dict[Any, Any] = {}
    for path in sorted((Path(__file__).parent / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=Locale.parse(lang)):
                if not message.id or not message.string:
                    continue
                key = message.id if isinstance(message.id, tuple) else str(message.id)
                found[key] = message.string
    return found
