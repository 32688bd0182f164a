"""One person in front of the officer: what is to be compared, what was said of it, and the buttons to say it."""

from __future__ import annotations

from typing import Any

from handlers import wording_changes
from handlers.lists import asking, supplementing, supplied, words
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.rules import lists as rules
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines
from storage import history, list_people, staff
from storage.list_people import Line
from storage.lists import List

SAYS: dict[str, Words] = {
    "matches": _("Matches"),
    "differs": _("Differs"),
    "unknown": _("Not in the population database"),
    "supplement": _("Supplement needed"),
}


def show(
    turn: Turn, found: List, may: Rights, line: Line, before: Text | None = None, *, edit: bool = True
) -> None:
    """With the full number for the police, who compare it; each showing is in the audit log."""
    member = turn.member
    if (
        may.police
        and member
        and any(one.get("number") for one in (line.given, _shown(line), line.corrected or {}))
    ):
        history.audited(turn.tx, turn.now, "full_number", staff_id=member.id, talk_id=turn.talk.id, list=found.id,
                        place=line.place, by="compare")  # fmt: skip
    counted = list_people.counts(turn.tx, found.id)
    head = _("{list} · compared: {said} of {n}", list=words.name(found), said=counted.said, n=counted.n)
    text = lines(before, "" if before else None, head, *_told(turn, found, line, full=may.police))
    turn.say(
        Reply(text, _buttons(turn, found, line, counted.n), "card", sensitive=True, edit=edit)
    )  # fmt: skip


def _told(turn: Turn, found: List, line: Line, *, full: bool) -> list[Text]:
    given, shown = line.given, _shown(line)
    if not given:
        gone = _(
            "This person's data was erased: press «{unknown}», so that the list can be signed.",
            unknown=SAYS["unknown"],
        )
        return [joined("", "**", str(line.place), ".** ", gone)]
    parts: list[Text | None] = [
        joined("", "**", str(line.place), ". ", str(given.get("name") or "?"), "**"),
        *(_field(name, given.get(name), full=full) for name in ("number", "birth", "sex")),
        _("Permanent residence: {place}", place=given["residence"]) if given.get("residence") else None,
        _("What is wrong: {fault}", fault=words.FAULTS[line.fault]) if line.fault in words.FAULTS else None,
        *(_("On the Platform: {value}", value=_field(name, value, full=full) or "")
          for name, value in shown.items() if name in rules.FIELDS),
        _("Reported by the resident.") if line.ticket_id else None,
        _("The hamlet's team: «{words}»", words=line.reviewed) if line.reviewed else None,
        said(turn, line, full=full),
        supplementing.told(turn, found, line),
        *supplied.words(turn.tx, found, line),
    ]  # fmt: skip
    return [part for part in parts if part is not None]


def _shown(line: Line) -> dict[str, Any]:
    found = line.given.get("shown")
    return found if isinstance(found, dict) else {}


def _field(name: str, value: Any, *, full: bool) -> Text | None:
    """«Ngày sinh: 05/03/1995»; a number that is missing is said to be missing."""
    if not value and name != "number":
        return None
    return joined(": ", wording_changes.FIELDS[name], value_of(name, value, full=full))


def value_of(name: str, value: Any, *, full: bool) -> Text:
    try:
        return wording_changes.value(name, value, full=full)
    except ValueError:  # a birth date as somebody wrote it
        return str(value)


def said(turn: Turn, line: Line, *, full: bool) -> Text | None:
    """«Kết quả: sai khác (Số CCCD: …) – Anh Dũng, 09:12 12/05/2022»."""
    if line.verdict is None or line.verdict_at is None:
        return None
    right = [joined(": ", wording_changes.FIELDS[name], value_of(name, value, full=full))
             for name, value in (line.corrected or {}).items()]  # fmt: skip
    by = staff.name_of(turn.tx, line.verdict_by) if line.verdict_by else ""
    result: Text = words.VERDICTS[line.verdict]
    if right:
        result = joined("", result, " (", joined("; ", *right), ")")
    return lines(
        _("**Result: {result}** – {who}, {at}", result=result, who=by, at=line.verdict_at),
        _("«{words}»", words=line.words) if line.words else None,
    )


def mark(line: Line) -> str:
    """What had been said when the card was shown, so that two officers do not overwrite each other unseen."""
    if line.verdict is None or line.verdict_at is None:
        return "0"
    return f"{line.verdict[0]}{int(line.verdict_at.timestamp() * 1000):x}"


def _buttons(turn: Turn, found: List, line: Line, n: int) -> tuple[Button, ...]:
    at = f"{line.place}:{mark(line)}"
    acts = [
        Button(SAYS["matches"], asking.token(found, "say", f"{at}:matches"), "primary"),
        Button(SAYS["differs"], asking.token(found, "differs", at)),
        Button(SAYS["unknown"], asking.token(found, "say", f"{at}:unknown")),
        Button(SAYS["supplement"], asking.token(found, "supply", at)),
    ]
    files = supplied.files(turn.tx, found, line)
    if files:
        acts.append(Button(_("See photos and papers"), asking.token(found, "sent", str(line.place))))
    if line.place < n:
        acts.append(Button(_("Next person"), asking.token(found, "look", str(line.place + 1))))
    if line.place > 1:
        acts.append(Button(_("Previous person"), asking.token(found, "look", str(line.place - 1))))
    return (*acts, asking.back(found))
