"""Groups of a unit's people: no personal data, no word or photo of a resident ever stands in one."""

from __future__ import annotations

from handlers.groups.answering import answer

__all__ = ["answer"]
