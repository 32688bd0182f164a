"""Photos, papers and voice: an answer to the question for papers, kept at other moments, and never lost in silence."""

from __future__ import annotations

import pytest

from handlers.media_words import PROBLEMS
from handlers.residents import consent
from locales import say
from storage import evidence, history, talks
from tests.residents.people_and_reports import clerk_turn, filed, parts, someone
from tests.residents.sendings import fails, piece, sends
from tests.residents.test_filling_in import up_to_the_summary
from tests.world import Person, World

UP_TO_PAPERS = ("/phananh", "1", "1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "mũi cơ bản 2",
                "pfizer", "12/08/2021", "ban cong", "1", "bỏ qua")  # fmt: skip


def up_to_papers(world: World, name: str = "an") -> Person:
    an = someone(world, name)
    for answer in UP_TO_PAPERS:
        an.says(answer)
    assert "phiếu tiêm" in an.last
    return an


def kept(world: World, name: str = "an") -> list[evidence.Piece]:
    """All that is noted of this chat, filed or not."""
    with world.tx() as tx:
        talk = talks.open_talk(tx, "web", name)
        names = tx.exec_driver_sql("SELECT name FROM evidence").scalars().all()
        return [one for one in evidence.get(tx, names) if one.talk_id == talk.id]


def filed_with(world: World, an: Person) -> list[evidence.Piece]:
    an.presses("Gửi")
    assert "Mã phản ánh là" in an.last
    return [one for one in kept(world, an.name) if one.ticket_id is not None]


def test_photos_and_a_voice_message_are_one_answer(world: World) -> None:
    an = up_to_papers(world)
    assert "Đã nhận: 2 ảnh." in sends(an, "photo", "photo")
    assert "Đã nhận: 2 ảnh, 1 ghi âm." in sends(an, "voice") and "chưa nghe được lời nói" in an.last
    assert an.buttons == ["Xong", "Bỏ phần vừa gửi", "Quay lại", "Dừng"]
    assert "Giấy tờ: 2 ảnh, 1 ghi âm" in an.presses("Xong")
    assert len(filed_with(world, an)) == 3


def test_who_skips_is_told_once_what_that_means(world: World) -> None:
    an = up_to_papers(world)
    assert "cơ sở phải tra sổ" in an.presses("Bỏ qua")
    assert "xem lại một lần nữa" in an.presses("Bỏ qua") and "Giấy tờ" not in an.last
    assert filed_with(world, an) == []


def test_where_no_photo_can_be_sent_nobody_is_asked_for_one(world: World) -> None:
    an = someone(world, "an")
    an.can = ()
    for answer in UP_TO_PAPERS:
        an.says(answer)
    assert "chưa gửi ảnh được" in an.last and "file PDF" not in an.last
    assert "xem lại một lần nữa" in an.presses("Bỏ qua")


@pytest.mark.parametrize("said", ["Tôi không còn giấy", "không còn", "mất rồi"])
def test_no_paper_any_more_is_an_answer_that_the_site_reads(world: World, said: str) -> None:
    an = up_to_papers(world)
    assert "không còn giấy; nhờ cơ sở tra sổ" in an.says(said)
    an.presses("Gửi")
    assert "Anh/Chị báo không còn giấy" in an.presses("Xem phản ánh")
    tram = world.joins("tram", "station:2025:04585", "clerk")
    card = tram.says(an.last.split("**")[1])
    assert "người dân không còn giấy, nhờ cơ sở tra sổ" in card
    assert "Xem ảnh, giấy tờ" not in tram.buttons


def test_words_at_the_question_for_papers_are_not_an_answer(world: World) -> None:
    an = up_to_papers(world)
    assert "hoặc bấm một nút" in an.says("để tôi tìm")


def test_a_blurred_photo_is_taken_all_the_same(world: World) -> None:
    an = up_to_papers(world)
    assert "Ảnh hơi mờ" in sends(an, blurred=True)
    assert "Ảnh hơi mờ" not in sends(an)
    an.presses("Xong")
    assert [one.blurred for one in filed_with(world, an)] == [True, False]


