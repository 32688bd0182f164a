"""The police at their lists: one by one, all but a few, several at once, signed; and what they never see."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import select

from handlers import answer
from handlers.incoming import Incoming
from handlers.lists import desk
from handlers.turn import Turn
from storage import history, list_people, lists, tickets
from storage.list_people import Line
from storage.lists import List
from tests.lists.making import GIVEN, POLICE, draft, fresh, turn_of
from tests.staff.making import COMMITTEE, STATION, complaint, identity, unit_id
from tests.world import Person, World

NAMES = ("Giàng A Páo", "Vàng A Sử", "Lò Thị Hoa", "Hoàng Văn Thái", "Nguyễn Thị Lan")


@pytest.fixture
def mai(world: World) -> Person:
    return world.joins("mai", STATION, "clerk")


@pytest.fixture
def dung(world: World) -> Person:
    return world.joins("dung", POLICE, "police", "Anh Dũng")


def sent(world: World, mai: Person, n: int = 3, without: tuple[int, ...] = ()) -> List:
    """A list at the police: people without a number at these places."""
    with turn_of(world, mai) as turn:
        made = draft(turn, STATION, n=0)
        for place in range(1, n + 1):
            given = {**GIVEN, "name": NAMES[place % 5], "number": f"0150950{place:05}"}
            if place in without:
                given.pop("number")
            fault = "missing" if place in without else "personal"
            desk.add(turn, made, given, foreign=False, fault=fault)
        return desk.send(turn, made)


def at(world: World, found: List, place: int) -> Line:
    with world.tx() as tx:
        line = list_people.at_place(tx, found.id, place)
        assert line
        return line


def verdicts(world: World, found: List) -> list[str | None]:
    with world.tx() as tx:
        return [line.verdict for line in list_people.of_list(tx, found.id)]


def opens(person: Person, found: List) -> None:
    person.token(f"l:{found.id}")


def audits(world: World, what: str = "full_number") -> list[dict[str, object]]:
    with world.tx() as tx:
        c = history.audit.c
        return list(tx.execute(select(c.details).where(c.what == what).order_by(c.id)).scalars())


def signs(person: Person, by: str | None = None) -> None:
    person.presses("Ký và trả danh sách")
    person.says("12/BB-CAX")
    person.presses("Hôm nay")
    person.says(by) if by else person.presses("Anh Dũng")
    person.presses("Trả danh sách")


def test_one_after_the_other_then_signed(world: World, mai: Person, dung: Person) -> None:
    found = sent(world, mai, without=(2,))
    dung.says("/danhsach")
    dung.presses("Danh sách số 1/2026")
    dung.presses("Bắt đầu đối chiếu")
    assert "đã đối chiếu 0/3" in dung.last and "Số CCCD/CMND/hộ chiếu: 015095000001" in dung.last
    dung.presses("Khớp")
    assert "STT 1: khớp" in dung.last and "đã đối chiếu 1/3" in dung.last and "**2. " in dung.last
    assert dung.heard[-1]["_replaces"] == dung.heard[-2]["_id"] or dung.heard[-1]["_replaces"]
    dung.presses("Khớp")
    assert "chưa có số CCCD/CMND đúng dạng" in dung.last and verdicts(world, found)[1] is None
    dung.presses("Không có trong CSDL")
    dung.presses("Người trước")
    assert "**2. " in dung.last and "Kết quả: không có trong CSDL" in dung.last
    dung.presses("Người sau")
    dung.presses("Khớp")
    assert "Mọi người đã có kết quả" in dung.last
    signs(dung)
    back = fresh(world, found.id)
    assert back.state == "back" and back.returned_at == world.time
    assert back.signed == {"ref": "12/BB-CAX", "day": "2026-11-20", "by": "Anh Dũng"}
    assert "Đã ký: 12/BB-CAX, ngày 20/11/2026, Anh Dũng" in dung.last
    shown = [one["place"] for one in audits(world) if one.get("by") == "compare"]
    assert shown == [1, 3, 3] and all(one["list"] == found.id for one in audits(world))


RIGHT = [
    ("Số CCCD/CMND", ["abc", "01509500123", "P1234567", "015095009999"], {"number": "015095009999"}),
    ("Họ và tên", ["Giang 1", "Giàng A Páo", "Giàng A Pảo"], {"name": "Giàng A Pảo"}),
    ("Họ và tên", ["Giang A Pao", "Giang A Pao"], {"name": "Giang A Pao"}),
    ("Ngày sinh", ["31/02/1995", "05/03/2027", "05/03/1995", "1996"], {"birth": "1996"}),
    ("Giới tính", ["không rõ", "Nam", "Nữ"], {"sex": "female"}),
    ("Số CCCD/CMND", ["015195000777", "015195000777"], {"number": "015195000777"}),  # a woman's, said twice
]


@pytest.mark.parametrize(("field", "typed", "right"), RIGHT)
def test_what_differs_is_read_as_strictly_as_it_will_be_entered(
    world: World, mai: Person, dung: Person, field: str, typed: list[str], right: dict[str, str]
) -> None:
    with turn_of(world, mai) as turn:
        found = desk.send(turn, draft(turn, STATION))
    opens(dung, found)
    dung.presses("Bắt đầu đối chiếu")
    dung.presses("Sai khác")
    assert "Tiếp tục" not in dung.buttons
    dung.presses(f"☐ {field}")
    dung.presses("Tiếp tục")
    for said in typed:
        assert "Ghi kết quả" not in dung.buttons
        dung.says(said)
    dung.presses("Ghi kết quả")
    line = at(world, found, 1)
    assert (line.verdict, line.corrected) == ("differs", right)


def test_a_missing_number_has_to_be_said_too(world: World, mai: Person, dung: Person) -> None:
    found = sent(world, mai, 1, without=(1,))
    opens(dung, found)
    dung.presses("Bắt đầu đối chiếu")
    dung.presses("Sai khác")
    dung.presses("☑ Số CCCD")
    dung.presses("☐ Họ và tên")
    dung.presses("Tiếp tục")
    assert "phải ghi cả số đúng" in dung.last
    dung.presses("☐ Số CCCD")
    dung.presses("Tiếp tục")
    dung.says("Vàng A Sửu")
    dung.says("015095 009 999")
    assert "**015095009999**" in dung.last and "**Vàng A Sửu**" in dung.last
    dung.presses("Ghi kết quả")
    assert at(world, found, 1).corrected == {"name": "Vàng A Sửu", "number": "015095009999"}


def test_all_match_but_a_few(world: World, mai: Person, dung: Person) -> None:
    found = sent(world, mai, 9, without=(4,))
    opens(dung, found)
    dung.presses("Khớp tất cả")
    for wrong in ("10", "0", "3-1", "a", "2, x", "9" * 40):
        dung.says(wrong)
        assert "Danh sách không có số" in dung.last
    dung.says("2, " * 2000)
    assert "dưới 4000 ký tự" in dung.last  # cut short, the rest would match
    dung.says("2, 6–7")
    assert "Khớp: 5" in dung.last and "Xem từng người: 3 (số 2, 6, 7)" in dung.last
    assert "không thể khớp, phải xem từng người: 1 (số 4)" in dung.last and not any(verdicts(world, found))
    dung.presses("Thực hiện")
    assert [verdict is not None for verdict in verdicts(world, found)] == [c == "m" for c in "m-m-m--mm"]
    assert "**2. " in dung.last
    opens(dung, found)
    dung.presses("Ký và trả")
    assert "Chưa ký được: còn 4 người chưa có kết quả (số 2, 4, 6, 7)" in dung.last
    dung.presses("Khớp tất cả")
    dung.says("1")
    assert "Đã có kết quả, giữ nguyên: 4" in dung.last
    dung.presses("Thực hiện")
    assert [n for n, v in enumerate(verdicts(world, found), 1) if v is None] == [1, 4]


def test_four_hundred_in_one_turn(world: World, mai: Person, dung: Person) -> None:
    """All match in one turn; the press takes about 0.1 s on the two cores of a laptop."""
    found = sent(world, mai, 400)
    opens(dung, found)
    dung.presses("Khớp tất cả")
    dung.presses("Khớp hết")
    begun = time.perf_counter()
    dung.presses("Thực hiện")
    assert time.perf_counter() - begun < 2
    assert set(verdicts(world, found)) == {"matches"}
    signs(dung)
    assert fresh(world, found.id).state == "back"


SIGNED = [
    ("ref", ["x" * 61, "---", "07/CAX"], "07/CAX"),
    ("day", ["31/02/2026", "21/11/2026", "19/11/2026", "hôm kia", "20/11/2026"], "2026-11-20"),
    ("by", ["Đại uý 1", "Trung tá Lò Văn Mẫu"], "Trung tá Lò Văn Mẫu"),
]


@pytest.mark.parametrize(("part", "typed", "kept"), SIGNED)
def test_what_is_wrong_on_the_signature_is_asked_again(
    world: World, mai: Person, dung: Person, part: str, typed: list[str], kept: str
) -> None:
    found = sent(world, mai, 1)
    opens(dung, found)
    dung.presses("Khớp tất cả")
    dung.presses("Khớp hết")
    dung.presses("Thực hiện")
    dung.presses("Ký và trả")
    for one, right in (("ref", "12/BB"), ("day", "20/11/2026"), ("by", "Mẫu")):
        for said in typed if one == part else [right]:
            dung.says(said)
    assert "sau đó không sửa được" in dung.last.lower()
    dung.presses("Trả danh sách")
    signed = fresh(world, found.id).signed
    assert signed and signed[part] == kept


def test_two_officers_and_a_stale_press(world: World, mai: Person, dung: Person) -> None:
    binh = world.joins("binh", POLICE, "police", "Chị Bình")
    found = sent(world, mai, 2)
    for officer in (dung, binh):
        opens(officer, found)
        officer.presses("Bắt đầu đối chiếu")
    binh.presses("Không có trong CSDL")
    dung.presses("Khớp")
    assert "Chị Bình vừa ghi kết quả cho người này" in dung.last and at(world, found, 1).verdict == "unknown"
    dung.presses("Khớp")
    assert at(world, found, 1).verdict == "matches"
    for officer in (dung, binh):
        opens(officer, found)
        officer.presses("Bắt đầu đối chiếu") if officer is binh else None
    binh.presses("Khớp")
    signs(binh, "Bình")
    before = verdicts(world, found)
    dung.token(f"l:{found.id}:{found.version}:say:1:0:unknown")
    assert "vừa có thay đổi" in dung.last and verdicts(world, found) == before
    dung.token(f"l:{found.id}:{found.version}:look:1")
    assert "không còn ở Công an" in dung.last and fresh(world, found.id).state == "back"


def test_the_maker_keys_it_in_where_the_police_work_on_paper(world: World, mai: Person) -> None:
    found = sent(world, mai, 2)
    opens(mai, found)
    mai.presses("Nhập kết quả")
    assert "015******001" in mai.last and "015095000001" not in mai.last
    opens(mai, found)
    mai.presses("Khớp tất cả")
    mai.presses("Khớp hết")
    mai.presses("Thực hiện")
    mai.presses("Ký và trả")
    mai.says("12/BB-CAX")
    mai.presses("Hôm nay")
    assert [b for b in mai.buttons if "Mai" in b] == []
    mai.says("Đại úy Mẫu")
    mai.presses("Trả danh sách")
    assert fresh(world, found.id).state == "back"
    with world.tx() as tx:
        keyed = [one for one in lists.history(tx, found.id) if one.what == "keyed"]
    assert len(keyed) == 1 and keyed[0].staff_id


def test_an_officer_never_sees_more_than_the_lists(world: World, mai: Person, dung: Person) -> None:
    """Forged tokens, a ticket's code, another commune's list, a draft: all sound alike."""
    my = world.joins("my", COMMITTEE, "supervisor")
    code, ticket_id = complaint(world, faults=[identity()])
    with world.tx() as tx:
        report = tickets.get(tx, ticket_id).report_id
    found = sent(world, mai)
    with turn_of(world, mai) as turn:
        unsent = draft(turn, STATION)
    dung.news()
    forged = (f"t:{ticket_id}", f"t:{ticket_id}:1:full", f"r:{report}", f"r:{report}:words:{ticket_id}", "q:next",
              f"q:pick:{ticket_id}:1", "q:sheet", "q:many", f"record:{report}", "staff:fault", "staff:board",
              f"l:{unsent.id}", f"l:{unsent.id}:1:compare", f"l:{found.id}:{found.version}:look:99",
              f"l:{found.id}:{found.version}:look:9999999999", f"l:{found.id}:{found.version}:say:1",
              f"l:{found.id}:{found.version}:say:1:0:supplement", f"l:{found.id}:{found.version}:differs:1:0:keep",
              f"l:{found.id}:{found.version}:sign:go", f"l:{found.id}:{found.version}:but:go", "p:1", "p:99999999999999")  # fmt: skip
    for token in forged:
        dung.token(token)
    for said in (code, "/hangdoi", f"/hangdoi {code}", "/cangoi", "/quahan", "/bang", "/baoloi"):
        dung.says(said)
    heard = "\n".join(body["text"] for body in dung.heard)
    assert code not in heard and "Giang A Pao" not in heard
    assert not any(verdicts(world, found)) and fresh(world, found.id).state == "police"
    my.says(code)
    my.presses("Chuyển")
    my.says("công an xã hạnh phúc")
    assert not any("Công an" in label for label in my.buttons)


def test_no_ticket_comes_to_the_police(world: World, mai: Person, dung: Person) -> None:
    """Not handed over, not by a forged press; and were one there, they would not see it."""
    code, ticket_id = complaint(world, faults=[identity()])
    police = unit_id(world, POLICE)
    with world.tx() as tx:
        version = tickets.get(tx, ticket_id).version
    mai.token(f"t:{ticket_id}:{version}:hand:{police}:go")
    assert "Công an không xử lý phiếu" in mai.last
    mai.says("/hangdoi")
    mai.token("q:many")
    mai.token(f"q:pick:{ticket_id}:{version}")
    mai.token(f"q:to:{police}:go")
    with world.tx() as tx:
        found = tickets.get(tx, ticket_id)
        assert found.unit_id != police
        tickets.change(tx, found, unit_id=police)
    for press in (f"t:{ticket_id}", f"t:{ticket_id}:1:full"):
        dung.token(press)
        assert "không có quyền" in dung.last and code not in dung.last


def test_others_neither_compare_nor_read(world: World, mai: Person, dung: Person) -> None:
    """The maker while officers are there, the level above, somebody from nowhere."""
    my = world.joins("my", COMMITTEE, "supervisor")
    found = sent(world, mai)
    for person in (mai, my, world.person("lan")):
        for act in (
            "compare",
            "look:1",
            "say:1:0:matches",
            "differs:1:0",
            "supply:1:0",
            "but",
            "sign",
            "scans",
            "sent:1",
        ):
            person.token(f"l:{found.id}:{found.version}:{act}")
            assert "015095000001" not in person.last
    assert not any(verdicts(world, found))


def test_the_officers_menu_has_lists_and_no_queue(world: World, dung: Person) -> None:
    dung.says("/menu")
    assert "Danh sách xác minh" in dung.buttons and "Hàng đợi" not in dung.buttons
    dung.says("/hangdoi")
    assert "Danh sách xác minh:" in dung.last.replace("**", "")
    dung.says("/trogiup")
    assert "Công an" in dung.last and "/hangdoi" not in dung.last


@pytest.mark.parametrize("verb", ["look:1", "full:1", "person:1", "people", "file_police", "compare"])
def test_a_list_is_never_opened_in_a_group(world: World, mai: Person, dung: Person, verb: str) -> None:
    """Whoever presses there, as a forger would: nothing is said, and nothing was looked at."""
    found = sent(world, mai)
    with world.tx() as tx:
        pressed = Incoming(
            "web",
            "pressed",
            "group",
            "dung",
            "choice",
            choice=f"l:{found.id}:{found.version}:{verb}",
            private=False,
        )
        turn = Turn(tx, pressed, world.time, world.time, world.time, world.desk, world.new_code)
        assert turn.member and turn.member.at(found.police_id)
        answer(turn)
    world.work()
    said = "\n".join(body["text"] for body in world.person("group").heard)
    assert "01509" not in said and "015***" not in said and "Giàng" not in said and audits(world) == []
