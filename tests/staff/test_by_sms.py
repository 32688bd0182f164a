"""The number that news by SMS goes to."""

from __future__ import annotations

import pytest

from handlers import by_sms
from storage import reports, tickets
from tests.residents.people_and_reports import known
from tests.staff.making import complaint
from tests.world import World

GIVEN, ON_RECORD = "0912345678", "0987650001"


@pytest.mark.parametrize(
    ("proven", "on_record", "number"),
    [
        (True, ON_RECORD, ON_RECORD),  # a code or a shared contact has shown whose it is
        (True, None, GIVEN),
        (True, "năm 2021", GIVEN),
        (False, ON_RECORD, GIVEN),
    ],
)
def test_the_phone_of_a_proven_record_comes_first(
    world: World, proven: bool, on_record: str | None, number: str
) -> None:
    details = {"phone": on_record} if on_record else {}
    resident = known(world, name="Lò Thị Hoa", national_id="015190002222", **details)
    _code, ticket_id = complaint(world)
    with world.tx() as tx:
        report_id = tickets.get(tx, ticket_id).report_id
        table = reports.reports
        whose = {"resident_id": resident, "proven": proven}
        tx.execute(table.update().where(table.c.id == report_id).values(**whose))
        assert by_sms.phone_of(tx, reports.get(tx, report_id)) == number
