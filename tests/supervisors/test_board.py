"""The board's numbers on a known set, its way down to the tickets, its lists."""

from datetime import timedelta

import pytest

from handlers import desk
from storage import board, units
from tests.supervisors.filing import (
    COMMITTEE,
    DEPARTMENT,
    DESK,
    STATION,
    backlog,
    files,
    ticket_of,
    turn_of,
)
from tests.world import FRIDAY, Person, World

OTHER = "station:2025:04606"
MONTH = timedelta(days=30)


def codes(person: Person) -> list[str]:
    """The tickets on a list: each is its own button."""
    return [label.split(" · ")[0] for label in person.buttons if label.startswith("PA-")]


def id_of(world: World, ref: str) -> int:
    with world.tx() as tx:
        unit = units.by_ref(tx, ref)
        assert unit
        return unit.id


def lines(world: World, ref: str, since: timedelta | None = MONTH) -> dict[str, board.Line]:
    with world.tx() as tx:
        unit = units.by_ref(tx, ref)
        assert unit
        found = board.lines(tx, unit.id, world.time - since if since else None, world.time)
    return {line.unit: line for line in found}


@pytest.fixture
def known(world: World) -> World:
    """At the station, by Friday 16:00: done in 10 h, in 20 h and (late) in 60 h; open for 1 h, 40 h and 50 h.
    At another: one open."""
    world.joins("hoa", STATION, "clerk")
    start = FRIDAY - timedelta(hours=100)
    for number in range(3):
        backlog(world, start, number)
    for number, hours in enumerate((10, 20, 60)):
        world.time = start + timedelta(hours=hours)
        with world.tx() as tx:
            desk.approve(turn_of(world, tx, "hoa"), ticket_of(tx, f"PA-B{number:04}"))
    world.time = FRIDAY
    for number, hours in enumerate((1, 40, 50), 10):
        backlog(world, FRIDAY - timedelta(hours=hours), number)
    backlog(world, FRIDAY - timedelta(hours=3), 20, OTHER)
    world.work()
    return world


def test_the_numbers(known: World) -> None:
    here = lines(known, COMMITTEE)["Trạm Y tế xã Hạnh Phúc"]
    assert (here.open, here.nearing, here.overdue) == (3, 1, 1)
    assert (here.due, here.kept) == (4, 2)  # three closed, and one that fell due and is still open
    assert here.median == 20
    assert here.held == 10 + 20 + 60 + 1 + 40 + 50
    assert here.unconfirmed == 3
    [first, *_rest] = lines(known, DEPARTMENT)
    assert first == "UBND xã Hạnh Phúc"
    assert lines(known, DEPARTMENT)["UBND xã Hạnh Phúc"].overdue == 1


def test_totals_from_the_top(known: World) -> None:
    found = lines(known, DESK, None)
    assert list(found) == ["Sở Y tế tỉnh Lào Cai"]
    whole = board.total(lines(known, DEPARTMENT).values(), 0, "")
    assert (whole.open, whole.overdue, whole.median) == (4, 1, 20)
    assert found["Sở Y tế tỉnh Lào Cai"].open == 4


def test_only_what_lies_in_the_period(known: World) -> None:
    here = lines(known, COMMITTEE, timedelta(hours=45))["Trạm Y tế xã Hạnh Phúc"]
    assert (here.due, here.kept, here.median) == (2, 0, 60)
    assert here.held == 1 + 40 + 45 + 5  # of the stays, the part within


def test_opened_again_counts_as_not_kept(known: World) -> None:
    with known.tx() as tx:
        desk.reopen(known.moment(tx), ticket_of(tx, "PA-B0000"), "import")
    here = lines(known, COMMITTEE)["Trạm Y tế xã Hạnh Phúc"]
    assert here.kept == 1


def test_hours_count_against_the_unit_that_held_them(world: World) -> None:
    code = files(world)
    world.time += timedelta(hours=47)
    with world.tx() as tx:
        to = units.by_ref(tx, OTHER)
        assert to
        desk.hand_over(turn_of(world, tx, "hoa"), ticket_of(tx, code), to.id)
        name = to.name
    world.time += timedelta(hours=1)
    with world.tx() as tx:
        parent = units.get(tx, id_of_parent(tx, OTHER)).ref
    assert lines(world, COMMITTEE)["Trạm Y tế xã Hạnh Phúc"].held == 47
    there = lines(world, parent)[name]
    assert (there.held, there.open, there.overdue) == (1, 1, 1)


def id_of_parent(tx: object, ref: str) -> int:
    unit = units.by_ref(tx, ref)  # type: ignore[arg-type]
    assert unit and unit.parent_id
    return unit.parent_id


