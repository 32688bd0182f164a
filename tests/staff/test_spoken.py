"""Voice both ways: a complaint that is spoken, and an answer that is."""

from __future__ import annotations

from storage import evidence, history, reports, tickets
from tests.residents.people_and_reports import STATION, clerk_turn, filed, parts, someone
from tests.residents.sendings import sends
from tests.world import World


def test_a_voice_message_is_a_complaint(world: World) -> None:
    tram, lan = world.joins("truong", STATION, "head"), someone(world, "lan")
    assert "Anh/Chị muốn phản ánh" in sends(lan, "voice")
    lan.presses("Việc khác")
    lan.presses("Góp ý")
    lan.presses("Thái độ")
    for answer in ("hat luu", "1", "xong", "bỏ qua", "bỏ qua"):
        lan.says(answer)
    assert "1 ghi âm" in lan.last
    lan.presses("Gửi")
    with world.tx() as tx:
        (report,) = reports.watched(tx, clerk_turn(world, tx, "lan").talk.id)
        (ticket,) = tickets.of_report(tx, report.id)
        assert [piece.kind for piece in evidence.of_ticket(tx, ticket.id)] == ["voice"]
    tram.says(report.code)
    before = len(tram.heard)
    tram.presses("Xem ảnh")
    assert tram.heard[before]["media"][0]["kind"] == "voice"


def test_staff_answer_by_voice(world: World) -> None:
    tram, lan = world.joins("tram", STATION, "clerk"), someone(world, "lan")
    report = filed(world, lan)
    tram.says(report.code)
    tram.presses("Trả lời người dân")
    before = len(lan.heard)
    assert "Đã trả lời" in sends(tram, "voice")
    voice, words = lan.heard[before:]
    assert voice["media"][0]["kind"] == "voice" and "trả lời bằng tin nhắn thoại" in words["text"]
    assert "Như vậy đã đúng chưa" in words["text"] or "Đã đúng" in str(words["choices"])
    (ticket,) = parts(world, report)
    with world.tx() as tx:
        assert [piece.kind for piece in evidence.of_ticket(tx, ticket.id)] == ["voice"]
        (said,) = [one for one in history.of_ticket(tx, ticket.id, internal=False) if one.what == "answered"]
    assert said.details["sent"] == {"voice": 1}
    assert "Giấy tờ đã gửi" not in tram.says(report.code)
    assert "1 ghi âm" in tram.last and "Xem ảnh, giấy tờ" not in tram.buttons
    lan.token(f"r:{report.id}")
    assert "Giấy tờ đã gửi" not in lan.last and "1 ghi âm" in lan.last
    before = len(lan.heard)
    lan.presses("Nghe lại câu trả lời")
    assert [body["media"] for body in lan.heard[before:] if body.get("media")] == [voice["media"]]


def test_only_where_an_answer_is_asked_for(world: World) -> None:
    tram, lan = world.joins("tram", STATION, "clerk"), someone(world, "lan")
    report = filed(world, lan)
    before = len(lan.heard)
    assert "Chưa chuyển gì cả" in sends(tram, "voice")
    tram.says(report.code)
    tram.presses("Ghi chú nội bộ")
    assert "Chưa chuyển gì cả" in sends(tram, "voice")
    tram.says(report.code)
    tram.presses("Trả lời người dân")
    assert "Chưa chuyển gì cả" in sends(tram, "photo")
    assert len(lan.heard) == before


def test_a_ticket_that_changed_meanwhile_gets_no_voice(world: World) -> None:
    tram, lan = world.joins("tram", STATION, "clerk"), someone(world, "lan")
    report = filed(world, lan)
    tram.says(report.code)
    tram.presses("Trả lời người dân")
    lan.token(f"r:{report.id}:withdraw!:{parts(world, report)[0].id}")
    before = len(lan.heard)
    sends(tram, "voice")
    assert len(lan.heard) == before
