"""What an SMS can hold and is counted as, and words made to fit into few of them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

# GSM 03.38, the alphabet in which an SMS has 160 characters; those of its extension count twice.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
ALONE = {"gsm7": 160, "ucs2": 70}  # units of a message that is one SMS
JOINED = {"gsm7": 153, "ucs2": 67}  # units of each SMS of several that the phone puts together

_UNFOLDED = str.maketrans(
    {"đ": "d", "Đ": "D", "«": '"', "»": '"', "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "₫": "d"}
    | {"•": "-", "·": "-", "→": "->", "×": "x", "⚠": "!", "\t": " "}
)  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A text as it goes out, and the SMS that it is paid for as."""

    text: str
    encoding: Literal["gsm7", "ucs2"]
    parts: int

    @property
    def units(self) -> int:
        return sum(_weights(self.text, self.encoding))


def written(text: str, *, plain: bool, most: int | None = None) -> Written:
    """The text in the cheapest encoding that holds it; with `most`, cut at a word so that it is no more SMS than that."""
    text = folded(text) if plain else unicodedata.normalize("NFC", text)
    encoding = encoding_of(text)
    if most is not None and parts(text, encoding) > most:
        text = _cut(text, encoding, most)
    return Written(text, encoding, parts(text, encoding))


def encoding_of(text: str) -> Literal["gsm7", "ucs2"]:
    return "gsm7" if all(char in BASIC or char in EXTENSION for char in text) else "ucs2"


def folded(text: str) -> str:
    """Without accents, and only with characters of GSM 03.38; what has no likeness there is a question mark."""
    bare = unicodedata.normalize("NFKD", text.translate(_UNFOLDED))
    seen = (char for char in bare if unicodedata.category(char) not in ("Mn", "Cf"))
    return "".join(char if char in BASIC or char in EXTENSION else "?" for char in seen)


def parts(text: str, encoding: str) -> int:
    """How many SMS; neither an escaped character nor a surrogate pair is split between two of them."""
    weights = _weights(text, encoding)
    if sum(weights) <= ALONE[encoding]:
        return 1
    count, room = 1, JOINED[encoding]
    for weight in weights:
        if weight > room:
            count, room = count + 1, JOINED[encoding]
        room -= weight
    return count


def _weights(text: str, encoding: str) -> list[int]:
    if encoding == "gsm7":
        return [2 if char in EXTENSION else 1 for char in text]
    return [2 if ord(char) > 0xFFFF else 1 for char in text]


def _cut(text: str, encoding: str, most: int) -> str:
    dots = "..." if encoding == "gsm7" else "…"
    longest = JOINED[encoding] * most if most > 1 else ALONE[encoding]
    head = text[: longest + 1]
    while parts(head + dots, encoding) > most:
        head = head[:-1]
    if not text[len(head)].isspace():
        word = max(head.rfind(" "), head.rfind("\n"))
        head = head[:word] if word > len(head) // 2 else head
    return head.rstrip() + dots
