"""Keeping what was sent: noted in the turn, for a ticket, for the open form, or in hand until somebody says whose it is."""

from __future__ import annotations

from handlers import forms, papers
from handlers.forms import Form
from handlers.questions_evidence import Evidence
from handlers.residents import seen
from handlers.turn import Turn
from storage import evidence

FORM, HAND = "form", "hand"
LONGEST = 2000


def late(turn: Turn) -> bool:
    """A part of an album that came after the others were taken: it joins them, and nothing is asked again."""
    incoming = turn.incoming
    album, to = turn.state.get("album") or (None, None)
    if not incoming.kept or incoming.problems or incoming.album is None or incoming.album != album:
        return False
    if to == FORM and forms.started(turn):
        into_form(turn, forms.of(turn.state["form"]))
    elif to == HAND and turn.state.get("sent"):
        into_hand(turn)
    elif isinstance(to, int) and (ticket := seen.ticket(turn, to)):
        evidence.attach(turn.tx, keep(turn, ticket.id), turn.talk.id, ticket.id)
    else:
        return False
    return True


def keep(turn: Turn, to: int | str, room: int = papers.AT_MOST) -> list[str]:
    """Notes the files, at most so many; those that are not noted go with the next sweep."""
    for one in (taken := turn.incoming.kept[: max(room, 0)]):
        evidence.add(turn.tx, name=one.name, talk_id=turn.talk.id, kind=one.kind, mime=one.mime, size=one.size,
                     blurred=one.blurred, at=turn.now)  # fmt: skip
    if turn.incoming.album is not None:
        turn.state["album"] = [turn.incoming.album, to]
    return [one.name for one in taken]


def into_form(turn: Turn, form: Form) -> list[str]:
    """To the answer of the form's question for papers, be it asked already, now or later."""
    question = forms.current(form, turn.state["answers"])
    key = question.key if isinstance(question, Evidence) else next(iter(papers.keys(form)), None)
    names = keep(turn, FORM, papers.AT_MOST - papers.count(turn, key))
    papers.add(turn, key, names)
    _remember_caption(turn, "captions")
    return names


def into_hand(turn: Turn) -> list[str]:
    sent = turn.state.get("sent") or []
    names = keep(turn, HAND, papers.AT_MOST - len(sent))
    turn.state["sent"] = [*sent, *names]
    _remember_caption(turn, "words")
    return names


def _remember_caption(turn: Turn, where: str) -> None:
    """What was written under a photo is passed on with it."""
    said = "\n".join(part for part in (turn.state.get(where), turn.incoming.text.strip()) if part)
    if said:
        turn.state[where] = said[:LONGEST]
