"""The people of a list, page by page, and one of them; numbers are masked until «Xem số đầy đủ», which is audited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers import wording_changes
from handlers.lists import reviewing, supplementing, supplied, words
from handlers.lists.asking import token
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.rules import identity
from handlers.rules.lists import FIELDS
from handlers.staff import menu, tokens
from handlers.staff import rights as ticket_rights
from handlers.supervisors import worklists
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import history, list_people, lists, reports, tickets
from storage.list_people import Line
from storage.lists import List

PAGE = 8


def page(turn: Turn, found: List, may: Rights, arg: str, before: Text | None = None) -> Text | None:
    """l:ID:V:people[:PAGE]"""
    if not may.people:
        menu.no_access(turn)
        return None
    n = list_people.counts(turn.tx, found.id).n
    wanted = min(tokens.number(arg) or 0, max(0, (n - 1) // PAGE))
    some = list_people.of_list(turn.tx, found.id, PAGE, wanted * PAGE)
    buttons = [Button(_row(line), token(found, "person", str(line.place))) for line in some]
    buttons += worklists.turning(token(found, "people"), wanted, n, PAGE)
    text = lines(
        before,
        joined(" – ", joined("", "**", words.name(found), "**"), _("people: {n}", n=n)),
        worklists.page_of(wanted, n, PAGE),
        None if some else _("Nobody is on the list yet."),
    )
    turn.say(Reply(text, (*buttons, _to_list(found)), "card", sensitive=True, edit=True))
    return None


def person(turn: Turn, found: List, may: Rights, arg: str, before: Text | None = None) -> Text | None:
    """l:ID:V:person:PLACE"""
    line = _line(turn, found, may, arg)
    if line is not None:
        text = lines(before, *told(turn, found, may, line))
        turn.say(Reply(text, _buttons(turn, found, may, line), "card", sensitive=True, edit=True))
    return None


def full(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """«Xem số đầy đủ»: a press of its own, and audited."""
    line = _line(turn, found, may, arg)
    if line is None:
        return None
    if not turn.incoming.private:
        turn.toast(_("Numbers are shown in private only."))
        return None
    assert turn.member is not None
    history.audited(turn.tx, turn.now, "full_number", staff_id=turn.member.id, talk_id=turn.talk.id, list=found.id,
                    place=line.place, by="list_person")  # fmt: skip
    here = Button(_("Back"), token(found, "person", str(line.place)))
    text = lines(*told(turn, found, may, line, full=True), "", _("It is recorded that you have seen this."))
    turn.say(Reply(text, (here, _to_list(found)), "card", sensitive=True, edit=True))
    return None


def out(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """«Bỏ khỏi danh sách», of a draft."""
    if not may.make or found.state != "draft":
        menu.no_access(turn)
        return None
    line = _line(turn, found, may, arg)
    if line is None:
        return None
    _before, _behind, place = list_people.beside(turn.tx, line)
    changed = lists.change(turn.tx, found)  # a button for the person who stood there finds another list
    list_people.drop(turn.tx, line)
    told_ = _("Taken off the list: {name}", name=str(line.given.get("name") or ""))
    return page(turn, changed, may, str(place // PAGE), told_)


def _line(turn: Turn, found: List, may: Rights, arg: str) -> Line | None:
    """None where it has said so."""
    if not may.people:
        menu.no_access(turn)
        return None
    place = tokens.number(arg)
    line = list_people.at_place(turn.tx, found.id, place) if place else None
    if line is None:
        page(turn, found, may, "", _("Nobody has this number on the list."))
    return line


def told(turn: Turn, found: List, may: Rights, line: Line, *, full: bool = False) -> list[Text | None]:
    """Everything on the line that this reader may see."""
    given = line.given
    phone = given.get("phone") if may.make else None
    known = [_field(name, given[name], full) for name in ("birth", "sex") if given.get(name)]
    known.append(_number(given.get("number"), full))
    return [
        joined(" · ", joined(" ", words.name(found), _("no. {place}", place=line.place)),
               *([words.FAULTS[line.fault]] if line.fault else [])),
        joined("", "**", str(given.get("name") or _nameless(turn)), "**"),
        *known,
        _("Residence: {where}", where=given["residence"]) if given.get("residence") else None,
        _("Phone: {phone}", phone=phone if full else identity.mask_phone(str(phone))) if phone else None,
        *_shown(given.get("shown") or {}, full),
        _ticket(turn, line),
        _("The hamlet's team: {words}", words=line.reviewed) if line.reviewed else None,
        *_said(line, full),
        supplementing.told(turn, found, line),
        *supplied.words(turn.tx, found, line),
        _("Entered on the Platform: {at}", at=line.updated_at) if line.updated_at else None,
        _("The Platform shows it right.") if line.checked == "right" else None,
        _("The Platform still shows the old value.") if line.checked == "wrong" else None,
        _("Concluded: {outcome}", outcome=words.OUTCOMES[line.outcome]) if line.outcome else None,
        _("Remark: {words}", words=line.remark) if line.remark else None,
    ]  # fmt: skip


def _nameless(turn: Turn) -> str:
    return turn.words(_("(no name)"))


def _field(name: str, value: Any, full: bool) -> Text:
    return joined(": ", wording_changes.FIELDS[name], wording_changes.value(name, value, full=full))


def _number(value: Any, full: bool) -> Text:
    return (
        _field("number", value, full)
        if value
        else joined(": ", wording_changes.FIELDS["number"], words.FAULTS["missing"])
    )


def _shown(shown: dict[str, Any], full: bool) -> list[Text]:
    each = [_field(name, shown[name], full) for name in FIELDS if shown.get(name)]
    return [_("The Platform shows: {what}", what=joined("; ", *each))] if each else []


def _ticket(turn: Turn, line: Line) -> Text | None:
    ticket = tickets.find(turn.tx, line.ticket_id) if line.ticket_id else None
    return _("Report: {code}", code=reports.get(turn.tx, ticket.report_id).code) if ticket else None


def _said(line: Line, full: bool) -> list[Text]:
    """What the police said, as far as they have."""
    if line.verdict is None:
        return []
    right = [_field(name, value, full) for name, value in (line.corrected or {}).items()]
    return [
        _("The police: {verdict}", verdict=words.VERDICTS[line.verdict]),
        *([_("Right: {what}", what=joined("; ", *right))] if right else []),
        *([_("Their words: {words}", words=line.words)] if line.words else []),
    ]


def _row(line: Line) -> Text:
    """«3. Giàng A Páo · 1995 · 015******234 · sai thông tin cá nhân»"""
    given, number = line.given, line.given.get("number")
    parts: list[Text] = [f"{line.place}. {given.get('name') or '…'}"]
    parts += [str(given["birth"])[:4]] if given.get("birth") else []
    parts += [identity.mask_number(str(number))] if number else []
    state = words.OUTCOMES.get(line.outcome or "") or words.VERDICTS.get(line.verdict or "")
    state = state or words.FAULTS.get(line.fault or "")
    return joined(" · ", *parts, *([state] if state else []))


def _buttons(turn: Turn, found: List, may: Rights, line: Line) -> tuple[Button, ...]:
    before, behind, index = list_people.beside(turn.tx, line)
    made = reviewing.person_buttons(found, may, line)
    hidden = (
        line.given.get("number")
        or (line.corrected or {}).get("number")
        or (may.make and line.given.get("phone"))
    )
    made += [Button(_("See the full number"), token(found, "full", str(line.place)))] if hidden else []
    if line.ticket_id and ticket_rights.seen(turn, line.ticket_id):
        made.append(Button(_("Open the ticket"), f"t:{line.ticket_id}"))
    if may.make and found.state == "draft":
        made.append(Button(_("Take off the list"), token(found, "out", str(line.place))))
    made += [Button(_("Person before"), token(found, "person", str(before)))] if before else []
    made += [Button(_("Person after"), token(found, "person", str(behind)))] if behind else []
    return (*made, Button(_("All people"), token(found, "people", str(index // PAGE))), _to_list(found))


def _to_list(found: List) -> Button:
    return Button(_("Back to the list"), token(found, "show"))


ACTS: dict[str, Callable[[Turn, List, Rights, str], Text | None]] = {
    "people": page,
    "person": person,
    "full": full,
    "out": out,
}
HEARS: dict[str, Callable[[Turn, List, Rights, dict[str, Any], str], Text | None]] = {}
READS = frozenset(("people", "person"))


def buttons(turn: Turn, found: List, may: Rights) -> list[Button]:
    n = list_people.counts(turn.tx, found.id).n if may.people else 0
    return [Button(_("People on the list ({n})", n=n), token(found, "people"))] if n else []
