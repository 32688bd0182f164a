"""«Báo giúp người khác»: who helped is on record, and the person helped gets the code."""

from __future__ import annotations

from storage import history, reports, tickets
from tests.residents.people_and_reports import STATION, clerk_turn, someone
from tests.residents.sendings import shares
from tests.world import Person, World

ANSWERS = ("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0987 654 321", "mũi cơ bản 2", "pfizer",
           "12/08/2021", "ban cong", "1", "FF1234", "không còn giấy")  # fmt: skip


def files(person: Person) -> str:
    person.presses("Người đó đồng ý")
    person.presses("Thiếu mũi tiêm")
    for answer in ANSWERS:
        person.says(answer)
    return person.presses("Gửi")


def only_report(world: World, person: Person) -> tuple[reports.Report, list[str]]:
    with world.tx() as tx:
        (report,) = reports.watched(tx, clerk_turn(world, tx, person.name).talk.id)
        (ticket,) = tickets.of_report(tx, report.id)
        return report, [one.what for one in history.of_ticket(tx, ticket.id, internal=False)]


def test_staff_file_for_somebody_at_the_station(world: World) -> None:
    tram = world.joins("tram", STATION, "clerk")
    tram.says("/menu")
    assert "lưu những gì" in tram.presses("Báo giúp người khác")
    assert "SMS" in files(tram)
    report, happened = only_report(world, tram)
    assert report.about["helper"]["how"] == "staff" and report.about["helper"]["staff"]
    assert "helped" in happened
    assert world.sms[-1]["phone"].endswith("987654321") and report.code in world.sms[-1]["text"]
    said = tram.says(report.code)
    assert "Người báo giúp: cán bộ – Tram" in said and "Được báo giúp" in said


def test_a_volunteer_files_and_nothing_of_the_volunteers_own_is_taken(world: World) -> None:
    hoa = someone(world, "hoa")
    shares(hoa, "+84912345678", can=["phone", "photo"])
    hoa.token("for")
    hoa.presses("Tình nguyện viên")
    files(hoa)
    report, _happened = only_report(world, hoa)
    assert report.about["helper"] == {"how": "volunteer"} and not report.proven
    assert report.about["phone"].endswith("987654321")


def test_it_stands_in_the_menu(world: World) -> None:
    hoa = someone(world, "hoa")
    hoa.says("/phananh")
    hoa.says("báo giúp người khác")
    assert "Tình nguyện viên" in hoa.buttons


def test_a_resident_cannot_claim_to_be_staff(world: World) -> None:
    hoa = someone(world, "hoa")
    hoa.token("for:staff:yes")
    assert "Tình nguyện viên" in hoa.buttons


def test_who_left_helps_nobody_any_more(world: World) -> None:
    hoa = someone(world, "hoa")
    hoa.token("for:relative:yes")
    hoa.says("/menu")
    hoa.says("/phananh")
    hoa.presses("Thiếu mũi tiêm")
    with world.tx() as tx:
        assert "helper" not in clerk_turn(world, tx, "hoa").state["answers"]


def test_a_chat_that_sends_many_codes_is_slowed_down(world: World) -> None:
    tram = world.joins("tram", STATION, "clerk")
    for _n in range(4):
        tram.token("for")
        files(tram)
    assert len(world.sms) == 3
