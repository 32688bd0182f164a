"""The invented people and sites of the demo, in real communes of the letters' provinces."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from bot.channels.web import Seat
from handlers.rules.lists import fault_of
from handlers.rules.names import fold
from locales import _
from locales.times import ZONE
from storage import doses, people, staff, talks, units, vault
from storage.facts import get, keep

PROVINCES = ("15", "24", "56", "91")

SEATS = {
    "lan": Seat("demo-lan", "Chị Lan", _("Resident")),
    "tram": Seat("demo-tram", "Anh Páo", _("Clerk, Hạnh Phúc commune health station")),
    "congan": Seat("demo-congan", "Anh Dũng", _("Police officer, Hạnh Phúc commune")),
    "xa": Seat("demo-xa", "Chị Mỷ", _("Supervisor, Hạnh Phúc People's Committee")),
    "tinh": Seat("demo-tinh", "Anh Minh", _("Supervisor, Lào Cai health department")),
    "sms": Seat("demo-sms", "SMS", _("Phone that receives codes"), readonly=True),
}

STAFF = (
    ("tram", "station:2025:04585", "clerk"),
    ("congan", "police:2025:04585", "police"),
    ("xa", "committee:2025:04585", "supervisor"),
    ("tinh", "health_department:2025:15", "supervisor"),
    ("tinh", "desk", "admin"),
)

HOSPITALS = (
    ("site:demo-1", "Bệnh viện Đa khoa Mường Lò (tưởng tượng)", "2025", "04585", "15", True),
    ("site:demo-2", "Phòng tiêm chủng Hoa Ban (tưởng tượng)", "2025", "04585", "15", False),
)

# Lan lacks her second dose; her mother and her son are on her phone; Emma has a passport. Of the last three the station
# cleans the data (S4 §1): no number, a wrong format, and digits that tell another sex.
# (ref, name, birth, sex, CCCD or passport, phone, commune, [(class, ordinal, vaccine, day, lot, site ref, signed)])
RESIDENTS: tuple[tuple[Any, ...], ...] = (
    ("lan", "Nguyễn Thị Lan", "1968-03-05", "female", "015168001234", "0912345678", "2025:04585", (
        ("primary", 1, "COVID-19 Vaccine AstraZeneca (Vaxzevria)", date(2021, 8, 12), "ABX4321", "station:2024:04612", True),
        ("booster", 1, "Comirnaty", date(2022, 1, 20), "FK8892", "site:demo-1", True),
    )),
    ("pao", "Giàng A Páo", "1995-03-05", "male", "015095001234", "0987654321", "2025:04585", (
        ("primary", 1, "Comirnaty", date(2021, 10, 2), "FH0011", "station:2024:04594", True),
        ("primary", 2, "Comirnaty", date(2021, 10, 25), "FH0020", "station:2024:04594", False),
    )),
    ("sen", "Vì Thị Sen", "1948-06-10", "female", "015148002468", "0912345678", "2025:04585", (
        ("primary", 1, "SARS-CoV-2 Vaccine (Vero Cell), Inactivated", date(2021, 8, 30), "VC2107", "station:2024:04612", True),
        ("primary", 2, "SARS-CoV-2 Vaccine (Vero Cell), Inactivated", date(2021, 9, 24), "VC2118", "station:2024:04612", True),
    )),
    ("bao", "Hoàng Gia Bảo", "2009-04-18", "male", "015209004321", "0912345678", "2025:04585", (
        ("primary", 1, "Comirnaty", date(2021, 12, 6), "FK1203", "station:2024:04594", True),
        ("primary", 2, "Comirnaty", date(2021, 12, 29), "FK1230", "station:2024:04594", False),
    )),
    ("emma", "Emma Larsson", "1988-11-23", "female", "P44561027", "0978123456", None, (
        ("primary", 1, "COVID-19 Vaccine Moderna (Spikevax)", date(2021, 9, 15), "MD0915", "site:demo-1", True),
        ("primary", 2, "COVID-19 Vaccine Moderna (Spikevax)", date(2021, 10, 13), "MD1013", "site:demo-1", False),
    )),
    ("so", "Sùng A Sở", "1957", "male", None, None, "2025:04585", (
        ("primary", 1, "SARS-CoV-2 Vaccine (Vero Cell), Inactivated", date(2021, 8, 30), "VC2107", "station:2024:04612", True),
    )),
    ("do", "Thào Thị Dở", "1983-02-14", "female", "01518300456", None, "2024:04612", (
        ("primary", 1, "Comirnaty", date(2021, 10, 2), "FH0011", "station:2024:04594", True),
    )),
    ("chu", "Hờ A Chư", "1992-07-21", "male", "015192007788", None, "2025:04585", (
        ("primary", 1, "Comirnaty", date(2021, 10, 2), "FH0011", "station:2024:04594", True),
    )),
)  # fmt: skip


def settle_in(tx: Connection, now: datetime, *, staffed: bool = True) -> None:
    """Puts everybody in their place once; a restarted demo goes on where it was, with the seats that are new."""
    if staffed:
        _sit_down(tx, now)
    if get(tx, "demo:settled"):
        return
    for ref, name, list_, commune, province, exempt in HOSPITALS:
        above = units.of_province(tx, "health_department", province)
        assert above
        tx.execute(
            insert(units.units).values(
                ref=ref, kind="hospital" if exempt else "site", name=name, search=fold(f"{name} hanh phuc lao cai"),
                list=list_, commune=commune, province=province, parent_id=above.id, exempt=exempt,
            )
        )  # fmt: skip
    for row in RESIDENTS:
        _resident(tx, row, now - timedelta(days=1))
    keep(tx, "demo:settled", now.astimezone(UTC).isoformat())


def _sit_down(tx: Connection, now: datetime) -> None:
    new = {seat for seat, _ref, _role in STAFF if talks.find(tx, "web", SEATS[seat].chat) is None}
    for seat, ref, role in STAFF:
        unit = units.by_ref(tx, ref)
        assert unit, ref
        if seat in new:
            talk = talks.open_talk(tx, "web", SEATS[seat].chat)
            staff.join(tx, talk.id, SEATS[seat].name, unit.id, role, now)


def _papers(number: str | None) -> dict[str, Any]:
    if number is None:
        return {}
    return {"national_id": number} if number.isdigit() else {"passport": number, "foreign": True}


def _resident(tx: Connection, row: tuple[Any, ...], as_of: datetime) -> None:
    ref, name, birth, sex, number, phone, commune, injected = row
    v = vault.of(tx)
    details = {
        "name": name,
        "birth": birth,
        "sex": sex,
        **({"phone": phone} if phone else {}),
        **_papers(number),
        **({"commune": commune} if commune else {}),
    }
    person = tx.execute(
        insert(people.residents)
        .values(
            ref=v.index("person", f"demo:{ref}"),
            details=details,
            as_of=as_of,
            commune=commune,
            fault=fault_of(details, as_of.astimezone(ZONE).date()),
        )
        .returning(people.residents.c.id)
    ).scalar_one()
    for key in people.keys_of(v, details):
        tx.execute(insert(people.resident_keys).values(key=key, resident_id=person))
    for number, (dose_class, ordinal, vaccine, day, lot, site, signed) in enumerate(injected, 1):
        unit = units.by_ref(tx, site)
        assert unit, site
        tx.execute(
            insert(doses.doses).values(
                resident_id=person, dose_no=number, dose_class=dose_class, ordinal=ordinal, vaccine=vaccine, day=day,
                lot=lot, site_name=unit.name, site_id=unit.id, signed=signed, as_of=as_of,
            )
        )  # fmt: skip
