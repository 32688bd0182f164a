"""The child: a photo or workbook on its standard input; on its output a line of JSON, then a photo written anew.

What a stranger sent is decoded here and nowhere else: little memory, little time, no keys, no database.
"""

from __future__ import annotations

import contextlib
import json
import resource
import sys
from typing import Any

MEMORY = 1_500_000_000  # bytes of addresses; 64 million pixels of HEIC need about 0.9
SECONDS, OF_A_SHEET = 20, 10  # of processor time


def limit(seconds: int = SECONDS) -> None:
    # Not every system knows every limit; the parent's clock holds anyway.
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def prepared(wanted: str, mime: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """wanted: "evidence", "card", "small" or "sheet"; what came of it, and the bytes to keep."""
    if wanted == "sheet":
        return read_sheet(content), b""
    from bot.evidence import cards, photos, sharpness

    try:
        photo = photos.opened(content, mime)
        if wanted == "card":
            photo = photos.upright(photo, cards.LONGEST)
            codes = cards.codes(photo)
            return {"codes": codes, "blurred": not codes and sharpness.is_blurred(photo)}, b""
        photo = photos.upright(photo, photos.LONGEST)
        if wanted == "small":
            return {}, photos.small_jpeg(photo)
        return {"blurred": sharpness.is_blurred(photo)}, photos.jpeg(photo)
    except (photos.TooLarge, MemoryError):
        return {"problem": "too_big"}, b""
    except Exception:  # whatever a decoder has to say about a stranger's bytes
        return {"problem": "broken"}, b""


def read_sheet(content: bytes) -> dict[str, Any]:
    from bot.evidence import sheets

    try:
        return {"sheet": sheets.read(content)}
    except sheets.Unread as why:
        return {"problem": str(why)}
    except MemoryError:
        return {"problem": "sheet_long"}
    except Exception:  # as above
        return {"problem": "sheet_broken"}


def main() -> None:
    limit(OF_A_SHEET if sys.argv[1] == "sheet" else SECONDS)
    answer, content = prepared(sys.argv[1], sys.argv[2], sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
