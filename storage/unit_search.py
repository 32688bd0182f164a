"""Finding a unit that exists today by part of its name, for handing over and for invitations."""

from __future__ import annotations

from sqlalchemy import Connection, select

from storage.units import DESK, Unit, units

_COLUMNS = [units.c[name] for name in Unit.__dataclass_fields__]


def find(
    tx: Connection,
    words: str,
    *,
    province: str | None = None,
    within: list[int] | None = None,
    without: tuple[str, ...] = (),
    limit: int = 8,
) -> list[Unit]:
    """Units whose folded names hold every one of these folded words; the words side by side first."""
    found = select(*_COLUMNS).where(units.c.valid_to.is_(None), units.c.kind != DESK)
    for part in words.split():
        found = found.where(units.c.search.contains(part, autoescape=True))
    if province:
        found = found.where(units.c.province == province)
    if within is not None:
        found = found.where(units.c.id.in_(within))
    if without:
        found = found.where(units.c.kind.not_in(without))
    nearest = (~units.c.search.contains(words, autoescape=True), units.c.search)
    return [Unit(*row) for row in tx.execute(found.order_by(*nearest).limit(limit))] if words.split() else []
