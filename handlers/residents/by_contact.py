"""A shared phone instead of a code: it opens what carries that very phone, and tells nobody whether anything does."""

from __future__ import annotations

from typing import Any

from handlers.reply import Button, Reply
from handlers.residents import codes, matching, menu
from handlers.turn import Turn
from locales import Text, _, lines
from storage import people

SMS = Button(_("Send a code by SMS"), "code:sms")
SHARE = _("Share my number")  # the words of the button with which a channel asks for the phone

Claim = dict[str, Any]


def prove(turn: Turn, claim: Claim, subject: dict[str, Any]) -> None:
    """At once where this chat has proven a phone before; else its owner is asked to share it."""
    turn.state["claim"] = {**claim, "subject": subject}
    if turn.state.get("proven_phone"):
        compare(turn)
    else:
        _ask(turn, _("To protect the record, please show that its phone number is yours: press «{share}».", share=SHARE),
             _("It must be the number given when registering; for a child, the guardian's."))  # fmt: skip


def _ask(turn: Turn, *text: Text) -> None:
    turn.say(Reply(lines(*text), (*_sms(turn), Button(_("Menu"), "menu")), "ask", request="phone", flow=True))
    turn.state.pop("flow", None)
    turn.state["expects"] = {"by": "code", "what": "contact"}


def _sms(turn: Turn) -> tuple[Button, ...]:
    return (SMS,) if turn.desk.sms else ()


def waited_for(turn: Turn) -> bool:
    """Whether something waits for a phone, and has not been compared with this one yet."""
    claim = turn.state.get("claim", {})
    return "subject" in claim and claim.get("compared") != turn.state["proven_phone"]


def typed(turn: Turn) -> None:
    """Anybody can type a number; only the button proves it."""
    _ask(turn, _("A number that is typed proves nothing. Please press «{share}».", share=SHARE))


def compare(turn: Turn) -> None:
    """The shared phone against what the claim means; nothing at all behind it is answered alike."""
    subject = turn.state["claim"]["subject"]
    phone = turn.state["proven_phone"]
    turn.state["claim"] = {**turn.state["claim"], "compared": phone}
    if "record" in subject:
        ids = [one for one in subject["record"] if _phone_of(turn, one) == phone]
        if ids:
            codes.open_(turn, {"record": ids}, "contact")
            return
    elif subject and codes.phone_behind(turn, subject) == phone:
        codes.open_(turn, subject, "contact")
        return
    _refuse(turn)


def _phone_of(turn: Turn, resident_id: int) -> str | None:
    return matching.phone_of(people.get(turn.tx, resident_id).details.get("phone"))


def _refuse(turn: Turn) -> None:
    sms = (
        _("If another phone number was registered, we can send it a code by SMS.") if turn.desk.sms else None
    )
    turn.say(
        Reply(
            lines(
                _("With the phone number of this chat I cannot open anything for what you gave: it may be registered with another number, or not at all."),
                sms,
                _("You can still report a mistake here."),
            ),
            (*_sms(turn), menu.REPORT, Button(_("My phone number has changed"), "code:station"), Button(_("Menu"), "menu")),
            "ask",
        )
    )  # fmt: skip


def instead_by_sms(turn: Turn) -> None:
    """Counted like any request for a code; the claim is the same. The key stays below the box, and is pressed twice."""
    from handlers.residents import lookup

    claim = turn.state.get("claim") or {}
    if claim.get("sms"):
        codes.sent(turn, claim["of"])
    elif turn.desk.sms and "subject" in claim:
        codes.send(turn, claim, claim["subject"])
    else:
        lookup.begin(turn)
