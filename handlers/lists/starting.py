"""«Lập danh sách»: at which unit, of which kind; who makes no such list reads why."""

from __future__ import annotations

from handlers.lists import asking, cleaning, desk, from_tickets, refusals, rights, who, words
from handlers.reply import Button, Reply
from handlers.staff import menu, tokens
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import units
from storage.units import SITES, Unit


def begin(turn: Turn, rest: str) -> None:
    """l:new[:UNIT[:KIND[:…]]]"""
    member = turn.member
    unit_, kind, arg = [*rest.split(":", 2), "", "", ""][:3]
    if member is None:
        menu.no_access(turn)
        return
    if not unit_:
        _ask_unit(turn)
        return
    unit_id = tokens.number(unit_)
    if unit_id is None or not member.at(unit_id):
        menu.no_access(turn)
        return
    unit = units.get(turn.tx, unit_id)
    if not kind:
        _ask_kind(turn, unit)
    elif kind not in who.kinds(unit):
        _say(turn, refusals.no_kind(unit), unit)
    elif who.parties(turn.tx, unit, kind) is None:
        _say(turn, refusals.no_list(unit, "no_police"), unit)
    elif kind == "tickets":
        _tickets(turn, unit, arg)
    elif kind == "cleaning":
        cleaning.press(turn, unit, arg)
    else:
        _round(turn, unit)


def makers(turn: Turn) -> list[Unit]:
    """The units of whoever asks that make lists."""
    assert turn.member is not None
    mine = (units.get(turn.tx, one) for one in sorted({role.unit_id for role in turn.member.roles}))
    return [unit for unit in mine if who.kinds(unit)]


def _ask_unit(turn: Turn) -> None:
    made = makers(turn)
    if len(made) == 1:
        _ask_kind(turn, made[0])
        return
    if not made:
        turn.say(
            Reply(
                _("Lists are made by health stations and vaccination sites."),
                (refusals.LISTS_PAGE, menu.HOME),
                "card",
                edit=True,
            )
        )
        return
    buttons = [Button(unit.name, f"l:new:{unit.id}") for unit in made]
    turn.say(Reply(_("For which unit?"), (*buttons, refusals.LISTS_PAGE), "card", edit=True))


def _ask_kind(turn: Turn, unit: Unit) -> None:
    kinds = who.kinds(unit)
    hints = {
        "tickets": _("residents' open identity tickets, straight to the police"),
        "cleaning": _("wrong records of the commune's people; the hamlet's team reviews first"),
        "round": _("people of your own round of vaccination, typed or as an .xlsx file"),
    }
    told: list[Text] = [joined("", "**", words.KINDS[kind], "**: ", hints[kind]) for kind in kinds]
    why = [refusals.no_kind(unit)] if unit.kind in SITES and "cleaning" not in kinds else []
    buttons = [Button(words.KINDS[kind], f"l:new:{unit.id}:{kind}") for kind in kinds]
    text = lines(joined("", "**", _("Make a list"), "** – ", unit.name), "", *told, *why)
    turn.say(Reply(text, (*buttons, refusals.LISTS_PAGE), "card", edit=True))


def _say(turn: Turn, text: Text, unit: Unit) -> None:
    turn.say(Reply(text, (Button(_("Back"), f"l:new:{unit.id}"), refusals.LISTS_PAGE), "card", edit=True))


def _tickets(turn: Turn, unit: Unit, arg: str) -> None:
    from handlers.lists import card

    found = from_tickets.proposed(turn.tx, unit.id) if arg == "go" else []
    done = from_tickets.put(turn, unit.id, found[: from_tickets.MOST]) if found else None
    seen = rights.seen(turn, done.found.id) if done and done.found else None
    if done is None or seen is None:
        from_tickets.proposal(turn, unit.id)
    else:
        card.show(turn, *seen, done.words(), edit=False)


def _round(turn: Turn, unit: Unit) -> None:
    made = desk.make(turn, unit.id, "round")
    asking.ask_words(
        turn, made, "title", _("What is this round called? For example: Round of 24/11, hamlet 3.")
    )
