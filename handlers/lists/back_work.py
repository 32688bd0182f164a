"""Person by person: what the Platform shows, what the police found right, «Đã sửa trên Nền tảng», the next one."""

from __future__ import annotations

from handlers import wording_changes
from handlers.lists import asking, desk, on_list, put_right, words
from handlers.lists.asking import token
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.rules import lists as rules
from handlers.staff import menu, tokens
from handlers.turn import Turn
from locales import Text, _, joined, lines, ngettext
from storage import history, list_people, lists, reports, tickets
from storage.list_people import Line
from storage.lists import List

READS = frozenset({"work", "worknum"})


def line_of(turn: Turn, found: List, may: Rights, arg: str, *, hold: bool = False) -> Line | None:
    """The person at this place, for whoever made the list and has it back. hold: until the turn's end nobody else settles
    them."""
    place = tokens.number(arg)
    if not may.make or found.state not in ("back", "done") or place is None:
        return None
    if hold:
        lists.hold(turn.tx, found)
    return list_people.at_place(turn.tx, found.id, place)


def waiting(turn: Turn, found: List) -> list[int]:
    """The places of those to be put right one by one."""
    return list_people.one_by_one(turn.tx, found.id, rules.BY_FILE, rules.to_enter(found.kind))


def work(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    if not arg and may.make and found.state == "back":
        left = waiting(turn, found)
        if not left:
            return _("Nobody is left to be corrected one by one.")
        arg = str(left[0])
    line = line_of(turn, found, may, arg)
    if line is None:
        menu.no_access(turn)
        return None
    show(turn, found, line)
    return None


def show(turn: Turn, found: List, line: Line, before: Text | None = None) -> None:
    text = lines(before, "" if before else None, card(turn, found, line))
    turn.say(Reply(text, _buttons(turn, found, line), "card", sensitive=True, edit=True))


def card(turn: Turn, found: List, line: Line, *, full: bool = False) -> Text:
    left = len(waiting(turn, found))
    return lines(
        joined(" · ", joined("", "**", words.name(found), "**"), _("no. {n}", n=line.place),
               ngettext("{n} person still to be corrected", "{n} persons still to be corrected", left)),
        _person(line, full=full),
        _("Police: {said}", said=on_list.said(line, full=full)),
        "",
        *put_right.changes(turn, line, full=full),
        *_where_it_stands(line),
    )  # fmt: skip


def _person(line: Line, *, full: bool) -> Text:
    known = [wording_changes.value(field, line.given[field], full=full)
             for field in ("name", "birth", "sex", "number") if line.given.get(field)]  # fmt: skip
    return joined(", ", *known) if known else _("This person's data was erased.")


def _where_it_stands(line: Line) -> list[Text]:
    if line.checked == "right":
        return [_("The Platform shows the right values.")]
    if line.outcome:
        remark: list[Text] = [_("«{words}»", words=line.remark)] if line.remark else []
        return [_("Outcome: {outcome}", outcome=joined(" ", words.OUTCOMES[line.outcome], *remark))]
    if line.updated_at:
        return [_("Ticked off {at}; the next export shows whether it is right.", at=line.updated_at)]
    again = _("An export of {at} still showed the old value.", at=line.checked_at) if line.checked else None
    return [again] if again else []


def _buttons(turn: Turn, found: List, line: Line) -> tuple[Button, ...]:
    made = []
    open_ = found.state == "back" and not line.settled
    if open_ and line.updated_at is None:
        if line.verdict in ("matches", "differs"):
            made.append(
                Button(_("Corrected on the Platform"), token(found, "worked", stamped(line)), "primary")
            )
        made.append(Button(_("Cannot be put right"), token(found, "outcome", str(line.place))))
    if found.state == "back" and line.outcome:
        made.append(Button(_("To be put right after all"), token(found, "resume", str(line.place))))
    made.append(Button(_("See the full number"), token(found, "worknum", str(line.place))))
    after = next_after(waiting(turn, found), line.place) if found.state == "back" else None
    if after:
        made.append(Button(_("Next person"), token(found, "work", str(after))))
    if line.ticket_id:
        made.append(Button(_("Open the ticket"), f"t:{line.ticket_id}"))
    return (*made, asking.back(found))


def stamped(line: Line) -> str:
    """The place, and which run of it: an export may have opened it again since."""
    return f"{line.place}:{int(line.checked_at.timestamp()) if line.checked_at else 0}"


def next_after(left: list[int], place: int) -> int | None:
    others = [one for one in left if one != place]
    return next((one for one in others if one > place), others[0] if others else None)


def worked(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """Ticked off for good; whether it was done is seen in the next export."""
    line = line_of(turn, found, may, arg.partition(":")[0], hold=True)
    if line is None or found.state != "back":
        menu.no_access(turn)
    elif line.settled or line.updated_at or line.verdict not in ("matches", "differs"):
        show(turn, found, line, _("It was settled or ticked off already."))
    elif arg != stamped(line):
        show(turn, found, line, _("It was opened again meanwhile. Please look once more."))
    else:
        desk.entered(turn, found, line)
        _go_on(turn, found, may, line)
    return None


def _go_on(turn: Turn, found: List, may: Rights, line: Line) -> None:
    from handlers.lists import card as list_card

    told = _("Ticked off: {name}.", name=line.given.get("name") or _("no. {n}", n=line.place))
    after = next_after(waiting(turn, found), line.place)
    following = list_people.at_place(turn.tx, found.id, after) if after else None
    if following:
        show(turn, found, following, told)
    else:
        done = _("Nobody is left to be corrected one by one.")
        list_card.show(turn, found, may, joined(" ", told, done))


def full_number(turn: Turn, found: List, may: Rights, arg: str) -> Text | None:
    """A press of its own, and audited."""
    line = line_of(turn, found, may, arg)
    if line is None or turn.member is None:
        menu.no_access(turn)
        return None
    if not turn.incoming.private:
        turn.toast(_("Numbers are shown in private only."))
        return None
    history.audited(turn.tx, turn.now, "full_number", staff_id=turn.member.id, talk_id=turn.talk.id,
                    ticket_id=line.ticket_id, list=found.id, place=line.place, by="back")  # fmt: skip
    ticket = tickets.find(turn.tx, line.ticket_id) if line.ticket_id else None
    code = reports.get(turn.tx, ticket.report_id).code if ticket else None
    text = lines(code, card(turn, found, line, full=True), "", _("It is recorded that you have seen this."))
    rest = tuple(one for one in _buttons(turn, found, line) if ":worknum:" not in one.token)
    turn.say(Reply(text, rest, "card", sensitive=True, edit=True))
    return None


ACTS = {"work": work, "worked": worked, "worknum": full_number}
