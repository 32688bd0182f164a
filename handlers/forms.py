"""A form is data: the current question is the first one without an answer; there is no step to store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines

Answers = dict[str, Any]
When = Callable[[Answers], bool]


@dataclass(frozen=True)
class NotUnderstood:
    """Asked again, with these words; buttons, where given, stand beside the question's own."""

    words: Text
    buttons: tuple[Button, ...] = ()
    ask: bool = True  # False: the words stand alone, without the question after them


class Question(Protocol):
    """Three verbs: ask -> Reply, read -> a value or NotUnderstood, show -> text for the summary and the staff.

    A value is JSON. `read` gets the typed words, or the value of a pressed button with pressed=True.
    """

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> Words: ...
    @property
    def when(self) -> When: ...

    def ask(self, turn: Turn, answers: Answers) -> Reply: ...
    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any: ...
    def show(self, turn: Turn, value: Any) -> Text: ...


@dataclass(frozen=True)
class Form:
    """submit ends the form; personal=True asks for consent first; summary=False sends without a last look."""

    kind: str
    title: Words
    questions: tuple[Question, ...]
    submit: Callable[[Turn, Answers], None]
    personal: bool = True
    summary: bool = True
    intro: Words | None = None
    correction: bool = False  # a kind of correction: it has a place in the menu, and more may join one report
    send_label: Words = _("Send")


FORMS: dict[str, Form] = {}


def register(form: Form) -> Form:
    FORMS[form.kind] = form
    return form


def started(turn: Turn) -> bool:
    return "form" in turn.state


def start(turn: Turn, kind: str, answers: Answers | None = None, parts: list[Any] | None = None) -> None:
    """Opens the form, after consent where it asks for personal data."""
    from handlers.residents import consent

    form = FORMS[kind]
    drop(turn)
    if form.personal and not consent.given(turn):
        consent.ask(turn, kind, answers or {})
        return
    turn.state.update(form=kind, answers=dict(answers or {}), note={}, parts=parts or [])
    go_on(turn, before=form.intro)


def drop(turn: Turn) -> None:
    for name in ("form", "answers", "note", "parts"):
        turn.state.pop(name, None)


def asked(form: Form, answers: Answers) -> list[Question]:
    return [question for question in form.questions if question.when(answers)]


def current(form: Form, answers: Answers) -> Question | None:
    return next((q for q in asked(form, answers) if q.key not in answers), None)


def go_on(turn: Turn, before: Text | None = None) -> None:
    """Asks the current question, or shows the summary, or sends."""
    form = FORMS[turn.state["form"]]
    answers: Answers = turn.state["answers"]
    question = current(form, answers)
    if question is None:
        if form.summary:
            _say_summary(turn, form, answers, before)
        else:
            _submit(turn, form)
        return
    reply = question.ask(turn, answers)
    _ask(turn, form, question, reply, before)


def _ask(turn: Turn, form: Form, question: Question, reply: Reply, before: Text | None) -> None:
    buttons = [replace(b, token=f"f:{question.key}:{b.token}") for b in reply.buttons]
    if any(q.key in turn.state["answers"] for q in asked(form, turn.state["answers"])):
        buttons.append(Button(_("Back"), "f::back"))
    buttons.append(Button(_("Stop"), "f::stop"))
    text = lines(before, "", reply.text) if before else reply.text
    turn.say(replace(reply, text=text, buttons=tuple(buttons)))


def take(turn: Turn, said: str) -> None:
    """Typed words go to the current question."""
    form = FORMS[turn.state["form"]]
    question = current(form, turn.state["answers"])
    if question is None:
        go_on(turn, before=_("Please choose one of the buttons below."))
        return
    _read(turn, form, question, said, pressed=False)


def press(turn: Turn, token: str) -> None:
    """A button of a form: f:QUESTION:VALUE, or f::back, f::stop, f::send, f::more, f::edit, f::edit:QUESTION."""
    if not started(turn):
        turn.say(Reply(_("This button belongs to something that is finished. Please use the menu."),
                       (Button(_("Menu"), "menu"),)))  # fmt: skip
        return
    form = FORMS[turn.state["form"]]
    _f, key, value = token.split(":", 2)
    if key:
        question = current(form, turn.state["answers"])
        if question is None or question.key != key:
            go_on(turn, before=_("That was a button of an earlier question."))
        else:
            _read(turn, form, question, value, pressed=True)
    elif value == "back":
        back(turn)
    elif value == "stop":
        stop(turn)
    elif value == "send":
        if current(form, turn.state["answers"]) is None:
            _submit(turn, form)
        else:
            go_on(turn)
    elif value == "edit":
        _say_what_to_edit(turn, form)
    elif value.startswith("edit:"):
        _forget(turn, form, value.removeprefix("edit:"))
        go_on(turn)
    elif value == "more":
        add_part(turn)


