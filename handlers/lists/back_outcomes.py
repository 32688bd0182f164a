"""Those that cannot be put right: one of the letters' six outcomes (S2) with a remark; a ticket's resident is owed an answer."""

from __future__ import annotations

from typing import Any

from handlers.lists import asking, back_work, desk, on_list, words
from handlers.lists.asking import token
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.rules import lists as rules
from handlers.staff import menu, tokens
from handlers.supervisors import worklists
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import list_people, tickets
from storage.list_people import Line
from storage.lists import List

CANNOT = ("unknown", "supplement")
READS = frozenset({"rest"})
PAGE = 8
LONGEST = 300


def rest(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """Whom the police did not find, or could not settle."""
    if not may.make or found.state not in ("back", "done"):
        menu.no_access(turn)
        return None
    left = list_people.said(turn.tx, found.id, CANNOT)
    if not left:
        return _("Nobody is left without an outcome.")
    page = min(tokens.number(arg) or 0, (len(left) - 1) // PAGE)
    shown = left[page * PAGE : (page + 1) * PAGE]
    buttons = [Button(_row(line), token(found, "work", str(line.place))) for line in shown]
    buttons += worklists.turning(token(found, "rest"), page, len(left), PAGE)
    text = lines(_("**Without an outcome:** {n}", n=len(left)), worklists.page_of(page, len(left), PAGE))
    turn.say(Reply(text, (*buttons, asking.back(found)), "card", sensitive=True, edit=True))
    return None


def _row(line: Line) -> Text:
    name = line.given.get("name") or _("no name")
    return joined(" · ", f"{line.place}. {name}", words.VERDICTS[line.verdict or ""])


def outcome(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """PLACE asks which · PLACE:OUTCOME asks for a remark · PLACE:OUTCOME:go keeps it without one."""
    place, code, go = [*arg.split(":", 2), "", ""][:3]
    line = back_work.line_of(turn, found, may, place, hold=True)
    if line is None or found.state != "back":
        menu.no_access(turn)
    elif line.settled or line.updated_at:
        back_work.show(turn, found, line, _("It was settled or ticked off already."))
    elif code not in rules.OUTCOMES:
        _ask_which(turn, found, line)
    elif go == "go":
        return _keep(turn, found, line, code, "")
    else:
        _ask_remark(turn, found, line, code)
    return None


def _ask_which(turn: Turn, found: List, line: Line) -> None:
    buttons = [Button(words.OUTCOMES[code], token(found, "outcome", f"{line.place}:{code}"))
               for code in rules.OUTCOMES]  # fmt: skip
    told = lines(
        joined("", "**", _who(line), "**"),
        _("Police: {said}", said=on_list.said(line)),
        _("Why can it not be put right?"),
    )
    turn.say(Reply(told, (*buttons, asking.back(found)), "ask", sensitive=True, edit=True))


def _who(line: Line) -> Text:
    return line.given.get("name") or _("no. {n}", n=line.place)


def _ask_remark(turn: Turn, found: List, line: Line, code: str) -> None:
    go = Button(_("Keep it without a remark"), token(found, "outcome", f"{line.place}:{code}:go"), "primary")
    told = lines(
        joined(": ", _who(line), joined("", "**", words.OUTCOMES[code], "**")),
        _("Type a remark, or keep it without one."),
    )
    asking.ask_words(turn, found, "outcome", told, go, place=line.place, code=code)


def hear(turn: Turn, found: List, may: Rights, expects: dict[str, Any], text: str) -> Text | None:
    line = back_work.line_of(turn, found, may, str(expects["place"]), hold=True)
    if line is None or found.state != "back":
        menu.no_access(turn)
        return None
    if line.settled or line.updated_at:
        back_work.show(turn, found, line, _("It was settled or ticked off already."))
        return None
    if len(text) > LONGEST:
        told = _("That is too long. Please keep it under {n} characters.", n=LONGEST)
        asking.ask_words(turn, found, "outcome", told, place=line.place, code=expects["code"])
        return None
    return _keep(turn, found, line, expects["code"], text)


def _keep(turn: Turn, found: List, line: Line, code: str, remark: str) -> Text | None:
    """Of a ticket its card comes at once: the 48 hours run on, and only an answer ends them."""
    desk.settle(turn, found, line, code, remark)
    kept = joined(": ", _("Kept"), _who(line), words.OUTCOMES[code])
    ticket = tickets.find(turn.tx, line.ticket_id) if line.ticket_id else None
    if ticket is None or ticket.state != "open":
        return kept
    from handlers import desk as ticket_desk
    from handlers.staff import card, rights

    told = joined(" ", words.name(found), words.OUTCOMES[code], *([remark] if remark else []))
    ticket_desk.note(turn, ticket, turn.words(told))
    seen = rights.seen(turn, ticket.id)
    if seen is None:
        return kept
    owed = _("The resident is still owed an answer: please answer, or say what is missing.")
    card.show(turn, *seen, lines(kept, owed), edit=False)
    return None


def resume(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """An outcome taken back, as long as the list is not finished."""
    line = back_work.line_of(turn, found, may, arg, hold=True)
    if line is None or found.state != "back" or line.outcome is None:
        menu.no_access(turn)
        return None
    try:
        fresh = desk.unsettle(turn, found, line)
    except desk.Refused:
        back_work.show(turn, found, line, _("This person is on another list by now."))
        return None
    back_work.show(turn, found, fresh)
    return None


ACTS = {"rest": rest, "outcome": outcome, "resume": resume}
HEARS = {"outcome": hear}
