"""«Thái độ, chờ lâu, việc khác»: told in one's own words or by voice, with or without a name, to whoever heads the site."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from handlers.incoming import Incoming, Kept
from storage import evidence, reports, tickets, units
from tests.residents.people_and_reports import someone
from tests.world import Person, PlainRoad, World

VOICE = Kept("a" * 32, "voice", "audio/ogg", 9000)


class Photos(PlainRoad):
    """A chat that takes files, and has kept this voice message."""

    def parse(self, row: Any) -> Incoming:
        said = super().parse(row)
        kept = (VOICE,) if said.kind == "media" else ()
        return replace(said, can=frozenset({"photo"}), kept=kept)


def begins(world: World, name: str = "an") -> Person:
    an = someone(world, name)
    an.says("/phananh")
    an.presses("Việc khác")
    an.presses("Góp ý")
    an.presses("Thái độ")
    return an


def sent(world: World) -> tuple[reports.Report, list[tickets.Ticket]]:
    with world.tx() as tx:
        row = tx.execute(reports.reports.select()).one()
        return reports.get(tx, row.id), tickets.of_report(tx, row.id)


def test_nobody_needs_to_say_who_they_are(world: World) -> None:
    an = begins(world)
    for answer in ("hat luu", "1", "Chờ ba tiếng", "bỏ qua", "bỏ qua"):
        an.says(answer)
    assert "xem lại một lần nữa" in an.last and "Chờ ba tiếng" in an.last and "Họ và tên" not in an.last
    an.presses("Gửi")
    report, [ticket] = sent(world)
    assert (ticket.axis, ticket.clock, ticket.kind) == ("service", "own", "other")
    assert not report.about.get("name") and not report.about.get("phone") and not report.about.get("number")
    binh = world.joins("binh", "station:2025:04585", "head")
    binh.says(report.code)
    assert "Người phản ánh: người không nêu tên" in binh.last


@pytest.mark.parametrize(
    ("answers", "ref", "why"),
    [
        (("Không có trong danh sách", "hanh phuc, lao cai", "1"), "station:2025:04585", "ở xã, phường đó"),
        (("Không có trong danh sách", "Không rõ", "lao cai"), "health_department:2025:15", "tỉnh sẽ tìm đúng cơ sở"),
        (("benh vien", "1"), None, "do người phụ trách cơ sở trả lời"),
    ],
)  # fmt: skip
def test_where_it_goes(world: World, answers: tuple[str, ...], ref: str | None, why: str) -> None:
    an = begins(world)
    for answer in (*answers, "Thái độ không tốt", "0912 345 678", "An"):
        an.says(answer)
    an.presses("Gửi")
    report, [ticket] = sent(world)
    with world.tx() as tx:
        unit = units.get(tx, ticket.unit_id)
    assert why in an.last
    assert unit.ref == ref if ref else unit.kind == "hospital"
    assert (report.about["name"], report.about["phone"]) == ("An", "0912345678")


def test_beside_a_mistake_of_the_record_each_has_its_clock(world: World) -> None:
    an = someone(world, "an")
    an.says("/phananh")
    for answer in ("1", "1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "mũi cơ bản 2",
                   "pfizer", "12/08/2021", "ban cong", "1", "bỏ qua"):  # fmt: skip
        an.says(answer)
    an.presses("Tôi không còn giấy")
    an.presses("Thêm sai sót khác")
    an.presses("Việc khác")
    an.presses("Góp ý")
    an.presses("Thái độ")
    for answer in ("ban cong", "1", "Hỏi thì không ai trả lời"):
        an.says(answer)
    assert "xem lại một lần nữa" in an.last  # who it is was said before
    an.presses("Gửi")
    report, found = sent(world)
    with world.tx() as tx:
        lasts = {t.clock: tickets.round_of(tx, t).due_at - report.received_at for t in found}
    assert lasts == {"letter": timedelta(hours=48), "own": timedelta(days=7)}
    assert len({ticket.unit_id for ticket in found}) == 1
    assert report.about["name"] == "Nguyễn Văn An"


def test_a_voice_message_tells_it_too(world: World) -> None:
    world.roads["web"] = Photos(world, "web")
    an = begins(world)
    an.says("hat luu")
    an.says("1")
    assert "ghi âm hoặc ảnh" in an.last
    an._send(kind="media")
    assert "1 ghi âm" in an.last and "Xong" in an.buttons
    an.presses("Xong")
    an.says("bỏ qua")
    an.says("bỏ qua")
    assert "1 ghi âm" in an.last
    an.presses("Sửa câu trả lời")
    an.presses("Nội dung")
    an.says("Chờ ba tiếng")
    assert "Chờ ba tiếng, 1 ghi âm" in an.last
    an.presses("Gửi")
    _report, [ticket] = sent(world)
    with world.tx() as tx:
        assert [piece.name for piece in evidence.of_ticket(tx, ticket.id)] == [VOICE.name]
    assert ticket.changes[0]["new"] == "Chờ ba tiếng"


def test_what_is_too_long_or_nothing_is_asked_again(world: World) -> None:
    an = begins(world)
    an.says("hat luu")
    an.says("1")
    assert "1000 ký tự" in an.says("a" * 1001)
    an.says("Chờ lâu")
    assert "Số điện thoại này chưa đúng" in an.says("12")
    an.says("0912345678")
    an.says("bỏ qua")
    assert "091****678" in an.last
