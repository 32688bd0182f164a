"""The residents' home: what can be done here, in a few buttons."""

from __future__ import annotations

from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import LANGUAGES, Text, _, lines
from locales import say as in_words

LOOKUP = Button(_("Look up my doses"), "lookup")
REPORT = Button(_("Report a mistake"), "report", "primary")
REPORTS = Button(_("My reports"), "reports")
HELP = Button(_("Help"), "help")
LANGUAGE = Button(_("Language · Ngôn ngữ"), "language")  # for who cannot read the other one
CALL = Button(_("Please call me"), "report:call_back")
HOME = (LOOKUP, REPORT, REPORTS, HELP, LANGUAGE)


def show(
    turn: Turn,
    before: Text | None = None,
    commands: tuple[str, ...] | None = None,
    *,
    flow: bool = False,
    also: tuple[Button, ...] = (),
) -> None:
    """also: buttons before its own. flow: it takes the place of the form that was left, whose question goes."""
    from handlers import forms
    from handlers.residents import already_said

    already_said.forget(turn)
    if turn.member:
        from handlers.staff import menu as staff_menu

        staff_menu.show(turn, before)
        return
    turn.say(
        Reply(
            lines(
                before,
                "" if before else None,
                _("How can I help you?"),
            ),
            (*forms.unfinished(turn), *also, *HOME),
            "ask",
            home=True,
            commands=commands,
            flow=flow,
        )
    )
    turn.state.pop("flow", None)


def token_of(text: str) -> str | None:
    """The button that says exactly these words and that some channels keep below the box, whatever is asked: the
    home menu's, and those that stood beside «Share my number»."""
    from handlers import forms
    from handlers.residents import by_contact

    said = text.strip()
    kept = (forms.RESUME, *HOME, by_contact.SMS, Button(_("Menu"), "menu"))
    return next((b.token for b in kept for lang in LANGUAGES if in_words(b.label, lang) == said), None)


def welcome(turn: Turn) -> None:
    """The greeting at /start; after a site's poster (/start site_CODE) it begins with that site."""
    from handlers.residents import at_site

    came_by = turn.incoming.text.strip().partition(" ")[2].strip()
    if at_site.came(turn, came_by):
        return
    show(
        turn,
        lines(
            _("Hello! This is the desk for mistakes in COVID-19 vaccination records."),
            _(
                "The vaccination site must handle your report within 48 hours. You will always see who has it and until when."
            ),
            _("This page is made for a trial: all people and sites in it are invented.")
            if turn.desk.demo
            else None,
        ),
    )


def help_(turn: Turn) -> None:
    from handlers import forms

    turn.say(
        Reply(
            lines(
                _("**What you can do here**"),
                _("/tracuu – look up your doses"),
                _("/phananh – report a missing dose or a mistake"),
                _("/theodoi – see your reports: who has them, and until when"),
                _("/ngonngu – Tiếng Việt or English"),
                _("/huy – leave what you are filling in"),
                _("/rut_dong_y – withdraw your consent"),
                "",
                _("You can also simply write what is wrong."),
                _(
                    "Hotline of the Ministry of Health: {hotline}. Official page: {portal}",
                    hotline=turn.desk.hotline,
                    portal=turn.desk.portal_url,
                ),
                _(
                    "You can also report on the portal, in PC-COVID, or directly to the site that vaccinated you."
                ),
                "",
                *before_and_after_a_shot(),
            ),
            (*forms.unfinished(turn), REPORT, REPORTS, CALL, Button(_("Menu"), "menu")),
        )
    )


def before_and_after_a_shot() -> tuple[Text, ...]:
    """S0, S1: what to bring, that it is compared with the population data, and to look before one leaves."""
    return (
        _("**When you go to be vaccinated**"),
        _(
            "Bring the CCCD, or the police notice of your personal identification number with its QR code, and the slips of"
            " earlier doses if you have them."
        ),
        _(
            "Install «Sổ sức khỏe điện tử» beforehand and fill it in as on the CCCD: the site compares it with your papers before"
            " the shot."
        ),
        _(
            "While you wait afterwards, look there whether the dose shows. If not, ask the site at once, or press"
            " «I am still at the site and my dose does not show» here."
        ),
    )


def language(turn: Turn) -> None:
    turn.say(
        Reply(
            _("Which language would you like?"),
            tuple(Button(name, f"language:{code}") for code, name in LANGUAGES.items()),
            "ask",
        )
    )


def set_language(turn: Turn, token: str) -> None:
    code = token.partition(":")[2]
    if code in LANGUAGES:
        turn.set_lang(code)
    show(turn, before=_("From now on I write in English."))
