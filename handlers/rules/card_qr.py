"""What the QR code of an ID card says (identifiers.md §3.2); it is not signed, so it proves nothing."""

import datetime as dt
import re
import unicodedata

from handlers.rules import names

SEXES = {"nam": "male", "nữ": "female"}
LONGEST = 200  # of a place; a longer one is no address

_NUMBER = re.compile(r"[0-9]{12}")
_OLD_NUMBER = re.compile(r"(?:[0-9]{9})?")


def read_card(text: str) -> dict[str, str] | None:
    """number, old_number (where the card has one), name, birth (ISO), sex, residence; None where this is no card.

    Seven fields since 2021; the card of 2024 adds others, some of them of the parents: those are third parties' data
    and are dropped here. So is the day of issue, which nobody asks for.
    """
    fields = [names.tidy(field) for field in unicodedata.normalize("NFC", text).split("|")]
    if len(fields) < 7:
        return None
    number, old_number, name, birth, sex, residence = fields[:6]
    born, said = _day(birth), SEXES.get(sex.casefold())
    if not (_NUMBER.fullmatch(number) and _OLD_NUMBER.fullmatch(old_number) and born and said):
        return None
    if names.problem(name) or not residence or len(residence) > LONGEST:
        return None
    card = {"number": number, "name": name, "birth": born.isoformat(), "sex": said, "residence": residence}
    return card | ({"old_number": old_number} if old_number else {})


def _day(text: str) -> dt.date | None:
    """ddMMyyyy."""
    if not re.fullmatch(r"[0-9]{8}", text):
        return None
    try:
        return dt.date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None
