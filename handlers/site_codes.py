"""The code by which a site is named on its poster: in a link, and typed as «Cơ sở 90001»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection

from handlers.rules.names import tidy
from storage import units
from storage.units import SITES, Unit

PREFIX = "site_"  # of what stands in a link: ?start=site_90001
LONGEST = 40
_LINKABLE = re.compile(r"[A-Za-z0-9_-]{1,40}")  # what Telegram lets a link carry
_O, _A = "[oơòỏõóọờởỡớợ]", "[aàảãáạ]"
_TYPED = re.compile(
    rf"(?:m{_A} )?(?:c{_O} s{_O}|cs|site|tr{_A}m)(?: s[oốô]| m{_A})?[ _:.#-]*(?P<code>[^ ].*)", re.IGNORECASE
)
_AROUND = " .,;:!?«»\"'“”()[]"


def find(tx: Connection, code: str) -> Unit | None:
    """The site with this code: one of the operator's list goes before a commune, whose station is meant else."""
    for ref in _refs(code):
        site = units.by_ref(tx, ref)
        if site and site.kind in SITES:
            return site
    alike = units.with_ref_like(tx, f"site:{code}")
    return alike[0] if len(alike) == 1 else _numbered(tx, code)


def _refs(code: str) -> Iterator[str]:
    """site:90001; station:2025:04585 from «station-2025-04585», «2025-04585» or «04585»."""
    yield f"site:{code}"
    yield code.replace("-", ":")
    if match := re.fullmatch(r"(?:(20\d\d)-)?(\d{5})", code):
        yield f"station:{match[1] or '2025'}:{match[2]}"


def _numbered(tx: Connection, code: str) -> Unit | None:
    """N12: a site whose own code no link can hold."""
    match = re.fullmatch(r"[Nn]([1-9]\d{0,8})", code)
    site = units.find(tx, int(match[1])) if match else None
    return site if site and site.kind in SITES else None


def code_of(tx: Connection, site: Unit) -> str | None:
    """The shortest code that leads back to this site and that a link can hold."""
    for code in _codes(site):
        found = find(tx, code) if _LINKABLE.fullmatch(code) else None
        if found and found.id == site.id:
            return code
    return None


def _codes(site: Unit) -> Iterator[str]:
    kind, _colon, rest = site.ref.partition(":")
    if kind == "site":
        yield rest
    elif kind == "station":
        list_, _colon, commune = rest.partition(":")
        yield from (commune, f"{list_}-{commune}")
    yield site.ref.replace(":", "-")
    yield f"N{site.id}"


def typed(text: str) -> str | None:
    """«Cơ sở 90001», «co so 90001», «CS: 90001», «site_90001», «Trạm 04585» -> the code; None for other words."""
    match = _TYPED.fullmatch(tidy(text).strip(_AROUND))
    code = match["code"].strip(_AROUND) if match else ""
    return code if 0 < len(code) <= LONGEST else None
