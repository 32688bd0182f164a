"""Find the unit behind a site that was only written down: «Trạm Y tế xã Bản Công, huyện Trạm Tấu»."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from handlers.rules.names import fold
from storage import units
from storage.country_units import OLD_MAP_ENDED

_MOST = 20_000

Asked = tuple[str, str | None, str | None, bool]


class Sites:
    """Remembers what it found, up to a bound; what has no single answer stays text."""

    def __init__(self) -> None:
        self._known: dict[Asked, int | None] = {}

    def find(
        self, tx: Connection, name: str | None, code: str | None, commune: str | None, day: date | None
    ) -> int | None:
        """commune: "2024:04612"; day decides between stations of the same name on the old and the new map."""
        if not name and not code:
            return None
        asked = (name or "", code, commune, bool(day and day <= OLD_MAP_ENDED))
        if asked not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[asked] = self._look_up(tx, *asked)
        return self._known[asked]

    def _look_up(
        self, tx: Connection, name: str, code: str | None, commune: str | None, old_map: bool
    ) -> int | None:
        unit = units.by_ref(tx, f"site:{code}") if code else None
        key = fold(name)
        if unit or not key:
            return unit.id if unit else None
        found = units.sites_of_commune(tx, *commune.split(":")) if commune else units.named(tx, key)
        found = [unit for unit in found if is_named(unit.name, key)]
        of_the_day = [unit for unit in found if unit.list != ("2025" if old_map else "2024")]
        found = of_the_day or found
        if len(found) > 1:  # a station that the operator's own list brought in beside the map's
            found = [unit for unit in found if unit.ref.startswith("station:")]
        return found[0].id if len(found) == 1 else None


def is_named(name: str, key: str) -> bool:
    """The recorded words are the unit's name, alone or with the place after it."""
    own = fold(name)
    return key == own or key.startswith(own + " ")
