"""python -m locales: writes messages.pot and brings the English catalogue up to the code; names what vi lacks."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from locales.extract import catalog

HERE = Path(__file__).parent


def write(path: Path, words: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, words, sort_output=True, omit_header=False, include_lineno=False, width=0)


def main() -> None:
    marked = catalog()
    marked.creation_date = marked.revision_date = datetime(2026, 11, 20, tzinfo=UTC)  # no news in every run
    write(HERE / "messages.pot", marked)
    english = Catalog(
        locale="en",
        header_comment="# English, as marked in the code.",
        project="phananh48",
        version="1",
        fuzzy=False,
    )
    english.creation_date = english.revision_date = marked.creation_date
    for message in marked:
        if message.id:
            english.add(message.id, message.id)
    write(HERE / "en" / "messages.po", english)
    known = set()
    for path in (HERE / "vi").glob("*.po"):
        with path.open("rb") as file:
            known |= {message.id for message in read_po(file, locale="vi") if message.id and message.string}
    for message in marked:
        if message.id and message.id not in known:
            print(f"vi lacks: {message.id!r}")


if __name__ == "__main__":
    main()
