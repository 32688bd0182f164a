"""The card's QR code instead of typing: only where it helps, never kept, proving nothing, and marked for whoever reads it."""

from __future__ import annotations

import json

import pytest

from handlers import from_card, photos
from handlers.incoming import Incoming, Media
from storage import outbox, reports, talks
from tests.residents.people_and_reports import ASKED_THE_SAME, code_of, known, linked, someone
from tests.residents.sendings import CARD, fails, sends, shows_card
from tests.world import Person, World

PHOTO = (Media("x", "photo"),)


def meant(world: World, chat: str = "an", media: tuple[Media, ...] = PHOTO, **more: object) -> str:
    with world.tx() as tx:
        said = {"private": True, **more}
        return photos.meant(tx, Incoming("web", "e", chat, chat, "media", media=media, **said))  # type: ignore[arg-type]


def at_the_name(world: World, form: str = "1") -> Person:
    an = someone(world, "an")
    for answer in ("/phananh", form, "1"):
        an.says(answer)
    return an


def the_rest(an: Person) -> None:
    """What the card does not say, up to the summary."""
    for answer in (
        "0912 345 678",
        "mũi cơ bản 2",
        "pfizer",
        "12/08/2021",
        "ban cong",
        "1",
        "bỏ qua",
        "không còn giấy",
    ):
        an.says(answer)


def test_a_card_is_read_only_while_it_would_help(world: World) -> None:
    an = someone(world, "an")
    assert meant(world) == meant(world, "nobody") == "evidence"
    an.says("/phananh")
    an.says("1")
    assert meant(world) == "evidence"  # a Vietnamese, or a foreigner?
    assert "không bắt buộc; ảnh không được lưu" in an.says("1")
    for answer in ("Nguyễn Văn An", "05/03/1980", "nam"):
        assert meant(world) == "card"
        an.says(answer)
    assert meant(world) == "card"
    assert meant(world, private=False) == "evidence"
    assert meant(world, media=(Media("x", "voice"),)) == "evidence"
    assert meant(world, media=(Media("x", "file", "application/pdf"),)) == "evidence"
    assert meant(world, media=(Media("x", "file", "image/heic"),)) == "card"
    an.says("tôi không có")
    assert meant(world) == "evidence"


def test_a_foreigner_and_a_proven_person_need_no_card(world: World) -> None:
    kim = someone(world, "kim")
    for answer in ("/phananh", "1", "2"):
        kim.says(answer)
    assert meant(world, "kim") == "evidence" and "QR" not in kim.last
    lan = someone(world, "lan")
    linked(world, lan, known(world, name="Nguyễn Thị Lan", birth="1968-03-05", phone="0912345678"))
    for answer in ("/phananh", "3", "1", "2"):
        lan.says(answer)
    assert meant(world, "lan") == "evidence"


def test_everything_on_the_card_at_one_go(world: World) -> None:
    an = at_the_name(world)
    said = shows_card(an)
    assert "Đã đọc xong mã QR. Ảnh không được lưu" in said and "Số di động nào" in said
    assert CARD["number"] not in said and CARD["name"] not in said
    the_rest(an)
    assert "Giàng A Phềnh" in an.last and "05/03/1995" in an.last and "015******299" in an.last
    assert "Khai từ mã QR trên thẻ" in an.last
    an.presses("Gửi")
    with world.tx() as tx:
        (report,) = reports.watched(tx, talks.open_talk(tx, "web", "an").id)
    assert report.about["from_qr"] is True and report.proven is False
    assert report.about["number"] == {"kind": "national_id", "value": CARD["number"]}
    assert (
        "residence" not in report.about
        and "old_number" not in report.about
        and "permanent" not in report.about
    )


def test_the_message_with_the_photo_is_taken_back(world: World) -> None:
    shows_card(at_the_name(world))
    with world.tx() as tx:
        bodies = tx.execute(outbox.outbox.select().order_by(outbox.outbox.c.id)).all()
    assert [row.body["message"] for row in bodies if row.body.get("kind") == "delete"] == ["77"]


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({"birth": "2031-01-01"}, "Ngày sinh"),
        ({"birth": ""}, "Ngày sinh"),
        ({"number": "000000000000"}, "số cccd"),
        ({"sex": "?"}, "Giới tính"),
        ({"name": "12345"}, "Họ và tên đầy đủ"),
    ],
)
def test_what_cannot_be_right_is_asked_for(world: World, changed: dict[str, str], asked: str) -> None:
    an = at_the_name(world)
    assert asked.lower() in shows_card(an, **changed).lower()


def test_what_was_typed_before_gives_way_to_the_card(world: World) -> None:
    an = at_the_name(world)
    an.says("Giang Phenh")
    an.presses("Tên tôi không có dấu")
    assert "Số di động nào" in shows_card(an)


