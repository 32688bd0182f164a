"""A shared phone: it opens what carries it, fills in what asks for it, and tells nobody what is on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from storage import history, people, reports, talks
from tests.residents.people_and_reports import code_of, filed, known, looks_up, someone
from tests.residents.sendings import shares
from tests.world import DESK, Person, World

LAN = ("015168001234", "05/03/1968")
NOBODY = ("015168004321", "05/03/1968")
OWN = "84912345678"


def with_phone(world: World, name: str = "lan") -> Person:
    person = someone(world, name)
    person.can = ("phone", "photo")
    return person


def state(world: World, name: str = "lan") -> dict[str, object]:
    with world.tx() as tx:
        return talks.open_talk(tx, "web", name).state


def test_the_own_phone_opens_the_record_without_a_code(world: World) -> None:
    lan = with_phone(world)
    asked = looks_up(lan, *LAN)
    assert "Chia sẻ số của tôi" in asked and lan.heard[-1]["request"] == "phone"
    assert lan.buttons == ["Gửi mã qua SMS", "Menu"] and world.sms == []
    shown = shares(lan, OWN)
    assert "015******234" in shown and "mũi cơ bản 1" in shown and world.sms == []
    with world.tx() as tx:
        noted = tx.execute(select(history.audit.c.what, history.audit.c.details)).all()
    assert [(what, details["by"]) for what, details in noted] == [("record_linked", "contact")]


@pytest.mark.parametrize("phone", ["+84 912 345 678", "0912345678", "84912345678"])
def test_the_phone_however_it_is_written(world: World, phone: str) -> None:
    lan = with_phone(world)
    looks_up(lan, *LAN)
    assert "mũi cơ bản 1" in shares(lan, phone)


def test_keys_that_a_phone_still_shows_are_no_answers_to_the_next_question(world: World) -> None:
    lan = with_phone(world)
    looks_up(lan, *LAN)
    shares(lan, OWN)
    lan.presses("Thông tin sai")
    assert lan.buttons and "Menu" not in lan.buttons  # that of «Chia sẻ số của tôi» is still below the box
    assert "giúp gì" in lan.says("Menu") and "Nói tiếp" not in lan.last


def test_the_same_words_with_and_without_a_record(world: World) -> None:
    lan, eve = with_phone(world), with_phone(world, "eve")
    assert looks_up(lan, *LAN) == looks_up(eve, *NOBODY) and lan.buttons == eve.buttons
    refused = shares(lan, "84987000111")
    assert refused == shares(eve, "84987000111") and lan.buttons == eve.buttons
    assert "đã khai số khác, hoặc chưa có hồ sơ" in refused and lan.buttons[0] == "Gửi mã qua SMS"
    assert lan.presses("Gửi mã qua SMS") == eve.presses("Gửi mã qua SMS")
    assert [sms["phone"] for sms in world.sms] == ["0912345678"]
    assert "mũi cơ bản 1" in lan.says(code_of(world))
    assert "chưa đúng" in eve.says("111111")


@pytest.mark.parametrize("more", [{"own": False}, {"own": False, "phone": OWN}])
def test_a_foreign_forwarded_or_faked_contact_is_refused(world: World, more: dict[str, object]) -> None:
    """Whose contact it is, the channel says; tests/channels/test_telegram_parse.py has the ways to fake one."""
    lan = with_phone(world)
    looks_up(lan, *LAN)
    said = shares(lan, **{"phone": "84911222333", **more})  # type: ignore[arg-type]
    assert "chỉ nhận số của chính Anh/Chị" in said and lan.heard[-1]["request"] == "phone"
    assert "proven_phone" not in state(world)
    assert "mũi cơ bản 1" in shares(lan, OWN)


def test_a_contact_from_a_channel_that_proves_nothing(world: World) -> None:
    lan = someone(world, "lan")
    looks_up(lan, *LAN)
    assert "chỉ nhận số của chính" in shares(lan, OWN) and "proven_phone" not in state(world)


@pytest.mark.parametrize("sent", ["+12025550123", "12025550123", "447911123456"])
def test_a_number_from_abroad(world: World, sent: str) -> None:
    """However Telegram writes it."""
    lan = with_phone(world)
    looks_up(lan, *LAN)
    assert "số điện thoại nước ngoài" in shares(lan, sent) and "proven_phone" not in state(world)


def test_typing_the_number_proves_nothing(world: World) -> None:
    lan = with_phone(world)
    looks_up(lan, *LAN)
    assert "Số gõ tay thì chưa xác nhận được" in lan.says("0912345678")
    assert "mũi cơ bản 1" in shares(lan, OWN)


def test_a_proven_phone_is_not_asked_for_again(world: World) -> None:
    lan = with_phone(world)
    known(world, name="Hoàng Gia Bảo", birth="2009-04-18", national_id="015209004399", phone="0912345678")
    looks_up(lan, *LAN)
    shares(lan, OWN)
    assert "chưa có mũi tiêm nào" in looks_up(lan, "015209004399", "18/04/2009")
    assert "đăng ký bằng số khác" in looks_up(lan, "015095001234", "05/03/1995")
    for answer in ("/phananh", "1"):
        lan.says(answer)
    lan.presses("Người khác")
    for answer in ("1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có"):
        lan.says(answer)
    assert "Thiếu mũi nào" in lan.last


def test_only_records_with_that_phone_open(world: World) -> None:
    same = {"name": "Lò Văn Ơn", "birth": "1980-01-02", "national_id": "015080000001"}
    other, mine = (
        known(world, **same, phone="0988000222"),
        known(world, **same, phone="0912345678", sex="male"),
    )
    on = with_phone(world, "on")
    looks_up(on, "015080000001", "02/01/1980")
    shares(on, OWN)
    with world.tx() as tx:
        opened = [one.id for one in people.linked(tx, talks.open_talk(tx, "web", "on").id)]
    assert opened == [mine] and other not in opened


def test_guessing_is_throttled_as_with_codes(world: World) -> None:
    eve = with_phone(world, "eve")
    for n in range(3):
        looks_up(eve, f"01516800{n}999", "05/03/1968")
        shares(eve, OWN)
    assert "quá nhiều lần" in looks_up(eve, *LAN)
    assert "mũi cơ bản 1" not in shares(eve, OWN)


def test_without_sms_the_look_up_works_by_contact(make_world: Callable[..., World]) -> None:
    world = make_world(desk=replace(DESK, sms=False))
    lan = with_phone(world)
    looks_up(lan, *LAN)
    assert lan.buttons == ["Menu"]
    assert "SMS" not in shares(lan, "84987000111")
    assert "mũi cơ bản 1" in (looks_up(lan, *LAN), shares(lan, OWN))[1]
    assert "Tra cứu người khác" in lan.buttons


def test_a_contact_out_of_the_blue(world: World) -> None:
    lan = with_phone(world)
    said = shares(lan, OWN)
    assert "091****678" in said and "không cần mã SMS" in said and "Tra cứu mũi tiêm" in lan.buttons
    assert state(world)["proven_phone"] == "0912345678"
    assert "mũi cơ bản 1" in looks_up(lan, *LAN)
    lan.says("/rut_dong_y")
    assert "proven_phone" not in state(world)


def test_a_claim_that_was_refused_does_not_come_back(world: World) -> None:
    lan = with_phone(world)
    looks_up(lan, *NOBODY)
    assert "đăng ký bằng số khác" in shares(lan, OWN)
    lan.says("/menu")
    assert "đăng ký bằng số khác" not in shares(lan, OWN) and "Tra cứu mũi tiêm" in lan.buttons


def test_nothing_is_kept_before_consent(world: World) -> None:
    lan = world.person("lan")
    lan.can = ("phone",)
    said = shares(lan, OWN)
    assert (
        "chưa lưu số điện thoại" in said
        and "Tôi đồng ý" in lan.buttons
        and "proven_phone" not in state(world)
    )


def test_the_question_for_a_phone_takes_a_contact(world: World) -> None:
    lan = with_phone(world)
    for answer in ("/phananh", "1", "1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có"):
        lan.says(answer)
    assert lan.heard[-1]["request"] == "phone"
    assert "chỉ nhận số của chính" in shares(lan, OWN, own=False) and lan.heard[-1]["request"] == "phone"
    assert "Thiếu mũi nào" in shares(lan, OWN)
    for answer in ("mũi cơ bản 2", "pfizer", "12/08/2021", "ban cong", "1", "bỏ qua", "không còn giấy"):
        lan.says(answer)
    assert "091****678" in lan.last
    lan.presses("Gửi")
    with world.tx() as tx:
        (report,) = reports.watched(tx, talks.open_talk(tx, "web", "lan").id)
    assert report.proven and report.about["phone"] == "0912345678"


def test_as_on_the_portal_the_shared_phone_is_both_answer_and_proof(world: World) -> None:
    lan = with_phone(world)
    for answer in ("/tracuu", "3", "Nguyễn Thị Lan", "05/03/1968", "nữ"):
        lan.says(answer)
    assert lan.heard[-1]["request"] == "phone"
    assert "mũi cơ bản 1" in shares(lan, OWN)


def test_a_proven_phone_is_one_press_where_another_may_be_meant(world: World) -> None:
    lan = with_phone(world)
    shares(lan, OWN)
    for answer in ("/tracuu", "3", "Nguyễn Thị Lan", "05/03/1968", "nữ"):
        lan.says(answer)
    assert lan.buttons[0] == "091****678"
    assert "mũi cơ bản 1" in lan.presses("091****678")


def test_a_report_by_its_code(world: World) -> None:
    an, other = someone(world, "an"), with_phone(world, "other")
    report = filed(world, an, phone="0912345678")
    other.says("/theodoi")
    other.presses("Mở phản ánh bằng mã")
    other.says(report.code)
    assert "Đúng số điện thoại đã ghi trong phản ánh" in shares(other, OWN) and report.code in other.last


def test_a_record_stays_shut_for_the_phone_of_another(world: World) -> None:
    lan = with_phone(world)
    looks_up(lan, *LAN)
    shares(lan, "84987654321")
    assert "chưa mở" in lan.token("record:1")
