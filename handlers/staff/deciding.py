"""The two outcomes that a unit can give: approve, and «Cần bổ sung» (letter 9458, results 2.1 and 2.3)."""

from __future__ import annotations

from handlers import desk, wording
from handlers.rejections import REASONS
from handlers.reply import Button, Reply
from handlers.staff.acting import Expects, ask_words, back, expect, token
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage.tickets import Ticket


def approve(turn: Turn, ticket: Ticket, arg: str) -> Text | None:
    """Shows the values once more; only the pressed confirmation approves."""
    draft = turn.state.pop("draft", None) or {}
    words = str(draft.get("words", "")) if draft.get("ticket") == ticket.id else ""
    if arg == "go":
        desk.approve(turn, ticket, words)
        return _("Approved. The next Platform export confirms it, or opens it again.")
    _confirm(turn, ticket, "")
    return None


def hear_approve(turn: Turn, ticket: Ticket, _expects: Expects, text: str) -> Text | None:
    """Words beside the approval; they still wait for the confirmation."""
    turn.state["draft"] = {"ticket": ticket.id, "words": text}
    _confirm(turn, ticket, text)
    return None


def _confirm(turn: Turn, ticket: Ticket, words: str) -> None:
    sure = Button(_("I have corrected it on the Platform"), token(ticket, "approve:go"), "primary")
    turn.say(
        Reply(
            lines(
                _("Have you entered this on the Platform?"),
                "",
                wording.changes(ticket),
                "",
                _("Your words to the resident: «{words}»", words=words)
                if words
                else _("You may type a few words to the resident first."),
            ),
            (sure, back(ticket)),
            "ask",
        )
    )
    expect(turn, ticket, "approve")


def reject(turn: Turn, ticket: Ticket, arg: str) -> Text | None:
    """One of the 13 reasons by button or number, then words if wanted."""
    reason, _colon, go = arg.partition(":")
    if reason not in REASONS:
        titles = {n: joined(". ", n, found.title) for n, found in REASONS.items()}
        buttons = [Button(title, token(ticket, f"reject:{n}")) for n, title in titles.items()]
        told = _("What is missing? Press a reason or type its number.")
        turn.say(Reply(told, (*buttons, back(ticket)), "ask"))
    elif go == "go":
        return _reject(turn, ticket, reason, "")
    else:
        found = REASONS[reason]
        ask_words(
            turn,
            ticket,
            "reject",
            lines(
                joined(" ", _("The resident will read:"), found.title, found.instead),
                _("You may type a few words of your own, or send it without."),
            ),
            Button(_("Send without words"), token(ticket, f"reject:{reason}:go"), "primary"),
            reason=reason,
        )
    return None


def hear_reject(turn: Turn, ticket: Ticket, expects: Expects, text: str) -> Text | None:
    return _reject(turn, ticket, expects["reason"], text)


def _reject(turn: Turn, ticket: Ticket, reason: str, words: str) -> Text:
    desk.reject(turn, ticket, reason, words)
    return _("Sent back to the resident. What they send opens a new round of this ticket.")
