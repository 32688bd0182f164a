"""Every sentence exists in Vietnamese, keeps its values, and no translation is left over."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from locales import Words, _, ngettext, say
from locales.extract import catalog

HERE = Path(__file__).parent.parent / "locales"
FIELDS = re.compile(r"\{(\w+)\}")


def entries(lang: str) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for path in sorted((HERE / lang).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    assert message.id not in found, f"twice: {message.id}"
                    found[message.id] = message.string
    return found


MARKED = {message.id for message in catalog() if message.id}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_catalogue_is_complete_and_nothing_is_stale(lang: str) -> None:
    translated = {msgid for msgid, text in entries(lang).items() if text and all(text)}
    assert translated - MARKED == set(), "stale"
    assert MARKED - translated == set(), "missing"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_translations_keep_their_values(lang: str) -> None:
    for msgid, text in entries(lang).items():
        ids = msgid if isinstance(msgid, tuple) else (msgid,)
        texts = text if isinstance(text, tuple | list) else (text,)
        for one in texts:
            assert set(FIELDS.findall(one)) <= {name for part in ids for name in FIELDS.findall(part)} | {
                "n"
            }, msgid


def test_template_is_what_the_code_says() -> None:
    with (HERE / "messages.pot").open("rb") as file:
        assert {message.id for message in read_po(file) if message.id} == MARKED, "run: make messages"


def test_the_page_has_its_words_in_both_languages() -> None:
    page = HERE.parent / "bot" / "page"
    words = json.loads((page / "strings.json").read_text("utf-8"))
    html = "".join(path.read_text("utf-8") for path in page.glob("*.html"))
    said = {text.replace("&amp;", "&") for text in re.findall(r'data-say(?:-\w+)?="([^"]+)"', html)}
    assert said == set(words)
    for msgid, vietnamese in words.items():
        assert vietnamese and msgid


def test_plural_and_values_are_said_in_the_readers_language() -> None:
    assert say(_("{time} left", time=timedelta(hours=41)), "vi") == "còn 41 giờ"
    assert say(Words("{n} thing", {"n": 2}, "{n} things", 2), "en") == "2 things"
    assert say(ngettext("{n} thing", "{n} things", 1), "en") == "1 thing"
