"""What was tried to reach a resident, and what came of it, in words for staff."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handlers import wording
from locales import Text, Words, _, joined

CAME: dict[str, Words] = {
    "blocked": _("blocked by the resident"),
    "outside": _("takes nothing until the resident writes again"),
    "refused": _("refused"),
    "perhaps": _("may have arrived"),
    "gave_up": _("could not be reached"),
    "unseen": _("page not opened"),
    "off": _("not set up"),
}


def short(ways: Iterable[Sequence[str]]) -> Text:
    """«Zalo, SMS»."""
    names = dict.fromkeys(way for way, _came in ways if way != "phone")
    return joined(", ", *(wording.channel(name) for name in names))


def in_full(ways: Iterable[Sequence[str]]) -> Text:
    """«Zalo: chờ người dân nhắn lại · SMS: bị từ chối»."""
    return joined(" · ", *(_one(way, came) for way, came in ways))


def _one(way: str, came: str) -> Text:
    if way == "phone":
        return _("no phone number for an SMS")
    return _("{channel}: {came}", channel=wording.channel(way), came=CAME.get(came, came))
