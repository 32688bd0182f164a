"""The queue: open tickets by time left; which page, filter and units, the next one, and several at once."""

from __future__ import annotations

import re

from handlers import wording
from handlers.lists import overview as lists_overview
from handlers.reply import Button, Reply
from handlers.staff import (
    call_list,
    card,
    grouping,
    inviting,
    menu,
    queue_state,
    queue_view,
    rights,
    several,
    several_press,
    several_to,
    several_words,
    tokens,
    typing_sheet,
)
from handlers.staff.acting import Expects
from handlers.staff.queue_state import START
from handlers.turn import Turn
from locales import _, joined
from storage import reports, tickets
from storage.staff import Staff

CODE = re.compile(r"\bPA[-–\s]?([0-9A-Z]{5})\b")


def show(turn: Turn, rest: str) -> None:
    """/hangdoi, perhaps with a filter («/hangdoi quá hạn») or a code."""
    member = turn.member
    if member is None:
        menu.no_access(turn)
        return
    if rights.only_police(member):
        lists_overview.show(turn)
        return
    if _open_code(turn, rest):
        return
    name = queue_state.filter_named(turn, member, rest) if rest else "all"
    unit = queue_state.of(turn)["unit"]
    queue_state.keep(turn, **{**START, "unit": unit, "filter": name or "all"})
    hint = _("I do not know this filter, so here is everything.") if name is None else None
    queue_view.show(turn, member, before=hint)


def press(turn: Turn, token: str) -> None:
    """q:VERB[:…]"""
    member = turn.member
    if member is None:
        menu.no_access(turn)
        return
    if rights.only_police(member):
        lists_overview.show(turn)
        return
    verb, *rest = token.partition(":")[2].split(":")
    numbers = tokens.numbers(rest)
    match verb, numbers:
        case "next", _numbers:
            _next(turn, member, numbers[0] if numbers else None)
        case "filters", _:
            queue_view.show_filters(turn, member)
        case "units", _:
            queue_view.show_units(turn, member)
        case "groups", _:
            grouping.ask(turn)
        case "by", _:
            grouping.show(turn, member, rest[0] if rest else "", numbers[-1] if numbers else 0)
        case "call", _:
            call_list.show(turn, numbers[0] if numbers else None)
        case "sheet", _:
            typing_sheet.send(turn, member)
        case "back", _:
            queue_view.show(turn, member, edit=False)
        case _ if verb in several_press.VERBS:
            several_press.press(turn, member, verb, rest)
        case _:
            _look(turn, verb, rest, numbers)
            queue_view.show(turn, member)


def _look(turn: Turn, verb: str, rest: list[str], numbers: list[int]) -> None:
    """Presses that only change what is looked at or chosen."""
    match verb, numbers:
        case "page", [page]:
            queue_state.keep(turn, page=page)
        case "filter", _:
            queue_state.keep(turn, filter=":".join(rest), page=0)
        case "unit", _:
            queue_state.keep(turn, unit=rest[0] if rest else "all", group=None, page=0)
        case "in", _ if len(rest) == 2:
            grouping.enter(turn, *rest)
        case "out", _:
            queue_state.keep(turn, group=None, page=0)
        case "many", _:
            queue_state.keep(turn, many=True, chosen=[])
        case "one", _:
            queue_state.keep(turn, many=False, chosen=[])
        case "pick", [ticket, version]:
            several.toggle(turn, ticket, version)


def _next(turn: Turn, member: Staff, here_id: int | None) -> None:
    here = tickets.find(turn.tx, here_id) if here_id else None
    ticket = queue_state.next_one(turn, member, here)
    found = rights.seen(turn, ticket.id) if ticket else None
    if found is None:
        queue_view.show(turn, member, before=_("There is no other ticket here that nobody holds."))
    else:
        card.show(turn, *found)


def hear(turn: Turn, text: str) -> None:
    """Free words of a member of staff: a report's code opens it."""
    if turn.member and rights.only_police(turn.member):
        menu.show(turn, before=_("I did not understand that. Please use a button."))
    elif not _open_code(turn, text):
        menu.show(turn, before=_("I did not understand that. Please use a button, or type a report's code."))


def _open_code(turn: Turn, text: str) -> bool:
    """True where the words hold a code; one that is not theirs to see and one that is none sound alike."""
    match_ = CODE.search(text.upper())
    if match_ is None:
        return False
    code = f"PA-{match_[1]}"
    report = reports.by_code(turn.tx, code)
    of_report = tickets.of_report(turn.tx, report.id) if report else []
    seen = [found for found in (rights.seen(turn, ticket.id) for ticket in of_report) if found]
    if len(seen) == 1:
        card.show(turn, *seen[0])
    elif seen:
        buttons = [Button(joined(" · ", code, wording.part(t)), f"t:{t.id}") for t, _rights in seen]
        turn.say(Reply(_("This report has several tickets. Which one?"), (*buttons, menu.HOME), "ask"))
    else:
        turn.say(
            Reply(_("There is no ticket {code} for you here.", code=code), (menu.QUEUE, menu.HOME), "card")
        )
    return True


def hear_target(turn: Turn, expects: Expects, text: str) -> None:
    """The typed name of a unit, a colleague or an invitee."""
    match expects["what"]:
        case "below":
            inviting.hear_unit(turn, expects, text)
        case "invitee":
            inviting.hear_name(turn, expects, text)
        case _ if turn.member is None:
            menu.no_access(turn)
        case "words" | "day" if not CODE.fullmatch(text.strip().upper()):
            several_words.hear(turn, turn.member, expects, text)
        case "words" | "day":
            hear(turn, text)
        case _:
            several_to.hear(turn, expects, text)
