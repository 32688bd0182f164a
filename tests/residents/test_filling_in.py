"""Filling in: changing an answer, going back, old buttons, leaving and coming back, and typing instead of pressing."""

from __future__ import annotations

import subprocess
import sys

from tests.residents.people_and_reports import known, linked, someone
from tests.world import Person, World


def up_to_the_summary(world: World, name: str = "an") -> Person:
    """A missing dose of Nguyễn Văn An, born 1980, given at Bản Công."""
    an = someone(world, name)
    an.says("/phananh")
    for answer in ("1", "1", "Nguyễn Văn An", "05/03/1980", "nam", "tôi không có", "0912 345 678", "mũi cơ bản 2",
                   "pfizer", "12/08/2021", "ban cong", "1", "bỏ qua", "không còn giấy"):  # fmt: skip
        an.says(answer)
    assert "xem lại một lần nữa" in an.last, an.last
    return an


def test_an_edited_answer_leads_back_to_the_summary_with_all_others(world: World) -> None:
    an = up_to_the_summary(world)
    before = an.last
    an.presses("Sửa câu trả lời")
    assert "Đang ghi: 12/08/2021" in an.presses("Ngày tiêm")
    assert "ngày này chưa đến" in an.says("12/08/2031").lower()
    assert an.says("13/08/2021") == before.replace("12/08/2021", "13/08/2021")


def test_back_while_editing_keeps_the_answer(world: World) -> None:
    an = up_to_the_summary(world)
    before = an.last
    an.presses("Sửa câu trả lời")
    an.presses("Nơi tiêm")
    assert an.presses("Quay lại") == before


def test_every_answer_can_be_edited_in_turn(world: World) -> None:
    an = up_to_the_summary(world)
    an.presses("Sửa câu trả lời")
    fields = [label for label in an.buttons if label != "Dừng"]
    for label, answer in zip(fields, ("2", "Kim Min Jun", "1981", "nữ", "M12345678", "0987 654 321", "Mũi bổ sung",
                                      "moderna", "13/08/2021", "hat luu"), strict=False):  # fmt: skip
        if "Sửa câu trả lời" in an.buttons:
            an.presses("Sửa câu trả lời")
        an.presses(label)
        an.says(answer)
    assert "Trạm Y tế xã Hát Lừu" in an.says("1")
    for shown in ("Người nước ngoài", "Kim Min Jun", "1981", "Nữ", "098****321", "Mũi bổ sung", "Moderna"):
        assert shown in an.last
    assert "Mã phản ánh là" in an.presses("Gửi")


def test_answers_that_an_edit_made_pointless_are_not_sent(world: World) -> None:
    an = up_to_the_summary(world)
    an.presses("Sửa câu trả lời")
    an.presses("Nơi tiêm")
    an.presses("Không có trong danh sách")
    an.says("ở trường học")
    an.says("Hạnh Phúc, Lào Cai")
    an.says("1")
    assert "ở trường học" in an.last and "Xã Hạnh Phúc" in an.last
    an.presses("Sửa câu trả lời")
    an.presses("Nơi tiêm")
    an.says("hat luu")
    an.says("1")
    assert "ở trường học" not in an.last and "Xã, phường nơi tiêm" not in an.last


def test_buttons_of_an_old_summary_do_not_send_half_a_report(world: World) -> None:
    an = up_to_the_summary(world)
    an.presses("Sửa câu trả lời")
    an.presses("Ngày tiêm")
    for old in ("f::more", "f::send", "f::edit"):
        assert "Tiêm ngày nào" in an.token(old)
    assert "xem lại một lần nữa" in an.says("12/08/2021")


def test_a_report_that_was_left_is_gone_on_with_days_later(world: World) -> None:
    an = up_to_the_summary(world)
    before = an.last
    an.says("/trogiup")
    world.jump(hours=70)
    an.says("/menu")
    assert an.buttons[0] == "Điền tiếp phản ánh đang dở"
    assert before in an.presses("Điền tiếp")
    assert "Mã phản ánh là" in an.presses("Gửi")
    an.says("/menu")
    assert "Điền tiếp phản ánh đang dở" not in an.buttons


def test_a_second_mistake_is_not_lost_at_an_old_menu_button(world: World) -> None:
    an = up_to_the_summary(world)
    an.presses("Thêm sai sót khác")
    an.says("/theodoi")
    an.says("/phananh")
    an.presses("Điền tiếp")
    assert "Mũi cơ bản 2" in an.last and "xem lại một lần nữa" in an.last


def test_stopping_forgets_what_was_begun(world: World) -> None:
    an = up_to_the_summary(world)
    an.says("/menu")
    an.says("/huy")
    an.says("/huy")
    assert "Điền tiếp phản ánh đang dở" not in an.buttons
    assert "đã xong" in an.token("f::resume")


def test_withdrawn_consent_forgets_what_was_begun(world: World) -> None:
    an = up_to_the_summary(world)
    an.says("/menu")
    an.says("/rut_dong_y")
    an.says("/menu")
    assert "Điền tiếp phản ánh đang dở" not in an.buttons


def test_back_stops_at_the_first_question(world: World) -> None:
    an = someone(world, "an")
    an.says("/phananh")
    an.says("1")
    assert an.buttons == ["Công dân Việt Nam", "Người nước ngoài", "Dừng"]
    assert "Hồ sơ của" not in up_to_the_summary(world, "binh").last


