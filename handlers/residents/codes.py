"""The proof that a record may be shown: a shared contact, or six digits by SMS, heard, sent again, or never coming."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from handlers import forms
from handlers.putting import send_sms
from handlers.reply import Button, Reply
from handlers.residents import address, by_contact, matching, menu, no_code, record, report_card, throttle
from handlers.turn import Turn
from locales import Text, Words, _, lines, ngettext
from storage import codes as stored
from storage import history, people, reports, vault

DIGITS, LENGTH = "0123456789", 6
NOT_RECEIVED = Button(_("I get no code"), "code:help")
AGAIN = Button(_("Send a new code"), "code:again", "primary")

# The same words whether or not anything was found: only the right code tells.
SENT: dict[str, Words] = {
    "record": _("If that matches a record, a 6-digit code has been sent to the phone number on the record."),
    "report": _("If there is such a report, a 6-digit code has been sent to the phone number given in it."),
}


def possible(turn: Turn) -> bool:
    """Whether a phone can be proven here at all."""
    return turn.desk.sms or "phone" in turn.incoming.can


def prove(turn: Turn, of: str, claimed: str, subject: dict[str, Any]) -> None:
    """Asks for the proof of what stands behind the claim ({}: nothing); the claim is kept as a keyed index."""
    claim = {"of": of, "key": vault.of(turn.tx).index("claim", f"{of}:{claimed}").hex()}
    if "phone" not in turn.incoming.can:
        send(turn, claim, subject)
    elif _may_ask(turn, claim):
        by_contact.prove(turn, claim, subject)


def _may_ask(turn: Turn, claim: dict[str, Any]) -> bool:
    """Counted for the chat and for the claim, be there a record or not."""
    names = (f"talk:{turn.talk.id}", f"claim:{claim['key']}")
    until = throttle.locked_until(turn, names)
    if until:
        turn.say(Reply(throttle.words(turn, until), (menu.REPORT, Button(_("Menu"), "menu"))))
        return False
    throttle.count(turn, names)
    return True


def send(turn: Turn, claim: dict[str, Any], subject: dict[str, Any]) -> None:
    """Issues a code, or does everything but send it."""
    if not _may_ask(turn, claim):
        return
    code = turn.new_code(DIGITS, LENGTH)
    subject = _reachable(turn, subject)
    phone = phone_behind(turn, subject)
    stored.issue(turn.tx, turn.talk.id, code, subject if phone else {}, turn.machine_now)
    if phone:
        send_sms(turn, phone, turn.words(sms(code)), rank="code", not_after=turn.machine_now + stored.LIFE)
    turn.state["claim"] = {**claim, "sms": True}  # the phone can still be shared instead
    sent(turn, claim["of"])


def sent(turn: Turn, of: str) -> None:
    ask(turn, lines(SENT[of], _("It is valid for 5 minutes. Please type it here.")), NOT_RECEIVED)


def sms(code: str) -> Words:
    """Short enough for one SMS with Vietnamese letters, which has 70 characters."""
    return _("phananh48: {code} is your code, valid for 5 minutes. Tell it to nobody.", code=code)


def _reachable(turn: Turn, subject: dict[str, Any]) -> dict[str, Any]:
    """Those of the records that carry the one phone a code can be sent to."""
    if "record" not in subject:
        return subject
    _phone, residents = matching.reachable([people.get(turn.tx, one) for one in subject["record"]])
    return {"record": [one.id for one in residents]} if residents else {}


def phone_behind(turn: Turn, subject: dict[str, Any]) -> str | None:
    """The phone on the record; of a report without a proven record, the one given in it."""
    if "record" in subject:
        return matching.phone_of(people.get(turn.tx, subject["record"][0]).details.get("phone"))
    if "report" in subject:
        report = reports.get(turn.tx, subject["report"])
        if report.proven and report.resident_id:
            return matching.phone_of(people.get(turn.tx, report.resident_id).details.get("phone"))
        return matching.phone_of(report.about.get("phone"))
    return None


def ask(turn: Turn, text: Text, *buttons: Button) -> None:
    """Says it and waits for the six digits."""
    turn.say(Reply(text, (*buttons, Button(_("Menu"), "menu"))))
    expect(turn)


def expect(turn: Turn) -> None:
    turn.state["expects"] = {"by": "code"}


def looks_like_one(turn: Turn, text: str) -> bool:
    """Six digits while a code is under way, even where the person went elsewhere meanwhile."""
    return len(_digits(text)) == len(text.strip()) == LENGTH and "claim" in turn.state


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", unicodedata.normalize("NFKC", text))


def hear(turn: Turn, expects: dict[str, object], text: str) -> None:
    if expects.get("what") == "contact":
        by_contact.typed(turn)
        return
    said = _digits(text)
    if len(said) != LENGTH:
        ask(turn, _("The code has 6 digits. Please type it as it stands in the SMS."), NOT_RECEIVED)
        return
    verdict, details = stored.try_code(turn.tx, turn.talk.id, said, turn.machine_now)
    if verdict == "right":
        open_(turn, details)
    elif verdict == "wrong":
        left = ngettext(
            "That code is not right. You have {n} try left.",
            "That code is not right. You have {n} tries left.",
            details["left"],
        )
        ask(turn, left, NOT_RECEIVED)
    else:
        turn.say(
            Reply(
                _("This code can no longer be used: it is older than 5 minutes, or was mistyped 5 times."),
                (AGAIN, NOT_RECEIVED, Button(_("Menu"), "menu")),
            )
        )


def open_(turn: Turn, subject: dict[str, Any], by: str = "code") -> None:
    """What the proof opens belongs to this chat from now on."""
    turn.state.pop("claim", None)
    forms.drop(turn)
    if "report" in subject:
        reports.watch(turn.tx, subject["report"], turn.talk.id)
        history.audited(
            turn.tx, turn.now, "report_opened", talk_id=turn.talk.id, report=subject["report"], by=by
        )
        report_card.show(turn, subject["report"], before=OPENED[by])
        return
    for resident_id in subject["record"]:
        people.link(turn.tx, turn.talk.id, resident_id, turn.now)
        history.audited(turn.tx, turn.now, "record_linked", talk_id=turn.talk.id, resident=resident_id, by=by)
    address.remember(turn)
    for resident_id in subject["record"]:
        record.show(turn, str(resident_id))


OPENED: dict[str, Words] = {
    "code": _("The code is right. Here is the report."),
    "contact": _("That is the phone given in the report. Here it is."),
}


def press(turn: Turn, token: str) -> None:
    """code:again · code:sms · code:help · code:complain · code:station."""
    from handlers.residents import corrections

    what = token.partition(":")[2]
    if what == "complain":
        corrections.choose_anew(turn)
    elif what == "again":
        _again(turn)
    elif what == "sms":
        by_contact.instead_by_sms(turn)
    elif what == "station":
        ask(turn, no_code.AT_THE_STATION)
    else:
        turn.say(no_code.ways_on(AGAIN))
        expect(turn)


def _again(turn: Turn) -> None:
    """A fresh code for the same claim; whether something stands behind it is still not said."""
    from handlers.residents import lookup

    waiting = stored.open_code(turn.tx, turn.talk.id)
    claim = turn.state.get("claim")
    if waiting is None or claim is None:
        lookup.begin(turn)
    else:
        send(turn, claim, waiting.subject)
