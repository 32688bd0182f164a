"""The unit's own canned answers: kept after they were typed, or added by /caumau; listed, and taken away again."""

from __future__ import annotations

import re

from handlers.reply import Button, Reply
from handlers.staff import menu, rights, tokens
from handlers.staff.acting import Expects
from handlers.staff.canned_words import OUTCOMES, clipped
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import canned, staff
from storage.canned import Canned
from storage.staff import Staff

MOST = 20  # of one unit
LONGEST = 300
_CARD = re.compile(r"(?<!\d)(?:\d[ .]?){8}(?:(?:\d[ .]?){3})?\d(?!\d)")  # 9 or 12 digits: CMND, CCCD

LIST = Button(_("Canned answers"), "c:list")
WARNING = _("Many people will read it: no name, ID number or phone of a resident, please.")


def problem(turn: Turn, unit_id: int, words: str) -> Text | None:
    """Why these words cannot be kept for the unit."""
    kept = canned.of_unit(turn.tx, unit_id)
    if len(words) > LONGEST:
        return _("That is too long. Please keep it under {n} characters.", n=LONGEST)
    if _CARD.search(words):
        return _("There seems to be an ID number in it. Please write it without.")
    if any(one.words == words for one in kept):
        return _("It is kept already.")
    if len(kept) >= MOST:
        return _(
            "{n} canned answers are kept, which is all there is room for. Please remove one first.", n=MOST
        )
    return None


def saving(turn: Turn) -> tuple[Button, ...]:
    """«Lưu làm câu mẫu», beside what came of words that were typed."""
    said = turn.state.get("said")
    if said is None or problem(turn, said["unit"], said["words"]):
        return ()
    return (Button(_("Keep as a canned answer"), "c:keep"),)


def show(turn: Turn, _rest: str = "") -> None:
    """/caumau: those of my unit; who belongs to several chooses one."""
    member = turn.member
    if member is None:
        menu.no_access(turn)
        return
    mine = {role.unit_id: role.unit for role in member.roles}
    if len(mine) == 1:
        _list(turn, member, next(iter(mine)))
        return
    buttons = [Button(name, f"c:unit:{unit_id}") for unit_id, name in mine.items()]
    turn.say(Reply(_("Of which unit?"), (*buttons, menu.HOME), "card", edit=True))


def press(turn: Turn, token: str) -> None:
    """c:list · c:unit:UNIT · c:one:ID · c:remove:ID · c:add:UNIT · c:add:UNIT:OUTCOME · c:keep · c:keep:go"""
    member = turn.member
    verb, *rest = token.split(":")[1:] or [""]
    numbers = tokens.numbers(rest[:1])
    one = canned.get(turn.tx, numbers[0]) if verb in ("one", "remove") and numbers else None
    if member is None:
        menu.no_access(turn)
    elif verb == "keep":
        _keep(turn, member, sure=rest == ["go"])
    elif verb == "unit" and numbers and member.at(numbers[0]):
        _list(turn, member, numbers[0])
    elif verb == "add" and numbers and member.at(numbers[0]):
        _add(turn, numbers[0], rest[1] if len(rest) > 1 else "")
    elif verb == "one" and one and member.at(one.unit_id):
        _one(turn, member, one)
    elif verb == "remove" and one and may_remove(member, one):
        canned.remove(turn.tx, one.id, turn.now)
        _list(turn, member, one.unit_id, _("Removed."))
    else:
        show(turn)


def may_remove(member: Staff, one: Canned) -> bool:
    """Whoever added it, and the head of the unit."""
    mine = one.staff_id == member.id and member.at(one.unit_id)
    return mine or one.unit_id in {*rights.heads(member), *rights.oversees(member)}


def _list(turn: Turn, member: Staff, unit_id: int, before: Text | None = None) -> None:
    """By outcome; each at one tap."""
    order = list(OUTCOMES)
    kept = sorted(canned.of_unit(turn.tx, unit_id), key=lambda one: order.index(one.outcome))
    unit = next(role.unit for role in member.roles if role.unit_id == unit_id)
    told = _("{n} of {most} canned answers", n=len(kept), most=MOST)
    buttons = [Button(_row(one), f"c:one:{one.id}") for one in kept]
    add = [Button(_("Add one"), f"c:add:{unit_id}", "primary")] if len(kept) < MOST else []
    none = None if kept else _("None yet. The built-in ones are offered all the same.")
    text = lines(before, "" if before else None, joined(" – ", _("**Canned answers**"), unit), told, none)
    turn.say(Reply(text, (*buttons, *add, menu.HOME), "card", edit=True))


def _row(one: Canned) -> Text:
    return joined(": ", OUTCOMES[one.outcome], clipped(one.words))


def _one(turn: Turn, member: Staff, one: Canned) -> None:
    by = _("Added by: {who}", who=staff.name_of(turn.tx, one.staff_id))
    remove = (
        [Button(_("Remove this sentence"), f"c:remove:{one.id}", "danger")] if may_remove(member, one) else []
    )
    text = lines(joined(": ", OUTCOMES[one.outcome], joined("", "«", one.words, "»")), by)
    turn.say(Reply(text, (*remove, Button(_("Back"), f"c:unit:{one.unit_id}")), "card", edit=True))


def _add(turn: Turn, unit_id: int, outcome: str, before: Text | None = None) -> None:
    back = Button(_("Back"), f"c:unit:{unit_id}")
    if outcome not in OUTCOMES:
        buttons = [Button(label, f"c:add:{unit_id}:{name}") for name, label in OUTCOMES.items()]
        turn.say(Reply(_("For which act?"), (*buttons, back), "card", edit=True))
        return
    turn.say(Reply(lines(before, _("Please type the sentence."), WARNING), (back,)))
    turn.state["expects"] = {"by": "c", "unit": unit_id, "outcome": outcome}


def hear(turn: Turn, expects: Expects, text: str) -> None:
    """The sentence to keep, for every kind of ticket."""
    member = turn.member
    unit_id, words = int(expects["unit"]), text.strip()
    if member is None or not member.at(unit_id):
        menu.no_access(turn)
    elif why_not := problem(turn, unit_id, words):
        _add(turn, unit_id, expects["outcome"], why_not)
    else:
        canned.add(turn.tx, unit_id, None, expects["outcome"], words, member.id, turn.now)
        _list(turn, member, unit_id, _("Kept. It is offered from now on."))


def _keep(turn: Turn, member: Staff, *, sure: bool) -> None:
    """The words just sent, read once more before everybody at the unit is offered them."""
    said = turn.state.get("said")
    if said is None or not member.at(said["unit"]) or problem(turn, said["unit"], said["words"]):
        show(turn)
    elif not sure:
        told = lines(_("Keep this sentence? «{words}»", words=said["words"]), WARNING)
        turn.say(Reply(told, (Button(_("Keep"), "c:keep:go", "primary"), menu.QUEUE_PLAIN), "ask"))
    else:
        turn.state.pop("said")
        canned.add(turn.tx, said["unit"], said["kind"], said["outcome"], said["words"], member.id, turn.now)
        turn.say(Reply(_("Kept. It is offered from now on."), (menu.NEXT, LIST, menu.QUEUE_PLAIN), "card"))
