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
    (menu.language, (menu.LANGUAGE.label, "ngon ngu", "language", "english", "tieng anh", "tieng viet")),
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
    """The menu entry, or kind of mistake, that is called by its name, in either language."""
    wanted = names.fold(text)
    for open_it, called in PLACES:
        if any(wanted == names.fold(say(name, lang)) for name in called for lang in LANGUAGES):
            return open_it
    kind = corrections.named(text)
    return (lambda turn: corrections.press(turn, f"report:{kind.kind}")) if kind else None


GREETINGS = ("chao", "xin chao", "chao ban", "chao em", "chao bac si", "alo", "hello", "hi", "good morning")
THANKS = ("cam on", "xin cam on", "cam on ban", "cam on em", "cam on nhe", "cam on nhieu", "cam on nhieu nhe",
          "thanks", "thank you", "vang", "da", "vang a", "da vang", "da vang a", "da cam on", "ok", "oke", "okay", "duoc roi")  # fmt: skip


def something_is_wrong(text: str) -> bool:
    said = f" {names.fold(text)} "
    return any(f" {word} " in said for word in WRONG)
