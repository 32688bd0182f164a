"""The chart and the workbook: made in a process of their own, and what stands in them."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot import renders
from storage import units
from tests.supervisors.filing import DEPARTMENT, backlog
from tests.world import FRIDAY, World


@pytest.fixture
def asked(world: World) -> dict[str, Any]:
    for number, hours in enumerate((1, 40, 50)):
        backlog(world, FRIDAY - timedelta(hours=hours), number)
    with world.tx() as tx:
        unit = units.by_ref(tx, DEPARTMENT)
        assert unit
        return {"unit": unit.id, "days": 30, "as_of": world.time.isoformat(), "lang": "vi", "alt": ""}


def reader(world: World) -> Callable[[Callable[[Any], Any]], Any]:
    async def read(fn: Callable[[Any], Any]) -> Any:
        with world.tx() as tx:
            return fn(tx)

    return read


async def test_the_chart_opens(world: World, asked: dict[str, Any]) -> None:
    content, name, mime = await renders.render({**asked, "render": "board_chart"}, reader(world))
    assert (name, mime) == ("phananh48-20261120-1600.png", "image/png")
    image = Image.open(io.BytesIO(content))
    image.load()
    assert image.format == "PNG" and image.width >= 1000
    assert image.info["Title"] == "Thời hạn 48 giờ: Sở Y tế tỉnh Lào Cai"


async def test_a_chart_of_nothing(world: World, asked: dict[str, Any]) -> None:
    with world.tx() as tx:
        other = units.by_ref(tx, "health_department:2025:24")
        assert other
    content, *_rest = await renders.render(
        {**asked, "render": "board_chart", "unit": other.id}, reader(world)
    )
    assert content.startswith(b"\x89PNG")


async def test_the_workbook_opens(world: World, asked: dict[str, Any]) -> None:
    with world.tx() as tx:  # a name that a spreadsheet would take for a formula
        committee = units.by_ref(tx, "committee:2025:04585")
        assert committee
        tx.execute(units.units.update().where(units.units.c.id == committee.id).values(name="=1+1"))
    content, name, mime = await renders.render({**asked, "render": "board_table"}, reader(world))
    assert name.endswith(".xlsx") and "spreadsheetml" in mime
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert [row[0] for row in rows[:3]] == [
        "Thời hạn 48 giờ: Sở Y tế tỉnh Lào Cai",
        "Thời gian: 30 ngày",
        "Số liệu đến: 16:00 20/11/2026",
    ]
    assert rows[4][:4] == ["Đơn vị", "Phiếu đang mở", "Sắp quá hạn (từ 12 giờ trở xuống)", "Quá hạn"]
    assert rows[5] == ["=1+1", 3, 1, 1, 1, 0, 0, None, 91, 0, 0]
    assert sheet.cell(6, 1).data_type == "s"
    assert rows[6][0] == "Tất cả" and rows[6][1] == 3


async def test_a_child_that_dies_says_so(
    world: World, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(renders.apart.sys, "executable", "/bin/false")
    with pytest.raises(renders.RenderFailed):
        await renders.render({**asked, "render": "board_chart"}, reader(world))
