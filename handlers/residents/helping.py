"""«Báo giúp người khác»: a relative, a volunteer or staff files for somebody beside them; both stand on record."""

from __future__ import annotations

from typing import Any

from handlers import links, wording
from handlers.forms import Answers
from handlers.putting import send_sms
from handlers.reply import Button, Reply
from handlers.residents import consent, kinds_menu, throttle
from handlers.residents.kinds import Advice, advise
from handlers.turn import Turn
from locales import Text, _, joined, lines, say
from storage import staff, talks
from storage.reports import Report

HELPER = "helper"  # an answer to no question, and what the report keeps: {"how", "staff"}


def begin(turn: Turn) -> None:
    """Who is helping; staff need not say."""
    if turn.member:
        _agree(turn, "staff")
        return
    turn.say(
        Reply(
            _("You report for somebody who is with you. Who are you to them?"),
            (Button(_("Relative or neighbour"), "for:relative"), Button(_("Volunteer"), "for:volunteer"),
             Button(_("Menu"), "menu")),
            "ask",
        )
    )  # fmt: skip


def press(turn: Turn, token: str) -> None:
    """for · for:HOW · for:HOW:yes."""
    how, _colon, agreed = token.partition(":")[2].partition(":")
    if how not in wording.HELPERS or (how == "staff") is not bool(turn.member):
        begin(turn)
    elif not agreed:
        _agree(turn, how)
    else:
        if not consent.given(turn):
            talks.give_consent(turn.tx, turn.talk.id, consent.VERSION, turn.now)
        kinds_menu.choose_anew(turn)
        turn.state[HELPER] = {"how": how, **({"staff": turn.member.id} if turn.member else {})}


def _agree(turn: Turn, how: str) -> None:
    """It is the other person's data: they are read what is kept, and say yes."""
    told = _("Please read this to the person you help, and go on only if they agree:")
    yes = Button(_("This person agrees"), f"for:{how}:yes", "primary")
    turn.say(Reply(lines(told, "", consent.text(turn)), (yes, Button(_("Menu"), "menu")), "ask"))


def answers(turn: Turn) -> Answers:
    """With which a form begins that is filled in for somebody else: neither record nor phone of the helper's."""
    helper = turn.state.pop(HELPER, None)
    return {"who": "other", HELPER: helper} if helper else {}


def of_parts(parts: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Who helped with any part of the report."""
    return next((part["answers"][HELPER] for part in parts if part["answers"].get(HELPER)), None)


def event(helper: dict[str, Any]) -> dict[str, Any]:
    """What the history keeps."""
    return {"how": helper["how"], "staff_id": helper.get("staff")}


def send_code(turn: Turn, report: Report) -> Text | None:
    """The person helped gets the code by SMS, to follow it without the helper; what the helper reads of it."""
    phone = report.about.get("phone")
    if not report.about.get(HELPER) or not phone or not turn.desk.sms:
        return None
    names = [f"helped:{turn.talk.id}"]
    if throttle.locked_until(turn, names):
        return None  # a chat that sends many of them sends none for a while
    throttle.count(turn, names)
    words = _("Your vaccination report {code} was sent. Follow it with this code: {link}", code=report.code,
              link=links.page(turn.desk).rstrip("/") if turn.desk.public_url else turn.desk.portal_url)  # fmt: skip
    send_sms(
        turn, phone, say(words, "en" if report.about.get("foreign") else "vi"), dedupe=f"helped:{report.id}"
    )
    return _("The code also goes to the person's phone by SMS, so that they can follow it themselves.")


def line(turn: Turn, report: Report) -> Text | None:
    """On the ticket's card."""
    helper = report.about.get(HELPER)
    return _("Filed with the help of: {who}", who=_who(turn, helper)) if helper else None


def _who(turn: Turn, helper: dict[str, Any]) -> Text:
    how = wording.HELPERS[helper["how"]]
    return joined(" – ", how, staff.name_of(turn.tx, helper["staff"])) if helper.get("staff") else how


advise(Advice("for_another", _("Report for somebody else"), "other", begin, order=97))
