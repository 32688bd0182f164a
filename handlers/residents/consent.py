"""Consent: asked once, before the first personal field; kept with the version of its text; withdrawn at will."""

from __future__ import annotations

from typing import Any

from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import Text, _, lines
from storage import people, reports, talks

VERSION = "2027-01"  # raise it when TEXT changes: everybody is asked again


def text(turn: Turn) -> Any:
    """What is kept, why, for how long, and how to withdraw (Law 91/2025/QH15; domain/privacy.md)."""
    return lines(
        _("Before we begin: may we keep what you tell us?"),
        "",
        _("**What:** name, birth date, sex, ID number, phone, place of residence, doses, and what you write or send here: photos, papers, voice messages."),
        _("**Why:** to find your record and to have your report handled. For nothing else."),
        _("**Who sees it:** the unit that handles your report, and those who supervise it; where personal data is wrong, "
          "also the hamlet's team and commune police, who compare it with the population database."),
        _("**How long:** until your report is closed, then {months} months; the note that it was handled is kept as a record of duty.",
          months=turn.desk.keep_months),
        _("**Withdraw:** write /rut_dong_y at any time. We confirm at once and stop within 15 days."),
    )  # fmt: skip


def given(turn: Turn) -> bool:
    return talks.has_consent(turn.tx, turn.talk.id, VERSION)


def ask(turn: Turn, kind: str, answers: dict[str, Any], before: Text | None = None) -> None:
    """Asks, and remembers which form was wanted; "": none yet."""
    turn.state["wanted"] = {"kind": kind, "answers": answers}
    turn.say(
        Reply(
            lines(before, "", text(turn)) if before else text(turn),
            (Button(_("I agree"), "consent:yes"), Button(_("I do not agree"), "consent:no")),
            "ask",
        )
    )


def press(turn: Turn, token: str) -> None:
    from handlers import forms
    from handlers.residents import menu

    wanted = turn.state.pop("wanted", None)
    if token == "consent:yes":
        if not given(turn):
            talks.give_consent(turn.tx, turn.talk.id, VERSION, turn.now)
        if wanted and wanted["kind"]:
            forms.start(turn, wanted["kind"], wanted["answers"])
        elif wanted:
            menu.show(
                turn, before=_("Thank you. If you sent a photo or paper just now, please send it once more.")
            )
        else:
            menu.show(turn)
        return
    turn.say(
        Reply(
            lines(
                _("That is your right. Without it we cannot look up or file anything here."),
                _(
                    "You can also report on {portal}, call {hotline}, or go to the site where you were vaccinated.",
                    portal=turn.desk.portal_url,
                    hotline=turn.desk.hotline,
                ),
            ),
            (Button(_("Menu"), "menu"),),
        )
    )


def withdraw(turn: Turn) -> None:
    """Forgets the links to records, stops personal forms; open reports go on being handled as a duty until withdrawn."""
    from handlers import forms, papers

    if talks.withdraw_consent(turn.tx, turn.talk.id, turn.now):
        people.unlink(turn.tx, turn.talk.id)
        for held in (turn.state, turn.state.get("aside") or {}, {"papers": turn.state.get("sent")}):
            papers.forget(turn, held)
        forms.finish(turn)
        for name in ("aside", "claim", "words", "sent", "album", "proven_phone", "elder", "came_by", "meant"):
            turn.state.pop(name, None)
        open_reports = reports.watched(turn.tx, turn.talk.id)
        turn.say(
            Reply(
                lines(
                    _(
                        "Your consent is withdrawn as of {at}. This chat no longer shows any record.",
                        at=turn.now,
                    ),
                    _(
                        "Reports that you have sent are still being handled; to stop one, open it and press «Withdraw»."
                    )
                    if open_reports
                    else None,
                    _("What we need not keep by duty is deleted within 20 days."),
                ),
                (Button(_("My reports"), "reports"), Button(_("Menu"), "menu")),
            )
        )
    else:
        turn.say(Reply(_("You have not given a consent here, so there is nothing to withdraw."),
                       (Button(_("Menu"), "menu"),)))  # fmt: skip
