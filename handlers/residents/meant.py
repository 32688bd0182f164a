"""What free words mean, where they say it plainly: a place in the menu, or that something is wrong."""

from __future__ import annotations

from collections.abc import Callable

from handlers.residents import corrections, lookup, menu, my_reports
from handlers.rules import names
from handlers.turn import Turn
from locales import LANGUAGES, _, say

PLACES: tuple[tuple[Callable[[Turn], None], tuple[object, ...]], ...] = (
    (lookup.begin, (menu.LOOKUP.label, "tra cuu", "look up", "lookup")),
    (corrections.choose_anew, (menu.REPORT.label, "phan anh", "report")),
    (my_reports.show, (menu.REPORTS.label, "theo doi")),
    (menu.help_, (menu.HELP.label, "giup", "giup toi")),
    (menu.language, (menu.LANGUAGE.label, "english", "tieng anh", "tieng viet")),
    (menu.show, (_("Menu"),)),
)
WRONG = (
    "thieu",
    "sai",
    "khong co mui",
    "mat mui",
    "khong thay",
    "nham",
    "chua co",
    "missing",
    "wrong",
    "mistake",
)


def place(text: str) -> Callable[[Turn], None] | None:
    """The menu entry that is called by its name, in either language."""
    wanted = names.fold(text)
    for open_it, called in PLACES:
        if any(wanted == names.fold(say(name, lang)) for name in called for lang in LANGUAGES):
            return open_it
    return None


def something_is_wrong(text: str) -> bool:
    said = f" {names.fold(text)} "
    return any(f" {word} " in said for word in WRONG)
