"""Photos, papers and voice that somebody sends: an answer to what was asked, or the beginning of something."""

from __future__ import annotations

from handlers import forms, from_card, media_keeping, media_words, photos
from handlers.questions_evidence import Evidence
from handlers.reply import Button, Reply
from handlers.residents import consent, corrections, free_words, menu, report_acts, seen
from handlers.staff import sheets, spoken
from handlers.turn import Turn
from locales import Text, _, lines
from storage.tickets import Ticket


def hear(turn: Turn) -> None:
    """Where it belongs: to what a ticket's act asked for, to the open form, to an open report, to a new one."""
    expects = turn.state.get("expects") or {}
    asked_for = expects.get("by") == "r" and expects.get("what") != "code"
    if media_keeping.late(turn):
        return
    if turn.incoming.sheet is not None:
        sheets.hear(turn)
    elif turn.incoming.card is not None or set(turn.incoming.problems) & media_words.OF_A_CARD:
        _card(turn)
    elif turn.member and not forms.started(turn) and not asked_for:
        spoken.hear(turn)
    elif not turn.incoming.kept and not _in_hand(turn):
        _again(turn, media_words.problems(turn))
    elif asked_for:
        _to_ticket(turn, str(expects["what"]), seen.ticket(turn, expects["ticket"]))
    elif expects.get("by") == "code":
        _again(turn, _("A photo or voice message does not help here. Please type the 6 digits."))
    elif not forms.started(turn) and not consent.given(turn):
        consent.ask(turn, "", {}, before=media_words.NOT_AGREED)
    elif forms.started(turn):
        _into_form(turn)
    else:
        _into_hand(turn)


def _in_hand(turn: Turn) -> bool:
    """Whether earlier photos still wait for somebody to say whose they are: then that is asked again."""
    return bool(turn.state.get("sent")) and not forms.started(turn) and "expects" not in turn.state


def _again(turn: Turn, before: Text) -> None:
    """Says it, and asks again what was being asked."""
    if "expects" in turn.state:
        turn.say(Reply(before, (Button(_("Menu"), "menu"),)))
    elif forms.started(turn):
        forms.go_on(turn, before=before)
    else:
        menu.show(turn, before=before)


def unsupported(turn: Turn) -> None:
    """A sticker, a place on a map, a poll: never silence, and the open question comes again."""
    photos = _("I cannot read that kind of message. Please write it in words, or send a photo.")
    words = _("I can only read text and buttons here. Please write it in words.")
    _again(turn, photos if "photo" in turn.incoming.can else words)


def _to_ticket(turn: Turn, verb: str, ticket: Ticket | None) -> None:
    """With its caption as words; the other words that were asked for can still follow."""
    turn.state.pop("expects")
    if ticket is None:
        turn.say(Reply(report_acts.NOT_OPEN, (Button(_("My reports"), "reports"),)))
        return
    names = media_keeping.keep(turn, ticket.id)
    said = media_words.told(turn, names)
    if said is not None:
        turn.say(Reply(said))
    report_acts.send(turn, verb, ticket, turn.incoming.text.strip(), names)


def _into_form(turn: Turn) -> None:
    form = forms.of(turn.state["form"])
    if not form.correction:
        forms.go_on(turn, before=_("No photo or voice message is needed here, so I have not kept it. Please type, or press a button."))  # fmt: skip
        return
    names = media_keeping.into_form(turn, form)
    here = isinstance(forms.current(form, turn.state["answers"]), Evidence)
    told = media_words.told(turn, names)
    kept = None if here else media_words.kept_with_report(turn, names)
    before = [part for part in (kept, told) if part is not None]
    forms.go_on(turn, before=lines(*before) if before else None)


def _into_hand(turn: Turn) -> None:
    """Nothing was asked: which report does it belong to, or does one begin with it?"""
    names = media_keeping.into_hand(turn)
    told = media_words.told(turn, names)
    if free_words.open_reports(turn):
        free_words.ask_which(turn, before=told)
    else:
        begun = media_words.begins(turn, names) if names else None
        corrections.choose(turn, before=lines(begun, told))


def _card(turn: Turn) -> None:
    """The QR code of a card, read before this turn; whatever came of it, the photo is gone."""
    turn.take_back()
    form = forms.of(turn.state["form"]) if forms.started(turn) else None
    question = forms.current(form, turn.state["answers"]) if form else None
    needed = form and "expects" not in turn.state and from_card.helps(form, question, turn.state["answers"])
    if _other_side(turn) and not (needed and turn.incoming.card):
        return
    if form is None or not needed:
        _again(turn, _("I do not need the card any more. The photo was not kept."))
    elif turn.incoming.card is None:
        _again(turn, media_words.problems(turn))
    elif not from_card.fill(turn, form, turn.incoming.card):
        _again(
            turn, _("I could not use what that QR code says. The photo was not kept. Please type instead.")
        )
    elif not form.summary and forms.current(form, turn.state["answers"]) is None:
        turn.say(Reply(from_card.read(turn), flow=True))  # the form goes off at once, with words of its own
        turn.state.pop("flow")
        forms.go_on(turn)
    else:
        forms.go_on(turn, before=from_card.read(turn))


def _other_side(turn: Turn) -> bool:
    """Whether this came late of an album that was spoken about already; from now on its parts are known."""
    album = turn.incoming.album
    if album is None:
        return False
    before, turn.state["album"] = turn.state.get("album"), [album, photos.CARD]
    return before == [album, photos.CARD]
