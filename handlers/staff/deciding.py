"""The two outcomes that a unit can give: approve, and «Cần bổ sung» (letter 9458, results 2.1 and 2.3)."""

from __future__ import annotations

from collections.abc import Callable

from handlers import desk, proven_in_person, wording_changes
from handlers.rejections import REASONS
from handlers.reply import Button, Reply
from handlers.staff import in_person
from handlers.staff.acting import Expects, back, expect, token
from handlers.staff.canned_words import clipped
from handlers.staff.saying import ask_or_fill_in, draft, drafted, filled_in, sent, show_once
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage.tickets import Ticket


def approve(turn: Turn, ticket: Ticket, arg: str) -> Text | None:
    """Shows the values once more; only the pressed confirmation approves."""
    if arg == "seen":
        in_person.note(turn, ticket)
    elif proven_in_person.missing(turn.tx, ticket):
        in_person.ask(turn, ticket)
        return None
    words = drafted(turn, ticket, "approve")
    if arg == "go":
        desk.approve(turn, ticket, words)
        sent(turn, ticket, "approve", words)
        return _("Approved. The next Platform export confirms it, or opens it again.")
    _confirm(turn, ticket, filled_in(turn, ticket, "approve", arg) or "")
    return None


def hear_approve(turn: Turn, ticket: Ticket, _expects: Expects, text: str) -> Text | None:
    """Words beside the approval; they still wait for the confirmation."""
    _confirm(turn, ticket, text)
    return None


def _confirm(turn: Turn, ticket: Ticket, words: Text) -> None:
    sure = Button(_("I have corrected it on the Platform"), token(ticket, "approve:go"), "primary")
    asked = lines(_("Have you entered this on the Platform?"), "", wording_changes.changes(ticket), "")
    if words:
        told = lines(asked, _("Your words to the resident: «{words}»", words=words))
        turn.say(Reply(told, (sure, back(ticket)), "ask"))
        expect(turn, ticket, "approve")
        draft(turn, ticket, "approve", words)
    else:
        told = lines(asked, _("You may type a few words to the resident first."))
        ask_or_fill_in(turn, ticket, "approve", told, sure)


def reject(turn: Turn, ticket: Ticket, arg: str) -> Text | None:
    """One of the 13 reasons by button or number, then words if wanted."""
    reason, _colon, go = arg.partition(":")
    if reason not in REASONS:
        asked, buttons = reasons(turn, lambda n: token(ticket, f"reject:{n}"))
        turn.say(Reply(asked, (*buttons, back(ticket)), "ask"))
    elif go == "go":
        return _reject(turn, ticket, reason, "")
    elif go == "send" and (words := drafted(turn, ticket, "reject")):
        return _reject(turn, ticket, reason, words)
    else:
        title, instead = REASONS[reason].title, REASONS[reason].instead
        told: Text = joined(" ", _("The resident will read:"), title, instead)
        ready = filled_in(turn, ticket, "reject", go)
        if ready:
            show_once(turn, ticket, "reject", ready, told, arg=reason, reason=reason)
        else:
            hint = _("You may type a few words of your own, or send it without.")
            plain = Button(_("Send without words"), token(ticket, f"reject:{reason}:go"), "primary")
            ask_or_fill_in(turn, ticket, "reject", lines(told, hint), plain, arg=reason, reason=reason)
    return None


def reasons(turn: Turn, token_of: Callable[[str], str]) -> tuple[Text, list[Button]]:
    """The closed list in full, for a button on a phone ends in the middle of most of them; and its buttons."""
    titles = {n: turn.words(found.title) for n, found in REASONS.items()}
    asked = _("What is missing? Press a reason or type its number.")
    listed = (f"{n}. {title}" for n, title in titles.items())
    buttons = [Button(f"{n}. {clipped(title)}", token_of(n)) for n, title in titles.items()]
    return lines(asked, "", *listed), buttons


def hear_reject(turn: Turn, ticket: Ticket, expects: Expects, text: str) -> Text | None:
    return _reject(turn, ticket, expects["reason"], text)


def _reject(turn: Turn, ticket: Ticket, reason: str, words: Text) -> Text:
    desk.reject(turn, ticket, reason, words)
    sent(turn, ticket, "reject", words)
    return _("Sent back to the resident. What they send opens a new round of this ticket.")
