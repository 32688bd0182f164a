"""Staff report a line or the software that fails: the province's contact hears, the site reads the answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import insert

from handlers.rules.names import fold
from storage import reports, tickets, units
from tests.staff.making import COMMITTEE, PROVINCE, STATION, complaint
from tests.talk import Overheard
from tests.world import World

TALK = """
# A station's line is down: the province's telecom contact hears and answers, the station reads it; no letter's hours.
: now 2026-11-20 16:00
: staff tram station:2025:04585 clerk
: staff mang site:telecom-15 clerk
: staff quantri desk admin
tram > /menu
tram < [Báo lỗi đường truyền, phần mềm]
tram > [Báo lỗi đường truyền, phần mềm]
tram < Lỗi gì [Đường truyền (mạng Internet)] [Phần mềm (Nền tảng tiêm chủng)]
tram !< nhà mạng nào
tram > [Đường truyền (mạng Internet)]
tram < Lỗi thế nào, từ lúc nào
tram > Mất mạng từ 14 giờ, không nhập được mũi tiêm
tram < Mã là **{code}** … Viễn thông Lào Cai … đầu mối của tỉnh
mang < {code} · sớm nhất có thể · Lỗi đường truyền, phần mềm
mang !< 48 giờ
quantri !< {code}
mang > {code}
mang < Lỗi đường truyền, phần mềm … Đường truyền (mạng Internet) … «Mất mạng từ 14 giờ … [Trả lời cơ sở]
mang > [Trả lời cơ sở]
mang > Đã sửa xong, mời trạm thử lại.
tram < {code} … Viễn thông Lào Cai trả lời: «Đã sửa xong … [Như vậy là được] [Vẫn chưa ổn]
tram > [Vẫn chưa ổn]
mang < {code}: cơ sở cho biết vẫn chưa ổn
# software: Viettel, whom this province has not named yet, so the administrator
tram > /baoloi
tram > [Phần mềm (Nền tảng tiêm chủng)]
tram > Nền tảng báo lỗi 500 khi ký
tram < Đã báo lỗi
quantri < sớm nhất có thể · Lỗi đường truyền, phần mềm
"""


def contact(world: World, ref: str, kind: str = "telecom", name: str = "Viễn thông Lào Cai") -> int:
    row = {"ref": ref, "kind": kind, "name": name, "search": fold(name), "province": "15"}
    with world.tx() as tx:
        parent = units.of_province(tx, "health_department", "15")
        assert parent
        made = tx.execute(insert(units.units).values(**row, parent_id=parent.id).returning(units.units.c.id))
        return int(made.scalar_one())


@pytest.mark.parametrize("channel", ["web", "telegram", "zalo"])
def test_the_contact_mends_it(make_world: Callable[..., World], channel: str) -> None:
    overheard = Overheard(make_world(channel=channel))
    contact(overheard.world, "site:telecom-15")
    overheard.lines(TALK)


def test_of_several_companies_the_one_is_asked_for(world: World) -> None:
    contact(world, "site:t1", name="Một")
    contact(world, "site:t2", name="Hai")
    tram = world.joins("tram", STATION, "clerk")
    world.joins("hai", "site:t2", "clerk")
    tram.says("/baoloi")
    tram.presses("Đường truyền")
    assert tram.buttons[:3] == ["Hai", "Một", "Không rõ"]
    tram.presses("Hai")
    tram.says("Mất mạng")
    assert "Hai" in tram.last and "Lỗi đường truyền" in world.person("hai").last


def test_residents_and_contacts_cannot_report_one(world: World) -> None:
    contact(world, "site:t1")
    mang, lan = world.joins("mang", "site:t1", "head"), world.person("lan")
    for person in (mang, lan):
        assert "không có quyền" in person.says("/baoloi")
        person.token("staff:fault")
    with world.tx() as tx:
        assert not tx.execute(reports.reports.select()).all()
    mang.says("/menu")
    assert "Báo lỗi đường truyền, phần mềm" not in mang.buttons and "Bảng số liệu" not in mang.buttons


def test_no_report_of_a_resident_is_handed_to_a_contact(world: World) -> None:
    mang = contact(world, "site:t1")
    _code, ticket_id = complaint(world)
    tram = world.joins("tram", STATION, "head")
    with world.tx() as tx:
        version = tickets.get(tx, ticket_id).version
    assert "không được xem" in tram.token(f"t:{ticket_id}:{version}:hand:{mang}:go")
    tram.says("viễn thông")
    assert "Viễn thông Lào Cai" not in tram.buttons
    with world.tx() as tx:
        assert tickets.get(tx, ticket_id).unit_id != mang


def test_a_site_that_vaccinates_without_the_platform_is_reported_to_the_department(world: World) -> None:
    """S1: 100 % of sites use it, and the Department of Health sees to that."""
    minh = world.joins("minh", COMMITTEE, "supervisor")
    world.joins("tinh", PROVINCE, "supervisor")
    minh.says("/baoloi")
    minh.presses("Cơ sở tiêm không dùng Nền tảng")
    minh.says("Điểm tiêm lưu động ở chợ ghi tay từ sáng, chưa nhập.")
    code = minh.last.split("**")[1]
    assert "Sở Y tế tỉnh Lào Cai" in minh.last and code in world.person("tinh").last
    world.person("tinh").says(code)
    assert "Cơ sở tiêm không dùng Nền tảng" in world.person("tinh").last
