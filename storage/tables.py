"""Brings every table into one metadata, for the migrations and for tests."""

from storage import (
    approvals,
    codes,
    deadlines,
    doses,
    facts,
    files,
    history,
    inbox,
    outbox,
    people,
    places,
    policies,
    reports,
    staff,
    talks,
    tickets,
    units,
    web,
)
from storage.columns import metadata

__all__ = [
    "approvals", "codes", "deadlines", "doses", "facts", "files", "history", "inbox", "metadata", "outbox", "people",
    "places", "policies", "reports", "staff", "talks", "tickets", "units", "web",
]  # fmt: skip