def _read(turn: Turn, form: Form, question: Question, said: str, *, pressed: bool) -> None:
    answers: Answers = turn.state["answers"]
    value = question.read(turn, answers, said, pressed)
    if isinstance(value, NotUnderstood):
        if value.ask:
            reply = question.ask(turn, answers)
            _ask(turn, form, question, replace(reply, buttons=value.buttons + reply.buttons), value.words)
        else:
            reply = Reply(value.words, value.buttons, "ask" if value.buttons else "text")
            _ask(turn, form, question, reply, None)
        return
    turn.state["answers"] = {**answers, question.key: value}
    turn.state["note"] = {}
    go_on(turn)


def back(turn: Turn) -> None:
    """Takes the last answer away."""
    form = FORMS[turn.state["form"]]
    answered = [q.key for q in asked(form, turn.state["answers"]) if q.key in turn.state["answers"]]
    if answered:
        turn.state["answers"].pop(answered[-1])
    turn.state["note"] = {}
    go_on(turn)


def stop(turn: Turn) -> None:
    from handlers.residents import menu

    drop(turn)
    menu.show(turn, before=_("Stopped. Nothing was sent."))


def _forget(turn: Turn, form: Form, key: str) -> None:
    """Takes one answer away, and those that only made sense beside it."""
    turn.state["answers"].pop(key, None)
    keep = {q.key for q in asked(form, turn.state["answers"])} | {
        k for k in turn.state["answers"] if k[0] == "_"
    }
    turn.state["answers"] = {k: v for k, v in turn.state["answers"].items() if k in keep}
    turn.state["note"] = {}


def summary(turn: Turn, form: Form, answers: Answers) -> Sequence[Text]:
    rows: list[Text] = []
    for question in asked(form, answers):
        if question.key in answers:
            shown = question.show(turn, answers[question.key])
            if shown:
                rows.append(joined(": ", question.label, shown))
    return rows


def _say_summary(turn: Turn, form: Form, answers: Answers, before: Text | None) -> None:
    parts = turn.state.get("parts") or []
    earlier: list[Text] = []
    for part in parts:
        earlier += [joined("", "**", FORMS[part["form"]].title, "**"),
                    *summary(turn, FORMS[part["form"]], part["answers"]), ""]  # fmt: skip
    buttons = [Button(form.send_label, "f::send", "primary"), Button(_("Change an answer"), "f::edit")]
    if form.correction and len(parts) < 4:
        buttons.append(Button(_("Add another mistake"), "f::more"))
    buttons.append(Button(_("Stop"), "f::stop"))
    turn.say(
        Reply(
            lines(
                before,
                _("Please check once more:"),
                "",
                *earlier,
                joined("", "**", form.title, "**"),
                *summary(turn, form, answers),
            ),
            tuple(buttons),
            "ask",
        )
    )


def _say_what_to_edit(turn: Turn, form: Form) -> None:
    answers = turn.state["answers"]
    buttons = [Button(q.label, f"f::edit:{q.key}") for q in asked(form, answers)
               if q.key in answers and q.show(turn, answers[q.key])]  # fmt: skip
    turn.say(
        Reply(_("Which answer would you like to change?"), (*buttons, Button(_("Stop"), "f::stop")), "ask")
    )


def add_part(turn: Turn) -> None:
    """Puts the finished form aside and opens the choice of another mistake, for the same report."""
    from handlers.residents import corrections

    part = {"form": turn.state["form"], "answers": turn.state["answers"]}
    parts = [*(turn.state.get("parts") or []), part]
    drop(turn)
    turn.state["parts"] = parts
    corrections.choose(turn)


def _submit(turn: Turn, form: Form) -> None:
    form.submit(turn, turn.state["answers"])
