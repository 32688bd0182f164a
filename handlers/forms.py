"""A form is data: the current question is the first one without an answer; there is no step to store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from handlers import papers
from handlers.reply import Button, Reply
from handlers.rules import names, numbers
from handlers.turn import Turn
from locales import Text, Words, _, lines

Answers = dict[str, Any]
When = Callable[[Answers], bool]


def _never(_turn: Turn, _answers: Answers) -> bool:
    return False


def _nothing(_turn: Turn) -> Answers:
    return {}


Group = Literal["top", "urgent", "dose", "person", "paper", "other"]


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
    send_label: Words = _("Send my report")  # not «Gửi»: so is the button called beside the box to write in
    group: Group = "other"  # of a correction: its place in the menu (handlers/residents/kinds.py)
    order: int = 50  # its place there
    warning: Callable[[Turn, str], Reply] | None = (
        None  # of a correction: said before anything is asked, consent too
    )
    foreign: bool = False  # of a correction: who is described for it is a foreigner
    instead: Callable[[Turn, Answers], bool] = (
        _never  # goes on elsewhere where these answers call for it, and says so
    )
    knows: Callable[[Turn], Answers] = _nothing  # of a correction: what this chat need not be asked
    example: tuple[str, ...] = ()  # of a correction: what somebody without a record types, up to the summary


FORMS: dict[str, Form] = {}


def register(form: Form) -> Form:
    FORMS[form.kind] = form
    return form


def of(kind: str) -> Form:
    """The form of this kind, also for the first words after a restart, which may answer a question of before."""
    if kind not in FORMS:
        from handlers.residents import corrections

        corrections.kinds()
    return FORMS[kind]


def started(turn: Turn) -> bool:
    return "form" in turn.state


def start(turn: Turn, kind: str, answers: Answers | None = None, parts: list[Any] | None = None) -> None:
    """Opens the form, after consent where it asks for personal data."""
    from handlers.residents import consent

    form = of(kind)
    drop(turn)
    turn.state.pop("flow", None)  # a form of its own, in a message of its own
    if form.personal and not consent.given(turn):
        consent.ask(turn, kind, answers or {})
        return
    known = dict(answers or {})
    turn.state.update(form=kind, answers=known, known=list(known), note={}, parts=parts or [])
    if form.correction:
        papers.gather(turn)
    go_on(turn, before=form.intro)


OPEN = ("form", "answers", "known", "note", "parts", "was", "papers", "captions")
MANY = 3  # answers that are worth a question before they are deleted
SEND_SAID = ("gui", "gui di", "gui luon", "send", "send it")
RESUME = Button(_("Go on filling in my report"), "f::resume")


def drop(turn: Turn) -> None:
    """Leaves the form. A report that was begun is laid aside: it can be gone on with, also days later."""
    was = {name: turn.state.pop(name) for name in OPEN if name in turn.state}
    parts = was.get("parts") or []
    if "form" not in was and parts:
        was = {**parts[-1], "parts": parts[:-1]}
    if "form" in was and of(was["form"]).correction:
        answered = set(was.get("was") or was["answers"]) - set(was.get("known", ()))
        if answered or parts:
            papers.forget(turn, turn.state.get("aside") or {})
            turn.state["aside"] = was
        else:
            papers.put_aside(turn, was)


def finish(turn: Turn) -> None:
    """The form was sent, or is not wanted any more: nothing of it stays."""
    for name in OPEN:
        turn.state.pop(name, None)


def unfinished(turn: Turn) -> tuple[Button, ...]:
    """A button back to the report that was begun, where there is one."""
    open_report = started(turn) and of(turn.state["form"]).correction
    return (RESUME,) if open_report or "aside" in turn.state else ()


def _resume(turn: Turn) -> None:
    if not started(turn):
        turn.state.update(turn.state.pop("aside"), note={})
    papers.gather(turn)
    go_on(turn, before=_("This is where you stopped."))


def asked(form: Form, answers: Answers) -> list[Question]:
    return [question for question in form.questions if question.when(answers)]


def current(form: Form, answers: Answers) -> Question | None:
    return next((q for q in asked(form, answers) if q.key not in answers), None)


def go_on(turn: Turn, before: Text | None = None) -> None:
    """Asks the current question, or shows the summary, or sends."""
    from handlers import form_summary

    form = of(turn.state["form"])
    answers: Answers = turn.state["answers"]
    if form.instead(turn, answers):
        return
    question = current(form, answers)
    if question is None:
        turn.state.pop("was", None)
        answers = turn.state["answers"] = _that_count(form, answers)
        if form.summary:
            form_summary.show(turn, form, answers, before)
        else:
            _submit(turn, form)
        return
    reply = question.ask(turn, answers)
    _ask(turn, form, question, reply, before)


def _that_count(form: Form, answers: Answers) -> Answers:
    """Without answers to questions that a changed answer made pointless."""
    pointless = {q.key for q in form.questions} - {q.key for q in asked(form, answers)}
    return {key: value for key, value in answers.items() if key not in pointless}


def _ask(turn: Turn, form: Form, question: Question, reply: Reply, before: Text | None) -> None:
    buttons = [replace(b, token=f"f:{question.key}:{b.token}") for b in reply.buttons]
    if "was" in turn.state or _answered(turn, form):
        buttons.append(Button(_("Back"), "f::back"))
    buttons.append(Button(_("Stop"), "f::stop"))
    text = lines(before, "", reply.text) if before else reply.text
    turn.say(replace(reply, text=text, buttons=tuple(buttons), flow=True))


def take(turn: Turn, said: str) -> None:
    """Typed words go to the current question."""
    form = of(turn.state["form"])
    question = current(form, turn.state["answers"])
    if question is None and names.fold(said) in SEND_SAID:
        _submit(turn, form)
        return
    if question is None:
        go_on(turn, before=_("Please choose one of the buttons below."))
        return
    _read(turn, form, question, said, pressed=False)


def press(turn: Turn, token: str) -> None:
    """A button of a form: f:QUESTION:VALUE, or f::back, f::stop(!), f::send, f::more, f::resume, f::check, f::edit(:QUESTION)."""
    from handlers import form_summary

    if token == RESUME.token and unfinished(turn):
        _resume(turn)
        return
    if not started(turn):
        _of_no_form(turn)
        return
    form = of(turn.state["form"])
    key, _colon, value = token.partition(":")[2].partition(":")
    if key:
        question = current(form, turn.state["answers"])
        if question is None or question.key != key:
            go_on(turn, before=_("That was a button of an earlier question."))
        else:
            _read(turn, form, question, value, pressed=True)
    elif value == "back":
        back(turn)
    elif value == "stop":
        _stop_if_sure(turn, form)
    elif value == "stop!":
        stop(turn)
    elif current(form, turn.state["answers"]) is not None:  # an old summary: the question now comes first
        go_on(turn, before=_("That was a button of an earlier question."))
    elif value == "send":
        _submit(turn, form)
    elif value == "check":
        go_on(turn)
    elif value == "edit":
        form_summary.what_to_edit(turn, form)
    elif value.startswith("edit:"):
        form_summary.edit(turn, form, value.removeprefix("edit:"))
    elif value == "more":
        add_part(turn)


def _of_no_form(turn: Turn) -> None:
    """A button of a form that was sent or left, or that is finished while another mistake is being added."""
    from handlers.residents import corrections

    if turn.state.get("parts"):
        corrections.press(turn, "report:send")
        return
    left = _("That button is no longer needed. What you had begun is still here.")
    done = _("This button belongs to something that is finished. Please use the menu.")
    go = unfinished(turn)
    turn.say(Reply(left if go else done, (*go, Button(_("Menu"), "menu"))))


def _read(turn: Turn, form: Form, question: Question, said: str, *, pressed: bool) -> None:
    answers: Answers = turn.state["answers"]
    value = question.read(turn, answers, said, pressed)
    if isinstance(value, NotUnderstood):
        if not pressed and (token := _by_number(turn, said)):
            press(turn, token)
        elif value.ask:
            reply = question.ask(turn, answers)
            _ask(turn, form, question, replace(reply, buttons=value.buttons + reply.buttons), value.words)
        else:
            reply = Reply(value.words, value.buttons, "ask" if value.buttons else "text")
            _ask(turn, form, question, reply, None)
        return
    turn.state["answers"] = {**answers, question.key: value}
    turn.state["note"] = {}
    go_on(turn)


def _by_number(turn: Turn, said: str) -> str | None:
    """What is no answer is the number of a button, also where the numbers stand nowhere. «Stop» is not typed by chance."""
    offered = enumerate(turn.state.get("offered") or (), 1)
    named = numbers.of_choice(said)
    token = next((str(token) for n, (token, _label) in offered if n == named), "")
    return token if token.startswith("f:") and not token.startswith("f::stop") else None


def back(turn: Turn) -> None:
    """Takes the last answer away; while one answer is being changed, keeps it as it was."""
    form = of(turn.state["form"])
    turn.state["note"] = {}
    if "was" in turn.state:
        turn.state["answers"] = turn.state.pop("was")
    elif answered := _answered(turn, form):
        given = turn.state["answers"].pop(answered[-1])
        if isinstance(given, dict) and given.get("files"):
            turn.state["papers"] = [*given["files"], *(turn.state.get("papers") or ())]
    go_on(turn)


def _answered(turn: Turn, form: Form) -> list[str]:
    """What the resident has answered here; what the chat knew before is not taken away by «Back»."""
    answers, known = turn.state["answers"], turn.state.get("known", ())
    return [q.key for q in asked(form, answers) if q.key in answers and q.key not in known]


def _stop_if_sure(turn: Turn, form: Form) -> None:
    """«Stop» stands beside «Back»: many answers do not go by one slip of the finger."""
    if len(_answered(turn, form)) < MANY and not turn.state.get("parts"):
        stop(turn)
        return
    sure = _("Stop here? Then what you have filled in is deleted, and nothing is sent.")
    yes = Button(_("Yes, stop and delete"), "f::stop!", "danger")
    turn.say(Reply(sure, (yes, Button(_("No, go on"), RESUME.token, "primary")), "ask", flow=True))


def stop(turn: Turn) -> None:
    from handlers.residents import menu

    papers.forget(turn, turn.state if started(turn) else turn.state.pop("aside", {}))
    if started(turn):
        finish(turn)
    menu.show(turn, before=_("Stopped. Nothing was sent."), flow="flow" in turn.state)


def add_part(turn: Turn) -> None:
    """Puts the finished form aside and opens the choice of another mistake, for the same report."""
    from handlers.residents import corrections

    part = {"form": turn.state["form"], "answers": turn.state["answers"]}
    turn.state["parts"] = [*(turn.state.get("parts") or []), part]
    give_way(turn)
    corrections.choose(turn)


def give_way(turn: Turn) -> None:
    """The open form ends unsent; finished parts of the same report stay, and papers wait for what comes next."""
    parts = turn.state.get("parts")
    loose = {name: turn.state[name] for name in ("papers", "captions") if turn.state.get(name)}
    finish(turn)
    if parts:
        turn.state["parts"] = parts
    papers.put_aside(turn, loose)


def _submit(turn: Turn, form: Form) -> None:
    form.submit(turn, turn.state["answers"])
