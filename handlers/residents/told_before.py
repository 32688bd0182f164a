"""What this chat has told before is not asked again: people whom an earlier report described, and a proven phone."""

from __future__ import annotations

from typing import Any

from handlers.forms import Answers
from handlers.rules import identity, names
from handlers.turn import Turn
from locales import Text, _, joined
from storage import people, reports, talks, tickets
from storage.reports import Report

AT_MOST = 4
ANSWERS = {"about_name": "name", "birth": "birth", "sex": "sex", "number": "number", "phone": "phone",
           "permanent": "permanent", "current": "current"}  # fmt: skip


def called(details: dict[str, Any]) -> Text:
    """«N***** T** L** · 1968»: masked, and yet told apart within a family."""
    name = identity.mask_name(str(details.get("name") or "?"))
    birth = str(details.get("birth") or "")
    return joined(" · ", name, birth[:4]) if birth else name


def options(turn: Turn) -> list[tuple[str, Text]]:
    return [
        (f"told-{report.id}", _("{who} (told before)", who=called(report.about)))
        for report in _described(turn)
    ]


def anybody(turn: Turn) -> bool:
    return bool(_described(turn))


def _described(turn: Turn) -> list[Report]:
    """The people of this chat's own reports, newest first, each once; none from before consent was withdrawn."""
    since = talks.agreed_since(turn.tx, turn.talk.id)
    proven = {_same(person.details) for person in people.linked(turn.tx, turn.talk.id)}
    found: dict[tuple[str, str], Report] = {}
    for report in reports.watched(turn.tx, turn.talk.id) if since else ():
        about = report.about
        own = report.talk_id == turn.talk.id and report.resident_id is None and about.get("name")
        if own and since and report.received_at >= since and not _withdrawn(turn, report):
            found.setdefault(_same(about), report)
    return [report for same, report in found.items() if same not in proven][:AT_MOST]


def _same(details: dict[str, Any]) -> tuple[str, str]:
    return names.tone_key(str(details.get("name"))), str(details.get("birth"))


def _withdrawn(turn: Turn, report: Report) -> bool:
    parts = tickets.of_report(turn.tx, report.id)
    return all(tickets.round_of(turn.tx, one).outcome == "withdrawn" for one in parts)


def fill(turn: Turn, answers: Answers, value: str) -> None:
    """Answers that need not be asked: of somebody described before, or the phone that was proven here."""
    report = next((one for one in _described(turn) if f"told-{one.id}" == value), None)
    known = of_somebody(turn)
    if report:
        about = report.about
        for key in ANSWERS:
            answers.pop(key, None)
        known |= {key: about[name] for key, name in ANSWERS.items() if about.get(name)}
        known["foreign"] = "yes" if about.get("foreign") else "no"
        known.setdefault("number", {})
    answers.update(known)
    turn.state["known"] = [*turn.state.get("known", ()), *known]


def forget(turn: Turn, answers: Answers) -> None:
    """Another person is chosen: what was filled in of the one before goes; what was typed here stays."""
    known = turn.state.get("known", ())
    for key in known:
        if key in (*ANSWERS, "foreign"):
            answers.pop(key, None)
    turn.state["known"] = [key for key in known if key not in (*ANSWERS, "foreign")]


def of_somebody(turn: Turn) -> Answers:
    """Of somebody new, the chat may know the phone already."""
    phone = turn.state.get("proven_phone")
    return {"phone": phone} if phone else {}


def proven(turn: Turn, phone: object) -> bool:
    """Whether this chat has proven the phone by sharing it as its own."""
    return bool(phone) and phone == turn.state.get("proven_phone")
