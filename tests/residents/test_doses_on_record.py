"""Faults of doses that stand on a proven record: which dose is meant, and what happens when one thinks again."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import delete, select

from handlers import wording_changes
from locales import say
from storage import doses, reports, tickets
from storage.talks import talks as talks_table
from tests.residents.people_and_reports import OLD_STATION, STATION, injected, known, linked, someone
from tests.world import Person, World

HOSPITAL = "site:demo-1"


def with_record(world: World, name: str = "lan", phone: str = "0912000222") -> tuple[Person, int]:
    """Two doses at Bản Công, a booster at the hospital."""
    person = someone(world, name)
    resident = known(
        world, name="Hà Thị Mơ", birth="1990-02-03", sex="female", phone=phone, commune="2025:04585"
    )
    for number, day in ((1, date(2021, 8, 12)), (2, date(2021, 9, 10))):
        injected(world, resident, number, OLD_STATION, day=day)
    injected(world, resident, 3, HOSPITAL, dose_class="booster", ordinal=1, day=date(2022, 3, 1))
    linked(world, person, resident)
    return person, resident


def state(world: World, person: Person) -> dict[str, Any]:
    with world.tx() as tx:
        found = tx.execute(select(talks_table.c.state).where(talks_table.c.chat == person.name)).scalar_one()
    return dict(found)


def filed(world: World) -> list[tickets.Ticket]:
    with world.tx() as tx:
        newest = tx.execute(
            select(reports.reports.c.id).order_by(reports.reports.c.id.desc()).limit(1)
        ).scalar_one()
        return tickets.of_report(tx, newest)


def test_each_dose_of_the_record_is_one_tap_away(world: World) -> None:
    lan, resident = with_record(world)
    lan.token(f"record:{resident}")
    assert lan.buttons[:5] == [
        "Thiếu mũi tiêm",
        "Thông tin sai",
        "Mũi 1 ghi sai",
        "Mũi 2 ghi sai",
        "Mũi 3 ghi sai",
    ]
    said = lan.presses("Mũi 3 ghi sai")
    assert said.startswith("**Mũi nhắc lại 1 · Comirnaty · 01/03/2022 · Bệnh viện Đa khoa Mường Lò")
    assert "Mũi này ghi sai chỗ nào" in said


def test_nobody_reaches_a_dose_of_somebody_elses_record(world: World) -> None:
    _lan, resident = with_record(world)
    eve, own = with_record(world, "eve", "0912000333")
    for forged in (
        f"report:dose_wrong:{resident}:1",
        f"report:dose_wrong:{own}:9",
        f"report:dose_wrong:{own}:x",
    ):
        eve.token(forged)
        assert "Mũi này ghi sai chỗ nào" not in eve.last, forged
    eve.token(f"report:dose_wrong:{own}")
    assert "Mũi nào ghi sai" in eve.last
    eve.token(f"f:doses:{resident}:1")
    assert "Mũi này ghi sai chỗ nào" not in eve.last
    assert str(resident) not in [
        str(value).split(":")[0] for value in state(world, eve)["note"].get("chosen", [])
    ]


def up_to_the_summary(lan: Person, resident: int) -> None:
    """The dates of doses 1 and 2 are wrong."""
    lan.token(f"report:dose_wrong:{resident}")
    for said in (
        "1, 2",
        "[Ngày tiêm",
        "[Xong",
        "13/08/2021",
        "[Ngày tiêm",
        "[Xong",
        "11/09/2021",
        "tôi không còn giấy",
    ):
        lan.presses(said[1:]) if said.startswith("[") else lan.says(said)
    assert "xem lại một lần nữa" in lan.last, lan.show()


def test_answers_about_one_dose_are_never_given_to_another(world: World) -> None:
    lan, resident = with_record(world)
    up_to_the_summary(lan, resident)
    lan.presses("Sửa câu trả lời")
    lan.presses("Mũi ghi sai")
    lan.presses("✓ Mũi cơ bản 1")
    lan.presses("Mũi nhắc lại 1")
    asked = lan.presses("Xong")
    assert "Mũi cơ bản 2" in asked and "Mũi này ghi sai chỗ nào" in asked
    assert "13/08/2021" not in lan.last


def test_the_same_doses_chosen_again_keep_their_answers(world: World) -> None:
    lan, resident = with_record(world)
    up_to_the_summary(lan, resident)
    before = lan.last
    lan.presses("Sửa câu trả lời")
    lan.presses("Mũi ghi sai")
    assert lan.presses("Xong") == before


def test_another_person_has_other_doses(world: World) -> None:
    lan, resident = with_record(world)
    child = known(world, name="Hà Văn Tú", birth="2010-02-03", sex="male", phone="0912000444")
    injected(world, child, 1, STATION, day=date(2022, 5, 5))
    linked(world, lan, child)
    lan.says("/phananh")
    lan.presses("Mũi tiêm ghi sai")
    lan.presses("H* T** M* · 1990")
    for said in ("2", "[Xong", "[Số lô", "[Xong", "FF9", "tôi không còn giấy"):
        lan.presses(said[1:]) if said.startswith("[") else lan.says(said)
    lan.presses("Sửa câu trả lời")
    lan.presses("Người được phản ánh") if "Người được phản ánh" in lan.buttons else lan.says("1")
    asked = lan.presses("H* V** T* · 2010")
    assert "Mũi nào ghi sai" in asked
    assert [label for label in lan.buttons if label.startswith("Mũi cơ bản")] == [
        "Mũi cơ bản 1 · Comirnaty · 05/05/2022 · Trạm Y tế xã Hạnh Phúc"
    ]
    assert resident != child and not [key for key in state(world, lan)["answers"] if key.endswith("_0")]


def test_none_of_the_doses_is_described_instead(world: World) -> None:
    lan, resident = with_record(world)
    lan.token(f"report:dose_not_mine:{resident}")
    assert "Mũi nào ghi trong hồ sơ mà thật ra không tiêm" in lan.presses("Không phải mũi nào ở trên")
    for said in ("mũi nhắc lại 2", "tôi không nhớ", "hat luu", "1", "bỏ qua", "tôi không còn giấy"):
        lan.says(said)
    lan.presses("Gửi")
    (ticket,) = filed(world)
    assert (
        say(wording_changes.changes(ticket), "vi")
        == "Không tiêm mũi này: mũi nhắc lại 2, Trạm Y tế xã Hát Lừu"
    )


def test_a_wrong_value_whose_right_one_nobody_knows(world: World) -> None:
    lan, resident = with_record(world)
    lan.token(f"report:dose_wrong:{resident}:1")
    for said in ("[Vắc xin", "[Số lô", "[Nơi tiêm", "[Xong", "[Tôi không nhớ", "[Bỏ qua", "[Không có trong danh sách",
                 "ở trường học", "tôi không còn giấy"):  # fmt: skip
        lan.presses(said[1:]) if said.startswith("[") else lan.says(said)
    lan.presses("Gửi")
    (ticket,) = filed(world)
    assert say(wording_changes.changes(ticket), "vi").splitlines() == [
        "mũi cơ bản 1, Comirnaty, 12/08/2021, lô FF1, Trạm Y tế xã Bản Công",
        "Vắc xin: Comirnaty → chưa rõ",
        "Số lô: FF1 → chưa rõ",
        "Nơi tiêm: Trạm Y tế xã Bản Công → ở trường học",
    ]
    assert ticket.copy_to is None


def test_an_import_takes_the_dose_away_while_the_form_is_open(world: World) -> None:
    lan, resident = with_record(world)
    up_to_the_summary(lan, resident)
    with world.tx() as tx:
        tx.execute(delete(doses.doses).where(doses.doses.c.resident_id == resident))
    lan.presses("Sửa câu trả lời")
    assert "1) mũi 1" in lan.presses("Giấy tờ") or "1) mũi 1" in lan.says("tôi không còn giấy")
    assert "Mã phản ánh là" in lan.presses("Gửi")
    assert {ticket.kind for ticket in filed(world)} == {"dose_wrong"}


def test_exactly_two_entries_are_recorded_twice(world: World) -> None:
    lan, resident = with_record(world)
    lan.token(f"report:dose_duplicate:{resident}")
    assert "Anh/Chị chọn đúng 2 dòng" in lan.says("1, 2, 3")
    assert "dòng nào đúng" in lan.says("1, 2")
    for said in ("2", "bỏ qua", "tôi không còn giấy"):
        lan.says(said)
    lan.presses("Sửa câu trả lời")
    lan.presses("Bị ghi hai lần")
    lan.presses("✓ Mũi cơ bản 2")
    assert "dòng nào đúng" in lan.presses(
        "Mũi nhắc lại 1"
    )  # the one that was right is not among them any more
    for said in ("1",):
        lan.says(said)
    lan.presses("Gửi")
    (ticket,) = filed(world)
    assert ticket.reasons == ["two_sites"] and ticket.changes[0]["new"]["dose_no"] == 1
    assert [dose["dose_no"] for dose in ticket.changes[0]["had"]] == [2]


def test_two_entries_of_one_station_are_its_own_to_put_right(world: World) -> None:
    lan, resident = with_record(world)
    lan.token(f"report:dose_duplicate:{resident}")
    for said in ("1, 2", "tôi không chắc", "bỏ qua", "tôi không còn giấy"):
        lan.says(said)
    lan.presses("Gửi")
    (ticket,) = filed(world)
    assert ticket.reasons == ["recorded_here", "site_merged"] and ticket.changes[0]["new"] is None


def test_each_ticket_of_a_report_can_be_told_apart(world: World) -> None:
    lan, resident = with_record(world)
    up_to_the_summary(lan, resident)
    lan.presses("Gửi")
    lan.presses("Xem phản ánh")
    assert "Rút phản ánh: Mũi tiêm ghi sai (mũi cơ bản 1)" in lan.buttons
    assert "Rút phản ánh: Mũi tiêm ghi sai (mũi cơ bản 2)" in lan.buttons
