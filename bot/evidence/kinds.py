"""What a file is: told by its bytes, never by its name or by what its sender calls it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
MP4 = {b"M4A ", b"M4B ", b"isom", b"iso2", b"iso5", b"iso6", b"mp41", b"mp42", b"dash"}
HEAD = 4096  # where a container names its tracks


@dataclass(frozen=True)
class Type:
    kind: Literal["photo", "pdf", "voice"]
    mime: str


def type_of(content: bytes) -> Type | None:
    """None for everything that is not taken."""
    if content.startswith(b"\xff\xd8\xff"):
        return Type("photo", "image/jpeg")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Type("photo", "image/png")
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Type("photo", "image/webp")
    if content.startswith(b"%PDF-"):
        return Type("pdf", "application/pdf")
    if content[4:8] == b"ftyp":
        return _boxes(content)
    mime = _sound(content)
    return Type("voice", mime) if mime else None


def may_be_sheet(content: bytes) -> bool:
    """A package, as an .xlsx is; which one, only the child that opens it tells. Taken from staff alone."""
    return content.startswith(b"PK\x03\x04")


def is_old_office(content: bytes) -> bool:
    """An .xls, or a workbook locked with a password."""
    return content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def _boxes(content: bytes) -> Type | None:
    """One container for photos, sound and films: the brands and the tracks tell them apart."""
    end = min(int.from_bytes(content[:4], "big"), HEAD)
    brands = {content[8:12], *(content[at : at + 4] for at in range(16, end, 4))}
    if brands & HEIC:
        return Type("photo", "image/heic")
    if brands & MP4 and _tracks(content) == {b"soun"}:
        return Type("voice", "audio/mp4")
    return None


def _tracks(content: bytes) -> set[bytes]:
    """The kinds of the tracks, wherever in the file they are declared; hints and texts aside."""
    found, at = set(), content.find(b"hdlr")
    while at >= 0:
        found.add(content[at + 12 : at + 16])
        at = content.find(b"hdlr", at + 4)
    return found & {b"soun", b"vide"}


def _sound(content: bytes) -> str | None:
    head = content[:HEAD]
    if head.startswith(b"OggS") and (b"OpusHead" in head[:64] or b"\x01vorbis" in head[:64]):
        return None if b"\x80theora" in head else "audio/ogg"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return "audio/webm" if b"A_OPUS" in head and b"V_" not in head else None
    if head.startswith(b"ID3") or _is_mp3_frame(head[:3]):
        return "audio/mpeg"
    if len(head) > 7 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    return None


def _is_mp3_frame(head: bytes) -> bool:
    """Eleven bits of one, layer III, and a bit rate and sampling rate that exist."""
    return (
        len(head) == 3
        and head[0] == 0xFF
        and head[1] & 0xE6 == 0xE2
        and head[1] & 0x18 != 0x08
        and head[2] >> 4 not in (0, 15)
        and head[2] & 0x0C != 0x0C
    )
