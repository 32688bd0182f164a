"""Papers in hand: what a chat has sent and no ticket has yet; kept in the open form until it is filed.

state["papers"]: sent for the open form, and in no answer yet; state["sent"]: sent while no form was open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from handlers.turn import Turn
from locales import Text, joined, ngettext
from storage import evidence, history, tickets
from storage.evidence import Piece
from storage.tickets import Ticket

if TYPE_CHECKING:
    from handlers.forms import Answers, Form

AT_MOST = 10  # with one report; more would bury what matters


def counted(sent: Iterable[Piece]) -> Text:
    """«2 ảnh, 1 ghi âm»."""
    return counted_kinds(kinds(sent))


def kinds(sent: Iterable[Piece]) -> dict[str, int]:
    return dict(Counter(piece.kind for piece in sent))


def counted_kinds(of: dict[str, int]) -> Text:
    said: dict[str, Text] = {
        "photo": ngettext("{n} photo", "{n} photos", of.get("photo", 0)),
        "pdf": ngettext("{n} PDF", "{n} PDFs", of.get("pdf", 0)),
        "sheet": ngettext("{n} workbook", "{n} workbooks", of.get("sheet", 0)),
        "voice": ngettext("{n} voice message", "{n} voice messages", of.get("voice", 0)),
    }
    return joined(", ", *(words for kind, words in said.items() if of.get(kind)))


def pieces(turn: Turn, names: Iterable[str]) -> list[Piece]:
    """Those of them that still are there, in the order they were sent."""
    wanted = list(names)
    found = {piece.name: piece for piece in evidence.get(turn.tx, wanted) if piece.talk_id == turn.talk.id}
    return [found[name] for name in wanted if name in found]


def in_hand(turn: Turn, key: str) -> list[Piece]:
    """For the question that is being asked: also those of the answer that is being changed."""
    before = turn.state.get("was", {}).get(key) or {}
    return pieces(turn, [*before.get("files", ()), *turn.state.get("papers", ())])


def count(turn: Turn, key: str | None) -> int:
    """How many there are for this question of the open form, answered or not."""
    given: dict[str, Any] = turn.state["answers"].get(key) or {}
    return len(given.get("files", ())) + len(in_hand(turn, key or ""))


def hand_in(turn: Turn, key: str) -> list[str]:
    """They become the question's answer."""
    names = [piece.name for piece in in_hand(turn, key)]
    turn.state["papers"] = []
    return names


def take_back(turn: Turn, key: str, name: str) -> None:
    evidence.drop(turn.tx, [name], turn.talk.id)
    turn.state["papers"] = [one for one in turn.state.get("papers", ()) if one != name]


def add(turn: Turn, key: str | None, names: list[str]) -> None:
    """To the answer of the form's question for papers; where it has none yet, to what waits for it."""
    given = [name for name in ("answers", "was") if key in turn.state.get(name, {})]
    for name in given:
        answers = turn.state[name]
        said = {k: v for k, v in answers[key].items() if k != "no_paper"}
        turn.state[name] = {**answers, key: {**said, "files": [*said.get("files", ()), *names]}}
    if not given:
        turn.state["papers"] = [*turn.state.get("papers", ()), *names]


def gather(turn: Turn) -> None:
    """What was sent before the form was there goes with it: nobody is asked for it twice."""
    if sent := turn.state.pop("sent", None):
        turn.state["papers"] = [*(turn.state.get("papers") or ()), *sent]
        if words := turn.state.pop("words", None):
            turn.state["captions"] = words


def put_aside(turn: Turn, form: dict[str, Any]) -> None:
    """The other way round: the form is left before it became anything, and the papers wait for the next."""
    for held, waits in (("papers", "sent"), ("captions", "words")):
        if form.get(held):
            turn.state[waits] = form[held]


def of_ticket(tx: Connection, ticket: Ticket) -> list[Piece]:
    """What was sent with the report: a slip may be about several of its mistakes. What was sent with a complaint
    about a site itself is for who answers that complaint only."""
    parts = tickets.of_report(tx, ticket.report_id)
    service = ticket.axis == "service"
    return [
        piece
        for part in parts
        if part.id == ticket.id or not (service or part.axis == "service")
        for piece in sent_with(tx, part.id)
    ]


def sent_with(tx: Connection, ticket_id: int) -> list[Piece]:
    """What the resident sent, without what staff answered by voice."""
    answers = _answers(tx, ticket_id)
    return [piece for piece in evidence.of_ticket(tx, ticket_id) if piece.name not in answers]


def answered_with(tx: Connection, ticket_id: int) -> list[Piece]:
    """What staff answered by voice, as far as it is not erased yet."""
    answers = _answers(tx, ticket_id)
    return [piece for piece in evidence.of_ticket(tx, ticket_id) if piece.name in answers] if answers else []


def _answers(tx: Connection, ticket_id: int) -> set[str]:
    told = history.of_ticket(tx, ticket_id, internal=False)
    return {name for one in told for name in one.details.get("spoken", ())}


def attach(turn: Turn, ticket_id: int, names: Sequence[str]) -> dict[str, Any]:
    """Gives them to the ticket; what its history says of them."""
    evidence.attach(turn.tx, names, turn.talk.id, ticket_id)
    return {"sent": kinds(pieces(turn, names))} if names else {}


def of_answers(form: Form, answers: Answers) -> tuple[tuple[str, ...], bool]:
    """(the names of what was sent, whether there is no paper any more)."""
    given = [answers.get(key) or {} for key in keys(form)]
    names = tuple(name for one in given for name in one.get("files", ()))
    return names, any(one.get("no_paper") for one in given)


def keys(form: Form) -> list[str]:
    from handlers.questions_evidence import Evidence

    return [question.key for question in form.questions if isinstance(question, Evidence)]


def forget(turn: Turn, held: dict[str, Any]) -> None:
    """What belonged to a form that is given up; what a ticket has already stays there."""
    parts = [held, *(held.get("parts") or [])]
    answered = [part.get(name) or {} for part in parts for name in ("answers", "was")]
    names = [name for one in answered for value in one.values() if isinstance(value, dict)
             for name in value.get("files", ())]  # fmt: skip
    evidence.drop(turn.tx, [*names, *(held.get("papers") or [])], turn.talk.id)
