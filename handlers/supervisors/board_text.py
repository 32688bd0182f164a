"""The board in words: one short block per unit, so that it reads on a narrow phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import board as numbers
from storage.board import Line
from storage.units import Unit


def since(now: datetime, days: int) -> datetime | None:
    return now - timedelta(days=days) if days else None


def table(unit: Unit, period: Text, now: datetime, found: Sequence[Line], shown: Sequence[Line]) -> Text:
    head = (joined("", "**", unit.name, "**"), joined(" · ", period, _("as of {at}", at=now)))
    if not found:
        return lines(*head, "", _("There is nothing to show in this period."))
    blocks: list[Text] = []
    for line in (numbers.total(found, 0, ""), *shown) if len(found) > 1 else shown:
        blocks += ["", *_block(line)]
    return lines(*head, *blocks)


def _block(line: Line) -> list[Text]:
    name: Text = line.unit or _("All together")
    rows: list[Text] = [
        joined("", "**", name, "**"),
        _("{open} open · {nearing} nearing · {overdue} overdue",
          open=line.open, nearing=line.nearing, overdue=line.overdue),
    ]  # fmt: skip
    if line.due:
        rows.append(_("Kept in 48 h: {percent}% ({kept}/{due})", percent=100 * line.kept // line.due,
                      kept=line.kept, due=line.due))  # fmt: skip
    if line.median is not None:
        rows.append(_("Half were done within {hours} h", hours=number(line.median)))
    if line.held:
        rows.append(_("Hours held, all tickets together: {hours}", hours=number(line.held)))
    if line.other:
        rows.append(_("Other matters open, with a deadline of their own: {n}", n=line.other))
    if line.unconfirmed:
        rows.append(_("Not confirmed by the Platform: {n}", n=line.unconfirmed))
    if line.lists_due:
        rows.append(
            _("Lists back from the police in time: {kept}/{due}", kept=line.lists_kept, due=line.lists_due)
        )
    if line.unsigned:
        rows.append(_("Doses not signed by the end of their day, by the Platform: {n}", n=line.unsigned))
    return rows


def number(hours: float) -> str:
    """As Vietnamese writes numbers: 9.308 and 1,5."""
    if hours >= 10 or hours == int(hours):
        return f"{hours:,.0f}".replace(",", ".")
    return f"{max(hours, 0.1):.1f}".replace(".", ",")  # a minute is not nothing


def alt(turn: Turn, unit: Unit, days: int, words: Text) -> Text:
    """The chart for who cannot see it."""
    whole = numbers.total(
        numbers.lines(turn.tx, unit.id, since(turn.now, days), turn.now), unit.id, unit.name
    )
    return joined(". ", words, _("{open} open · {nearing} nearing · {overdue} overdue",
                                 open=whole.open, nearing=whole.nearing, overdue=whole.overdue))  # fmt: skip
