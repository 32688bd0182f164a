"""The police's signed paper as a photo or PDF, kept with the list; seen by whoever may see the people on it."""

from __future__ import annotations

from typing import Any

from handlers import media_keeping, media_words
from handlers.lists import asking, keying, rights
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, _, ngettext
from storage import evidence, history, lists
from storage.lists import List

AT_MOST = 30  # pages, photographed one by one


def ask(turn: Turn, found: List, may: Rights, _arg: str) -> Text | None:
    """What is sent next is the list's paper."""
    if not _may(found, may):
        return keying.refused(turn, found, may)
    told = _("Please send the signed list as a PDF or as photos, all pages.")
    asking.ask_words(turn, found, "scan", told)
    return None


def _may(found: List, may: Rights) -> bool:
    return (may.make or may.police) and found.state in ("police", "back")


def typed(turn: Turn, found: List, may: Rights, _expects: dict[str, Any], _text: str) -> Text | None:
    return ask(turn, found, may, "")


def hear(turn: Turn, expects: dict[str, Any]) -> None:
    """Photos or a PDF while that is asked; more pages can follow."""
    from handlers.lists import card

    seen = rights.seen(turn, int(expects["list"]))
    if seen is None or not _may(*seen):
        turn.state.pop("expects", None)
        menu.no_access(turn)
        return
    found, may = seen
    kept = [one for one in turn.incoming.kept if one.kind != "voice"]
    if not kept:
        voice = _("A voice message does not help here. Please send a photo or a PDF.")
        turn.say(
            Reply(media_words.problems(turn) if turn.incoming.problems else voice, (asking.back(found),))
        )
        turn.state["expects"] = expects
        return
    before = evidence.of_list(turn.tx, found.id)
    names = media_keeping.keep(turn, f"list:{found.id}", AT_MOST - len(before))
    n = evidence.attach_to_list(turn.tx, names, turn.talk.id, found.id)
    if n:
        lists.happened(turn.tx, found.id, turn.now, "scan", turn.member.id if turn.member else None, n=n)
    told = ngettext("Kept with the list: {n} file.", "Kept with the list: {n} files.", n)
    turn.state.pop("expects", None)
    card.show(turn, found, may, told if n else _("There are {n} files with this list already; no more are kept.", n=AT_MOST), edit=False)  # fmt: skip
    if n:
        turn.state["expects"] = expects  # the next page can follow at once


def show(turn: Turn, found: List, may: Rights, _arg: str) -> Text | None:
    """In private only; each look is audited, for the paper holds everybody's number."""
    pieces = evidence.of_list(turn.tx, found.id)
    if not (may.make or may.police):
        menu.no_access(turn)
        return None
    if not pieces or not turn.incoming.private:
        return _("Nothing was sent with this list, or it is erased by now.")
    member = turn.member
    assert member is not None
    history.audited(turn.tx, turn.now, "evidence_seen", staff_id=member.id, talk_id=turn.talk.id, list=found.id,
                    files=[one.name for one in pieces])  # fmt: skip
    media = tuple({"file": one.name, "kind": one.kind, "mime": one.mime} for one in pieces)
    turn.say(
        Reply(
            _("It is recorded that you have seen this."),
            (asking.back(found),),
            "card",
            media=media,
            sensitive=True,
        )
    )
    return None


def buttons(turn: Turn, found: List, may: Rights) -> list[Button]:
    there = evidence.of_list(turn.tx, found.id) if may.make or may.police else []
    send = [Button(_("Send the signed paper"), asking.token(found, "scan"))] if _may(found, may) else []
    see = [Button(_("See the signed paper ({n})", n=len(there)), asking.token(found, "scans"))] if there else []  # fmt: skip
    return send + see
