"""Somebody whom news could not reach writes again: it is told in full, before the answer to what they say."""

from __future__ import annotations

from datetime import timedelta

from handlers import by_sms, news
from handlers.turn import Turn
from locales import _
from storage import history, outbox, reports, tickets
from storage.outbox import Entry

LATELY = timedelta(days=30)  # what is older is no news any more
MOST = 5


def show(turn: Turn) -> None:
    """Each once, in its order, with its own buttons; the buttons of the answer that follows are left alone."""
    waited = outbox.kept_for_later(turn.tx, turn.talk.channel, turn.talk.chat)
    if not waited:
        return
    outbox.told_in_full(turn.tx, [row.id for row in waited])
    head = turn.words(_("While you were away there was news that could not reach you:")) + "\n\n"
    for row in [row for row in waited if _still_news(turn, row)][-MOST:]:
        _tell(turn, row, head + row.body["text"])
        head = ""


def _still_news(turn: Turn, row: Entry) -> bool:
    """Not where they have seen it in another chat meanwhile, and done something about it."""
    if row.body is None or row.created_at <= turn.now - LATELY:
        return False
    ticket = tickets.get(turn.tx, row.ticket_id)
    return reports.may_see(turn.tx, ticket.report_id, turn.talk.id) and not by_sms.reacted(
        turn.tx, [ticket.id], row.created_at
    )


def _tell(turn: Turn, row: Entry, text: str) -> None:
    key = news.key_of(row.dedupe) or f"news:{row.ticket_id}.0.shown"
    outbox.put(
        turn.tx,
        channel=turn.talk.channel,
        chat=turn.talk.chat,
        lane=row.lane,
        body={**row.body, "text": text},
        created_at=turn.now,
        run_at=turn.machine_now,
        ticket_id=row.ticket_id,
        dedupe=f"{key}:{turn.talk.id}.{row.id}",
    )
    history.add(turn.tx, row.ticket_id, turn.now, "shown", internal=True, talk=turn.talk.id)
