"""The number of a choice, as people type it: «2», «số 2», «chọn 2 ạ»."""

import re

from handlers.rules import names

_TYPED = re.compile(r"(?:(?:so|muc|nut|chon|bam|number|no) ){0,2}(\d{1,2})(?: (?:a|nhe|nha))?")


def of_choice(text: str) -> int | None:
    found = _TYPED.fullmatch(names.fold(text)) if len(text) <= 40 else None
    return int(found[1]) if found else None
