"""The question for a province, by today's name or one of before July 2025; the last resort of routing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from handlers.finding import communes_today
from handlers.forms import Answers, NotUnderstood, When
from handlers.questions import always
from handlers.questions_places import NONE, by_name, paged
from handlers.reply import Button, Reply
from handlers.rules import names
from handlers.turn import Turn
from locales import Text, Words, _
from storage import places

UNKNOWN = _("I do not know")


@dataclass(frozen=True)
class Province:
    """The value is a code of the 2025 list, or "" where unknown."""

    key: str
    text: Words
    label: Words
    when: When = always

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        return Reply(self.text, (Button(_("Choose from a list"), "m:2025:0"), Button(UNKNOWN, NONE)), "ask")

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        if (pressed and said == NONE) or names.fold(said) == names.fold(turn.words(UNKNOWN)):
            return ""
        today = dict(places.provinces(turn.tx, "2025"))
        if pressed and said.startswith("p:2025:"):
            code = said.split(":")[2]
            return code if code in today else self._again()
        if pressed:
            rows = [(f"p:2025:{code}", name) for code, name in by_name(list(today.items()))]
            page = said.rpartition(":")[2]
            return paged(self.text, rows, int(page) if page.isdecimal() else 0, "m:2025", UNKNOWN)
        return find_province(turn.tx, said) or self._again()

    def _again(self) -> NotUnderstood:
        return NotUnderstood(_("I cannot find that province. Please type its name, or choose from the list."))

    def show(self, turn: Turn, value: Any) -> Text:
        return dict(places.provinces(turn.tx, "2025")).get(value, UNKNOWN)


def find_province(tx: Connection, said: str) -> str | None:
    """«Lào Cai» and «Yên Bái» are the same today: an old province is followed through one of its communes."""
    wanted = _bare(said)
    for code, name in places.provinces(tx, "2025"):
        if wanted == _bare(name):
            return code
    for code, name in places.provinces(tx, "2024"):
        if wanted == _bare(name):
            first = places.communes_of(tx, "2024", code)[0]
            now = places.commune(tx, "2025", communes_today(tx, f"2024:{first.code}")[0])
            return now.province_code if now else None
    return None


def _bare(name: str) -> str:
    return names.fold(name).removeprefix("tinh ").removeprefix("thanh pho ").removeprefix("tp ")
