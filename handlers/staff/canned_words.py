"""Canned answers: built-in ones per kind and outcome, said in the resident's language, and the unit's own, as typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from handlers.reply import Button
from handlers.turn import Turn
from locales import Text, Words, _, lines, say
from storage import canned

CLIP = 36  # characters on a button, about what a phone shows; more of the sentence stands above it
LISTED = 140  # characters there; all of it is read before it goes

OUTCOMES: dict[str, Words] = {
    "answer": _("Answering"),
    "ask": _("Asking"),
    "approve": _("Approving"),
    "reject": _("Something is missing"),
    "later": _("Handle later"),
}


@dataclass(frozen=True)
class Phrase:
    """key: "=NAME" of a built-in one, "=NUMBER" of the unit's own; in tokens."""

    key: str
    words: Text


_ON_RECORD = ("dose_wrong", "dose_duplicate", "dose_not_mine")
_MISSING = ("dose_missing", "still_here", "force")
_PAPER = (*_MISSING, "dose_wrong", "other_record")
_GIVEN = (*_MISSING, "dose_wrong")

_PERSON = ("personal", "id_missing", "id_format", "foreigner")
_NUMBER = ("personal", "id_missing", "id_format")
_PLATFORM = ("dose_", *_PERSON, "other_record", "phone", "not_signed", "f0")

# outcome -> name -> the kinds that it fits ("dose_" those that begin so, "" all), and the words.
BUILT_IN: dict[str, dict[str, tuple[tuple[str, ...], Words]]] = {
    "approve": {
        "entered": (_MISSING, _("We have entered the dose as it stands in our register. Please look again in a few days.")),
        "corrected": (_ON_RECORD, _("We have corrected the dose as it stands in our register. Please look again in a few days.")),
        "compared": (_PERSON, _("We have compared your data and corrected it. Please look again in a few days.")),
        "still": (("",), _("If it is still wrong when you look again, please press «It is still wrong» below this message.")),
    },
    "ask": {
        "paper": (_PAPER, _("Please send a photo of the vaccination certificate. If you no longer have the paper, just tell us.")),
        "when": (_GIVEN, _("Was it in the morning or in the afternoon, and at which place exactly?")),
        "spell": (("personal",), _("Please write exactly what your CCCD says: full name with its marks, birth date, sex. No photo of the card is needed.")),
        "call": (("",), _("We would like to call you about it. At what time does it suit you?")),
    },
    "answer": {
        "entering": (_MISSING, _("Our register has this dose. We are entering it in the system.")),
        "not_there": (_GIVEN, _("Our register does not have you on that day. Please check the day and the place once more.")),
        "which": (("dose_duplicate",), _("We are checking in our register which of the two is right.")),
        "whose": (("dose_not_mine",), _("We are checking in our register whose dose it is.")),
        "comparing": (_PERSON, _("We are comparing your data with the official papers. We write here as soon as we know more.")),
        "working": (_PLATFORM, _("We have your report and are looking into it. We write here as soon as we know more.")),
        "called": (("reaction", "call_back"), _("We have called you and noted it down. If anything changes, please call us at once.")),
        "mended": (("site_tech",), _("It works again. Please try, and press «It is not settled yet» if it does not.")),
        "heard": (("other",), _("Thank you for telling us. We have spoken with those concerned and will do better.")),
    },
    "reject": {
        "as_card": (_NUMBER, _("Please write it once more exactly as on your CCCD. No photo of the card is needed.")),
        "bring": (("",), _("If it is easier for you, bring the paper to us in working hours.")),
    },
    "later": {
        "register": (("dose_", *_MISSING), _("We are looking for the old register.")),
        "verifying": (_NUMBER, _("It is being verified, and we are waiting for the result.")),
        "down": (_PLATFORM, _("The system cannot be reached at present. We enter it as soon as it can.")),
        "again": (("reaction", "call_back"), _("We call you again tomorrow.")),
        "mending": (("site_tech",), _("Somebody is on the way to mend it.")),
        "hearing": (("other",), _("We need some time to hear everybody concerned.")),
    },
}  # fmt: skip

_MSGIDS = {words.msgid for named in BUILT_IN.values() for _kinds, words in named.values()}


def fitting(tx: Connection, verb: str, kinds: Collection[str], unit_ids: Collection[int]) -> list[Phrase]:
    """For tickets of these kinds at these units: what fits all of them; the unit's own first, as it knows best."""
    return [*_own(tx, verb, kinds, unit_ids), *_built_in(verb, kinds)]


def _built_in(verb: str, kinds: Collection[str]) -> Iterator[Phrase]:
    for name, (fits, words) in BUILT_IN.get(verb, {}).items():
        if all(_fits(kind, fits) for kind in kinds):
            yield Phrase(f"={name}", words)


def _fits(kind: str, fits: tuple[str, ...]) -> bool:
    return any(kind == one or one == "" or (one.endswith("_") and kind.startswith(one)) for one in fits)


def _own(tx: Connection, verb: str, kinds: Collection[str], unit_ids: Collection[int]) -> Iterator[Phrase]:
    if len(set(unit_ids)) == 1:
        for one in canned.of_unit(tx, next(iter(unit_ids)), outcome=verb):
            if one.kind is None or set(kinds) == {one.kind}:
                yield Phrase(f"={one.id}", one.words)


def listed(turn: Turn, text: Text, phrases: list[Phrase], first: int) -> Text:
    """The text, and below it each sentence under the number of its button."""
    if not phrases:
        return text
    rows = (f"{n}. {clipped(turn.words(one.words), LISTED)}" for n, one in enumerate(phrases, first))
    return lines(text, "", _("Ready-made words:"), *rows)


def buttons(turn: Turn, phrases: list[Phrase], first: int, token: Callable[[str], str]) -> tuple[Button, ...]:
    """Each sentence under its number, cut to what a button holds."""
    return tuple(
        Button(f"{n}. {clipped(turn.words(phrase.words))}", token(phrase.key))
        for n, phrase in enumerate(phrases, first)
    )


def clipped(words: str, most: int = CLIP) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def kept(words: Text) -> dict[str, Any]:
    """Words as history and drafts hold them: in Vietnamese, and of a built-in one also which it is."""
    return {"words": say(words, "vi")} | ({"canned": words.msgid} if isinstance(words, Words) else {})


def spoken(held: Mapping[str, Any]) -> Text:
    """The same words again, to be said in anybody's language; one that is built in no longer stays as it was said."""
    msgid = held.get("canned")
    return Words(msgid) if msgid in _MSGIDS else str(held.get("words") or "")
