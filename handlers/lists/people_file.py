"""A workbook of people for a draft of a unit's own round: its cells are read, and rows.py puts them on the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.incoming import Sheet
from handlers.lists import card, returned, right_value, rights, rows, starting
from handlers.lists.returned_words import ranges, unused
from handlers.reply import Button, Reply
from handlers.rules import days, list_rows
from handlers.rules.names import fold
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, Words, _, lines
from storage import history, lists
from storage.lists import List

NO_DRAFT = _(
    "I see a workbook of people, but you have no list of a round under way to put them on. "
    "Please make one («Round of vaccination»), and send the file again. Nothing was kept."
)
NO_ROUND = _("A workbook of people goes on a draft list of your own round only. Nothing was kept.")
ZERO = _("the number has {n} digits; the spreadsheet may have dropped a 0: write all 12 (of a CMND: 9), as text, "
         "or leave it empty where the right one is not known")  # fmt: skip
LONG = _("a cell is longer than 300 characters")
CONTRADICTS = _("a CCCD, but the nationality is «{said}»: which is right?")
NATIONALITY = _("there is only a passport: please write the nationality")
NO_NATIONS = _(
    "The workbook has no column «Quốc tịch»: please look whether all of them are Vietnamese citizens."
)
VIETNAM = ("viet nam", "vietnam", "vn", "vnm", "vietnamese", "nguoi viet nam")
NUMBERS = ("national_id", "old_id", "number", "passport")
LONGEST = 300


def hear(turn: Turn, sheet: Sheet, expects: Mapping[str, Any]) -> None:
    """For the list that was asked about, else for the newest draft of a round."""
    assert turn.member is not None
    asked = expects.get("by") == "l" and expects.get("verb") == "file"
    mine = sorted({role.unit_id for role in turn.member.roles})
    newest = None if asked else lists.newest_draft(turn.tx, mine, "round")
    list_id = int(expects["list"]) if asked else newest.id if newest else None
    seen = rights.seen(turn, list_id) if list_id is not None else None
    if seen is None and not starting.makers(turn):  # the police, whose workbook lost what it is known by
        turn.say(Reply(returned.NO_KEYS, (menu.LISTS, menu.HOME)))
        return
    if seen is None or not seen[1].make:
        turn.say(Reply(NO_DRAFT, (Button(_("Make a list"), "l:new", "primary"), menu.LISTS, menu.HOME)))
        return
    card.do(turn, seen[0], lambda: put(turn, seen[0], sheet), edit=False)


def put(turn: Turn, found: List, sheet: Sheet) -> Text:
    if found.state != "draft" or found.kind != "round":
        return NO_ROUND
    people, bad = [], []
    for n, cells in sheet.rows:
        read = _person(cells)
        if isinstance(read, Words):
            bad.append((n, read))
        else:
            people.append({**read, "row": n})
    done = rows.add_rows(turn, found, people)
    done.bad = sorted([*done.bad, *bad], key=lambda one: one[0])
    history.audited(turn.tx, turn.now, "list_file_in", staff_id=turn.member.id if turn.member else None,
                    talk_id=turn.talk.id, list=found.id, rows=len(sheet.rows), kept=done.n)  # fmt: skip
    return lines(
        done.words(),
        _("A formula without a value reads as empty: row {rows}", rows=ranges(sheet.formulas))
        if sheet.formulas
        else None,
        None if "foreign" in sheet.columns else NO_NATIONS,
        unused(sheet.extra),
    )


def _is_cccd(digits: str) -> bool:
    return digits.isascii() and digits.isdigit() and len(digits) == 12


def _person(cells: Mapping[str, str]) -> dict[str, Any] | Words:
    """By the names of a line's `given`; or why it is none."""
    if any(len(text) > LONGEST for text in cells.values()):
        return LONG
    number = next((cells[key] for key in NUMBERS if cells.get(key)), "")
    number = "" if fold(number) in list_rows.NO_NUMBER else number
    digits = "".join(number.split())
    if right_value.lost_zeros(digits):  # which zero is gone is not guessed
        return Words(ZERO.msgid, {"n": len(digits)})
    nation = fold(cells.get("foreign", ""))
    foreign = bool(nation) and nation not in VIETNAM
    if not nation and any(sign.isalpha() for sign in number):
        return NATIONALITY
    if foreign and _is_cccd(digits):  # many write «Kinh» there; nobody is left out by a slip
        return Words(CONTRADICTS.msgid, {"said": cells["foreign"][:40]})
    born = cells.get("birth") or cells.get("year", "")
    birth = days.read_day(born, year_only=True)
    sex = list_rows.SEXES.get(fold(cells.get("sex", "")))
    if isinstance(birth, str) and not foreign:
        return rows.in_a_row("birth", birth, born)
    if cells.get("sex") and not sex and not foreign:
        return rows.in_a_row("sex", "", cells["sex"])
    return {
        "name": cells.get("name", ""),
        "birth": "" if isinstance(birth, str) else birth.iso(),
        "sex": sex,
        "number": number,
        "foreign": foreign,
        "residence": cells.get("residence"),
        "phone": cells.get("phone"),
    }
