"""The unsigned doses of one unit and day, eight to a page, each a button that chooses it."""

from __future__ import annotations

from handlers import wording_changes
from handlers.reply import Button, Reply
from handlers.signing import chosen
from handlers.signing.chosen import MOST, PAGE, Place
from handlers.staff import menu
from handlers.supervisors import worklists
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import signatures
from storage.unsigned import Waiting

HELP = _("The desk does not sign. Sign on the Platform, choose the doses here, then press «I have signed them on the Platform». "
         "Without a certificate: minutes. Guidance: letters 1908/BYT-CNTT and 1975/BYT-CNTT.")  # fmt: skip


def show(turn: Turn, place: Place, before: Text | None = None, *, edit: bool = True) -> None:
    rows, n = chosen.shown(turn, place)
    if not rows and n:  # the last page has been done
        place = chosen.keep(turn, place, page=(n - 1) // PAGE)
        rows, n = chosen.shown(turn, place)
    if not n and place.back:  # nothing is left to take back
        place = chosen.keep(turn, place, back=False, page=0, chosen=())
        rows, n = chosen.shown(turn, place)
    picked = set(place.chosen)
    text = lines(
        before,
        "" if before else None,
        *_head(turn, place, n),
        _("Chosen: {n}", n=len(picked)) if picked else None,
        worklists.page_of(place.page, n, PAGE),
    )
    buttons = [_row(place, row, row.pair in picked) for row in rows]
    buttons += worklists.turning(f"s:page:{place.token}", place.page, n, PAGE)
    buttons += [*_choosing(place, n), *(_back(place) if place.back else _acts(turn, place))]
    turn.say(Reply(text, (*buttons, menu.HOME), "card", sensitive=True, edit=edit))


def _head(turn: Turn, place: Place, n: int) -> list[Text | None]:
    where = joined(" · ", place.unit.name, _("{at}", at=place.day))
    if place.back:
        return [
            _("**You have ticked today:** {n}", n=n),
            where,
            _("What you take back waits for a signature again."),
        ]
    if not n:
        return [_("**Every dose of this day is signed or ticked.**"), where]
    late = place.day < turn.today
    return [
        _("**Not signed:** {n}", n=n),
        where,
        _("The day is over: this is due at once.") if late else _("Due by the end of the day."),
        "",
        HELP,
    ]  # fmt: skip


def _row(place: Place, row: Waiting, picked: bool) -> Button:
    """«Giàng A Páo · 1995 · mũi cơ bản 2 · Comirnaty · lô FH0020»; never an ID number."""
    dose = {"dose_class": row.dose_class, "ordinal": row.ordinal, "dose_no": row.dose_no}
    birth = str(row.details.get("birth") or "")[:4]
    label: Text = joined(
        " · ",
        str(row.details.get("name") or "?"),
        *([birth] if birth else []),
        wording_changes.dose({**dose, "vaccine": row.vaccine, "lot": row.lot}, " · "),
    )
    if row.denied:
        label = _("⚠ {label} (the Platform still shows it unsigned)", label=label)
    told = _("✓ {label} (chosen)", label=label) if picked else label
    return Button(told, f"s:pick:{place.token}:{row.resident_id}:{row.dose_no}")


def _choosing(place: Place, n: int) -> list[Button]:
    if not n:
        return []
    some = [Button(_("Choose all ({n})", n=min(n, MOST)), f"s:all:{place.token}")]
    none = [Button(_("Choose none"), f"s:none:{place.token}")]
    return [*(some if len(place.chosen) < min(n, MOST) else []), *(none if place.chosen else [])]


def _acts(turn: Turn, place: Place) -> list[Button]:
    n, made = len(place.chosen), []
    if n:
        made = [
            Button(_("I have signed them on the Platform ({n})", n=n), f"s:sign:{place.token}:{place.mark}", "primary"),
            Button(_("Put into minutes ({n})", n=n), f"s:minutes:{place.token}:{place.mark}"),
        ]  # fmt: skip
    assert turn.member is not None
    day, who = place.day, turn.member.id
    _rows, ticked = signatures.ticked(turn.tx, place.unit.id, day, who, chosen.since(turn), 0)
    if ticked:
        made.append(Button(_("Ticked by you today ({n})", n=ticked), f"s:mine:{place.token}"))
    return [*made, Button(_("Another day"), f"s:days:{place.unit.id}")]


def _back(place: Place) -> list[Button]:
    n = len(place.chosen)
    takes = Button(_("Take back ({n})", n=n), f"s:undo:{place.token}:{place.mark}", "danger")
    return [*([takes] if n else []), Button(_("Back to what is unsigned"), f"s:day:{place.token}")]
