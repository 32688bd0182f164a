"""How people write without thinking of a form: greetings, thanks, short years, «xong rồi», names of what is wrong."""

from __future__ import annotations

import pytest

from tests.residents.people_and_reports import someone
from tests.residents.sendings import sends, shares
from tests.residents.test_papers import UP_TO_PAPERS, up_to_papers
from tests.world import World


@pytest.mark.parametrize("said", ["xin chào", "Chào", "hello"])
def test_a_greeting_is_greeted(world: World, said: str) -> None:
    assert world.person("an").says(said).startswith("Chào Anh/Chị!")


@pytest.mark.parametrize("said", ["cảm ơn", "Cám ơn nhiều", "ok", "dạ vâng ạ"])
def test_thanks_are_no_message_for_a_unit(world: World, said: str) -> None:
    an = up_to_papers(world)
    an.says("không còn giấy")
    an.presses("Gửi")
    thanked = an.says(said)
    assert "không có gì ạ" in thanked and "có tin mới" in thanked and "thuộc phản ánh nào" not in thanked
    assert "thuộc phản ánh nào" in an.says("cảm ơn, nhưng vẫn còn một việc")


@pytest.mark.parametrize(
    ("birth", "heard"),
    [("5/3/68", "Giới tính"), ("050368", "Giới tính"), ("5.3.99", "Giới tính"), ("5/3/15", "bốn chữ số")],
)
def test_a_short_year_counts_where_it_can_be_one_century_only(world: World, birth: str, heard: str) -> None:
    an = someone(world, "an")
    for said in UP_TO_PAPERS[:4]:
        an.says(said)
    assert heard in an.says(birth)


@pytest.mark.parametrize(("day", "shown"), [("12/8/21", "12/08/2021"), ("12 tháng 8 năm 21", "12/08/2021")])
def test_a_dose_of_21_is_of_2021(world: World, day: str, shown: str) -> None:
    an = someone(world, "an")
    for said in (*UP_TO_PAPERS[:10], day, *UP_TO_PAPERS[11:]):
        an.says(said)
    assert f"Ngày tiêm: {shown}" in an.says("không còn giấy")


@pytest.mark.parametrize("said", ["xong rồi", "hết rồi", "đủ rồi"])
def test_photos_end_with_whatever_words(world: World, said: str) -> None:
    an = up_to_papers(world)
    sends(an)
    assert "Giấy tờ: 1 ảnh" in an.says(said)


def test_no_is_no_answer_where_a_photo_was_sent(world: World) -> None:
    an = up_to_papers(world)
    sends(an)
    assert "Đã nhận: 1 ảnh" in an.says("không còn giấy")


@pytest.mark.parametrize(("said", "understood"), [("tên và giới tính", True), ("tên, cân nặng", False)])
def test_what_is_wrong_by_part_of_its_name(world: World, said: str, understood: bool) -> None:
    an = someone(world, "an")
    an.says("/phananh")
    an.presses("Thông tin cá nhân sai")
    for answer in UP_TO_PAPERS[2:8]:
        an.says(answer)
    assert "chọn được nhiều mục" in an.last
    assert ("chọn được nhiều mục" not in an.says(said)) is understood


def test_a_photo_before_consent_is_asked_for_again_after_it(world: World) -> None:
    an = world.person("an")
    sends(an)
    assert "gửi lại giúp" in an.presses("Tôi đồng ý") and "giúp gì" in an.last


def test_one_blurred_photo_among_several_is_not_all_of_them(world: World) -> None:
    an = up_to_papers(world)
    assert sends(an, blurred=True).startswith("Ảnh hơi mờ")
    assert sends(an, "photo", "photo", blurred=True).startswith("Có ảnh hơi mờ")


def test_the_number_that_was_shared_is_one_press_for_the_call_back_too(world: World) -> None:
    an = someone(world, "an")
    an.can = ("phone", "photo")
    for said in (
        "/phananh",
        "việc khác",
        "góp ý về nơi tiêm, nhờ gọi lại, việc khác",
        "thái độ, chờ lâu, việc khác",
        "hat luu",
        "1",
    ):
        an.says(said)
    shares(an, "84912345678")
    an.says("Chờ ba tiếng")
    assert an.buttons[:2] == ["091****678", "Bỏ qua"]
    assert "tên là gì" in an.presses("091****678")


def test_few_answers_stop_at_once_and_many_are_asked_for(world: World) -> None:
    an = someone(world, "an")
    for said in UP_TO_PAPERS[:4]:
        an.says(said)
    assert "Đã dừng" in an.presses("Dừng")
    an = up_to_papers(world, "ba")
    assert "sẽ bị xóa" in an.presses("Dừng") and "phiếu tiêm" in an.presses("Không, điền tiếp")
    an.presses("Dừng")
    assert "Đã dừng" in an.presses("Dừng và xóa") and "Điền tiếp phản ánh đang dở" not in an.buttons
