"""A dose that is not signed: what the proven record shows as the probable cause, and the form that is one tap away."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.residents.people_and_reports import injected, known, linked, someone
from tests.residents.test_doses_on_record import HOSPITAL, filed
from tests.world import Person, World


def asks(world: World, **details: Any) -> Person:
    """Somebody with one unsigned dose of the hospital, up to the question which doses."""
    person = someone(world, "mo")
    resident = known(world, name="Hà Thị Mơ", birth="1990-02-03", sex="female", phone="0912000222",
                     commune="2025:04585", **details)  # fmt: skip
    injected(world, resident, 1, HOSPITAL, day=date(2022, 3, 1), signed=True)
    injected(world, resident, 2, HOSPITAL, day=date(2022, 5, 1), signed=False)
    linked(world, person, resident)
    person.says("/phananh")
    person.says("Chưa có Hộ chiếu vắc xin")
    person.presses("H* T** M*")
    return person


@pytest.mark.parametrize(
    ("details", "why", "kind"),
    [
        ({}, "chưa có số CCCD/CMND", "id_missing"),
        ({"national_id": "0151900"}, "sai định dạng", "id_format"),
        ({"foreign": True, "national_id": "123"}, "chưa có số hộ chiếu đúng", "foreigner"),
    ],
)
def test_the_cause_is_named_and_its_form_is_one_tap_away(
    world: World, details: Any, why: str, kind: str
) -> None:
    mo = asks(world, **details)
    assert why in mo.last and "Có lẽ vì vậy" in mo.last
    mo.presses("Báo về số giấy tờ trước")
    if kind == "foreigner":
        assert "ngôn ngữ" in mo.last
        return
    assert "Số đúng là số nào" in mo.last, mo.show()
    mo.says("015190001111")
    mo.presses("Xã Hạnh Phúc")
    mo.presses("Gửi")
    (ticket,) = filed(world)
    assert ticket.kind == kind
    (change,) = ticket.changes
    assert (change["field"], change["new"]) == ("number", "015190001111")
    assert change["old"] == details.get("national_id")
    assert ticket.axis == "identity" and ticket.copy_to is not None  # the exempt hospital reads along


def test_where_nothing_seems_wrong_only_the_unsigned_doses_are_offered(world: World) -> None:
    mo = asks(world, national_id="015190001111")
    assert "Có lẽ" not in mo.last
    assert len([label for label in mo.buttons if label.startswith("Mũi")]) == 1
    mo.presses("Mũi cơ bản 2")
    mo.presses("Xong")
    mo.presses("Gửi")
    (ticket,) = filed(world)
    assert (ticket.kind, ticket.axis) == ("not_signed", "dose")
    assert ticket.reasons == ["signs_the_dose"]


def test_a_forged_cause_leads_nowhere(world: World) -> None:
    mo = asks(world, national_id="015190001111")
    mo.token("f:doses:cause:id_missing")
    assert "Những mũi nào chưa được ký" in mo.last


def test_finished_parts_go_along_into_the_other_form(world: World) -> None:
    """The second mistake turns out to be another: what was filled in first is sent with it."""
    mo = asks(world)
    mo.presses("Mũi cơ bản 2")
    mo.presses("Xong")
    mo.presses("Thêm sai sót khác")
    mo.says("Chưa có Hộ chiếu vắc xin")
    mo.presses("Báo về số giấy tờ trước")
    mo.says("015190001111")
    mo.presses("Xã Hạnh Phúc")
    mo.presses("Gửi")
    assert sorted(ticket.kind for ticket in filed(world)) == ["id_missing", "not_signed"]


def test_advice_takes_no_finished_part_away(world: World) -> None:
    mo = asks(world)
    mo.presses("Mũi cơ bản 2")
    mo.presses("Xong")
    mo.presses("Thêm sai sót khác")
    mo.says("Chưa có CCCD")
    mo.presses("Không rõ")
    mo.presses("Gửi phần đã điền")
    mo.presses("Gửi")
    assert [ticket.kind for ticket in filed(world)] == ["not_signed"]


def test_from_the_record_it_is_one_tap_where_a_dose_is_not_signed(world: World) -> None:
    mo = asks(world, national_id="015190001111")
    mo.says("/tracuu")
    mo.presses("H* T** M*")
    mo.presses("Mũi tiêm chưa ký")
    assert len([label for label in mo.buttons if label.startswith("Mũi")]) == 1
