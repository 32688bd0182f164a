"""What a resident can report or ask about, and where in the menu it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from handlers.forms import FORMS, Form, Group
from handlers.rules import names
from handlers.turn import Turn
from locales import LANGUAGES, Words, _, say

_HERE = "handlers.residents.corrections"
_FILES = sorted(path.stem for path in (Path(__file__).parent / "corrections").glob("[a-z]*.py"))

# Behind «Việc khác»: what cannot wait stands there itself, the rest in small groups.
GROUPS: dict[Group, Words] = {
    "dose": _("A dose twice, not mine, or given with a force"),
    "person": _("ID number, phone, foreigners"),
    "paper": _("Vaccine passport, recovery from COVID-19"),
    "other": _("About the site itself, a call back, anything else"),
}


@dataclass(frozen=True)
class Advice:
    """A kind for which nobody gets a ticket: somebody else helps, and the chat says who."""

    kind: str
    title: Words
    group: Group
    begin: Callable[[Turn], None]
    order: int = 50


ADVICE: dict[str, Advice] = {}


def advise(advice: Advice) -> Advice:
    ADVICE[advice.kind] = advice
    return advice


def kinds() -> list[Form]:
    """The forms of the folder, in the order of the menu."""
    _read()
    found = (form for form in FORMS.values() if form.correction)
    return sorted(found, key=lambda form: (_ORDER.index(form.group), form.order, form.kind))


def advice() -> dict[str, Advice]:
    _read()
    return ADVICE


def of_group(group: Group) -> list[Form | Advice]:
    """What stands there, in its order."""
    found: list[Form | Advice] = [*kinds(), *advice().values()]
    return sorted((one for one in found if one.group == group), key=lambda one: (one.order, one.kind))


def named(text: str) -> Form | Advice | None:
    """The kind that is called by its title, in either language, wherever its button stands."""
    wanted = names.fold(text)
    every: list[Form | Advice] = [*kinds(), *advice().values()]
    return next(
        (one for one in every if any(wanted == names.fold(say(one.title, lang)) for lang in LANGUAGES)), None
    )


_ORDER: tuple[Group, ...] = ("top", "urgent", *GROUPS)


def _read() -> None:
    for name in _FILES:
        import_module(f"{_HERE}.{name}")
