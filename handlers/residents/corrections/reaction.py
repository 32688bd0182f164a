"""A reaction after a shot: first where help is, then the site hears at once."""

from __future__ import annotations

from handlers.faults import Fault
from handlers.forms import Answers, Form, register
from handlers.questions import Free
from handlers.questions_person import Phone
from handlers.questions_places import Site
from handlers.reply import Button, Reply
from handlers.residents import person, sending, where
from handlers.residents.corrections.other import Told
from handlers.residents.person import somebody_else
from handlers.turn import Turn
from locales import _, lines

EMERGENCY = _(
    "**If it is serious or is getting worse, do not wait: call 115 now, or go to the nearest health facility.**"
)
# Ministry of Health, decision 3588/QĐ-BYT of 26 July 2021 (docs/sources.md).
SIGNS = _(
    "Signs that cannot wait: hard or noisy breathing, blue lips · numb lips or tongue, tight throat · rash, bleeding under the skin · "
    "chest pain, pounding heart, fainting · severe headache, drowsiness, fits · "
    "vomiting, cramps · dizziness, severe pain · fever above 39 °C that does not go down."
)


def warning(_turn: Turn, resident: str) -> Reply:
    """Nothing here advises on doses or medicine (obligations.md §L.79)."""
    go = f"report:reaction:go:{resident}".removesuffix(":")
    return Reply(
        lines(
            EMERGENCY,
            SIGNS,
            "",
            _("Still at the vaccination site? Tell the staff there straight away."),
            "",
            _("Nobody can examine or treat you in this chat. I can tell the site at once, so that they can call you."),
        ),
        (Button(_("Tell the site"), go, "primary"), Button(_("Back"), "report:more"), Button(_("Menu"), "menu")),
        "ask",
    )  # fmt: skip


def fault(_turn: Turn, answers: Answers) -> Fault:
    """corrections.md, AEFI: «emergency text first … then site», immediate; site and supervisors are alerted at once."""
    site = answers.get("site") or {}
    told = {"kind": "reaction", "field": "words", "old": None, "new": answers["said"].get("words"),
            "since": answers.get("since") or None, "site_name": site.get("name")}  # fmt: skip
    return Fault("service", "reaction", (told,), site=site.get("id"), **where.told(answers))


form = register(
    Form(
        kind="reaction",
        title=_("Unwell after a shot"),
        correction=True,
        group="urgent",
        order=1,
        warning=warning,
        intro=EMERGENCY,
        example=("hat luu", "1", "từ sáng nay", "Tay sưng, sốt", "0912 345 678", "Nguyễn Văn An"),
        questions=(
            person.QUESTIONS[0],
            Site("site", _("Where was the shot given? Type part of the site's name, with or without diacritics."), _("Site")),
            *where.COMMUNE_OF_SITE,
            Free("since", _("When was the shot, and since when do you feel it?"), _("Since"), limit=100),
            Told("said", _("What do you feel? Please write it in your own words."), _("What is felt")),
            Phone("phone", _("Which number may the site call now?"), _("Phone"), when=somebody_else),
            Free("about_name", _("What is the full name of the person vaccinated?"), _("Full name"), limit=100,
                 when=somebody_else),
        ),
        submit=sending.send,
    )
)  # fmt: skip

sending.FAULTS["reaction"] = fault
