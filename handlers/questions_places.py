"""Questions about places: a commune on the old or new map, and the site that gave a dose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from handlers.finding import communes_today, is_split
from handlers.forms import Answers, NotUnderstood, When
from handlers.questions import always
from handlers.reply import Button, Reply
from handlers.rules import names
from handlers.rules.places import nearest, place_key
from handlers.turn import Turn
from locales import Text, Words, _
from storage import places, units

PAGE = 8
NONE = "none"


def commune_name(tx: Connection, value: str) -> Text:
    """«Xã Bản Công, Huyện Trạm Tấu, Tỉnh Yên Bái (before 07/2025)»."""
    list_, code = value.split(":")
    found = places.commune(tx, list_, code)
    if found is None:
        return value
    parts = [part for part in (found.name, found.district, found.province) if part]
    name = ", ".join(parts)
    return _("{place} (map before 07/2025)", place=name) if list_ == "2024" else name


@dataclass(frozen=True)
class Commune:
    """By typing part of its name, or province -> commune; the value is "2025:04585", or "" where unknown."""

    key: str
    text: Words
    label: Words
    unknown: Words
    known: Callable[[Turn, Answers], str | None] = lambda _turn, _answers: (
        None
    )  # what the record says, as a button
    when: When = always

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        known = self.known(turn, answers)
        first = (Button(commune_name(turn.tx, known), f"c:{known}"),) if known else ()
        return Reply(
            self.text, (*first, Button(_("Choose from a list"), "list"), Button(self.unknown, NONE)), "ask"
        )

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        if (pressed and said == NONE) or names.fold(said) == names.fold(turn.words(self.unknown)):
            return ""
        if pressed and said.startswith("k:"):
            return said[2:]
        if pressed and said.startswith("c:"):
            return self._today(turn, said[2:])
        return browse(turn, said, self.unknown) if pressed else self._search(turn, said)

    def _today(self, turn: Turn, value: str) -> Any:
        """A commune that was divided between several: which one is it today? (places.md, routing 2)"""
        codes = communes_today(turn.tx, value)
        if len(codes) < 2:
            return value
        parts = (Button(commune_name(turn.tx, f"2025:{code}"), f"c:2025:{code}") for code in codes)
        return NotUnderstood(
            _("{place} was divided. In which commune is it today?", place=commune_name(turn.tx, value)),
            (*parts, Button(_("I am not sure"), f"k:{value}")),
            ask=False,
        )

    def _search(self, turn: Turn, said: str) -> Any:
        found = find_communes(turn.tx, said)
        if not found:
            return NotUnderstood(
                _("I cannot find that commune. Try another part of the name, or choose from the list.")
            )
        return NotUnderstood(
            _("Which of these is it? If none, type the name again."),
            (*(Button(commune_name(turn.tx, f"{c.list}:{c.code}"), f"c:{c.list}:{c.code}") for c in found),
             Button(_("Choose from a list"), "list"), Button(self.unknown, NONE)),
            ask=False,
        )  # fmt: skip

    def show(self, turn: Turn, value: Any) -> Text:
        return commune_name(turn.tx, value) if value else self.unknown


def find_communes(tx: Connection, said: str) -> list[places.Commune]:
    """By folded name; "xa, tinh" narrows by province; near spellings where nothing matches."""
    first, _comma, rest = said.partition(",")
    key = place_key(first)
    found = places.find_communes(tx, key, limit=40) if len(key) > 1 else []
    near = names.fold(rest)
    if near:
        found = [c for c in found if near in names.fold(f"{c.district or ''} {c.province}")] or found
    exact = [c for c in found if place_key(c.name) == key]
    return (exact + [c for c in found if c not in exact])[:PAGE]


def browse(turn: Turn, said: str, unknown: Words) -> NotUnderstood:
    """The lists behind «Choose from a list»: which map, then province, then commune, in pages."""
    what, _colon, rest = said.partition(":")
    if what == "list":
        return NotUnderstood(
            _("Which map do you mean?"),
            (Button(_("Communes of today"), "m:2025:0"), Button(_("Communes before 07/2025"), "m:2024:0")),
            ask=False,
        )
    if what == "m":
        list_, page = rest.split(":")
        rows = [(f"p:{list_}:{code}:0", name) for code, name in by_name(places.provinces(turn.tx, list_))]
        return paged(_("Which province?"), rows, int(page), f"m:{list_}", unknown)
    list_, province, page = rest.split(":")
    rows = [(f"c:{list_}:{c.code}", c.name if not c.district else f"{c.name}, {c.district}")
            for c in places.communes_of(turn.tx, list_, province)]  # fmt: skip
    return paged(_("Which commune?"), rows, int(page), f"p:{list_}:{province}", unknown)


def by_name(provinces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """As people look for them: «Thành phố Huế» under H, Đà Nẵng among the D."""
    return sorted(
        provinces, key=lambda one: names.fold(one[1].removeprefix("Tỉnh ").removeprefix("Thành phố "))
    )


def paged(text: Words, rows: list[tuple[str, str]], page: int, token: str, unknown: Words) -> NotUnderstood:
    buttons = [Button(name, value) for value, name in rows[page * PAGE : (page + 1) * PAGE]]
    if page:
        buttons.append(Button(_("Earlier ones"), f"{token}:{page - 1}"))
    if len(rows) > (page + 1) * PAGE:
        buttons.append(Button(_("More ({n} left)", n=len(rows) - (page + 1) * PAGE), f"{token}:{page + 1}"))
    buttons.append(Button(unknown, NONE))
    return NotUnderstood(text, tuple(buttons), ask=False)


def site_name(tx: Connection, unit: units.Unit) -> Text:
    """«Trạm Y tế xã Bản Công (nay thuộc Trạm Y tế xã Hạnh Phúc)»."""
    now = units.today(tx, unit)
    here = places.commune(tx, unit.list, unit.commune) if unit.list and unit.commune else None
    where = ", ".join(p for p in ((here.district, here.province) if here else ()) if p)
    name = f"{unit.name} – {where}" if where else unit.name
    return _("{site} (today: {now})", site=name, now=now.name) if now.id != unit.id else name


@dataclass(frozen=True)
class Site:
    """The site that gave the dose; the value is {"id", "name"}, or {} for «Không có trong danh sách»."""

    key: str
    text: Words
    label: Words
    when: When = always

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        return Reply(
            self.text, (Button(_("Choose from a list"), "list"), Button(_("Not in the list"), NONE)), "ask"
        )

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        none = _("Not in the list")
        if (pressed and said == NONE) or names.fold(said) == names.fold(turn.words(none)):
            return {}
        if pressed and said.startswith("s:"):
            return self._chosen(turn, *said[2:].split(":", 1))
        if pressed and said.startswith("c:"):
            list_, code = said[2:].split(":")
            return self._offer(turn, units.sites_of_commune(turn.tx, list_, code))
        if pressed:
            return browse(turn, said, none)
        return self._offer(turn, self._found(turn, said))

    def _found(self, turn: Turn, said: str) -> list[units.Unit]:
        return find_sites(turn.tx, said)

    def _chosen(self, turn: Turn, unit_id: str, now: str | None = None) -> Any:
        """A station whose commune was divided: where it stood is asked, for no single one succeeds it."""
        unit = units.get(turn.tx, int(unit_id))
        if now is not None or not is_split(turn.tx, unit):
            return {"id": unit.id, "name": unit.name, **({"now": now} if now else {})}
        codes = communes_today(turn.tx, f"2024:{unit.commune}")
        parts = (Button(commune_name(turn.tx, f"2025:{code}"), f"s:{unit_id}:2025:{code}") for code in codes)
        return NotUnderstood(
            _("{place} was divided. In which commune is it today?", place=site_name(turn.tx, unit)),
            (*parts, Button(_("I am not sure"), f"s:{unit_id}:")),
            ask=False,
        )

    def _offer(self, turn: Turn, found: list[units.Unit]) -> NotUnderstood:
        if not found:
            return NotUnderstood(
                _(
                    "I find no such site. Try another part of its name or its commune, or choose from the list."
                )
            )
        return NotUnderstood(
            _("Which of these is it? If none, type the name again."),
            (*(Button(site_name(turn.tx, unit), f"s:{unit.id}") for unit in found),
             Button(_("Not in the list"), NONE)),
            ask=False,
        )  # fmt: skip

    def show(self, turn: Turn, value: Any) -> Text:
        if not value:
            return _("Not in the list")
        name = site_name(turn.tx, units.get(turn.tx, value["id"]))
        now = value.get("now")
        return _("{site} (today: {now})", site=name, now=commune_name(turn.tx, now)) if now else name


def find_sites(tx: Connection, said: str) -> list[units.Unit]:
    """Folded words in any order; near spellings of the commune's name where nothing matches (Hát Lìu: Hát Lừu)."""
    words = names.fold(said)
    found = units.find_sites(tx, words) if len(words) > 2 else []
    if found or len(words) <= 2:
        return found
    keys = {place_key(unit_name): unit_name for unit_name in units.site_names(tx)}
    spelled = nearest(said, list(keys.values()), most=4)
    return [unit for name in spelled for unit in units.named(tx, names.fold(name))][:6]
