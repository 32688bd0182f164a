"""«Cần bổ sung»: the resident is asked where they are, and the officer reads the answer; the signed paper as a scan."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot import turns
from handlers.lists import card, desk, police
from storage import evidence, list_people, lists, people, talks, tickets, vault
from storage.lists import List
from tests.lists.making import GIVEN, POLICE, draft, turn_of
from tests.lists.test_police import at, audits, opens, sent, signs
from tests.residents.sendings import sends
from tests.staff.making import STATION, complaint, identity, ticket
from tests.world import DESK, Person, PlainRoad, World

ASKED = "Xin cho biết nơi thường trú trước năm 2020"
PHONE = "0912345678"


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def dung(world: World) -> Person:
    return world.joins("dung", POLICE, "police", "Anh Dũng")


def asks(officer: Person, found: List, words: str = ASKED) -> None:
    opens(officer, found)
    officer.presses("Bắt đầu đối chiếu")
    officer.presses("Cần bổ sung")
    officer.says(words)


def of_ticket(world: World, mai: Person) -> tuple[List, int]:
    _code, ticket_id = complaint(world, faults=[identity()])
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        desk.add_ticket(turn, made, tickets.get(turn.tx, ticket_id))
        return desk.send(turn, made), ticket_id


def of_record(world: World, mai: Person, linked: Person | None = None, **given: str) -> List:
    """Somebody on record without a report; linked: whose chat proved the phone."""
    with turn_of(world, mai) as turn:
        ref = vault.of(turn.tx).index("person", "made")
        row = insert(people.residents).values(ref=ref, details=GIVEN, as_of=world.time)
        resident = turn.tx.execute(row.returning(people.residents.c.id)).scalar_one()
        made = draft(turn, STATION, n=0)
        desk.add(turn, made, {**GIVEN, **given}, foreign=False, fault="personal", resident_id=resident)
        if linked:
            talk = talks.open_talk(turn.tx, linked.channel, linked.name)
            people.link(turn.tx, talk.id, resident, world.time)
        return desk.send(turn, made)


def test_of_a_report_the_resident_is_asked_in_its_chat(world: World, mai: Person, dung: Person) -> None:
    found, ticket_id = of_ticket(world, mai)
    lan = world.person("lan")
    due = ticket(world, ticket_id).due_at
    asks(dung, found)
    assert "Công an xã Hạnh Phúc hỏi Anh/Chị: «" + ASKED in lan.last
    assert at(world, found, 1).words == ASKED and "đã hỏi người dân trong phản ánh" in dung.last
    assert ticket(world, ticket_id).holder_id is None and ticket(world, ticket_id).due_at == due
    dung.news(), mai.news()
    lan.presses("Trả lời")
    sends(lan, caption="Trước đó tôi ở xã Bản Công")
    assert "Danh sách số 1/2026, STT 1: người dân đã trả lời" in dung.last and mai.news()
    dung.presses("Mở")
    assert "Trước đó tôi ở xã Bản Công" in dung.last and "Bổ sung: đã hỏi" in dung.last
    before = len(dung.heard)
    dung.presses("Xem ảnh, giấy tờ")
    assert dung.heard[before]["media"][0]["kind"] == "photo" and len(audits(world, "evidence_seen")) == 1
    heard = len(lan.heard)
    dung.presses("Về người này")
    dung.presses("Khớp")
    assert at(world, found, 1).verdict == "matches" and len(lan.heard) == heard


def test_what_was_sent_before_the_question_stays_the_stations(
    world: World, mai: Person, dung: Person
) -> None:
    found, _ticket_id = of_ticket(world, mai)
    lan = world.person("lan")
    with world.tx() as tx:
        report = tickets.get(tx, _ticket_id).report_id
    lan.token(f"r:{report}:words:{_ticket_id}")
    sends(lan, caption="Chuyện riêng của tôi")
    world.jump(minutes=1)
    asks(dung, found)
    dung.token(f"l:{found.id}:{found.version}:look:1")
    assert "Chuyện riêng" not in dung.last and "Xem ảnh, giấy tờ" not in dung.buttons


def test_of_a_record_its_own_chat_is_asked(world: World, mai: Person, dung: Person) -> None:
    lan, other = world.person("lan"), world.person("other")
    other.says("/menu")
    found = of_record(world, mai, linked=lan, phone=PHONE)
    asks(dung, found)
    assert "đang đối chiếu dữ liệu tiêm chủng" in lan.last and ASKED in lan.last and not world.sms
    line = at(world, found, 1)
    other.token(f"p:{line.id}")
    assert "không còn câu hỏi nào" in other.last and ASKED not in other.last
    lan.presses("Trả lời")
    lan.says("Tôi ở Bản Công")
    assert "Công an xã Hạnh Phúc đã nhận được câu trả lời" in lan.last
    dung.presses("Mở")
    assert "Người dân trả lời: «Tôi ở Bản Công»" in dung.last
    signs(dung)
    lan.token(f"p:{line.id}")
    assert "không còn câu hỏi nào" in lan.last
    with world.tx() as tx:
        talks.give_consent(tx, talks.open_talk(tx, "web", "lan").id, "1", world.time)
    lan.says("/rut_dong_y")
    world.time += timedelta(days=21)
    with world.tx() as tx:
        turns.erase_once(tx, world.now, world.desk)
        answers = [one.details["words"] for one in lists.history(tx, found.id) if one.what == "supplied"]
    assert answers == ["…"]


def test_without_a_chat_an_sms_that_says_nothing_of_the_person(
    world: World, mai: Person, dung: Person
) -> None:
    found = of_record(world, mai, phone=PHONE)
    asks(dung, found)
    (sms,) = world.sms
    assert sms["phone"] == PHONE and "Trạm Y tế xã Hạnh Phúc mời Anh/Chị liên hệ" in sms["text"]
    for part in (ASKED, "Páo", "015095001234"):
        assert part not in sms["text"]
    asks_again = len(world.sms)
    dung.presses("Sửa kết quả")
    dung.presses("Cần bổ sung")
    dung.says(ASKED)
    assert len(world.sms) == asks_again  # the same words twice are asked once


@pytest.mark.parametrize("phone", ["", PHONE])
def test_where_nothing_reaches_them_the_maker_calls(
    world: World, mai: Person, dung: Person, phone: str
) -> None:
    """No phone on record; or no SMS at this desk."""
    world.desk = DESK if not phone else type(DESK)(**{**DESK.__dict__, "sms": False})
    found = of_record(world, mai, phone=phone)
    asks(dung, found)
    assert "cần gọi điện" in dung.last and not world.sms
    assert "xin gọi điện" in mai.last and "Páo" not in mai.last
    mai.presses("Cần gọi ai")
    assert ASKED in mai.last and PHONE not in mai.last
    mai.presses("1. Giàng A Páo")
    assert (PHONE in mai.last) == bool(phone)
    assert [one.get("by") for one in audits(world)].count("phone") == bool(phone)
    mai.says("Ông ấy ở Bản Công")
    assert "đã chuyển Công an" in mai.last
    dung.presses("Mở")
    assert "Ông ấy ở Bản Công" in dung.last


def test_what_is_lost_in_a_chat_goes_by_sms_and_then_is_a_call(
    world: World, mai: Person, dung: Person
) -> None:
    from bot.channels import Blocked, Refused

    class Shut(PlainRoad):
        def send(self, row: Any, message: Any) -> Any:
            tried.append(self.name)
            return Blocked("blocked") if self.name == "zalo" else Refused("refused")

    tried: list[str] = []
    lan = world.person("lan", "zalo")
    found = of_record(world, mai, linked=lan, phone=PHONE)
    world.roads |= {"zalo": Shut(world, "zalo"), "sms": Shut(world, "sms")}
    asks(dung, found)
    assert tried == ["zalo", "sms"] and "xin gọi điện" in mai.last
    mai.presses("Cần gọi ai")
    assert "cần gọi điện" in mai.last


def test_a_withdrawn_report_is_asked_nothing(world: World, mai: Person, dung: Person) -> None:
    found, ticket_id = of_ticket(world, mai)
    lan = world.person("lan")
    with world.tx() as tx:
        report = tickets.get(tx, ticket_id).report_id
    lan.token(f"r:{report}:withdraw!:{ticket_id}")
    heard = len(lan.heard)
    asks(dung, found)
    assert "phản ánh đã đóng" in dung.last and len(lan.heard) == heard


def test_the_signed_paper_is_kept_with_the_list(world: World, mai: Person, dung: Person) -> None:
    """Then whoever made the list may key it in, though officers have joined."""
    found = sent(world, mai, 2)
    opens(mai, found)
    assert "Nhập kết quả" not in mai.buttons
    mai.presses("Gửi bản đã ký")
    assert "không dùng tin nhắn thoại" in sends(mai, "voice")
    assert "Đã lưu cùng danh sách: 1 tệp" in sends(mai, "photo")
    assert "Đã lưu cùng danh sách: 1 tệp" in sends(mai, "photo")
    assert "Xem bản đã ký (2)" in mai.buttons and "Nhập kết quả" in mai.buttons
    opens(dung, found)
    before = len(dung.heard)
    dung.presses("Xem bản đã ký")
    assert len([body for body in dung.heard[before:] if body["media"]]) == 2
    assert len(audits(world, "evidence_seen")) == 1
    with world.tx() as tx:
        evidence.forget_unfiled(tx, world.time.replace(year=2030))
        assert len(evidence.of_list(tx, found.id)) == 2
        evidence.forget_of_lists(tx, [found.id])
        assert not evidence.of_list(tx, found.id)
    lan = world.person("lan")
    lan.token(f"l:{found.id}:{found.version}:scans")
    assert "không có quyền" in lan.last


def test_no_two_parts_answer_to_the_same_verb() -> None:
    for name in ("ACTS", "HEARS"):
        verbs = [verb for part in card.PARTS for verb in getattr(part, name)]
        assert len(verbs) == len(set(verbs)), sorted(verbs)
    assert set(police.ACTS) >= police.READS


def test_longest_tokens_fit_a_button(world: World, mai: Person, dung: Person) -> None:
    from handlers.lists import asking
    from handlers.lists.police_card import mark

    found = sent(world, mai, 1)
    before = at(world, found, 1)
    with turn_of(world, dung) as turn:
        said = desk.verdict(turn, before, "supplement", words="?")
        line = list_people.get(turn.tx, said.id)
        big = type(found)(**{**found.__dict__, "id": 10**10, "version": 10**4})
        assert len(asking.token(big, "differs", f"1000:{mark(line)}:number")) <= 64
