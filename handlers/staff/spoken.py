"""A voice message that a member of staff sends while «Trả lời» waits for words: it becomes the answer."""

from __future__ import annotations

from handlers import media_keeping, media_words
from handlers.reply import Button, Reply
from handlers.staff import card, menu, rights
from handlers.turn import Turn
from locales import _

HOW = _(
    "Nothing was passed on. To answer by voice, open the ticket, press «Answer the resident», and then speak."
)


def hear(turn: Turn) -> None:
    expects = turn.state.get("expects") or {}
    ticket_id = expects.get("ticket")
    back = Button(_("Back to the ticket"), f"t:{ticket_id}") if ticket_id else menu.HOME
    kept = turn.incoming.kept
    if turn.incoming.problems:
        turn.say(Reply(media_words.problems(turn), (back,)))
        turn.state["expects"] = expects
    elif expects.get("verb") != "answer" or not kept or any(one.kind != "voice" for one in kept):
        turn.say(Reply(HOW, (back,)))
    elif ticket_id is None or rights.seen(turn, ticket_id) is None:
        menu.no_access(turn)
    else:
        turn.state.pop("expects")
        names = media_keeping.keep(turn, ticket_id)
        card.hear(turn, {**expects, "spoken": names}, turn.incoming.text.strip())
