"""The last look at a form before it is sent, and the changing of one answer, which leads back to it."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import forms, from_card, papers
from handlers.forms import Answers, Form, asked
from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import Text, _, joined, lines

MISTAKES = 5  # that one report may hold


def rows(turn: Turn, form: Form, answers: Answers, told: Answers | None = None) -> Sequence[Text]:
    """told: answers that stand above already, of the same person's other mistake."""
    from handlers.residents import already_said

    found: list[Text] = []
    for question in asked(form, answers):
        if question.key in answers and answers[question.key] != (told or {}).get(question.key):
            shown = question.show(turn, answers[question.key])
            if shown:
                found.append(joined(": ", question.label, shown))
    if wrote := already_said.shown(answers):
        found.append(wrote)
    if from_card.still(answers) and not from_card.still(told or {}):
        found.append(_("Entered from the QR code of the card"))
    return found


def _loose(turn: Turn) -> Sequence[Text]:
    """What was sent and no question of the forms asked for."""
    sent = papers.pieces(turn, [*(turn.state.get("papers") or ()), *(turn.state.get("sent") or ())])
    return ["", joined(": ", _("Papers"), papers.counted(sent))] if sent else []


def show(turn: Turn, form: Form, answers: Answers, before: Text | None) -> None:
    parts = turn.state.get("parts") or []
    text: list[Text] = []
    told: Answers = {}
    for part in (*parts, {"form": form.kind, "answers": answers}):
        one = forms.of(part["form"])
        text += ["", joined("", "**", one.title, "**"), *rows(turn, one, part["answers"], told)]
        told = {**part["answers"], **told}
    text += _loose(turn)
    if told.get("about_name"):
        text += [
            "",
            _("Please make sure that it is as on the CCCD or birth certificate: it is compared with that."),
        ]
    buttons = [Button(form.send_label, "f::send", "primary"), Button(_("Change an answer"), "f::edit")]
    if form.correction and len(parts) < MISTAKES - 1:
        buttons.append(Button(_("Add another mistake"), "f::more"))
    buttons.append(Button(_("Stop"), "f::stop"))
    above = (before, "") if before else ()
    turn.say(Reply(lines(*above, _("Please check once more:"), *text), tuple(buttons), "ask", flow=True))


def what_to_edit(turn: Turn, form: Form) -> None:
    """Also what was skipped; not what the chat knew before and the summary need not say."""
    answers, known = turn.state["answers"], turn.state.get("known", ())
    fields = [q for q in asked(form, answers) if q.key in answers]
    shown = [q for q in fields if q.key not in known or q.show(turn, answers[q.key])]
    buttons = [Button(q.label, f"f::edit:{q.key}") for q in shown]
    turn.say(
        Reply(
            _("Which answer would you like to change?"),
            (*buttons, Button(_("Back"), "f::check")),
            "ask",
            flow=True,
        )
    )


def edit(turn: Turn, form: Form, key: str) -> None:
    """Asks one answer anew, and what only now has to be asked; then the summary comes again."""
    answers: Answers = turn.state["answers"]
    question = next((q for q in asked(form, answers) if q.key == key and key in answers), None)
    if question is None:
        forms.go_on(turn)
        return
    value = answers[key]
    shown = question.show(turn, value)
    turn.state["was"] = dict(answers)
    turn.state["answers"] = {k: v for k, v in answers.items() if k != key}
    turn.state["note"] = {"chosen": value} if isinstance(value, list) else {}
    forms.go_on(turn, before=_("So far: {value}", value=shown) if shown else None)
