"""A shared contact: proof of a phone, where the channel vouches that it is the sender's own."""

from __future__ import annotations

from handlers import forms, phones
from handlers.questions_person import Phone
from handlers.reply import Button, Reply
from handlers.residents import by_contact, consent, menu
from handlers.rules import identity
from handlers.turn import Turn
from locales import Text, Words, _

NOT_YOURS = _("I can only take your own number, shared with the button «{share}»; not somebody else's, and not one that was passed on.",
              share=by_contact.SHARE)  # fmt: skip
NOT_AGREED = _("I have not kept the phone number yet, because I need your consent first. Once you agree, I ask for it where it helps.")  # fmt: skip
UNUSABLE: dict[str, Words] = {
    "foreign": _("This chat has a foreign phone number. Records here carry Vietnamese numbers only, so it cannot open one. "
                 "Please type a Vietnamese number where one is asked for."),
}  # fmt: skip


def hear(turn: Turn) -> None:
    """The checks say nothing of any record: whose contact it is comes first, and what it opens last."""
    incoming = turn.incoming
    phone = phones.read_phone(_with_plus(incoming.phone or ""))
    if not incoming.private or not incoming.own_phone or "phone" not in incoming.can:
        _again(turn, NOT_YOURS)
    elif isinstance(phone, str):
        _again(turn, UNUSABLE.get(phone) or _("I cannot use that phone number. Please type one where it is asked for."))  # fmt: skip
    elif not consent.given(turn):
        consent.ask(turn, "", {}, before=NOT_AGREED)
    else:
        turn.state["proven_phone"] = phone.value
        _use(turn, phone.value)


def _with_plus(sent: str) -> str:
    """Telegram sends 84912345678 as well as +84912345678, and 447911123456 for one in Britain."""
    return sent if sent[:1] in ("", "+", "0") else f"+{sent}"


def _use(turn: Turn, phone: str) -> None:
    """For the question that is open, for the record that waits for it, or for later."""
    form = forms.of(turn.state["form"]) if forms.started(turn) else None
    question = forms.current(form, turn.state["answers"]) if form else None
    if isinstance(question, Phone):
        turn.state.pop("expects", None)
        forms.take(turn, phone)
    elif by_contact.waited_for(turn):
        turn.state.pop("expects", None)
        by_contact.compare(turn)
    else:
        _again(turn, _("Thank you: {phone} is proven as yours. It opens records that carry this number, without an SMS code, and I do not ask for it again.",
                       phone=identity.mask_phone(phone)))  # fmt: skip


def _again(turn: Turn, before: Text) -> None:
    """Says it, and asks again what was being asked."""
    if "expects" in turn.state:
        request = turn.state["expects"].get("what") == "contact"
        sms = (by_contact.SMS,) if request and turn.desk.sms else ()
        reply = Reply(before, (*sms, Button(_("Menu"), "menu")), "ask", request="phone" if request else None)
        turn.say(reply)
    elif forms.started(turn):
        forms.go_on(turn, before=before)
    else:
        menu.show(turn, before=before)