def test_what_the_record_shows_is_kept_in_the_shape_of_its_field(world: World) -> None:
    """«15/03/1950» as the old birth date once broke every card of the report."""
    tam = someone(world, "tam")
    tam.says("/phananh")
    for answer in ("3", "1", "Trần Văn Tám", "15/02/1950", "nam", "tôi không có", "0912 345 678", "1, 2, 3, 4",
                   "015050001234", "15/03/1950", "Tran Van Tam", "01505000123", "hanh phuc, lao cai", "1",
                   "không còn giấy"):  # fmt: skip
        tam.says(answer)
    tam.presses("Gửi")
    card = tam.presses("Xem phản ánh")
    assert "Ngày sinh: 15/03/1950 → 15/02/1950" in card
    assert "Họ và tên: Tran Van Tam → Trần Văn Tám" in card
    assert "Giới tính: Nữ → Nam" in card
    assert "01*******23 → 015******234" in card


def test_a_foreigner_with_a_record_is_not_asked_for_permanent_residence(world: World) -> None:
    emma = someone(world, "emma")
    linked(world, emma, known(world, name="Emma Larsson", birth="1988-11-23", sex="female", passport="P44561027",
                              foreign=True, phone="0978123456"))  # fmt: skip
    for answer in ("/ngonngu", "2", "/phananh", "3", "1", "2", "done", "Emma Maria Larsson", "none"):
        emma.says(answer)
    assert "Please check once more" in emma.last and "residence" not in emma.last
    assert "for a foreign passport the vaccination site answers" not in emma.presses(
        "Send"
    )  # no dose, no site


def test_the_first_words_after_a_restart_may_answer_a_question(world: World) -> None:
    """A fresh process has loaded no form yet; it once could not read the answer."""
    fresh = "import handlers.routes; from handlers import forms; print(forms.of('dose_missing').kind)"
    done = subprocess.run([sys.executable, "-c", fresh], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "dose_missing"


def test_who_does_not_remember_the_day_can_report_all_the_same(world: World) -> None:
    an = up_to_the_summary(world)
    an.presses("Sửa câu trả lời")
    an.presses("Ngày tiêm")
    assert "Ngày tiêm" not in an.says("tôi không nhớ")
    an.presses("Gửi")
    assert "mũi cơ bản 2, Comirnaty, Trạm Y tế xã Bản Công" in an.presses("Xem phản ánh")


def test_two_mistakes_of_one_person_show_the_person_once(world: World) -> None:
    an = up_to_the_summary(world)
    an.presses("Thêm sai sót khác")
    an.presses("Thông tin cá nhân sai")
    an.says("4, 2")
    for answer in ("Nguyen Van An", "hanh phuc, lao cai", "1", "không còn giấy"):
        an.says(answer)
    assert an.last.count("Nguyễn Văn An") == 1 and an.last.count("091****678") == 1
    assert "**Thiếu mũi tiêm**" in an.last and "**Thông tin cá nhân sai**" in an.last
    assert "Hệ thống đang ghi họ tên: Nguyen Van An" in an.last


def test_what_was_skipped_can_still_be_said(world: World) -> None:
    an = up_to_the_summary(world)
    an.presses("Sửa câu trả lời")
    an.presses("Số lô")
    assert "Số lô: FF1234" in an.says("FF1234")


def test_a_right_value_that_is_on_record_already_is_asked_for_once_more_and_then_taken(world: World) -> None:
    lan = someone(world, "lan")
    linked(world, lan, known(world, name="Nguyễn Thị Lan", birth="1968-03-05", sex="female", phone="0912345678",
                             national_id="015168001234", commune="2025:04585"))  # fmt: skip
    for answer in ("/phananh", "3", "1", "1, 2, 3"):
        lan.says(answer)
    for same, again in (("015 168 001 234",) * 2, ("NGUYỄN THỊ LAN", "Nguyễn Thị Lan"), ("5/3/1968",) * 2):
        asked = lan.last
        assert "Hồ sơ cũng đang ghi đúng như vậy" in lan.says(same) and asked in lan.last
        assert "Hồ sơ cũng đang ghi" not in lan.says(again)
    assert "thường trú" in lan.last


def test_what_the_record_is_said_to_show_differs_from_the_right_value(world: World) -> None:
    an = up_to_the_summary(world)
    an.presses("Thêm sai sót khác")
    an.presses("Thông tin cá nhân sai")
    an.says("2")
    an.says("xong")
    assert "Hồ sơ cũng đang ghi đúng như vậy" in an.says("Nguyễn Văn An")
    assert "thường trú" in an.says("bỏ qua")


def test_a_name_without_diacritics_that_is_on_record_is_warned_of_twice_and_then_taken(world: World) -> None:
    lan = someone(world, "lan")
    linked(world, lan, known(world, name="Tran Van Lan", birth="1968-03-05", sex="female", phone="0912345678",
                             national_id="015168001234", commune="2025:04585"))  # fmt: skip
    for answer in ("/phananh", "3", "1", "2", "xong"):
        lan.says(answer)
    assert "có dấu" in lan.says("Tran Van Lan")
    assert "Hồ sơ cũng đang ghi đúng như vậy" in lan.says("Tran Van Lan")
    assert "thường trú" in lan.says("Tran Van Lan")