@pytest.mark.parametrize("problem", ["too_big", "wrong_type", "broken", "gone"])
def test_what_cannot_be_taken_is_said(world: World, problem: str) -> None:
    an = up_to_papers(world)
    told = say(PROBLEMS[problem], "vi")
    assert told in fails(an, problem) and "phiếu tiêm" in an.last
    said = an._send(kind="media", kept=[piece()], problems=[problem, problem])
    assert said.count(told) == 1 and "Đã nhận: 1 ảnh" in said
    an.says("/menu")
    assert told in fails(an, problem) and "Tra cứu mũi tiêm" in an.buttons


def test_the_last_one_can_be_taken_back_and_is_gone(world: World) -> None:
    an = up_to_papers(world)
    sends(an, "photo", "pdf")
    assert "Đã bỏ và xóa" in an.presses("Bỏ phần vừa gửi") and "Đã nhận: 1 ảnh." in an.last
    an.presses("Bỏ ảnh vừa gửi")
    assert kept(world) == [] and "Tôi không còn giấy" in an.buttons


def test_no_more_than_ten(world: World) -> None:
    an = up_to_papers(world)
    sends(an, *["photo"] * 8)
    assert "nhận được 10 file" in sends(an, *["photo"] * 4)
    assert len(kept(world)) == 10
    an.presses("Xong")
    assert "nhận được 10 file" in sends(an)
    assert len(filed_with(world, an)) == 10


def test_back_keeps_what_was_sent(world: World) -> None:
    an = up_to_papers(world)
    sends(an)
    assert "số lô" in an.presses("Quay lại").lower()
    assert "Đã nhận: 1 ảnh." in an.says("bỏ qua")
    an.presses("Xong")
    an.presses("Sửa câu trả lời")
    an.presses("Giấy tờ")
    assert "Đã nhận: 2 ảnh." in sends(an)
    assert "Giấy tờ: 2 ảnh" in an.presses("Quay lại")
    assert len(filed_with(world, an)) == 2


def test_an_edited_answer_loses_what_is_taken_back(world: World) -> None:
    an = up_to_papers(world)
    sends(an, "photo", "photo")
    an.presses("Xong")
    an.presses("Sửa câu trả lời")
    an.presses("Giấy tờ")
    an.presses("Bỏ ảnh vừa gửi")
    assert "Giấy tờ: 1 ảnh" in an.presses("Xong")
    assert len(filed_with(world, an)) == 1


def test_going_on_days_later(world: World) -> None:
    an = up_to_papers(world)
    sends(an)
    an.says("/trogiup")
    world.jump(hours=80)
    an.says("/menu")
    assert "Đã nhận: 1 ảnh." in an.presses("Điền tiếp")
    an.presses("Xong")
    assert len(filed_with(world, an)) == 1


@pytest.mark.parametrize("how", ["/huy", "[Dừng", "left", "/rut_dong_y"])
def test_stopping_deletes_what_was_sent(world: World, how: str) -> None:
    an = up_to_papers(world)
    sends(an)
    an.presses("Xong")
    sends(an)
    if how == "left":
        an.says("/menu")
        an.says("/huy")
    elif how.startswith("["):
        an.presses(how[1:])
        assert "sẽ bị xóa" in an.last
        assert kept(world) != []
        an.presses("Dừng và xóa")
    else:
        an.says(how)
    assert kept(world) == []


def test_the_rest_of_an_album_comes_late_and_joins_in_silence(world: World) -> None:
    an = up_to_papers(world)
    sends(an, "photo", "photo", album="7")
    an.presses("Xong")
    assert sends(an, album="7") == ""
    assert "Đã lưu kèm phản ánh: 1 ảnh" in sends(an, album="8")
    assert len(filed_with(world, an)) == 4


