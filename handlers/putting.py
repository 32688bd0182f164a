"""Putting words into the outbox: a reply in its reader's language, its files as rows of their own, an SMS."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from handlers.reply import Reply
from locales import say as in_words
from storage import outbox, talks, vault

if TYPE_CHECKING:
    from handlers.turn import Moment, Turn


def body_of(reply: Reply, lang: str, *, elder: bool = False) -> dict[str, Any]:
    """The reply in its reader's words, as the outbox keeps it and channels send it.

    kind: text · card · ask; media (one file, and no words); toast (press, alert) and delete (message), which only
    channels know that give Incoming.press and Incoming.ref. place: "here" or "end", of a form's one message. answers:
    [chat, ref] of the message that it replies to.
    """
    body: dict[str, Any] = {
        "kind": reply.kind,
        "text": in_words(reply.text, lang, elder=elder),
        "choices": [
            {"token": b.token, "label": in_words(b.label, lang, elder=elder), "style": b.style}
            | ({"url": b.url} if b.url else {})
            for b in reply.buttons
        ],
        "media": [],
        "sensitive": reply.sensitive,
        "lang": lang,
    }
    if reply.request:
        body["request"] = reply.request
    if reply.commands is not None:
        body["commands"] = list(reply.commands)
    if reply.news:
        body["news"] = {
            "what": reply.news.what,
            "code": reply.news.code,
            "unit": in_words(reply.news.unit, lang),
            "state": in_words(reply.news.state, lang, elder=elder),
        }
    return body | {name: True for name in ("home", "silent") if getattr(reply, name)}


def _media_body(item: dict[str, Any], reply: Reply, lang: str) -> dict[str, Any]:
    one = {k: in_words(v, lang) if k == "alt" else v for k, v in item.items()}
    return {
        "kind": "media",
        "text": "",
        "choices": [],
        "media": [one],
        # A workbook or a page to print is made to be opened and worked with; a channel that protects it would not let it be saved.
        "sensitive": reply.sensitive and "render" not in one,
        "lang": lang,
    }


def put(
    moment: Turn | Moment,
    talk: talks.Talk,
    reply: Reply,
    *,
    replaces: int | None = None,
    ticket_id: int | None = None,
    dedupe: str | None = None,
    thread: str | None = None,
    place: str | None = None,
    answers: list[str] | None = None,
) -> int | None:
    """Each file and render is a row of its own, before the words; the row of the words is returned."""
    given = (("thread", thread), ("place", place), ("answers", answers))
    more = {key: value for key, value in given if value}
    bodies = [_media_body(item, reply, talk.lang) for item in reply.media]
    bodies.append(body_of(reply, talk.lang, elder=bool(talk.state.get("elder"))))
    row_id = None
    for number, body in enumerate(bodies, 1):
        last = number == len(bodies)
        row_id = outbox.put(
            moment.tx,
            channel=talk.channel,
            chat=talk.chat,
            lane=f"{talk.channel}:{talk.chat}",
            body=body | more,
            created_at=moment.now,
            run_at=moment.machine_now,
            rank=reply.rank,
            replaces=replaces if last else None,
            ticket_id=ticket_id,
            dedupe=dedupe if last or dedupe is None else f"{dedupe}:{number}",
        )
    return row_id


def send_sms(
    moment: Turn | Moment,
    phone: str,
    text: str,
    *,
    rank: str = "reply",
    dedupe: str | None = None,
    not_after: datetime | None = None,
    ticket_id: int | None = None,
    more: dict[str, Any] | None = None,
) -> None:
    """An SMS; its lane is a keyed hash, so that no phone stands in a lane. not_after: machine time.

    A code is never cut, and is sent again where it is not known whether it arrived; all else is cut to a few SMS, and
    may be lost.
    """
    key = vault.of(moment.tx).index("sms", phone).hex()
    outbox.put(
        moment.tx,
        channel="sms",
        chat=key,
        lane=f"sms:{key}",
        body={"phone": phone, "text": text} | ({"code": True} if rank == "code" else {}) | (more or {}),
        created_at=moment.now,
        run_at=moment.machine_now,
        rank=rank,
        ticket_id=ticket_id,
        dedupe=dedupe,
        not_after=not_after,
    )
