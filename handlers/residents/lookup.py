"""The look-up: who is meant, then a code to the phone on the record, then the record itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers import forms, from_card
from handlers.forms import Answers, Form, register
from handlers.questions import Choice
from handlers.questions_person import Day, Name, Number, Phone, birth_day, sex
from handlers.reply import Button, Reply
from handlers.residents import codes, matching, menu, record, told_before
from handlers.rules import identity
from handlers.turn import Turn
from locales import _, lines
from storage import people

SOMEBODY_ELSE = Button(_("Look up somebody else"), "lookup:new")


def begin(turn: Turn) -> None:
    """Those whose records this chat has proven, at one tap; the questions where there are none yet."""
    linked = people.linked(turn.tx, turn.talk.id)
    if not linked:
        ask(turn)
        return
    forms.drop(turn)
    whose = [Button(told_before.called(one.details), f"record:{one.id}") for one in linked]
    more = (SOMEBODY_ELSE,) if codes.possible(turn) else ()
    turn.say(
        Reply(_("Whose record would you like to see?"), (*whose, *more, Button(_("Menu"), "menu")), "ask")
    )


def ask(turn: Turn) -> None:
    if codes.possible(turn):
        forms.start(turn, "lookup")
    else:
        forms.drop(turn)
        not_here(turn)


def not_here(turn: Turn) -> None:
    """Where neither SMS nor a shared contact can prove a phone, this desk shows no record."""
    turn.say(
        Reply(
            lines(
                _("Looking up doses needs an SMS code, and this desk cannot send SMS."),
                _("It is possible on {portal}, in the app «Sổ sức khỏe điện tử», or by calling {hotline}.",
                  portal=turn.desk.portal_url, hotline=turn.desk.hotline),
                _("You can still report a mistake here."),
            ),
            (menu.REPORT, Button(_("Menu"), "menu")),
        )
    )  # fmt: skip


def press(turn: Turn, token: str) -> None:
    """lookup · lookup:new."""
    if token == SOMEBODY_ELSE.token:
        ask(turn)
    else:
        begin(turn)


def press_record(turn: Turn, token: str) -> None:
    """record:ID."""
    record.show(turn, token.partition(":")[2])


def submit(turn: Turn, answers: Answers) -> None:
    """Asks for the proof, be there a record or not: the answer is the same either way."""
    forms.drop(turn)
    by_phone = answers["way"] == "portal"
    claimed = f"phone:{answers['phone']}" if by_phone else f"number:{answers['number']['value']}"
    residents = matching.found(turn.tx, answers)
    codes.prove(turn, "record", claimed, {"record": [one.id for one in residents]} if residents else {})


@dataclass(frozen=True)
class ClaimedNumber(Number):
    """A number of the kind that was chosen: a foreign passport may look like anything."""

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        foreign = "yes" if answers.get("way") == "passport" else "no"
        return super().read(turn, {**answers, "foreign": foreign}, said, pressed)

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        reply = super().ask(turn, answers)
        return reply if answers.get("way") == "passport" else from_card.offered(turn, reply)


def _by_number(answers: Answers) -> bool:
    return answers.get("way") == "number"


def _by_passport(answers: Answers) -> bool:
    return answers.get("way") == "passport"


def _as_on_the_portal(answers: Answers) -> bool:
    return answers.get("way") == "portal"


@dataclass(frozen=True)
class Way(Choice):
    """Who types the number at once, or sends the card's QR code, has chosen the way by that."""

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        return from_card.offered(turn, super().ask(turn, answers))

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        number = identity.read_number(said, turn.today) if not pressed and len(said) > 7 else ""
        if isinstance(number, str):
            return super().read(turn, answers, said, pressed)
        answers["number"] = {"kind": number.kind, "value": number.value}
        return "passport" if number.kind == "passport" else "number"


@dataclass(frozen=True)
class CardName(Name):
    def ask(self, turn: Turn, answers: Answers) -> Reply:
        return from_card.offered(turn, super().ask(turn, answers))


WAYS = (
    ("number", _("CCCD or CMND number")),
    ("passport", _("Passport number")),
    ("portal", _("Name and phone number")),
)

form = register(
    Form(
        kind="lookup",
        title=_("Look up my doses"),
        summary=False,
        questions=(
            Way("way", _("How would you like to look up?"), _("Way"), WAYS),
            ClaimedNumber("number", _("Please type the CCCD number (12 digits) or CMND number (9 digits)."),
                          _("ID number"), when=_by_number),
            ClaimedNumber("number", _("Please type the passport number."), _("ID number"), when=_by_passport),
            CardName("name", _("What is the full name, as given when registering?"), _("Full name"),
                 when=_as_on_the_portal),
            Day("birth", _("What is the birth date? Day/month/year, for example 05/03/1995."), _("Birth date"),
                birth_day, True),
            sex("sex", _("Sex, as on the papers?"), _("Sex"), when=_as_on_the_portal),
            Phone("phone", _("Which phone number was given when registering? Under 18: the guardian's."),
                  _("Phone"), when=_as_on_the_portal),
        ),
        submit=submit,
    )
)  # fmt: skip
