"""Imports that meet tickets: exports before and after an approval, and a backlog that is already late."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot import imports
from locales.times import ZONE
from storage import reports, talks, tickets
from tests.faults.kill import SetClock
from tests.world import DESK, KEY, Person, World

HEAD = [
    "Mã đối tượng",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Số điện thoại",
    "Mũi số",
    "Vắc xin",
    "Ngày tiêm",
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def import_(world: World, rows: list[list[str]], as_of: str | None = None) -> None:
    """The real import, into this world's database, at this world's time."""
    path = Path(str(world.engine.url.database))
    file = path.parent / f"in{len(list(path.parent.glob('in*.csv')))}.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)

    class Settings:
        database_url, data_key = f"sqlite:///{path}", KEY
        official_portal_url, hotline, sms_url, public_url = (
            DESK.portal_url,
            DESK.hotline,
            "x",
            DESK.public_url,
        )
        keep_months, zalo_oa_id = 24, ""

    code = imports.main(Settings(), file, None, as_of, clock=SetClock(world.time), new_code=world.new_code)
    assert code == 0
    world.work()


def platform(sex: str) -> list[list[str]]:
    """Bình as the Platform has her."""
    return [
        HEAD,
        [
            "P77",
            "Lê Thị Bình",
            "01/02/1980",
            sex,
            "015180000077",
            "0934567890",
            "1",
            "Comirnaty",
            "01/10/2021",
        ],
    ]


def approved_at_ten(world: World) -> tuple[Person, int]:
    """Bình's sex is wrong on the Platform; the station approves at 10:00 on 21/11."""
    world.time = at("2026-11-20 16:00")
    import_(world, platform("Nam"), "2026-11-20 08:00")
    world.joins("tram", "station:2025:04585", "clerk")
    binh, tram = world.person("binh"), world.person("tram")
    for said in ("/tracuu", "[Tôi đồng ý", "[Số", "015180000077", "01/02/1980"):
        binh.presses(said[1:]) if said.startswith("[") else binh.says(said)
    (otp,) = re.findall(r"\b\d{6}\b", world.sms[-1]["text"])
    binh.says(otp)
    for said in (
        "[Thông tin sai",
        "[Giới tính",
        "[Xong",
        "[Nữ",
        "hanh phuc, lao cai",
        "[Xã Hạnh Phúc, Tỉnh Lào Cai",
        "[Tôi không còn giấy",
        "[Gửi",
    ):
        binh.presses(said[1:]) if said.startswith("[") else binh.says(said)
    with world.tx() as tx:
        report = reports.watched(tx, talks.open_talk(tx, "web", "binh").id)[0]
        ticket = tickets.of_report(tx, report.id)[0]
    world.jump(to=at("2026-11-21 10:00"))
    tram.says(report.code)
    tram.presses("Phê duyệt")
    tram.presses("Tôi đã sửa trên Nền tảng")
    assert "hệ thống quốc gia chưa hiển thị" in binh.last
    return binh, ticket.id


def ticket_of(world: World, ticket_id: int) -> tuple[tickets.Ticket, tickets.Round]:
    with world.tx() as tx:
        ticket = tickets.get(tx, ticket_id)
        return ticket, tickets.round_of(tx, ticket)


def test_an_export_of_nine_does_nothing_and_one_of_eleven_confirms(make_world: Callable[..., World]) -> None:
    world = make_world()
    binh, ticket_id = approved_at_ten(world)
    binh.news()
    world.jump(hours=2)
    import_(world, platform("Nam"), "2026-11-21 09:00")
    assert binh.news() == [] and ticket_of(world, ticket_id)[0].state == "closed"
    import_(world, platform("Nữ"), "2026-11-21 11:00")
    assert "đã hiển thị đúng" in binh.news()[-1]
    assert ticket_of(world, ticket_id)[0].state == "closed"


def test_an_export_of_eleven_with_the_old_value_reopens_in_the_old_round(
    make_world: Callable[..., World],
) -> None:
    world = make_world()
    binh, ticket_id = approved_at_ten(world)
    before = ticket_of(world, ticket_id)[1]
    world.jump(hours=2)
    import_(world, platform("Nam"), "2026-11-21 11:00")
    ticket, round_ = ticket_of(world, ticket_id)
    assert ticket.state == "open" and (round_.id, round_.due_at) == (before.id, before.due_at)
    assert round_.reopened_at is not None
    assert "vẫn hiện thông tin cũ" in binh.last
    assert any("Phiếu" in text for text in world.person("tram").news())
    world.joins("xa", "committee:2025:04585", "supervisor")
    world.jump(to=round_.due_at)
    assert any("QUÁ HẠN" in text for text in world.person("xa").news())


def test_a_partial_export_neither_confirms_nor_reopens(make_world: Callable[..., World]) -> None:
    world = make_world()
    binh, ticket_id = approved_at_ten(world)
    binh.news()
    world.jump(hours=2)
    rows = platform("Nam")
    import_(world, [row[:3] + row[4:] for row in rows], "2026-11-21 11:00")
    assert binh.news() == [] and ticket_of(world, ticket_id)[0].state == "closed"


def test_three_days_without_an_export_reach_the_supervisors(make_world: Callable[..., World]) -> None:
    world = make_world()
    world.joins("xa", "committee:2025:04585", "supervisor")
    approved_at_ten(world)
    world.jump(to=at("2026-11-24 09:59"))
    world.person("xa").news()
    world.jump(to=at("2026-11-24 10:00"))
    assert len(world.person("xa").news()) == 1


