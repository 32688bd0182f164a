"""The menu of kinds: three that are frequent, and behind «Việc khác» what cannot wait and four small groups."""

from __future__ import annotations

from handlers import forms
from handlers.reply import Button, Reply
from handlers.residents import already_said, kinds
from handlers.turn import Turn
from locales import Text, _, lines


def choose_anew(turn: Turn) -> None:
    forms.drop(turn)
    already_said.forget(turn)
    choose(turn)


def choose(turn: Turn, before: Text | None = None) -> None:
    """Asks what is wrong; parts that are finished already belong to the same report."""
    buttons = [
        *forms.unfinished(turn),
        *_of("top"),
        Button(_("Something else"), "report:more"),
        _end(turn),
    ]
    question = _("What would you like to report?")
    turn.say(Reply(lines(before, "", question) if before else question, tuple(buttons), "ask"))


def rarer(turn: Turn) -> None:
    groups = [_of(name) for name in kinds.GROUPS]
    buttons = (
        *_of("urgent"),
        *(_group(name, of) for name, of in zip(kinds.GROUPS, groups, strict=True) if of),
        Button(_("Back"), "report:top"),
        _end(turn),
    )
    turn.say(Reply(_("What is it about?"), buttons, "ask"))


def _group(name: forms.Group, of: list[Button]) -> Button:
    """One alone needs no page of its own."""
    return of[0] if len(of) == 1 else Button(kinds.GROUPS[name], f"report:group:{name}")


def group(turn: Turn, name: str) -> None:
    found = next((one for one in kinds.GROUPS if one == name), None)
    if found is None:
        rarer(turn)
        return
    buttons = (*_of(found), Button(_("Back"), "report:more"), _end(turn))
    turn.say(Reply(_("Which of these is it?"), buttons, "ask"))


def _of(name: forms.Group) -> list[Button]:
    return [Button(one.title, f"report:{one.kind}") for one in kinds.of_group(name)]


def _end(turn: Turn) -> Button:
    return (
        Button(_("Send what I have"), "report:send") if turn.state.get("parts") else Button(_("Menu"), "menu")
    )