def test_an_answer_that_is_changed_by_hand_is_not_from_the_card_any_more(world: World) -> None:
    an = at_the_name(world)
    shows_card(an)
    the_rest(an)
    an.presses("Sửa câu trả lời")
    an.presses("Ngày sinh")
    assert "Khai từ mã QR" not in an.says("06/03/1995")
    an.presses("Gửi")
    with world.tx() as tx:
        (report,) = reports.watched(tx, talks.open_talk(tx, "web", "an").id)
    assert "from_qr" not in report.about


@pytest.mark.parametrize("problem", ["no_qr", "blurred_qr"])
def test_a_card_that_cannot_be_read_may_be_typed(world: World, problem: str) -> None:
    an = at_the_name(world)
    said = fails(an, problem)
    assert "ảnh không được lưu" in said and "gõ câu trả lời" in said and "Họ và tên đầy đủ" in said
    assert "Ngày sinh" in an.says("Nguyễn Văn An")


def test_a_code_that_is_no_card(world: World) -> None:
    an = at_the_name(world)
    said = an._send(kind="media", card={"number": "x"})
    assert "chưa dùng được nội dung mã QR" in said and "Họ và tên đầy đủ" in said


def test_a_card_that_comes_when_it_is_not_needed_is_not_kept(world: World) -> None:
    an = someone(world, "an")
    assert "Không cần thẻ nữa. Ảnh không được lưu" in shows_card(an) and "Tra cứu mũi tiêm" in an.buttons
    with world.tx() as tx:
        assert CARD["number"] not in json.dumps(talks.open_talk(tx, "web", "an").state)


def test_back_after_the_card_asks_again(world: World) -> None:
    an = at_the_name(world)
    shows_card(an)
    assert "số cccd" in an.presses("Quay lại").lower()
    assert "Giới tính" in an.presses("Quay lại")
    assert "Số di động nào" in shows_card(an)


@pytest.mark.parametrize(
    ("residence", "offered"),
    [
        (CARD["residence"], "Xã Bản Công, Huyện Trạm Tấu, Tỉnh Yên Bái (địa giới trước 07/2025)"),
        ("Thôn 1, Xã Hạnh Phúc, Tỉnh Lào Cai", "Xã Hạnh Phúc, Tỉnh Lào Cai"),
        ("Ở đâu đó", None),
        ("Xã Không Có, Trạm Tấu, Yên Bái", None),
        ("Bản Công, Huyện Khác, Yên Bái", None),
    ],
)
def test_the_residence_is_offered_and_never_taken(world: World, residence: str, offered: str | None) -> None:
    an = at_the_name(world, "3")
    shows_card(an, residence=residence)
    for answer in ("0912 345 678", "2", "xong", "Giang A Phenh"):
        an.says(answer)
    assert "thường trú" in an.last
    first = an.buttons[0]
    assert first == offered if offered else first == "Chọn từ danh sách"
    if offered:
        assert "giấy khai sinh" in an.presses(offered)


def test_a_second_mistake_of_the_same_person_is_still_from_the_card(world: World) -> None:
    an = at_the_name(world)
    shows_card(an)
    the_rest(an)
    an.presses("Thêm sai sót khác")
    an.presses("Thông tin cá nhân sai")
    for answer in ("2", "xong", "Giang A Phenh"):
        an.says(answer)
    assert an.buttons[0].startswith("Xã Bản Công")
    an.presses("Xã Bản Công")
    an.presses("Tôi không còn giấy")
    assert an.last.count("Khai từ mã QR") == 1


@pytest.mark.parametrize("first", [(), ("1",), ("1", "015168001234"), ("3",)])
def test_the_look_up_by_card(world: World, first: tuple[str, ...]) -> None:
    lan = someone(world, "lan")
    lan.says("/tracuu")
    for answer in first:
        lan.says(answer)
    assert meant(world, "lan") == "card"
    said = shows_card(lan, number="015168001234", birth="1968-03-05", name="Nguyễn Thị Lan", sex="female")
    if first == ("3",):
        assert "Ảnh không được lưu" in said
        said = lan.says("0912345678")
    else:
        assert "Ảnh không được lưu" in said
    assert ASKED_THE_SAME in said
    assert "mũi cơ bản 1" in lan.says(code_of(world))


def test_the_look_up_by_passport_reads_no_card(world: World) -> None:
    kim = someone(world, "kim")
    kim.says("/tracuu")
    kim.presses("Số hộ chiếu")
    assert meant(world, "kim") == "evidence" and "QR" not in kim.last


def test_nothing_offers_a_photo_where_none_can_be_sent(world: World) -> None:
    an = someone(world, "an")
    an.can = ()
    for answer in ("/phananh", "1", "1"):
        an.says(answer)
    assert "QR" not in an.last


def test_a_photo_of_the_slip_at_the_papers_is_no_card(world: World) -> None:
    an = at_the_name(world)
    shows_card(an)
    assert "Đã lưu kèm phản ánh" in sends(an)
    assert from_card.ASKED == ("about_name", "birth", "sex", "number")
