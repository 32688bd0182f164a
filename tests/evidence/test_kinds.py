"""What a file is, by its bytes: what is taken, and what only looks like it."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from bot.evidence.kinds import type_of
from tests.evidence.making import HEIC, jpeg


def image(kind: str) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, kind)
    return written.getvalue()


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.writestr("a.txt", "x")
    return written.getvalue()


def mp4(brand: bytes, *tracks: bytes) -> bytes:
    boxes = b"".join(b"\0\0\0\x20hdlr" + bytes(8) + track + bytes(12) for track in tracks)
    return b"\0\0\0\x18ftyp" + brand + bytes(4) + b"isommp42" + bytes(5000) + b"moov" + boxes


OGG = b"OggS\0\2" + bytes(22)
EBML = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\1B\x82\x84webmB\x87\x81\4" + bytes(20)
TAKEN = {
    "image/jpeg": jpeg(Image.new("RGB", (8, 8))),
    "image/png": image("PNG"),
    "image/webp": image("WEBP"),
    "image/heic": HEIC.read_bytes(),
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3",
    "audio/ogg": OGG + b"OpusHead\1\1" + bytes(50),
    "audio/webm": EBML + b"A_OPUS" + bytes(50),
    "audio/mp4": mp4(b"M4A ", b"soun"),
    "audio/mpeg": b"\xff\xfb\x90\x64" + bytes(400),
    "audio/aac": b"\xff\xf1\x50\x80" + bytes(400),
}
MORE = {
    "an MP3 that begins with its tags": (b"ID3\4\0" + bytes(400), "audio/mpeg"),
    "the voice of Safari": (mp4(b"iso5", b"soun"), "audio/mp4"),
    "Vorbis": (OGG + b"\1vorbis" + bytes(50), "audio/ogg"),
}
REFUSED = {
    "nothing": b"",
    "a program": b"MZ\x90\0" + bytes(200),
    "a program of Linux": b"\x7fELF" + bytes(200),
    "an archive, so any Office file": archive(),
    "a drawing that may hold scripts": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a page after which a PDF begins": b"<html>%PDF-1.7",
    "words": "Xin chào".encode(),
    "words in UTF-16": "Xin chào".encode("utf-16"),
    "a GIF": image("GIF"),
    "a TIFF": image("TIFF"),
    "a film": mp4(b"isom", b"vide", b"soun"),
    "a film without sound": mp4(b"mp42", b"vide"),
    "a container without tracks": mp4(b"isom"),
    "an AVIF, which is not decoded here": b"\0\0\0\x18ftypavif" + bytes(4) + b"mif1miaf" + bytes(99),
    "a WebM film": EBML + b"V_VP9" + b"A_OPUS" + bytes(50),
    "a Matroska film": EBML.replace(b"webm", b"matr") + b"A_OPUS",
    "an Ogg film": OGG + b"OpusHead" + b"\x80theora",
    "an MP3 of a bit rate that does not exist": b"\xff\xfb\xf0\x64" + bytes(99),
}


@pytest.mark.parametrize("mime", TAKEN)
def test_is_told_by_its_bytes(mime: str) -> None:
    found = type_of(TAKEN[mime])
    assert found and found.mime == mime
    assert found.kind == {"image": "photo", "audio": "voice"}.get(mime.split("/")[0], "pdf")


@pytest.mark.parametrize("name", MORE)
def test_other_ways_to_begin(name: str) -> None:
    content, mime = MORE[name]
    found = type_of(content)
    assert found and found.mime == mime


@pytest.mark.parametrize("name", REFUSED)
def test_is_not_taken(name: str) -> None:
    assert type_of(REFUSED[name]) is None
