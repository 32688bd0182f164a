"""A fault: what one finished form says is wrong, in the shape that routing, tickets and staff need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Fault:
    """changes: [{"kind", "field", "old", "new"}]; site: the unit as recorded; place: "2024:04612" where only the
    commune of the dose is known; province: a 2025 code where only that is known. second_site: where a dose recorded
    twice stands also, or where a dose of a wrong place really was given; apart: two places, not both known as units. evidence and no_paper are filled in by
    handlers/residents/sending.py, for every form that has the question."""

    axis: Literal["dose", "identity", "service"]
    kind: str
    changes: tuple[dict[str, Any], ...]
    site: int | None = None
    place: str | None = None
    province: str | None = None
    second_site: int | None = None
    apart: bool = False
    evidence: tuple[str, ...] = ()  # names of what was sent with it
    no_paper: bool = False  # the resident has none any more
