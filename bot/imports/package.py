"""The package that a workbook is: what is in it and how large it unpacks, told before anything of it is read."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO, Literal

MOST_UNPACKED = 1 << 30
MOST_SHARED = 200 << 20  # openpyxl keeps the shared texts in memory
MOST_RATIO = 300  # real sheets pack 5 to 40 times; a bomb a thousand times

Problem = Literal["broken", "other", "macro", "swollen"]


def problem_of(
    file: Path | IO[bytes], unpacked: int = MOST_UNPACKED, shared: int = MOST_SHARED
) -> Problem | None:
    """Why it is not opened; what it says of its sizes binds the reading too. other: no workbook of this kind."""
    try:
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "broken"
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names:
        return "other"
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        return "macro"
    texts = sum(part.file_size for part in parts if part.filename.lower() == "xl/sharedstrings.xml")
    swollen = any(p.file_size > 10 << 20 and p.file_size > MOST_RATIO * p.compress_size for p in parts)
    if swollen or texts > shared or sum(part.file_size for part in parts) > unpacked:
        return "swollen"
    return None
