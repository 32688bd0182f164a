"""Brings every table into one metadata, for the migrations and for tests."""

from storage import (
    absences,
    approvals,
    canned,
    chat_codes,
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
    staff_chats,
    talks,
    tickets,
    tokens,
    units,
    unreached,
    web,
)
from storage.columns import metadata

__all__ = [
    "absences", "approvals", "canned", "chat_codes", "codes", "deadlines", "doses", "evidence", "facts", "files", "group_codes", "groups",
    "history",
    "inbox", "leases", "metadata", "outbox", "pace", "people", "places", "policies", "reports", "staff",
    "staff_chats", "talks",
    "tickets", "tokens", "units", "unreached", "web",
]  # fmt: skip
