"""A new phone number opens the whole record: the papers are compared face to face before anybody can approve."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handlers import desk
from handlers.faults import Fault
from handlers.proven_in_person import NotSeen
from storage import history, tickets
from tests.staff.making import PROVINCE, STATION, complaint, dose_of, opens, ticket, unit_id
from tests.world import Person, World

NEW = "0987654321"


def lost(world: World, by: str = "lan") -> tuple[str, int]:
    change = {"kind": "phone", "field": "phone", "old": "0912345678", "new": NEW, "trouble": "lost"}
    return complaint(world, by=by, faults=[Fault("dose", "phone", (change,), site=unit_id(world, STATION))])


def audited(world: World) -> list[tuple[int, int]]:
    with world.tx() as tx:
        seen = select(history.audit.c.ticket_id, history.audit.c.staff_id)
        return [tuple(row) for row in tx.execute(seen.where(history.audit.c.what == "in_person"))]


def approval_token(person: Person) -> str:
    return next(c["token"] for c in person.heard[-1]["choices"] if ":approve" in c["token"])


def test_no_press_approves_before_the_papers_were_seen(world: World) -> None:
    """Not even one that a forger writes."""
    mai = world.joins("mai", STATION, "clerk")
    code, id_ = lost(world)
    opens(mai, code)
    token = approval_token(mai)
    for arg in ("", ":go", ":=still", ":=still:go"):
        mai.token(token + arg)
        assert "Không phê duyệt được chỉ qua tin nhắn" in mai.last
    mai.says("Đã sửa rồi.")
    assert ticket(world, id_).state == "open"
    assert audited(world) == []
    mai.token(token)
    mai.presses("Đã đối chiếu giấy tờ trực tiếp với người này")
    assert [row[0] for row in audited(world)] == [id_]
    mai.presses("Tôi đã sửa trên Nền tảng")
    assert ticket(world, id_).state == "closed"


def test_several_at_once_leave_it_alone(world: World) -> None:
    mai = world.joins("mai", STATION, "clerk")
    code, id_ = lost(world)
    _other, done = complaint(world, by="minh", faults=[dose_of(world)])
    mai.says("/hangdoi")
    mai.presses("Chọn nhiều")
    mai.presses("Chọn cả trang")
    mai.presses("Phê duyệt tất cả")
    mai.presses("Tôi đã sửa tất cả trên Nền tảng")
    assert f"Không làm được với: {code}" in mai.last, mai.show()
    assert (ticket(world, id_).state, ticket(world, done).state) == ("open", "closed")


def test_still_wrong_means_another_look_at_the_papers(world: World) -> None:
    mai = world.joins("mai", STATION, "clerk")
    code, id_ = lost(world)
    opens(mai, code)
    mai.presses("Phê duyệt")
    mai.presses("Đã đối chiếu giấy tờ trực tiếp với người này")
    mai.presses("Tôi đã sửa trên Nền tảng")
    world.person("lan").presses("Vẫn chưa đúng")
    assert ticket(world, id_).state == "open"
    opens(mai, code)
    mai.presses("Phê duyệt")
    assert "Không phê duyệt được" in mai.last


def test_the_new_number_is_read_in_full_by_its_unit_only(world: World) -> None:
    """Whoever supervises sees who it is about, and not where the codes will go."""
    mai, above = world.joins("mai", STATION, "clerk"), world.joins("tinh", PROVINCE, "supervisor")
    code, _id = lost(world)
    for person, may in ((mai, True), (above, False)):
        opens(person, code)
        assert NEW not in person.last and "098****321" in person.last
        person.presses("Xem số đầy đủ")
        assert (NEW in person.last) is may, person.show()
        assert "Giàng A Páo" in person.last
    assert not any(NEW in body["text"] for body in above.heard)


def test_no_road_approves_before_the_papers_were_seen(world: World) -> None:
    """Neither a list of the police nor an import nor anything else that calls the desk."""
    _code, id_ = lost(world)
    with world.tx() as tx, pytest.raises(NotSeen):
        desk.approve(world.moment(tx), tickets.get(tx, id_))
    assert ticket(world, id_).state == "open"
