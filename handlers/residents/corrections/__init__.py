"""Kinds of correction: every file here is one form; dropping one in adds it to the menu and to the generic test."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from handlers import doses_on_record, forms
from handlers.finding import is_split
from handlers.forms import FORMS, Form
from handlers.reply import Button, Reply
from handlers.residents import seen, told_before
from handlers.rules import names
from handlers.turn import Turn
from locales import LANGUAGES, Text, _, lines, say
from storage import people, units

_FILES = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def kinds() -> list[Form]:
    """The forms of this folder, in the order of the menu."""
    for name in _FILES:
        import_module(f"{__name__}.{name}")
    found = (form for form in FORMS.values() if form.correction)
    return sorted(found, key=lambda form: (form.group != "top", form.order, form.kind))


def named(text: str) -> Form | None:
    """The kind that is called by its title, in either language, also where its button is behind «Việc khác»."""
    wanted = names.fold(text)
    return next(
        (form for form in kinds() if any(wanted == names.fold(say(form.title, lang)) for lang in LANGUAGES)),
        None,
    )


def choose_anew(turn: Turn) -> None:
    forms.drop(turn)
    choose(turn)


def choose(turn: Turn, before: Text | None = None) -> None:
    """Asks what is wrong; parts that are finished already belong to the same report. The list never grows long:
    what is rarer stands behind «Việc khác»."""
    buttons = [
        *forms.unfinished(turn),
        *_group("top"),
        Button(_("Something else"), "report:more"),
        _end(turn),
    ]
    question = _("What would you like to report?")
    turn.say(Reply(lines(before, "", question) if before else question, tuple(buttons), "ask"))


def _rarer(turn: Turn) -> None:
    buttons = (*_group("more"), Button(_("Back"), "report:top"), _end(turn))
    turn.say(Reply(_("Which of these is it?"), buttons, "ask"))


def _group(name: str) -> list[Button]:
    return [Button(form.title, f"report:{form.kind}") for form in kinds() if form.group == name]


def _end(turn: Turn) -> Button:
    return (
        Button(_("Send what I have"), "report:send") if turn.state.get("parts") else Button(_("Menu"), "menu")
    )


def press(turn: Turn, token: str) -> None:
    """report · report:more · report:top · report:send · report:KIND · report:KIND:RESIDENT(:DOSE) · report:KIND:site-UNIT."""
    _report, _colon, rest = token.partition(":")
    kind, _colon, resident = rest.partition(":")
    parts = [] if forms.started(turn) else turn.state.get("parts") or []
    if kind == "send" and parts:
        last = parts[-1]
        turn.state.update(form=last["form"], answers=last["answers"], note={}, parts=parts[:-1])
        forms.go_on(turn)
    elif kind in {form.kind for form in kinds()}:
        begin(turn, kind, resident, parts)
    elif kind in ("more", "top"):
        if forms.started(turn):
            forms.drop(turn)
        (_rarer if kind == "more" else choose)(turn)
    else:
        choose_anew(turn)


def begin(turn: Turn, kind: str, resident: str = "", parts: list[Any] | None = None) -> None:
    """Opens the form; what the chat knows of the person is never asked twice."""
    resident, _colon, dose_no = resident.partition(":")
    known = _same_person(parts) if parts else _person(turn, resident)
    known |= _site(turn, resident)
    if dose_no and known.get("who") == resident and not parts:
        known |= doses_on_record.prefilled(turn, resident, dose_no)
    if parts:
        turn.state.pop("parts")  # they go along, so that nothing is laid aside
    forms.start(turn, kind, known, parts)


def _same_person(parts: list[Any]) -> dict[str, Any]:
    from handlers.residents.person import KEYS

    return {key: value for part in parts for key, value in part["answers"].items() if key in KEYS}


def _person(turn: Turn, resident: str) -> dict[str, Any]:
    from handlers.residents.person import of_record

    linked = [str(person.id) for person in people.linked(turn.tx, turn.talk.id)]
    if resident in linked:
        return {"who": resident, **of_record(turn, resident)}
    if linked or told_before.anybody(turn):
        return {}
    return {"who": "other", **told_before.of_somebody(turn)}


def thanks(turn: Turn, text: Any) -> None:
    turn.say(Reply(lines(text), (Button(_("My reports"), "reports"), Button(_("Menu"), "menu"))))


def _site(turn: Turn, said: str) -> dict[str, Any]:
    """The site whose poster was followed; a divided commune's station is asked for as ever."""
    unit_id = seen.number(said.removeprefix("site-")) if said.startswith("site-") else None
    site = units.find(turn.tx, unit_id) if unit_id else None
    if site is None or site.kind not in units.SITES or is_split(turn.tx, site):
        return {}
    return {"site": {"id": site.id, "name": site.name}}
