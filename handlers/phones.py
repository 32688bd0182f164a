"""Read the phone numbers people type, and keep those that an SMS can reach."""

import re
import unicodedata
from dataclasses import dataclass

import phonenumbers

# The old 11-digit prefixes, converted between 15/9 and 14/10/2018 (identifiers.md §3.4).
_SINCE_2018 = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038",
    "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip

# The library also takes 012, 030, 031 and 051, which no operator has.
_MOBILE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-9])[0-9]{7}")


@dataclass(frozen=True)
class Phone:
    """A Vietnamese mobile number in its ten-digit form."""

    value: str


def read_phone(text: str) -> Phone | str:
    """The mobile number in what was typed, or "empty", "not_a_phone", "landline", "foreign"."""
    said = unicodedata.normalize("NFKC", text).strip()
    if not said:
        return "empty"
    # The library would read «Zalo» as keypad digits, so letters go first.
    dialled = re.sub(r"[^0-9+]", "", said)
    if dialled.startswith("00"):
        dialled = "+" + dialled[2:]
    number = _at_home(dialled)
    if number is None:
        return "foreign" if _valid(dialled) else "not_a_phone"
    number = _SINCE_2018.get(number[:4], number[:4]) + number[4:] if len(number) == 11 else number
    if _MOBILE.fullmatch(number):
        return Phone(number)
    return "landline" if number.startswith("02") and _valid(number) else "not_a_phone"


def _at_home(dialled: str) -> str | None:
    """The number with its leading 0, or None when it was dialled to another country."""
    digits = dialled.removeprefix("+")
    if dialled.startswith("+") and not digits.startswith("84"):
        return None
    if dialled.startswith("+84") or (digits.startswith("84") and len(digits) >= 11):
        digits = digits[2:]
    # A spreadsheet that took the number for a quantity has dropped the 0.
    return digits if digits.startswith("0") else "0" + digits


def _valid(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "VN"))
    except phonenumbers.NumberParseException:
        return False