def test_down_from_the_province_to_a_ticket(known: World) -> None:
    thu = known.joins("thu", DEPARTMENT, "supervisor")
    thu.says("/bang")
    assert thu.last.startswith(
        "**Sở Y tế tỉnh Lào Cai**\n30 ngày · số liệu đến 16:00 20/11/2026\n\n**Tất cả**\n"
    )
    assert "4 đang mở · 1 còn từ 12 giờ trở xuống · 1 quá hạn" in thu.last
    assert "Đúng hạn 48 giờ: 50% (2/4)\nMột nửa xong trong 20 giờ\nTổng số giờ giữ phiếu: 184" in thu.last
    thu.presses("7 ngày")
    assert "\n7 ngày · số liệu đến" in thu.last
    thu.presses("UBND xã Hạnh Phúc")
    assert thu.last.startswith("**UBND xã Hạnh Phúc**")
    assert "Lên một cấp" in thu.buttons
    thu.presses("Trạm Y tế xã Hạnh Phúc")
    assert thu.last.startswith("Trạm Y tế xã Hạnh Phúc · **Phiếu đang mở:** 3\n")
    assert thu.buttons[:3] == [
        "PA-B0012 · quá hạn 2 giờ · Thiếu mũi tiêm",
        "PA-B0011 · còn 8 giờ · Thiếu mũi tiêm",
        "PA-B0010 · còn 47 giờ · Thiếu mũi tiêm",
    ]
    thu.presses("PA-B0012")
    assert "PA-B0012" in thu.last


def test_pages_of_many_units(world: World) -> None:
    with world.tx() as tx:
        here = (units.units.c.kind == "station", units.units.c.list == "2025", units.units.c.province == "15")
        refs = [row.ref for row in tx.execute(units.units.select().where(*here).limit(7))]
    for number, ref in enumerate(refs):
        backlog(world, FRIDAY - timedelta(hours=number), number, ref)
    thu = world.joins("thu", DEPARTMENT, "supervisor")
    world.work()
    thu.says("/bang")
    first = thu.buttons[:5]
    thu.presses("Trang sau")
    assert thu.heard[-1]["_replaces"] == thu.heard[-2]["_id"]
    assert len(set(first) | set(thu.buttons[:2])) == 7
    assert "Trang trước" in thu.buttons and "Trang sau" not in thu.buttons


def test_overdue_is_the_list_of_hour_42_and_later(known: World) -> None:
    thu = known.joins("thu", DEPARTMENT, "supervisor")
    thu.says("/quahan")
    assert codes(thu) == ["PA-B0012"]
    known.jump(hours=2)
    thu.says("/quahan")
    assert codes(thu) == ["PA-B0012", "PA-B0011"]


def test_a_supervisor_of_another_commune_sees_nothing_of_it(known: World) -> None:
    with known.tx() as tx:
        other = units.get(tx, id_of_parent(tx, OTHER)).ref
    minh = known.joins("minh", other, "supervisor")
    minh.says("/quahan")
    assert "PA-" not in minh.last
    station, province = id_of(known, STATION), id_of(known, DEPARTMENT)
    for token in (
        f"b:unit:{station}:30:0",
        f"b:open:{station}:0",
        f"b:chart:{province}:30:0",
        f"b:unit:{province}:31:0",
        "b:open:x:0",
        "b:unit:99999999:30:0",
        "b:",
        "b",
    ):
        said = minh.token(token)
        assert "PA-" not in said and "đang mở" not in said, token
        assert not any(body["media"] for body in minh.heard)
    lan = known.person("lan")
    assert "đang mở" not in lan.says("/bang") and "PA-" not in lan.says("/quahan")


def test_the_chart_is_asked_for(known: World) -> None:
    thu = known.joins("thu", DEPARTMENT, "supervisor")
    thu.says("/bang")
    thu.presses("Biểu đồ")
    [spec] = thu.heard[-2]["media"]  # the picture, then its words and buttons
    assert (spec["render"], spec["unit"], spec["days"]) == ("board_chart", id_of(known, DEPARTMENT), 30)
    assert "4 đang mở · 1 còn từ 12 giờ trở xuống · 1 quá hạn" in spec["alt"]
    thu.presses("Bảng số liệu")
    assert thu.heard[-1]["_replaces"] is None  # the picture stays
    thu.presses("Tải .xlsx")
    assert thu.heard[-2]["media"][0]["render"] == "board_table"


def test_the_unconfirmed_list(known: World) -> None:
    thu = known.joins("thu", DEPARTMENT, "supervisor")
    thu.says("/bang")
    thu.presses("Nền tảng chưa xác nhận")
    assert codes(thu) == ["PA-B0000", "PA-B0001", "PA-B0002"]
