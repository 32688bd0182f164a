"""The question for the health unit of a force: police, army, a prison, a rehabilitation or social-protection centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers.forms import NotUnderstood
from handlers.questions_places import Site, by_name, paged
from handlers.rules import names
from handlers.turn import Turn
from locales import _
from storage import places, units

FORCE = ("force",)


@dataclass(frozen=True)
class ForceUnit(Site):
    """Only units of that kind, by name or by province; most have no commune of their own on the map."""

    def read(self, turn: Turn, answers: dict[str, Any], said: str, pressed: bool) -> Any:
        none = _("Not in the list")
        if pressed and said == "list":
            return self._provinces(turn, 0)
        if pressed and said.startswith("m:"):
            return self._provinces(turn, _page(said))
        if pressed and said.startswith("p:2025:"):
            province = said.split(":")[2]
            found = [(f"s:{unit.id}", unit.name) for unit in units.in_province(turn.tx, "force", province)]
            if not found:
                return NotUnderstood(_("The desk knows no such unit in that province."))
            return paged(_("Which of these is it?"), found, _page(said), f"p:2025:{province}", none)
        return super().read(turn, answers, said, pressed)

    def _provinces(self, turn: Turn, page: int) -> NotUnderstood:
        rows = [(f"p:2025:{code}:0", name) for code, name in by_name(places.provinces(turn.tx, "2025"))]
        return paged(_("Which province?"), rows, page, "m:2025", _("Not in the list"))

    def _found(self, turn: Turn, said: str) -> list[units.Unit]:
        return units.find_sites(turn.tx, names.fold(said), kinds=FORCE)


def _page(token: str) -> int:
    page = token.rpartition(":")[2]
    return int(page) if page.isdecimal() else 0
