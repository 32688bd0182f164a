"""One member of staff in several channels: connected by a code, told where they are reached, dropped again."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels import Held, Outside
from storage import absences, facts, history, staff, talks
from tests.staff.making import STATION, complaint, opens, ticket, unit_id
from tests.world import DESK, Person, World

CODE = re.compile(r"/noikenh ([2-9A-Z]{8})")
INVALID = "Mã này không dùng được"


def code_of(person: Person) -> str:
    found = CODE.search(person.says("/noikenh"))
    assert found, person.last
    return found[1]


def mai_on_both(world: World) -> tuple[Person, Person]:
    """A clerk at the web page who has connected Telegram, a day ago."""
    page, phone = world.joins("mai", STATION, "clerk", "Mai"), world.person("mai", "telegram")
    assert "nay cũng là của Anh/Chị" in phone.says(f"/noikenh {code_of(page)}")
    world.jump(hours=25)
    page.news()
    phone.news()
    return page, phone


def talk_of(world: World, person: Person) -> int:
    with world.tx() as tx:
        return talks.open_talk(tx, person.channel, person.name).id


def works(world: World, person: Person) -> staff.Staff | None:
    """Who it is that writes from this chat."""
    number = talk_of(world, person)
    with world.tx() as tx:
        return staff.by_talk(tx, number)


def here(world: World) -> list[staff.Staff]:
    site = unit_id(world, STATION)
    with world.tx() as tx:
        return staff.members(tx, site)


def audited(world: World, what: str) -> list[int | None]:
    """The chats from which that was done."""
    c = history.audit.c
    with world.tx() as tx:
        return list(tx.execute(select(c.talk_id).where(c.what == what).order_by(c.id)).scalars())


def test_the_same_person_holds_and_finds_tickets_in_both(world: World) -> None:
    page, phone = mai_on_both(world)
    code, number = complaint(world)
    phone.news()
    opens(phone, code)
    phone.presses("Nhận phiếu")
    mai = works(world, page)
    assert mai and mai == works(world, phone) and ticket(world, number).holder_id == mai.id
    assert "Người nhận: Anh/Chị" in opens(page, code) and "Trả lời người dân" in page.buttons


def test_what_the_old_channel_is_told_and_what_is_audited(world: World) -> None:
    page, phone = world.joins("mai", STATION, "clerk", "Mai"), world.person("mai", "telegram")
    code = code_of(page)
    page.news()
    phone.says(f"/start chat_{code.lower()}")
    (told,) = page.news()
    assert (
        "Telegram, lúc 16:00 20/11/2026" in told and "Không phải Anh/Chị? Xin bấm ngay «Bỏ Telegram»" in told
    )
    assert audited(world, "chat_linked") == [talk_of(world, phone)]
    assert "Đã bỏ Telegram" in page.presses("Bỏ Telegram")
    assert "không còn nối với công việc của Mai" in phone.last
    assert audited(world, "chat_unlinked") == [talk_of(world, page)]
    assert works(world, phone) is None
    assert "Anh/Chị không có quyền" in phone.says("/hangdoi")


def test_where_the_code_is_taken_is_said_for_each_channel(make_world: Callable[..., World]) -> None:
    world = make_world(desk=replace(DESK, zalo_oa="4318"))
    with world.tx() as tx:
        facts.keep(tx, "telegram_bot", "TiemChungBot")
    page = world.joins("mai", STATION, "clerk")
    code = code_of(page)
    for way in (
        f"https://t.me/TiemChungBot?start=chat_{code}",
        "https://zalo.me/4318",
        f"http://127.0.0.1:8080/?start=chat_{code}",
    ):
        assert way in page.last
    assert "đến 16:10 20/11/2026" in page.last and page.buttons == ["Menu"]


def test_used_old_replaced_and_wrong_codes_are_answered_alike(world: World) -> None:
    page = world.joins("mai", STATION, "clerk")
    replaced, used = code_of(page), code_of(page)
    world.person("mai", "telegram").says(f"/noikenh {used}")
    eve = world.person("eve", "telegram")
    said = {eve.says(f"/noikenh {code}") for code in (replaced, used, "23456789")}
    late = code_of(page)
    world.jump(minutes=10)
    said.add(eve.says(f"/noikenh {late}"))
    assert len(said) == 1 and INVALID in said.pop()


def test_after_ten_tries_an_hour_even_the_right_code_waits(world: World) -> None:
    code, eve = code_of(world.joins("mai", STATION, "clerk")), world.person("eve", "telegram")
    assert all(INVALID in eve.says(f"/noikenh 2345678{n}") for n in range(10))
    assert "quay lại lúc 17:00" in eve.says(f"/noikenh {code}")
    assert audited(world, "chat_linked") == []


def test_whoever_is_no_staff_reads_what_it_is_for(world: World) -> None:
    assert "/noikenh dành cho cán bộ" in world.person("lan").says("/noikenh")


def test_a_code_typed_where_it_was_made_is_not_spent(world: World) -> None:
    page = world.joins("mai", STATION, "clerk", "Mai")
    code = code_of(page)
    assert "ở chính kênh này" in page.says(f"/noikenh {code}")
    assert "Chào Mai" in world.person("mai", "telegram").says(f"/noikenh {code}")


def test_a_chat_of_somebody_else_is_refused_until_they_leave(world: World) -> None:
    mai, hoa = world.joins("mai", STATION, "clerk", "Mai"), world.joins("hoa", STATION, "clerk", "Hoa")
    code = code_of(mai)
    assert "đang là của Hoa" in hoa.says(f"/noikenh {code}")
    hoa.says("/roidonvi")
    hoa.presses("Rời")
    assert "Chào Mai" in hoa.says(f"/noikenh {code}"), "the code was not spent by the refusal"
    hoa.says("/menu")
    assert "**Mai**" in hoa.last
    assert [person.name for person in here(world)] == ["Mai"]


def test_an_invitation_taken_up_in_a_further_chat_is_for_the_same_person(world: World) -> None:
    page, phone = mai_on_both(world)
    site = unit_id(world, STATION)
    with world.tx() as tx:
        staff.invite(tx, "23456789", site, "head", "Mai", world.time.replace(year=2027))
    phone.says("/vaodonvi 23456789")
    (mai,) = here(world)
    assert {role.role for role in mai.roles} == {"clerk", "head"}
    assert page.says("/moi") and "cán bộ xử lý" in page.buttons


def test_alerts_ring_where_the_person_is_reached_best(world: World) -> None:
    page, phone = mai_on_both(world)
    complaint(world)
    assert phone.news() and not page.news(), "a messenger rings, a page may be closed"
    page.says("/menu")
    page.news()
    complaint(world, by="binh")
    assert phone.news() and not page.news()
    with world.tx() as tx:
        talks.set_reachable(tx, "telegram", "mai", False)
    complaint(world, by="cuong")
    assert page.news() and not phone.news()
    for still in (True, False):
        (mai,) = here(world)
        with world.tx() as tx:
            assert staff.reachable(tx, mai) is still
            talks.set_reachable(tx, "web", "mai", False)


def test_what_the_best_channel_does_not_take_comes_in_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, phone = mai_on_both(world)
    monkeypatch.setattr(world.road("telegram"), "send", lambda _row, _message: Outside("silent too long"))
    code, _number = complaint(world)
    assert any(code in said for said in page.news()) and not phone.news()


def test_of_two_messengers_the_one_used_last(world: World) -> None:
    page, phone = mai_on_both(world)
    zalo = world.person("mai", "zalo")
    zalo.says(f"/noikenh {code_of(page)}")
    assert phone.news() and page.news(), "both hear of the new channel"
    world.jump(minutes=1)
    complaint(world)
    assert "PA-" in zalo.last and not phone.news()
    phone.says("/menu")
    assert "Zalo · dùng lần cuối 17:00 21/11/2026" in phone.says("/noikenh")
    assert "Telegram · kênh này · tin nhắc gửi về đây" in phone.last
    assert phone.buttons[:3] == ["Bỏ chat trên web", "Bỏ Zalo", "Bỏ kênh này"]


def test_a_fresh_channel_cannot_lock_out_the_older_one(world: World) -> None:
    """Whoever overheard the code has one day less than its owner."""
    page, thief = world.joins("mai", STATION, "clerk"), world.person("eve", "telegram")
    thief.says(f"/noikenh {code_of(page)}")
    thief.says("/noikenh")
    thief.presses("Bỏ chat trên web")
    assert "chưa đủ một ngày" in thief.last
    next_code = code_of(thief)
    page.presses("Bỏ Telegram")
    assert INVALID in world.person("eve", "zalo").says(f"/noikenh {next_code}"), (
        "codes made there die with it"
    )
    assert "không còn nối" in page.token(f"chat:drop:{talk_of(world, thief)}")


def test_the_first_channel_can_go_and_the_last_cannot(world: World) -> None:
    page, phone = mai_on_both(world)
    code, _number = complaint(world)
    phone.says("/noikenh")
    phone.presses("Bỏ chat trên web")
    assert page.last.startswith("Kênh này không còn nối")
    opens(page, code)
    assert "Nhận phiếu" not in page.buttons
    assert "kênh duy nhất" in phone.token(f"chat:drop:{talk_of(world, phone)}")
    opens(phone, code)
    assert "Nhận phiếu" in phone.buttons


def test_dropping_the_channel_in_hand_asks_once_more(world: World) -> None:
    _page, phone = mai_on_both(world)
    phone.says("/noikenh")
    phone.presses("Bỏ kênh này")
    phone.presses("Không")
    phone.presses("Bỏ kênh này")
    phone.presses("Đồng ý bỏ")
    assert "không còn nối với công việc của Mai" in phone.last and "Tra cứu mũi tiêm" in phone.buttons
    assert audited(world, "chat_unlinked") == [talk_of(world, phone)]


def test_forged_presses_do_nothing(world: World) -> None:
    page, _phone = mai_on_both(world)
    hoa, lan = world.joins("hoa", STATION, "clerk"), world.person("lan")
    for number in (talk_of(world, page), 99999999999, "x"):
        hoa.token(f"chat:drop!:{number}")
        lan.token(f"chat:drop!:{number}")
    lan.token("chat:new")
    assert "/noikenh" not in lan.last and audited(world, "chat_unlinked") == []


def test_what_waits_for_a_dropped_channel_goes_to_the_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, phone = mai_on_both(world)
    later = world.time + timedelta(minutes=5)
    monkeypatch.setattr(world.road("telegram"), "send", lambda _row, _message: Held(later))
    complaint(world)
    page.says("/noikenh")
    page.presses("Bỏ Telegram")
    assert any("PA-" in said for said in page.news())
    monkeypatch.undo()
    world.jump(minutes=6)
    assert [said for said in phone.news() if "PA-" in said] == []


def test_leaving_ends_it_in_every_channel(world: World) -> None:
    page, phone = mai_on_both(world)
    phone.says("/roidonvi")
    phone.presses("Rời Trạm Y tế xã Hạnh Phúc")
    assert page.last.startswith("Anh/Chị đã rời") and works(world, page) is None
    world.joins("mai", STATION, "clerk", "Mai")
    assert works(world, page) and works(world, phone) is None, "whoever comes back connects it anew"


def test_whoever_is_removed_hears_it_in_every_channel(world: World) -> None:
    page, phone = mai_on_both(world)
    head = world.joins("thu", STATION, "head", "Thu")
    head.says("/nhansu")
    head.presses("Gỡ Mai")
    head.presses("Đồng ý gỡ")
    assert "Thu" in page.last and page.last == phone.last
    assert works(world, page) is None and works(world, phone) is None


def test_an_absence_holds_in_both(world: World) -> None:
    page, phone = mai_on_both(world)
    world.joins("hoa", STATION, "clerk", "Hoa")
    page.says("/vangmat")
    page.presses("Hoa")
    page.presses("Hôm nay")
    phone.says("/vangmat")
    phone.presses("Tôi đã trở lại")
    mai = works(world, page)
    with world.tx() as tx:
        assert mai and absences.of(tx, mai.id, world.time.date()) is None
