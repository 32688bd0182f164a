"""The workbook of a list comes back from the police: each row finds its person by its code, whatever its order.

What it says is kept at once, because all of it can be said anew until the list is signed. What cannot be read, or stands
beside somebody else, is named by its row and changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from handlers.incoming import Sheet
from handlers.lists import card, desk, keying, rights, row_said, supplementing
from handlers.lists.returned_words import Taken, summary
from handlers.lists.rights import Rights
from handlers.lists.row_said import Cells, Said, Unclear
from handlers.reply import Reply
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, Words, _
from storage import history, list_people, lists, units
from storage.list_people import Line
from storage.lists import List

NOT_OURS = _("This workbook belongs to no list that you can answer. Nothing was kept.")
NO_KEYS = _("The column «Mã dòng» is missing, so I do not know whose each row is. Please use the file that you got here. Nothing was kept.")  # fmt: skip
NO_RESULTS = _("The column «Kết quả» is missing: its header was renamed, or the column deleted. "
               "Please put it back and send the file again. Nothing was kept.")  # fmt: skip
ASKED = ("ticket", "chat", "sms")
SEVERAL = _("This workbook holds rows of several lists. Please send each list's own file. Nothing was kept.")


def hear(turn: Turn, sheet: Sheet) -> None:
    if "key" not in sheet.columns:
        _say(turn, NO_KEYS)
        return
    if "verdict" not in sheet.columns:
        _say(turn, NO_RESULTS)
        return
    found = _list_of(turn, sheet)
    if isinstance(found, Words):
        _say(turn, found)
        return
    card.do(turn, found[0], lambda: take(turn, *found, sheet), edit=False)


def _say(turn: Turn, text: Text) -> None:
    turn.say(Reply(text, (menu.LISTS, menu.HOME)))


def _list_of(turn: Turn, sheet: Sheet) -> tuple[List, Rights] | Words:
    """By the file's own mark, as long as its rows do not all belong elsewhere; without it by the rows."""
    assert turn.member is not None
    keys = {row_said.key_of(cells) for _n, cells in sheet.rows} - {""}
    mine = [role.unit_id for role in turn.member.roles]
    ids = list_people.lists_of(turn.tx, keys, mine)
    if sheet.mark and (sheet.mark[0] in ids or not ids):
        ids = {sheet.mark[0]}
    seen = [one for one in (rights.seen(turn, list_id) for list_id in sorted(ids)) if one]
    theirs = [(found, may) for found, may in seen if may.police or may.make]
    if len(theirs) > 1:
        return SEVERAL
    return theirs[0] if theirs else NOT_OURS


def take(turn: Turn, found: List, may: Rights, sheet: Sheet) -> Text | None:
    if found.state != "police":
        return _("{list} is not at the police any more. Nothing of the workbook was kept.", list=_name(found))
    if not keying.may_say(turn, found, may):
        police = units.get(turn.tx, found.police_id).name
        return _(
            "{police} answer this list here themselves. Nothing of the workbook was kept.", police=police
        )
    keying.hold(turn, found)
    taken = _taken(turn, found, sheet)
    by, n = turn.member.id if turn.member else None, sum(taken.counted.values())
    lists.happened(turn.tx, found.id, turn.now, "file_in", by, rows=n, refused=len(taken.refused))
    history.audited(turn.tx, turn.now, "list_file_in", staff_id=by, talk_id=turn.talk.id, list=found.id,
                    rows=len(sheet.rows), kept=n)  # fmt: skip
    return summary(taken, sheet.extra, sheet.formulas)


def _name(found: List) -> Text:
    from handlers.lists import words

    return words.name(found)


def _taken(turn: Turn, found: List, sheet: Sheet) -> Taken:
    taken = Taken()
    people = {line.key: line for line in list_people.of_list(turn.tx, found.id)}
    answered: set[str] = set()
    for key, rows in _by_key(sheet, taken).items():
        line = people.get(key)
        if line is None:
            taken.refused += [(n, "unknown_key", "") for n, _cells in rows]
            continue
        answered.add(key)
        said = _one(turn, line, rows, taken)
        if said:
            _keep(turn, found, line, said, rows[0][0], taken)
        elif said is None and line.verdict is None:
            taken.silent.append(line.place)
    taken.missing = [line.place for key, line in people.items() if key not in answered]
    taken.refused.sort(key=lambda one: one[0])
    return taken


def _by_key(sheet: Sheet, taken: Taken) -> dict[str, list[tuple[int, Cells]]]:
    """The rows of each code. One without it is a signature or a sum below the table, as long as it answers nothing."""
    rows: dict[str, list[tuple[int, Cells]]] = defaultdict(list)
    for n, cells in sheet.rows:
        key = row_said.key_of(cells)
        if key:
            rows[key].append((n, cells))
        elif cells.get("verdict"):
            taken.refused.append((n, "no_key", ""))
    return rows


def _one(turn: Turn, line: Line, rows: list[tuple[int, Cells]], taken: Taken) -> Said | Literal[False] | None:
    """What its rows say with one voice; None where they say nothing, False where they cannot be taken."""
    told: list[Said | None] = []
    for n, cells in rows:
        try:
            if row_said.is_another(cells, line.given):
                raise Unclear("another")
            told.append(row_said.read(cells, line.given, turn.today))
        except Unclear as why:
            taken.refused.append((n, why.code, why.about))
            return False
        if row_said.is_touched(cells, line.given):
            taken.touched.append(n)
    answers = [said for said in told if said]
    if any(said != answers[0] for said in answers):
        taken.refused += [(n, "twice", "") for n, _cells in rows]
        return False
    return answers[0] if answers else None


def _keep(turn: Turn, found: List, line: Line, said: Said, row: int, taken: Taken) -> None:
    before = (line.verdict, line.corrected or {}, line.words or "")
    if before != (said.verdict, said.corrected, said.words):
        try:
            if said.verdict == "supplement":
                taken.asked += supplementing.say(turn, found, line, said.words) in ASKED
            else:
                desk.verdict(turn, line, said.verdict, said.corrected, said.words)
        except desk.Refused:
            taken.refused.append((row, "needs_number", ""))
            return
        if line.verdict and line.verdict != said.verdict:
            taken.changed.append(line.place)
    if said.filled:
        taken.filled.append(row)
    if said.doubtful:
        taken.doubtful.append(row)
    taken.counted[said.verdict] = taken.counted.get(said.verdict, 0) + 1
