"""A fault: what one finished form says is wrong, in the shape that routing, tickets and staff need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Fault:
    """changes: [{"kind", "field", "old", "new"}]; site: the unit as recorded; place: "2024:04612" where only the
    commune of the dose is known; province: a 2025 code where only that is known."""

    axis: Literal["dose", "identity"]
    kind: str
    changes: tuple[dict[str, Any], ...]
    site: int | None = None
    place: str | None = None
    province: str | None = None
