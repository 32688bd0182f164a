"""Looking up: every way in, the same answer to all, and a record that is shown only after the code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from storage import approvals, people, talks, tickets
from tests.residents.people_and_reports import (
    ASKED_THE_SAME,
    MISSING,
    OLD_STATION,
    STATION,
    code_of,
    filed,
    injected,
    known,
    linked,
    looks_up,
    parts,
    someone,
)
from tests.world import DESK, World


def test_from_number_to_record(world: World) -> None:
    lan = someone(world, "lan")
    assert ASKED_THE_SAME in looks_up(lan, "015 168 001 234", "05/03/1968")
    assert world.sms[-1]["phone"] == "0912345678"
    shown = lan.says(code_of(world))
    assert "015******234" in shown and "Nguyễn" not in shown and "015168001234" not in shown
    assert (
        "mũi cơ bản 1" in shown
        and "12/08/2021" in shown
        and "lô ABX4321" in shown
        and "mũi nhắc lại 1" in shown
    )
    assert "Mũi 1: mũi cơ bản 1 · 12/08/2021 · đã ký số" in shown
    assert "Trạm Y tế xã Bản Công (nay là Trạm Y tế xã Hạnh Phúc)" in shown
    assert "Dữ liệu đến ngày 19/11/2026" in shown
    assert "Đây không phải giấy chứng nhận" in shown and DESK.portal_url in shown
    assert lan.heard[-1]["sensitive"]
    assert lan.buttons[:2] == ["Thiếu mũi tiêm", "Thông tin sai"]


def test_consent_comes_first(world: World) -> None:
    lan = world.person("lan")
    lan.says("/tracuu")
    assert "Tôi đồng ý" in lan.buttons
    lan.presses("Tôi đồng ý")
    assert lan.buttons[:3] == ["Số CCCD hoặc CMND", "Số hộ chiếu", "Họ tên và số điện thoại"]


@pytest.mark.parametrize(
    ("details", "way", "number", "birth"),
    [
        ({"national_id": "015052000001", "birth": "1952"}, "Số CCCD", "015052000001", "14/02/1952"),
        ({"national_id": "015052000001", "birth": "1952"}, "Số CCCD", "015052000001", "1952"),
        ({"old_id": "060912345", "birth": "1980-01-02"}, "Số CCCD", "060.912.345", "02/01/1980"),
        ({"passport": "B1234567", "birth": "1980-01-02"}, "Số CCCD", "b1234567", "02/01/1980"),
        ({"passport": "K98765432X", "birth": "1980-01-02"}, "Số hộ chiếu", "K98765432X", "02/01/1980"),
        ({"passport": "56789012", "birth": "1980-01-02"}, "Số hộ chiếu", "56789012", "02/01/1980"),
    ],
)
def test_ways_that_match(world: World, details: dict[str, str], way: str, number: str, birth: str) -> None:
    known(world, name="Lò Thị Pành", sex="female", phone="0988000111", **details)
    panh = someone(world, "panh")
    looks_up(panh, number, birth, way)
    assert [sms["phone"] for sms in world.sms] == ["0988000111"]
    assert "chưa có mũi tiêm nào" in panh.says(code_of(world))


@pytest.mark.parametrize(
    ("birth", "name", "sex", "phone"),
    [
        ("05/03/1968", "Nguyễn Thị Lan", "Nữ", "0912 345 678"),
        ("05/03/1968", "nguyễn thị lan", "Nữ", "+84912345678"),
    ],
)
def test_as_on_the_portal(world: World, birth: str, name: str, sex: str, phone: str) -> None:
    lan = someone(world, "lan")
    lan.says("/tracuu")
    lan.presses("Họ tên và số điện thoại")
    lan.says(name)
    lan.says(birth)
    lan.presses(sex)
    assert "người giám hộ" in lan.last
    assert ASKED_THE_SAME in lan.says(phone)
    assert "mũi cơ bản 1" in lan.says(code_of(world))


@pytest.mark.parametrize(
    ("number", "birth"),
    [
        ("015168001234", "06/03/1968"),  # another day
        ("015168001234", "1968"),  # the record knows the day, so the year alone is not enough
        ("015168004321", "05/03/1968"),  # nobody's number
    ],
)
def test_the_same_words_without_a_record(world: World, number: str, birth: str) -> None:
    lan, other = someone(world, "lan"), someone(world, "other")
    answer = looks_up(lan, "015168001234", "05/03/1968")
    sent, buttons = len(world.sms), lan.buttons
    assert looks_up(other, number, birth) == answer and other.buttons == buttons
    assert len(world.sms) == sent
    wrong = lan.says("999999")
    assert other.says("999999") == wrong and "còn 4 lần thử" in wrong


def test_a_record_whose_phone_gets_no_sms_answers_like_none(world: World) -> None:
    known(world, name="Lò Văn Ơn", birth="1980-01-02", national_id="015080000001", phone="02163855555")
    known(world, name="Lò Văn Ứng", birth="1980-01-02", national_id="015080000002")
    on = someone(world, "on")
    assert ASKED_THE_SAME in looks_up(on, "015080000001", "02/01/1980")
    assert ASKED_THE_SAME in looks_up(on, "015080000002", "02/01/1980")
    assert world.sms == []


def test_a_record_that_is_there_twice_opens_as_both(world: World) -> None:
    same = {"name": "Lò Văn Ơn", "birth": "1980-01-02", "national_id": "015080000001", "phone": "0988000111"}
    first, second = known(world, **same), known(world, **same, commune="2025:04585")
    elsewhere = known(world, **{**same, "phone": "0988000222"})
    on = someone(world, "on")
    looks_up(on, "015080000001", "02/01/1980")
    on.says(code_of(world))
    with world.tx() as tx:
        mine = [one.id for one in people.linked(tx, talks.open_talk(tx, "web", "on").id)]
    assert len(world.sms) == 1 and mine == [first, second] and elsewhere not in mine


def test_family_members_in_one_chat(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, "015168001234", "05/03/1968")
    lan.says(code_of(world))
    looks_up(lan, "015095001234", "05/03/1995")
    assert world.sms[-1]["phone"] == "0987654321"
    lan.says(code_of(world))
    lan.says("/tracuu")
    assert lan.buttons == ["N***** T** L** · 1968", "G**** * P** · 1995", "Tra cứu người khác", "Menu"]
    assert "chưa ký số" in lan.presses("G****")


@pytest.mark.parametrize(
    "token", ["record:1", "record:999999999999999999999", "record:x", "record:", "record"]
)
def test_a_forged_record_stays_shut(world: World, token: str) -> None:
    said = someone(world, "eve").token(token)
    assert "chưa mở trong cuộc trò chuyện này" in said


def test_what_was_approved_stands_apart(world: World) -> None:
    lan = someone(world, "lan")
    resident = known(
        world, name="Lò Thị Pành", birth="1980-01-02", national_id="015180000001", phone="0988000111"
    )
    injected(world, resident, 1, STATION, signed=None)
    linked(world, lan, resident)
    ticket = parts(world, filed(world, lan, [MISSING]))[0]
    with world.tx() as tx:
        approvals.add(tx, ticket_id=ticket.id, round_id=tickets.round_of(tx, ticket).id, resident_id=resident,
                      person_key=None, changes=ticket.changes, approved_at=world.time)  # fmt: skip
    shown = lan.token(f"record:{resident}")
    assert "chưa rõ đã ký số hay chưa" in shown
    recorded, apart = shown.split("Cơ sở báo đã sửa, hệ thống quốc gia chưa hiển thị:")
    assert "mũi cơ bản 2" in apart and "mũi cơ bản 2" not in recorded


def test_site_as_recorded_though_it_is_not_known_here(world: World) -> None:
    resident = known(
        world, name="Lò Thị Pành", birth="1980-01-02", national_id="015180000001", phone="0988000111"
    )
    injected(world, resident, 1, OLD_STATION, site_name="Điểm tiêm lưu động số 3", site_id=None)
    lan = someone(world, "lan")
    linked(world, lan, resident)
    shown = lan.token(f"record:{resident}")
    assert "đã ký số" in shown and "\nĐiểm tiêm lưu động số 3\n" in shown


def test_without_sms(make_world: Callable[..., World]) -> None:
    world = make_world(desk=replace(DESK, sms=False))
    lan = someone(world, "lan")
    said = lan.says("/tracuu")
    assert DESK.portal_url in said and "Sổ sức khỏe điện tử" in said and DESK.hotline in said
    assert "Phản ánh sai sót" in lan.buttons


def test_withdrawn_consent_shuts_the_records(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, "015168001234", "05/03/1968")
    lan.says(code_of(world))
    with world.tx() as tx:
        resident = people.with_number(tx, "015168001234")[0].id
    lan.says("/rut_dong_y")
    assert "chưa mở" in lan.token(f"record:{resident}")
