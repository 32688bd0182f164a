"""Two clerks and one ticket: one wins, the other is told who; the same press twice is one act."""

from __future__ import annotations

import pytest

from storage import history, tickets
from storage.tickets import Ticket
from tests.staff.making import STATION, complaint, opens, ticket
from tests.world import World


def events(world: World, ticket_id: int) -> list[str]:
    with world.tx() as tx:
        return [event.what for event in history.of_ticket(tx, ticket_id, internal=True)]


def test_the_second_of_two_clerks_is_told_who_was_first(world: World) -> None:
    mai, ba = world.joins("mai", STATION, "clerk"), world.joins("ba", STATION, "clerk")
    report, ticket_id = complaint(world)
    opens(mai, report)
    opens(ba, report)
    mai.presses("Nhận phiếu")
    ba.presses("Nhận phiếu")
    assert "Phiếu này vừa có thay đổi: Mai đã nhận" in ba.last
    assert "Người nhận: Mai" in ba.last
    assert events(world, ticket_id).count("taken") == 1
    assert "Nhận phiếu" not in ba.buttons
    assert {choice["style"] for choice in ba.heard[-1]["choices"]} == {"plain"}
    ba.presses("Nhận thay")
    assert mai.last == f"Ba đã nhận thay Anh/Chị phiếu {report}."
    assert "Người nhận: Ba" in mai.says(report)


def test_the_same_press_twice_takes_once_and_approves_once(world: World) -> None:
    mai = world.joins("mai", STATION, "clerk")
    report, ticket_id = complaint(world)
    opens(mai, report)
    version = ticket(world, ticket_id).version
    mai.token(f"t:{ticket_id}:{version}:take")
    assert "Việc này Anh/Chị đã làm rồi" in mai.token(f"t:{ticket_id}:{version}:take")
    version = ticket(world, ticket_id).version
    mai.token(f"t:{ticket_id}:{version}:approve:go")
    mai.token(f"t:{ticket_id}:{version}:approve:go")
    assert events(world, ticket_id) == ["received", "taken", "approved"]


def test_a_race_inside_the_database_is_told_the_same_way(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version was right when it was read, and somebody wrote before we did (PostgreSQL)."""
    mai, ba = world.joins("mai", STATION, "clerk"), world.joins("ba", STATION, "clerk")
    report, ticket_id = complaint(world)
    opens(ba, report)
    stale = ticket(world, ticket_id)
    opens(mai, report)
    mai.presses("Nhận phiếu")
    real, calls = tickets.find, iter([stale])

    def late(tx: object, wanted: int) -> Ticket | None:
        return next(calls, None) or real(tx, wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(tickets, "find", late)
    ba.presses("Nhận phiếu")
    assert "Mai đã nhận" in ba.last
    assert events(world, ticket_id).count("taken") == 1


def test_words_typed_for_a_ticket_that_changed_are_not_lost_and_not_sent(world: World) -> None:
    mai, ba = world.joins("mai", STATION, "clerk"), world.joins("ba", STATION, "clerk")
    report, ticket_id = complaint(world)
    opens(mai, report)
    mai.presses("Trả lời người dân")
    opens(ba, report)
    ba.presses("Nhận phiếu")
    mai.says("Xin đem sổ tiêm đến trạm.")
    assert "Ba đã nhận" in mai.last
    assert "Chưa gửi: «Xin đem sổ tiêm đến trạm.»" in mai.last
    assert "answered" not in events(world, ticket_id)


def test_a_ticket_closed_in_the_meantime_is_only_read(world: World) -> None:
    mai, ba = world.joins("mai", STATION, "clerk"), world.joins("ba", STATION, "clerk")
    report, ticket_id = complaint(world)
    opens(ba, report)
    opens(mai, report)
    mai.presses("Phê duyệt")
    mai.presses("Tôi đã sửa trên Nền tảng")
    ba.presses("Cần bổ sung")
    assert "Mai đã phê duyệt" in ba.last
    assert ba.buttons == ["Xem số đầy đủ", "Phiếu tiếp theo", "Hàng đợi"]
    version = ticket(world, ticket_id).version
    assert "không có quyền" in ba.token(f"t:{ticket_id}:{version}:reject:8:go")
    assert ticket(world, ticket_id).version == version
