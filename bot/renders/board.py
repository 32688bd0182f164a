"""The board as a plain table in its reader's words, ready to be drawn; no personal data is in it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from handlers.supervisors import board as desk_board
from handlers.supervisors.board_text import since
from locales import Text, _, say
from storage import board as numbers
from storage import units
from storage.board import Line

SHOWN = 10  # units on a chart, so that it reads on a phone; the workbook has all

HEAD = (
    _("Unit"), _("Open tickets"), _("Nearing (12 h or less)"), _("Overdue"), _("Closed or due"),
    _("Kept in 48 h"), _("Kept, %"), _("Median hours to close"), _("Hours held"), _("Not confirmed by the Platform"),
    _("Doses not signed by the end of their day, by the Platform"),
)  # fmt: skip


def given(tx: Connection, spec: dict[str, Any]) -> dict[str, Any]:
    """{"title", "period", "as_of", "head", "rows", "total", "parts", "rest"}: what the child is told."""
    now, lang, days = datetime.fromisoformat(spec["as_of"]), spec.get("lang", "vi"), int(spec["days"])
    unit = units.get(tx, spec["unit"])
    found = numbers.lines(tx, unit.id, since(now, days), now)

    def words(text: Text) -> str:
        return say(text, lang)

    return {
        "title": words(_("48 hours: {unit}", unit=unit.name)),
        "period": words(_("Period: {period}", period=desk_board.PERIODS[days])),
        "as_of": words(_("As of: {at}", at=now)),
        "head": [words(name) for name in HEAD],
        "rows": [_row(line) for line in found],
        "total": _row(numbers.total(found, 0, words(_("All together")))),
        "shown": SHOWN,
        "parts": [words(one) for one in (_("overdue"), _("nearing (12 h or less)"), _("more time left"))],
        "rest": words(_("The worst {n} of {all} units", n=SHOWN, all=len(found)))
        if len(found) > SHOWN
        else "",
        "none": words(_("No open tickets")),
        "axis": words(_("Open tickets")),
    }


def _row(line: Line) -> list[Any]:
    kept = round(100 * line.kept / line.due, 1) if line.due else None
    median = round(line.median, 1) if line.median is not None else None
    return [
        line.unit,
        line.open,
        line.nearing,
        line.overdue,
        line.due,
        line.kept,
        kept,
        median,
        line.held,
        line.unconfirmed,
        line.unsigned,
    ]
