"""Somebody follows the account and says nothing: greeted; whoever comes back hears what is still being handled."""

from __future__ import annotations

from datetime import timedelta

from handlers.residents import free_words, menu
from handlers.turn import Turn
from locales import _, lines

LATELY = timedelta(hours=1)


def greet(turn: Turn) -> None:
    """Not in the middle of a conversation, which goes on."""
    heard, was_gone = turn.talk.heard_at, not turn.talk.reachable
    if heard is None:
        menu.welcome(turn)
    elif was_gone or turn.machine_now - heard >= LATELY:
        codes = dict.fromkeys(report.code for report, _ticket in free_words.open_reports(turn))
        open_ = _("Still being handled: {codes}.", codes=", ".join(codes)) if codes else None
        menu.show(turn, before=lines(_("Good to see you here again."), open_))