def test_backlog_of_the_24th_imported_on_the_26th_is_late_at_once_in_one_message(
    make_world: Callable[..., World],
) -> None:
    """S1: received until 25/11/2021, finished by 30/11/2021; the 48 hours of each run from its own receipt."""
    world = make_world(now=at("2021-11-26 16:00"))
    world.joins("ytnt", "health_department:2025:56", "supervisor")
    world.joins("tram", "station:2025:22738", "clerk")
    head = [
        "Thời điểm nhận",
        "Họ và tên",
        "Ngày sinh",
        "Số điện thoại",
        "Loại phản ánh",
        "Ngày tiêm",
        "Vắc xin",
        "Cơ sở tiêm",
        "Mã xã của cơ sở",
    ]
    rows: list[Any] = [head] + [
        ["24/11/2021 14:00", f"Nguyễn Thị Mẫu {letter}", "1970", "0912000111", "Thiếu mũi", "12/08/2021", "Comirnaty",
         "Trạm Y tế phường Đô Vinh", "2024:22738"]
        for letter in "ABCDEFGHIJKLMNO"
    ]  # fmt: skip
    import_(world, rows)
    with world.tx() as tx:
        found = [ticket for n in range(1, 16) for ticket in tickets.of_report(tx, n)]
        rounds = [tickets.round_of(tx, ticket) for ticket in found]
    assert len(found) == 15
    assert {round_.received_at for round_ in rounds} == {at("2021-11-24 14:00")}
    assert {round_.due_at for round_ in rounds} == {at("2021-11-26 14:00")}
    assert {round_.finish_by for round_ in rounds} == {at("2021-11-30 23:59:59")}
    (told,) = world.person("ytnt").news()
    assert "QUÁ HẠN" in told and "15 phiếu" in told and told.count("PA-") == 10
    assert len(world.person("tram").news()) == 1


def test_a_reopened_ticket_climbs_the_rest_of_its_ladder(make_world: Callable[..., World]) -> None:
    """Approved at hour 18, contradicted at hour 20: the supervisors still hear at hour 42."""
    world = make_world()
    world.joins("xa", "committee:2025:04585", "supervisor")
    world.joins("truong", "station:2025:04585", "head")
    approved_at_ten(world)
    world.jump(hours=2)
    import_(world, platform("Nam"), "2026-11-21 11:00")
    world.jump(to=at("2026-11-22 09:59"))
    assert [text for text in world.person("xa").news() if "Chưa vào danh sách" not in text] == []
    world.jump(to=at("2026-11-22 10:00"))
    (told,) = world.person("xa").news()
    assert "còn 6 giờ" in told


def with_doses(*days: str) -> list[list[str]]:
    """Bình as the Platform has her, with doses of these days."""
    (head, row) = platform("Nữ")
    return [head, *([*row[:6], str(n), "Comirnaty", day] for n, day in enumerate(days, 1))]


def approved_not_hers(world: World) -> Person:
    """The second of three doses was never given to her; the province, which has it, says it is taken away."""
    world.time = at("2026-11-20 16:00")
    import_(world, with_doses("01/10/2021", "20/12/2021", "15/03/2022"), "2026-11-20 08:00")
    world.joins("minh", "desk", "admin")
    binh, minh = world.person("binh"), world.person("minh")
    for said in ("/tracuu", "[Tôi đồng ý", "[Số", "015180000077", "01/02/1980"):
        binh.presses(said[1:]) if said.startswith("[") else binh.says(said)
    binh.says(re.findall(r"\b\d{6}\b", world.sms[-1]["text"])[0])
    for said in ("/phananh", "[Việc khác", "[Mũi trùng", "[Có mũi tôi không tiêm", "[L* T** B***", "2", "[Xong", "[Bỏ qua",
                 "[Tôi không còn giấy", "[Gửi"):  # fmt: skip
        binh.presses(said[1:]) if said.startswith("[") else binh.says(said)
    world.jump(to=at("2026-11-21 10:00"))
    minh.presses("Mở phiếu")
    minh.presses("Phê duyệt")
    minh.presses("Tôi đã sửa trên Nền tảng")
    assert "hệ thống quốc gia chưa hiển thị" in binh.last
    return binh


def test_a_dose_that_was_never_given_is_gone_from_the_record_she_reads(world: World) -> None:
    binh = approved_not_hers(world)
    binh.says("/tracuu")
    assert "20/12/2021" in binh.presses("L* T** B***")
    world.jump(to=at("2026-11-21 12:00"))
    import_(world, with_doses("01/10/2021", "15/03/2022"), "2026-11-21 11:00")
    assert "hệ thống quốc gia" in binh.last.lower() and "giá trị đúng" not in binh.last
    binh.says("/tracuu")
    shown = binh.presses("L* T** B***")
    assert "20/12/2021" not in shown and shown.count("15/03/2022") == 1


def test_a_dose_that_was_never_given_is_not_gone_for_a_file_that_lacks_others_too(world: World) -> None:
    binh = approved_not_hers(world)
    before = binh.last
    world.jump(to=at("2026-11-21 12:00"))
    import_(world, with_doses("01/10/2021"), "2026-11-21 11:00")
    assert binh.last == before
    import_(world, with_doses("01/10/2021", "20/12/2021"), "2026-11-21 11:30")
    assert "vẫn" in binh.last and binh.last != before
