"""What kind of event of Zalo's this is, and whose, before anybody asks what it means; believes nothing of its shape."""

from __future__ import annotations

import hashlib
import re
from typing import Any

Json = dict[str, Any]

FOLLOWED = ("follow", "unfollow")
_ID = re.compile(r"[0-9A-Za-z_-]{1,60}")
_MESSAGE_ID = re.compile(r"[!-~]{1,80}")
_NAME = re.compile(r"(?!user_send_group)[a-z_]{1,60}")


def user_of(event: Json) -> str | None:
    """The person who did something that the desk hears. None: an echo of what we said, a sign that it was read, a tag, a
    group, an event that nobody knows."""
    name = event.get("event_name")
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return None
    if name in FOLLOWED:
        return _id(event, "follower")
    if name.startswith("user_send_") or name == "user_submit_info":
        return _id(event, "sender")
    return None


def accounts_of(event: Json) -> set[str]:
    """The Official Accounts that it may be about: one app may serve several."""
    named = event.get("oa_id")
    ids = {_id(event, "recipient"), _id(event, "sender"), named if isinstance(named, str) else None}
    return {one for one in ids if one}


def account_of(event: Json) -> str | None:
    """The Official Account that a person spoke to."""
    named = event.get("oa_id")
    return named if isinstance(named, str) else _id(event, "recipient")


def event_id(event: Json) -> str:
    """Following and submitted forms have no id of their own; a retry has the same timestamp."""
    message = event.get("message")
    known = message.get("msg_id") if isinstance(message, dict) else None
    if isinstance(known, str) and _MESSAGE_ID.fullmatch(known):
        return known
    whole = f"{event['event_name']}:{user_of(event)}:{known or ''}:{event.get('timestamp')}"
    return f"{event['event_name'][:30]}:{hashlib.sha256(whole.encode(errors='replace')).hexdigest()[:40]}"


def _id(event: Json, who: str) -> str | None:
    """Always strings: as numbers they would not survive JSON in every language."""
    found = event.get(who)
    known = found.get("id") if isinstance(found, dict) else None
    return known if isinstance(known, str) and _ID.fullmatch(known) else None
