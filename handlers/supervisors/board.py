"""The board: /bang with its units, periods, chart and workbook, /quahan, and where their buttons lead."""

from __future__ import annotations

from handlers.reply import Button, Reply
from handlers.staff import menu
from handlers.supervisors import board_text, late_lists, not_delivered, worklists
from handlers.turn import Turn
from locales import _, joined
from storage import board as numbers
from storage import units
from storage.board import Line
from storage.units import Unit

PAGE = 5
MONTH = 30
PERIODS = {7: _("7 days"), MONTH: _("30 days"), 0: _("All time")}


def show(turn: Turn, rest: str) -> None:
    """/bang: my unit's figures; who belongs to several units chooses one."""
    if turn.member is None:
        menu.no_access(turn)
        return
    mine = {role.unit_id: role.unit for role in turn.member.roles}
    if len(mine) == 1:
        _board(turn, units.get(turn.tx, next(iter(mine))), MONTH, 0)
        return
    buttons = tuple(Button(name, f"b:unit:{unit_id}:{MONTH}:0") for unit_id, name in mine.items())
    turn.say(Reply(_("Which unit's figures?"), buttons, "card"))


def overdue(turn: Turn, rest: str) -> None:
    """/quahan."""
    if turn.member is None:
        menu.no_access(turn)
    else:
        worklists.overdue(turn)


def press(turn: Turn, token: str) -> None:
    """Whichever unit is named must be one of mine, or below.

    b:mine · b:overdue[:<page>] · b:unconfirmed[:<page>] · b:unreached[:<page>] · b:lists[:<page>] · b:open:<unit>[:<page>] · b:unit:<unit>:<days>:<page>,
    in a message of its own b:fresh:<unit>:<days>:<page> · b:chart:<unit>:<days>:<page> · b:sheet:<unit>:<days>:<page>
    """
    verb, *rest = token.split(":")[1:] or [""]
    given = [int(one) for one in rest if one.isdecimal() and len(one) < 12]
    if turn.member is None or len(given) != len(rest):
        menu.no_access(turn)
        return
    match verb, given:
        case "mine", []:
            show(turn, "")
        case "overdue", ([] | [_]):
            worklists.overdue(turn, *given)
        case "unconfirmed", ([] | [_]):
            worklists.unconfirmed(turn, *given)
        case "unreached", ([] | [_]):
            not_delivered.show(turn, *given)
        case "lists", ([] | [_]):
            late_lists.show(turn, *given)
        case "open", [unit_id, *page] if len(page) < 2 and (unit_id == 0 or _mine(turn, unit_id)):
            worklists.opened(turn, unit_id, *page)
        case (("unit" | "fresh"), [unit_id, days, page]) if days in PERIODS and _mine(turn, unit_id):
            _board(turn, units.get(turn.tx, unit_id), days, page, edit=verb == "unit")
        case (("chart" | "sheet"), [unit_id, days, _page]) if days in PERIODS and _mine(turn, unit_id):
            _render(turn, verb, units.get(turn.tx, unit_id), days)
        case _:
            menu.no_access(turn)


def _mine(turn: Turn, unit_id: int) -> bool:
    mine = set(worklists.mine(turn))
    found = units.find(turn.tx, unit_id)
    return found is not None and bool(
        mine & {unit_id, *(unit.id for unit in units.lines_up(turn.tx, unit_id))}
    )


def _board(turn: Turn, unit: Unit, days: int, page: int, *, edit: bool = True) -> None:
    found = numbers.lines(turn.tx, unit.id, board_text.since(turn.now, days), turn.now)
    shown = found[page * PAGE : (page + 1) * PAGE]
    here = f"b:unit:{unit.id}:{days}"
    buttons = [Button(line.unit, _inside(line, days)) for line in shown]
    buttons += worklists.turning(here, page, len(found), PAGE)
    buttons += [
        Button(name, f"b:unit:{unit.id}:{other}:0") for other, name in PERIODS.items() if other != days
    ]
    buttons += [
        Button(_("Open tickets"), f"b:open:{unit.id}:0"),
        Button(_("Chart"), f"b:chart:{unit.id}:{days}:0"),
        Button(_("Download .xlsx"), f"b:sheet:{unit.id}:{days}:0"),
    ]
    if any(line.unconfirmed for line in found):
        buttons.append(Button(_("Not confirmed by the Platform"), "b:unconfirmed"))
    buttons += [*not_delivered.entry(turn), *late_lists.entry(turn)]
    if _above(turn, unit):
        buttons.append(Button(_("One level up"), f"b:unit:{unit.parent_id}:{days}:0"))
    text = board_text.table(unit, PERIODS[days], turn.now, found, shown)
    turn.say(Reply(text, tuple(buttons), "card", edit=edit))


def _inside(line: Line, days: int) -> str:
    """Province → commune → unit → its tickets."""
    return f"b:unit:{line.unit_id}:{days}:0" if line.deep else f"b:open:{line.unit_id}:0"


def _above(turn: Turn, unit: Unit) -> bool:
    return unit.parent_id is not None and unit.id not in worklists.mine(turn) and _mine(turn, unit.parent_id)


def _render(turn: Turn, verb: str, unit: Unit, days: int) -> None:
    """Said now, drawn when it is delivered, in a process of its own."""
    words = joined(" · ", unit.name, PERIODS[days], _("as of {at}", at=turn.now))
    spec = {
        "render": "board_chart" if verb == "chart" else "board_table",
        "unit": unit.id,
        "days": days,
        "as_of": turn.now.isoformat(),
        "lang": turn.lang,
        "alt": board_text.alt(turn, unit, days, words) if verb == "chart" else words,
    }
    turn.say(Reply(words, (Button(_("Figures"), f"b:fresh:{unit.id}:{days}:0"),), media=(spec,)))
