"""A dose of a force whose own health unit the desk knows goes there, and to no station."""

from __future__ import annotations

from tests.residents.people_and_reports import someone
from tests.residents.test_doses_on_record import filed
from tests.staff.test_site_tech import contact
from tests.world import World


def test_its_own_health_unit_has_it(world: World) -> None:
    unit = contact(world, "site:force-1", "force", "Bệnh xá Trung đoàn Mẫu")
    an = someone(world, "an")
    an.says("/phananh")
    an.says("Tiêm trong công an, quân đội, cơ sở tập trung")
    for said in (
        "Công dân Việt Nam",
        "Nguyễn Văn An",
        "1988",
        "nam",
        "tôi không có",
        "0912345678",
        "quân đội",
    ):
        an.says(said)
    an.says("benh xa trung doan mau")
    an.presses("Bệnh xá Trung đoàn Mẫu")
    for said in ("mũi cơ bản 2", "pfizer", "12/08/2021", "bỏ qua", "không còn giấy"):
        an.says(said)
    an.presses("Gửi phản ánh")
    (ticket,) = filed(world)
    assert (ticket.kind, ticket.unit_id, ticket.reasons) == ("force", unit, ["force_unit"]), an.show()
