"""/vangmat: who stands in while somebody is away, and until when; it ends by itself (back.py)."""

from __future__ import annotations

from datetime import date, timedelta

from handlers.reply import Button, Reply
from handlers.rules import days
from handlers.staff import back, menu, tokens
from handlers.turn import Turn
from locales import Text, _, lines
from storage import absences, history, staff
from storage.staff import Staff

LONGEST = timedelta(days=183)  # six months: maternity leave, the longest that is usual
FRIDAY, SUNDAY = 4, 6


def begin(turn: Turn, _rest: str) -> None:
    """/vangmat; who is away already is asked whether they are back."""
    member = turn.member
    if member is None:
        menu.no_access(turn)
        return
    absence = absences.of(turn.tx, member.id, turn.today)
    if absence is None:
        _ask_who(turn, member)
        return
    name = staff.name_of(turn.tx, absence.substitute_id)
    told = _("You are away until the end of {day}; {name} stands in.", day=absence.last_day, name=name)
    buttons = (
        Button(_("I am back"), "away:back", "primary"),
        Button(_("Somebody else, or another day"), "away:who"),
        menu.HOME,
    )
    turn.say(Reply(told, buttons, "ask"))


def press(turn: Turn, token: str) -> None:
    """away:who · away:who:STAFF · away:until:STAFF:DAY · away:back; who may stand in is looked at anew."""
    member = turn.member
    if member is None:
        menu.no_access(turn)
        return
    verb, *rest = token.partition(":")[2].split(":")
    match verb, tokens.numbers(rest[:1]):
        case "back", []:
            back.come(turn, member)
        case "who", []:
            _ask_who(turn, member)
        case "who", [person_id]:
            _ask_day(turn, member, person_id)
        case "until", [person_id] if len(rest) == 2:
            _until(turn, member, person_id, rest[1])
        case _:
            menu.no_access(turn)


def hear(turn: Turn, expects: dict[str, object], text: str) -> None:
    """The typed day."""
    if turn.member is None:
        menu.no_access(turn)
    else:
        _until(turn, turn.member, int(str(expects["who"])), text)


def colleagues(turn: Turn, member: Staff) -> list[Staff]:
    """Of one's own units, and there today."""
    found = {person.id: person for role in member.roles for person in staff.members(turn.tx, role.unit_id)}
    return [p for p in found.values() if p.id != member.id and not absences.of(turn.tx, p.id, turn.today)]


def _ask_who(turn: Turn, member: Staff) -> None:
    people = colleagues(turn, member)
    buttons = (*(Button(person.name, f"away:who:{person.id}") for person in people), menu.HOME)
    nobody = _(
        "Nobody else of your unit is there to stand in. What you hold stays with you; a head can pass it on."
    )
    turn.say(Reply(_("You will be away. Who stands in for you?") if people else nobody, buttons, "ask"))


def _ask_day(turn: Turn, member: Staff, person_id: int, before: Text | None = None) -> None:
    person = next((p for p in colleagues(turn, member) if p.id == person_id), None)
    if person is None:
        _ask_who(turn, member)
        return
    here = f"away:until:{person.id}"
    buttons = [
        Button(_("{label}: {day}", label=label, day=day), f"{here}:{day:%d/%m/%Y}")
        for label, day in _soon(turn.today)
    ]
    told = _("{name} stands in. Until which day are you away? Press one, or type the last day, for example 31/12.",
             name=person.name)  # fmt: skip
    turn.say(Reply(lines(before, told), (*buttons, Button(_("Back"), "away:who")), "ask"))
    turn.state["expects"] = {"by": "away", "who": person.id}


def _soon(today: date) -> list[tuple[Text, date]]:
    """Weeks end on Friday; from then on, on Sunday."""
    last = FRIDAY if today.weekday() < FRIDAY else SUNDAY
    week = today + timedelta(days=last - today.weekday())
    found = [(_("Today"), today), (_("This week"), week), (_("Next week"), week + timedelta(days=7))]
    return [one for number, one in enumerate(found) if number == 0 or one[1] != today]


def _until(turn: Turn, member: Staff, person_id: int, said: str) -> None:
    day = _day(turn.today, said)
    person = next((p for p in colleagues(turn, member) if p.id == person_id), None)
    if person is None:
        _ask_who(turn, member)
        return
    if day is None:
        latest = turn.today + LONGEST
        _ask_day(turn, member, person_id, _("That cannot be the last day: from today to {day}.", day=latest))
        return
    before = absences.of(turn.tx, member.id, turn.today)
    absences.begin(turn.tx, member.id, person.id, day, turn.now)
    history.audited(turn.tx, turn.now, "away", staff_id=member.id, talk_id=turn.talk.id, substitute=person.id,
                    until=day.isoformat())  # fmt: skip
    if before and before.substitute_id != person.id:
        back.released(turn, member, before)
    turn.say(
        Reply(
            lines(
                _("Noted: you are away until the end of {day}, and {name} stands in.", day=day, name=person.name),
                _("{name} hears what you would hear, and sees what you hold. Back earlier? Write /vangmat.", name=person.name),
            ),
            (menu.HOME,),
        )
    )  # fmt: skip
    asked = lines(
        _("{who} is away until the end of {day}, and you stand in.", who=member.name, day=day),
        _("What {who} would hear comes to you; what {who} holds stands under «Mine». Your own rights stay as they are.",
          who=member.name),
    )  # fmt: skip
    turn.tell(person.talk_id, Reply(asked, (back.MINE,), rank="alert"))


def _day(today: date, said: str) -> date | None:
    """One without a year is the next of that name."""
    for year in ("", f"/{today.year}", f"/{today.year + 1}"):
        read = days.read_day(said.strip() + year)
        found = read.date() if isinstance(read, days.Day) else None
        if found is not None and today <= found <= today + LONGEST:
            return found
    return None