def test_a_photo_at_another_question_is_not_asked_for_again(world: World) -> None:
    an = someone(world, "an")
    for answer in UP_TO_PAPERS[:-3]:
        an.says(answer)
    said = sends(an, caption="phiếu tiêm của tôi")
    assert "Đã lưu kèm phản ánh: 1 ảnh" in said and "Tiêm ở đâu" in said
    assert "chưa nghe được lời nói" in sends(an, "voice") and "Tiêm ở đâu" in an.last
    for answer in UP_TO_PAPERS[-3:]:
        an.says(answer)
    assert "Đã nhận: 1 ảnh, 1 ghi âm." in an.last
    an.presses("Xong")
    assert len(filed_with(world, an)) == 2
    assert "phiếu tiêm của tôi" in an.presses("Xem phản ánh")


def test_a_report_begins_with_a_photo(world: World) -> None:
    an = someone(world, "an")
    said = sends(an, caption="thiếu mũi này")
    assert "khỏi phải gửi lần nữa" in said and an.buttons[0] == "Thiếu mũi tiêm"
    for answer in UP_TO_PAPERS[1:]:
        an.says(answer)
    assert "Đã nhận: 1 ảnh." in an.last
    an.presses("Xong")
    assert len(filed_with(world, an)) == 1
    assert "thiếu mũi này" in an.presses("Xem phản ánh")


def test_a_photo_sent_while_a_report_waits_half_filled_goes_into_it(world: World) -> None:
    an = up_to_papers(world)
    an.says("/menu")
    sends(an)
    assert "Đã nhận: 1 ảnh." in an.presses("Điền tiếp")


def test_two_mistakes_each_with_their_papers(world: World) -> None:
    an = up_to_papers(world)
    sends(an)
    an.presses("Xong")
    an.presses("Thêm sai sót khác")
    sends(an)
    an.presses("Thông tin cá nhân sai")
    for answer in ("2", "xong", "Nguyen Van An", "hanh phuc, lao cai", "1"):
        an.says(answer)
    assert "Đã nhận: 1 ảnh." in an.last
    an.presses("Xong")
    assert an.last.count("Giấy tờ: 1 ảnh") == 2
    assert len(filed_with(world, an)) == 2


def test_nothing_is_kept_before_consent(world: World) -> None:
    an = world.person("an")
    said = sends(an)
    assert "chưa lưu" in said and "Tôi đồng ý" in an.buttons and "tin nhắn thoại" in said
    assert kept(world) == []
    an.presses("Tôi đồng ý")
    sends(an)
    assert len(kept(world)) == 1


def test_who_agreed_to_the_text_before_files_is_asked_again(world: World) -> None:
    an = world.person("an")
    with world.tx() as tx:
        talks.give_consent(tx, talks.open_talk(tx, "web", "an").id, "2026-11", world.time)
    assert consent.VERSION != "2026-11"
    an.says("/phananh")
    an.presses("Thiếu mũi tiêm")
    assert "Tôi đồng ý" in an.buttons


@pytest.mark.parametrize("caption", ["", "đây là phiếu"])
def test_more_for_an_open_report(world: World, caption: str) -> None:
    tram = world.joins("tram", "station:2025:04585", "clerk")
    an = someone(world, "an")
    report = filed(world, an)
    an.token(f"r:{report.id}:words:{parts(world, report)[0].id}")
    assert f"Đã thêm vào {report.code}" in sends(an, caption=caption, album="5")
    assert sends(an, album="5") == ""
    assert f"{report.code}: người dân gửi thêm" in tram.last
    shown = tram.presses("Mở")
    assert "Người dân nói thêm: 1 ảnh" in shown and caption in shown and "Giấy tờ đã gửi: 2 ảnh" in shown


