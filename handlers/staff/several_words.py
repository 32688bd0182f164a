"""Several tickets, the same words: approve, answer, ask, send back, put off; read once more before they go to many."""

from __future__ import annotations

from collections import Counter
from typing import Any

from handlers import wording
from handlers.rejections import REASONS
from handlers.reply import Button, Reply
from handlers.staff import canned_words, deciding, later, queue_state, queue_view
from handlers.staff.acting import LONGEST
from handlers.staff.canned_words import Phrase
from handlers.staff.several import chosen_tickets
from handlers.staff.several_go import go, mark, plan
from handlers.staff.several_to import BACK
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines, ngettext
from storage.staff import Staff
from storage.tickets import Ticket

ASKS: dict[str, Words] = {
    "answer": _("What do you answer all of them?"),
    "ask": _("What do you ask all of them? The clocks do not stop."),
    "later": _("Why later? All of them read it, and the deadlines stay."),
}
VERBS = ("approve", "reject", *ASKS)


def _expect(turn: Turn, what: str) -> None:
    turn.state["expects"] = {"by": "q", "what": what, "mark": mark(turn)}


def begin(turn: Turn, member: Staff, rest: list[str]) -> None:
    """q:do:VERB · q:do:reject:REASON"""
    verb, reason = [*rest, "", ""][:2]
    if verb not in VERBS or not queue_state.of(turn)["chosen"]:
        queue_view.show(turn, member, before=_("Nothing is chosen."), edit=False)
        return
    turn.state["several"] = {"verb": verb, "reason": reason if reason in REASONS else None}
    _go_on(turn)


def fill_in(turn: Turn, member: Staff, key: str) -> None:
    """q:say:=KEY, one of the ready-made sentences."""
    found = chosen_tickets(turn)
    ready = {phrase.key: phrase.words for phrase in _fitting(turn, found)}
    if key in ready and found:
        _say(turn, ready[key])
    else:
        queue_view.show(turn, member, edit=False)


def _say(turn: Turn, words: Text) -> None:
    what = {name: plan(turn).get(name) for name in ("verb", "reason")}
    turn.state["several"] = {**what, **canned_words.kept(words)}
    _go_on(turn)


def _fitting(turn: Turn, found: list[Ticket]) -> list[Phrase]:
    kinds, unit_ids = {ticket.kind for ticket in found}, {ticket.unit_id for ticket in found}
    return canned_words.fitting(turn.tx, plan(turn).get("verb", ""), kinds, unit_ids)


def _go_on(turn: Turn, before: Text | None = None) -> None:
    """What is not known yet is asked; then all of it is read once more."""
    what, found = plan(turn), chosen_tickets(turn)
    verb, words = what["verb"], canned_words.spoken(what)
    said = _("To the residents: «{words}»", words=words) if words else None
    if verb == "reject" and not what["reason"]:
        asked, buttons = deciding.reasons(turn, lambda n: f"q:do:reject:{n}")
        turn.say(Reply(asked, (*buttons, BACK), "ask"))
    elif verb in ASKS and not words:
        _ask(turn, lines(before, _heading(found), ASKS[verb]), found)
    elif verb == "later":
        days = later.soon(turn, lambda day: f"q:go:{mark(turn)}:{day}")
        turn.say(Reply(lines(before, _heading(found), said, later.WHEN), (*days, BACK)))
        _expect(turn, "day")
    else:
        sure = Button(SURE.get(verb, _("Send to all of them")), f"q:go:{mark(turn)}", "primary")
        hint = _("You may type a few words to the resident first.") if not words else None
        told = lines(before, _heading(found), *_outcome(turn, what, found), said, hint)
        _ask(turn, told, found if not words else [], sure)


SURE = {"approve": _("I have corrected all of them on the Platform"), "reject": _("Send all of them back")}


def _ask(turn: Turn, text: Text, found: list[Ticket], *buttons: Button) -> None:
    phrases, first = _fitting(turn, found) if found else [], len(buttons) + 1
    ready = canned_words.buttons(turn, phrases, first, lambda key: f"q:say:{key}")
    kind = "ask" if buttons or ready else "text"
    turn.say(Reply(canned_words.listed(turn, text, phrases, first), (*buttons, *ready, BACK), kind))  # type: ignore[arg-type]
    _expect(turn, "words")


def _heading(found: list[Ticket]) -> Text:
    """«80 phiếu: Thiếu mũi tiêm (75), Thông tin cá nhân sai (5)»."""
    kinds = Counter(ticket.kind for ticket in found)
    each_ = (joined("", wording.KINDS.get(kind, kind), f" ({n})") for kind, n in kinds.most_common())
    return ngettext("{n} ticket: {kinds}", "{n} tickets: {kinds}", len(found), kinds=joined(", ", *each_))


def _outcome(turn: Turn, what: dict[str, Any], found: list[Ticket]) -> list[Text]:
    if what["verb"] == "reject":
        reason = REASONS[what["reason"]]
        return [joined(" ", _("The resident will read:"), reason.title, reason.instead)]
    if what["verb"] != "approve":
        return []
    mine = turn.member.id if turn.member else None
    theirs = sum(ticket.holder_id not in (None, mine) for ticket in found)
    held = [ngettext("{n} of them is held by a colleague.", "{n} of them are held by colleagues.", theirs)]
    return [_("Have you entered all of them on the Platform?"), *(held if theirs else [])]


def hear(turn: Turn, member: Staff, expects: dict[str, Any], text: str) -> None:
    """The words for all, or the day until which all are put off."""
    if expects["mark"] != mark(turn) or not plan(turn):
        queue_view.show(turn, member, edit=False)
    elif expects["what"] == "day" and later.day_meant(turn, text) is None:
        _go_on(turn, later.too_far(turn))
    elif expects["what"] == "day":
        go(turn, member, mark(turn), text)
    elif len(text) > LONGEST:
        _go_on(turn, _("That is too long. Please keep it under {n} characters.", n=LONGEST))
    else:
        _say(turn, text)
