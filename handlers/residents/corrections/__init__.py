"""Kinds of correction: every file here is one form; dropping one in adds it to the menu and to the generic test."""

from __future__ import annotations

from typing import Any

from handlers import doses_on_record, forms
from handlers.finding import is_split
from handlers.reply import Button, Reply
from handlers.residents import already_said, at_site, helping, kinds_menu, seen, told_before
from handlers.residents.kinds import advice, kinds, named
from handlers.residents.kinds_menu import choose, choose_anew
from handlers.turn import Turn
from locales import _, lines
from storage import people, units

__all__ = ["advice", "begin", "choose", "choose_anew", "kinds", "named", "press", "thanks"]


def press(turn: Turn, token: str) -> None:
    """report · report:more · report:top · report:group:GROUP · report:send · report:KIND · report:KIND:RESIDENT(:DOSE) ·
    report:KIND:site-UNIT · report:KIND:go(:…), after a form's warning was read."""
    _report, _colon, rest = token.partition(":")
    kind, _colon, resident = rest.partition(":")
    parts = [] if forms.started(turn) else turn.state.get("parts") or []
    if kind == "send" and parts:
        last = parts[-1]
        turn.state.update(form=last["form"], answers=last["answers"], note={}, parts=parts[:-1])
        forms.go_on(turn)
    elif kind in {form.kind for form in kinds()}:
        begin(turn, kind, resident, parts)
    elif kind in advice():
        _leave(turn)
        advice()[kind].begin(turn)
    elif kind in ("more", "top", "group"):
        _leave(turn)
        if kind == "group":
            kinds_menu.group(turn, resident)
        else:
            (kinds_menu.rarer if kind == "more" else choose)(turn)
    else:
        choose_anew(turn)


def _leave(turn: Turn) -> None:
    if forms.started(turn):
        forms.drop(turn)


def begin(turn: Turn, kind: str, resident: str = "", parts: list[Any] | None = None) -> None:
    """Opens the form; what the chat knows of the person is never asked twice. A warning comes before everything else."""
    warning = forms.of(kind).warning
    if warning and resident.partition(":")[0] != "go":
        _leave(turn)
        turn.say(warning(turn, resident))
        return
    resident = resident.removeprefix("go").removeprefix(":") if warning else resident
    resident, _colon, dose_no = resident.partition(":")
    known = helping.answers(turn) or (_same_person(parts) if parts else _person(turn, resident))
    if forms.of(kind).foreign and known.get("who") == "other":
        known.setdefault("foreign", "yes")
    known |= _site(turn, resident or (at_site.came_by(turn) if kind == "still_here" else ""))
    knows = {} if helping.HELPER in known else forms.of(kind).knows(turn)
    known |= knows | already_said.into(turn, kind) | known
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