def test_what_was_missing_is_sent_as_a_photo(world: World) -> None:
    from handlers import desk

    an = someone(world, "an")
    report = filed(world, an)
    ticket = parts(world, report)[0]
    with world.tx() as tx:
        desk.reject(clerk_turn(world, tx), ticket, "8")
    world.work()
    assert "gửi lại ảnh rõ hơn" in an.last
    assert "gửi" in an.token(f"r:{report.id}:repair:{ticket.id}") and "ghi âm hoặc ảnh" in an.last
    assert "Cảm ơn Anh/Chị" in sends(an)
    ticket = parts(world, report)[0]
    with world.tx() as tx:
        assert ticket.state == "open" and len(evidence.of_ticket(tx, ticket.id)) == 1
        told = [one for one in history.of_ticket(tx, ticket.id, internal=False) if one.what == "repaired"]
    assert told[0].details["sent"] == {"photo": 1}


def test_a_voice_message_for_a_report_is_kept_and_it_is_said_that_nobody_understood_it(world: World) -> None:
    an = someone(world, "an")
    report = filed(world, an)
    an.token(f"r:{report.id}:words:{parts(world, report)[0].id}")
    assert "chưa nghe được lời nói" in sends(an, "voice") and f"Đã thêm vào {report.code}" in an.last
    assert len(kept(world)) == 1


def test_which_report_a_photo_belongs_to(world: World) -> None:
    an = someone(world, "an")
    first, _second = filed(world, an), filed(world, an)
    assert "thuộc phản ánh nào" in sends(an)
    assert "Anh/Chị đã gửi: 2 ảnh." in sends(an, caption="phiếu") and "«phiếu»" in an.last
    an.presses(f"{first.code} · Thiếu mũi tiêm")
    ticket = parts(world, first)[0]
    with world.tx() as tx:
        assert len(evidence.of_ticket(tx, ticket.id)) == 2
    sends(an)
    an.presses("Không thuộc phản ánh nào")
    assert len(kept(world)) == 2


def test_a_photo_for_a_new_report_beside_an_open_one(world: World) -> None:
    an = someone(world, "an")
    filed(world, an)
    sends(an)
    an.presses("Việc khác: phản ánh mới")
    for answer in ("1", "2", *UP_TO_PAPERS[2:]):
        an.says(answer)
    assert "Đã nhận: 1 ảnh." in an.last


def test_a_photo_does_not_help_where_a_code_is_waited_for(world: World) -> None:
    an = someone(world, "an")
    for answer in ("/tracuu", "1", "015168001234", "05/03/1968"):
        an.says(answer)
    assert "gõ 6 chữ số" in sends(an)
    assert kept(world) == []
    assert "Mã gồm 6 chữ số" in an.says("12 34")


def test_the_look_up_needs_no_photo(world: World) -> None:
    an = someone(world, "an")
    an.says("/tracuu")
    an.presses("Số hộ chiếu")
    assert "không cần ảnh" in sends(an) and "hộ chiếu" in an.last and kept(world) == []


def test_staff_answer_with_no_photo(world: World) -> None:
    tram = world.joins("tram", "station:2025:04585", "clerk")
    an = someone(world, "an")
    report = filed(world, an)
    tram.says(report.code)
    tram.presses("Trả lời người dân")
    assert "Chưa chuyển gì cả" in sends(tram)
    assert kept(world, "tram") == []
    tram.says(report.code)
    tram.presses("Trả lời người dân")
    assert "Đã trả lời" in tram.says("Đã sửa theo phiếu")


def test_a_sticker_is_answered_and_the_question_stays(world: World) -> None:
    an = up_to_papers(world)
    assert "chưa đọc được loại tin nhắn này" in an._send(kind="unsupported") and "phiếu tiêm" in an.last


def test_a_piece_is_given_to_a_ticket_by_its_sender_only(world: World) -> None:
    an, eve = up_to_papers(world), someone(world, "eve")
    sends(an)
    stolen = kept(world)[0].name
    ticket = parts(world, filed(world, eve))[0]
    with world.tx() as tx:
        assert evidence.attach(tx, [stolen], talks.open_talk(tx, "web", "eve").id, ticket.id) == 0


def test_the_summary_can_be_reached_as_before(world: World) -> None:
    assert "Giấy tờ: không còn giấy" in up_to_the_summary(world).last
