"""Something else about a site: manners, long waits; its head answers, on a clock that is not the letter's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from handlers import papers
from handlers.faults import Fault
from handlers.forms import Answers, Form, NotUnderstood, register
from handlers.questions import SKIP, Free
from handlers.questions_evidence import DONE, LAST, Evidence
from handlers.questions_person import Phone
from handlers.questions_places import Site
from handlers.reply import Button, Reply
from handlers.residents import sending, where
from handlers.rules import names
from handlers.turn import Turn
from locales import Text, _, joined, lines

LONGEST = 1000


@dataclass(frozen=True)
class Told(Evidence):
    """What happened: written, or spoken and sent, photos beside it. The value: {"words", "files": [names]}."""

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        if papers.in_hand(turn, self.key):
            return super().ask(turn, answers)
        spoken = _("You can also send a voice message or photos.") if "photo" in turn.incoming.can else None
        return Reply(lines(self.text, spoken))

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        done = names.fold(said) == names.fold(turn.words(_("Done")))
        if papers.in_hand(turn, self.key) and ((pressed and said in (DONE, LAST)) or done):
            value = super().read(turn, answers, said, pressed)
            words = (turn.state.get("was", {}).get(self.key) or {}).get("words")
            return {"words": words, **value} if isinstance(value, dict) else value
        said = said.strip()
        if not said or pressed:
            return NotUnderstood(_("Please write a few words."))
        if len(said) > LONGEST:
            return NotUnderstood(_("That is too long. Please keep it under {n} characters.", n=LONGEST))
        return {"words": said, "files": papers.hand_in(turn, self.key)}

    def show(self, turn: Turn, value: Any) -> Text:
        sent = papers.counted(papers.pieces(turn, value.get("files", ())))
        return joined(", ", *(part for part in (value.get("words"), sent) if part and turn.words(part)))


@dataclass(frozen=True)
class CallBack(Phone):
    """A phone number, or none."""

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        reply = super().ask(turn, answers)
        return replace(reply, buttons=(*reply.buttons, Button(_("Skip"), SKIP)))

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        if (pressed and said == SKIP) or names.fold(said) == names.fold(turn.words(_("Skip"))):
            return ""
        return super().read(turn, answers, said, pressed)

    def show(self, turn: Turn, value: Any) -> Text:
        return super().show(turn, value) if value else ""


def _unknown(answers: Answers) -> bool:
    """Neither somebody's record nor another mistake of the same report says who it is."""
    return answers.get("who") in (None, "other") and "phone" not in answers


def fault(_turn: Turn, answers: Answers) -> Fault:
    """corrections.md, OTHER: head of the site; «Thái độ, chờ lâu…» is none of the letter's 48 hours (§A.7)."""
    site = answers.get("site") or {}
    told = {"kind": "other", "field": "words", "old": None, "new": answers["said"].get("words"),
            "site_name": site.get("name")}  # fmt: skip
    return Fault("service", "other", (told,), site=site.get("id"), **where.told(answers))


form = register(
    Form(
        kind="other",
        title=_("Manners, long waits, another matter"),
        correction=True,
        group="other",
        order=90,
        example=("hat luu", "1", "Chờ ba tiếng mới đến lượt", "bỏ qua", "bỏ qua"),
        questions=(
            Site("site", _("Which vaccination site is it about? Type part of its name, with or without diacritics."),
                 _("Site it is about")),
            *where.COMMUNE_OF_SITE,
            Told("said", _("What happened? Please write it in your own words."), _("What happened")),
            CallBack("call_back", _("Is there a phone number on which the site may call you back? You may leave it out."),
                     _("Phone"), when=_unknown),
            Free("caller", _("What is your name? You may leave it out."), _("Name"), optional=True, limit=100,
                 when=_unknown),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["other"] = fault
