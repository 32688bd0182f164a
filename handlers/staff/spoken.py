"""A voice message that a member of staff sends while «Trả lời» waits for words: it becomes the answer."""

from __future__ import annotations

from handlers import media_keeping, media_words
from handlers.lists import scan
from handlers.reply import Button, Reply
from handlers.staff import card, menu, rights
from handlers.turn import Turn
from locales import _

HOW = _(
    "Nothing was passed on. To answer by voice, open the ticket, press «Answer the resident», and then speak."
)
PAPER = _("Nothing was kept. For a signed list: open it, press «Send the signed paper», and then send the photos or the PDF.")  # fmt: skip


def hear(turn: Turn) -> None:
    expects = turn.state.get("expects") or {}
    if expects.get("by") == "l" and expects["verb"] == "scan":
        scan.hear(turn, expects)
        return
    ticket_id = expects.get("ticket")
    back = Button(_("Back to the ticket"), f"t:{ticket_id}") if ticket_id else menu.HOME
    kept = turn.incoming.kept
    if turn.incoming.problems:
        turn.say(Reply(media_words.problems(turn), (back,)))
        turn.state["expects"] = expects
    elif expects.get("verb") != "answer" or not kept or any(one.kind != "voice" for one in kept):
        paper = bool(kept) and expects.get("verb") != "answer" and all(one.kind != "voice" for one in kept)
        turn.say(Reply(PAPER, (menu.LISTS, back)) if paper else Reply(HOW, (back,)))
    elif ticket_id is None or rights.seen(turn, ticket_id) is None:
        menu.no_access(turn)
    else:
        turn.state.pop("expects")
        names = media_keeping.keep(turn, ticket_id)
        card.hear(turn, {**expects, "spoken": names}, turn.incoming.text.strip())
