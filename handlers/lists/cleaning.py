"""A cleaning list (S4 §1): residents of the commune without a number, with one in a wrong format, or with wrong personal data."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.finding import communes_today
from handlers.lists import adding, desk, refusals, rights, words
from handlers.reply import Button, Reply
from handlers.rules import names
from handlers.rules.lists import FAULTS
from handlers.turn import Turn
from locales import Text, _, joined, lines, ngettext
from storage import cleaning, units
from storage.units import Unit

MOST = 1_000  # on one list
ORDER: list[str] = list(FAULTS)
LETTERS = {fault[0]: fault for fault in ORDER}


def places(tx: Connection, unit: Unit) -> list[str]:
    """The communes, of either map, whose people are this station's."""
    today = communes_today(tx, f"{unit.list}:{unit.commune}") if unit.list and unit.commune else ()
    return cleaning.places_of(tx, today[0]) if len(today) == 1 else []


def press(turn: Turn, unit: Unit, arg: str) -> None:
    """l:new:UNIT:cleaning[:LETTERS[:go]], the letters being the faults that are chosen."""
    letters, _colon, go = arg.partition(":")
    chosen: list[str] = [fault for letter, fault in LETTERS.items() if letter in letters]
    here = places(turn.tx, unit)
    waiting = cleaning.counts(turn.tx, here)
    n = sum(waiting.get(fault, 0) for fault in chosen)
    if go == "go" and n:
        _make(turn, unit, here, chosen)
    else:
        _choose(turn, unit, here, waiting, chosen)


def _choose(turn: Turn, unit: Unit, here: list[str], waiting: dict[str, int], chosen: list[str]) -> None:
    buttons: list[Button] = []
    for letter, fault in LETTERS.items():
        n = waiting.get(fault, 0)
        if n:
            rest = "".join(one for one in LETTERS if (one == letter) != (LETTERS[one] in chosen))
            label: Text = joined(": ", words.FAULTS[fault], str(n))
            label = _("✓ {label} (chosen)", label=label) if fault in chosen else label
            buttons.append(Button(label, f"l:new:{unit.id}:cleaning:{rest}"))
    n = sum(waiting.get(fault, 0) for fault in chosen)
    if n:
        some = min(n, MOST)
        make = ngettext("Put {n} person on a list", "Put {n} persons on a list", some)
        letters = "".join(letter for letter, fault in LETTERS.items() if fault in chosen)
        buttons.append(Button(make, f"l:new:{unit.id}:cleaning:{letters}:go", "primary"))
    settled = cleaning.settled(turn.tx, here)
    text = lines(
        joined("", "**", words.KINDS["cleaning"], "** – ", unit.name),
        _("Permanently resident here, wrong on the Platform by its last export, and on no list:"),
        *(joined(": ", words.FAULTS[fault], str(waiting.get(fault, 0))) for fault in FAULTS),
        _("Already concluded on an earlier list, so not listed again: {n}", n=settled) if settled else None,
        _("Wrong personal data is told from the digits of the number; the police say which is right.")
        if waiting.get("personal")
        else None,
        "",
        _("Choose one or several.") if waiting else _("There is nobody to be listed, or no export of the Platform has been imported."),
        _("No more than {n} on one list; the others on the next.", n=MOST) if n > MOST else None,
    )  # fmt: skip
    turn.say(Reply(text, (*buttons, Button(_("Back"), f"l:new:{unit.id}")), "card", edit=True))


def _make(turn: Turn, unit: Unit, here: list[str], chosen: list[str]) -> None:
    """Foreigners have no fault in the table, and the door is shut to them all the same."""
    from handlers.lists import card

    units.hold(turn.tx, unit.id)
    found = cleaning.waiting(turn.tx, here, chosen, MOST)
    found.sort(key=lambda one: (ORDER.index(one[1]), names.fold(str(one[0].details.get("name") or ""))))
    try:
        made = desk.make(turn, unit.id, "cleaning")
    except desk.Refused as why:
        turn.say(Reply(refusals.no_list(unit, str(why)), (refusals.LISTS_PAGE,), "card", edit=True))
        return
    said = adding.add(turn, made, adding.of_residents(turn.tx, found))
    rest = sum(cleaning.counts(turn.tx, here).get(fault, 0) for fault in chosen)
    n = said.count(None)
    told = lines(
        ngettext("Put on the draft list: {n} person.", "Put on the draft list: {n} persons.", n),
        ngettext("{n} more waits for the next list.", "{n} more wait for the next list.", rest) if rest else None,
    )  # fmt: skip
    seen = rights.seen(turn, made.id)
    assert seen is not None
    card.show(turn, *seen, told, edit=False)
