"""A group becomes a unit's with a code that the head gets in private, and is released again."""

from __future__ import annotations

from storage import groups
from tests.groups.making import CODE, Staffroom
from tests.staff.making import COMMITTEE, complaint
from tests.world import World

STATION = "Trạm Y tế xã Hạnh Phúc"
OTHER = "site:demo-2"


def unit_of(room: Staffroom) -> int | None:
    with room.world.tx() as tx:
        found = groups.of_chat(tx, "telegram", str(room.chat.id))
        return found.unit_id if found else None


def test_the_bot_says_how_when_it_is_added_and_nothing_else(on_telegram: World) -> None:
    room = Staffroom(on_telegram)
    room.group.takes_in(room.thu.phone)
    room.goes_on()
    assert len(room.said()) == 1 and "/gannhom" in room.said()[0]


def test_the_head_binds_it(on_telegram: World) -> None:
    room = Staffroom(on_telegram)
    room.group.takes_in(room.thu.phone, "can_pin_messages")
    told = room.thu.says("/gannhom")
    code = room.code()
    assert "24 giờ" not in told and STATION in told and "https://t.me/TiemChungBot?startgroup=g_" in told
    said = room.says(room.thu, f"/gannhom@TiemChungBot {code.lower()}")
    assert STATION in said[0] and "không có thông tin của người dân" in said[0]
    assert "Không có phiếu nào đang mở" in room.pinned[0]
    assert room.audited()[-1] == "group_bound"


def test_the_link_binds_without_typing(on_telegram: World) -> None:
    room = Staffroom(on_telegram)
    room.group.takes_in(room.thu.phone)
    assert STATION in room.says(room.thu, f"/start@TiemChungBot g_{room.code()}")[-2]
    assert unit_of(room) is not None


def test_the_menu_of_a_head_offers_it_and_a_clerks_does_not(on_telegram: World) -> None:
    room = Staffroom(on_telegram)
    room.thu.says("/menu")
    room.thu.presses("Gắn nhóm")
    assert CODE.search(room.thu.last)
    room.mai.says("/menu")
    assert "Gắn nhóm" not in room.mai.buttons
    assert not CODE.search(room.mai.says("/gannhom"))
    assert "phụ trách đơn vị" in room.mai.last
    assert "không có quyền" in room.mai.token(f"join:group:{unit_id(room)}")


def unit_id(room: Staffroom) -> int:
    with room.world.tx() as tx:
        from storage import units

        found = units.by_ref(tx, room.ref)
        assert found
        return found.id


def test_a_code_works_once_and_for_a_day(on_telegram: World) -> None:
    room = Staffroom(on_telegram)
    code = room.code()
    on_telegram.jump(hours=24)
    assert "không dùng được" in room.says(room.thu, f"/gannhom {code}")[0]
    code = room.code()
    room.says(room.thu, f"/gannhom {code}")
    assert unit_of(room) is not None
    assert "không dùng được" in room.says(room.thu, f"/gannhom {code}")[0]


def test_a_code_of_somebody_who_left_is_none(on_telegram: World) -> None:
    room = Staffroom(on_telegram)
    code = room.code()
    room.thu.says("/roidonvi")
    room.thu.presses(f"Rời {STATION}")
    assert "không dùng được" in room.says(room.mai, f"/gannhom {code}")[0]
    assert unit_of(room) is None


def test_guessing_is_slowed_down(on_telegram: World) -> None:
    room = Staffroom(on_telegram)
    code = room.code()
    for n in range(10):
        room.says(room.mai, f"/gannhom ZZZZZZZ{n}")
    assert "quá nhiều lần" in room.says(room.mai, f"/gannhom {code}")[0]
    assert unit_of(room) is None
    on_telegram.jump(hours=1)
    room.says(room.mai, f"/gannhom {code}")
    assert unit_of(room) is not None


def test_who_hides_behind_the_groups_name_is_told_how_to_show_themselves(on_telegram: World) -> None:
    room = Staffroom(on_telegram)
    code = room.code()
    assert "ẩn danh" in room.says(room.thu, f"/gannhom {code}", anonymous=True)[0]
    assert unit_of(room) is None
    room.says(room.thu, f"/gannhom {code}")
    assert unit_of(room) is not None
    assert "ẩn danh" in room.says(room.thu, "/bogan", anonymous=True)[0]
    assert unit_of(room) is not None


def test_another_units_code_takes_the_group_over(room: Staffroom) -> None:
    complaint(room.world)
    assert room.card()
    assert "từ trước rồi" in room.says(room.thu, f"/gannhom {room.code()}")[0]  # the same unit's
    other = Staffroom(room.world, ref=OTHER, people=("chu", "ma"))
    told = room.says(room.thu, f"/gannhom {other.code()}")[0]
    assert "Phòng tiêm chủng Hoa Ban" in told and f"Trước đây nhóm nhận phiếu của {STATION}" in told
    before = len(room.cards())
    complaint(room.world)
    assert len(room.cards()) == before


def test_who_oversees_the_unit_may_bind_its_group(on_telegram: World) -> None:
    room = Staffroom(on_telegram)
    xa = room.joins("xa", COMMITTEE, "supervisor")
    xa.says("/gannhom")
    xa.says("hanh phuc")
    xa.presses(STATION)
    code = CODE.search(xa.last)
    assert code and STATION in room.says(room.mai, f"/gannhom {code[0]}")[0]


def test_only_the_head_releases_it(room: Staffroom) -> None:
    assert "Chỉ phụ trách" in room.says(room.mai, "/bogan")[0]
    assert unit_of(room) is not None
    complaint(room.world)
    card = room.card()
    assert "thôi nhận phiếu" in room.says(room.thu, "/bogan")[0]
    complaint(room.world)
    assert room.card() is card
    assert "không còn gắn" in room.presses(room.mai, "Nhận xử lý", card).toast
    assert room.audited()[-1] == "group_released"


def test_commands_in_private_explain(on_telegram: World) -> None:
    room = Staffroom(on_telegram)
    assert "trong chính nhóm" in room.mai.says("/gannhom ABCD2345")
    assert "trong chính nhóm" in room.thu.says("/bogan")
    lan = on_telegram.person("lan")
    assert "phụ trách đơn vị lấy" in lan.says("/gannhom")


def test_in_a_group_only_three_commands_and_no_chatter(room: Staffroom) -> None:
    complaint(room.world)
    assert "1 phiếu đang mở" in room.says(room.mai, "/hangdoi@TiemChungBot")[0]
    assert "nhắn riêng" in room.says(room.mai, "/tracuu")[0]
    room.chat.rights.add("can_manage_topics")  # an administrator hears everything, privacy mode or not
    for words in (
        "Mai ơi, ai trực hôm nay?",
        "PA-22224",
        "1",
        "Nhận xử lý",
        "/thoitiet@KhacBot",
        "@TiemChungBot ơi",
        "/ 5 liều",
    ):
        assert room.says(room.mai, words) == [], words
    assert room.says(room.mai, "Đúng rồi", to=room.chat.messages[next(iter(room.chat.messages))]) == []
