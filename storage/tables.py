"""Brings every table into one metadata, for the migrations and for tests."""

from storage import (
    absences,
    approvals,
    canned,
    codes,
    deadlines,
    doses,
    evidence,
    facts,
    files,
    group_codes,
    groups,
    history,
    inbox,
    leases,
    outbox,
    pace,
    people,
    places,
    policies,
    reports,
    staff,
    talks,
    tickets,
    tokens,
    units,
    unreached,
    web,
)
from storage.columns import metadata

__all__ = [
    "absences", "approvals", "canned", "codes", "deadlines", "doses", "evidence", "facts", "files", "group_codes", "groups",
    "history",
    "inbox", "leases", "metadata", "outbox", "pace", "people", "places", "policies", "reports", "staff", "talks",
    "tickets", "tokens", "units", "unreached", "web",
]  # fmt: skip
