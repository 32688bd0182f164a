"""What the letters want residents to be told: what to bring, where else to turn, what the Platform asks for."""

from __future__ import annotations

import pytest

from tests.staff.making import STATION, opens
from tests.world import DESK, Person, World


@pytest.mark.parametrize(
    "words",
    [
        DESK.portal_url,
        "ứng dụng PC-COVID",
        "trực tiếp với cơ sở đã tiêm",
        "căn cước công dân, hoặc giấy thông báo số định danh có mã QR do Công an cấp",
        "giấy xác nhận các mũi đã tiêm (nếu có)",
        "«Sổ sức khỏe điện tử»",
        "đối chiếu giấy tờ trước khi tiêm",
        "trong lúc ngồi theo dõi",
    ],
)
def test_help(world: World, words: str) -> None:
    assert words in world.person("lan").says("/trogiup")


def fills_in(lan: Person, number: str, day: str) -> None:
    for words in ("/phananh", "Thiếu mũi tiêm", "Tôi đồng ý", "Công dân Việt Nam"):
        lan.says(words) if words.startswith("/") else lan.presses(words)
    for said in (
        "Lò Thị Lan",
        "1990",
        "nữ",
        number,
        "0912345670",
        "mũi cơ bản 2",
        "tôi không nhớ",
        day,
        "ban cong",
    ):
        lan.says(said)
    lan.presses("Trạm Y tế xã Bản Công")
    lan.says("bỏ qua")
    lan.presses("Tôi không còn giấy")


@pytest.mark.parametrize(
    ("number", "day", "asked"),
    [
        ("tôi không có", "05/12/2021", True),
        ("tôi không có", "30/11/2021", False),
        ("015190001234", "05/12/2021", False),
    ],
)
def test_without_a_number_the_receipt_and_the_card_say_what_is_needed(
    world: World, number: str, day: str, asked: bool
) -> None:
    lan, mai = world.person("lan"), world.joins("mai", STATION, "clerk")
    fills_in(lan, number, day)
    assert "đúng như trên căn cước hoặc giấy khai sinh" in lan.last, lan.show()
    lan.presses("Gửi phản ánh")
    assert ("Mũi tiêm từ 01/12/2021 phải có số định danh" in lan.last) is asked, lan.show()
    opens(mai, "PA-" + lan.last.split("PA-")[1][:5])
    assert ("Chưa khai số định danh" in mai.last) is asked, mai.show()
