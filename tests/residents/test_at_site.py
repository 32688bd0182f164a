"""The way in by a site's code: typed on any channel, taken where it is a code, and never out of an answer's mouth."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from handlers import site_codes
from storage import talks, units
from tests.residents.people_and_reports import MISSING, STATION, filed, someone
from tests.world import Person, World

HOSPITAL = "Bệnh viện Đa khoa Suối Mơ"


@pytest.fixture
def mo(world: World) -> World:
    with world.tx() as tx:
        for code, name in (
            ("90001", HOSPITAL),
            ("BV-02", "Phòng khám Hoa Mơ"),
            ("04591", "Điểm tiêm trùng mã xã"),
        ):
            row = {
                "ref": f"site:{code}",
                "kind": "hospital",
                "name": name,
                "search": code.lower(),
                "province": "15",
            }
            tx.execute(insert(units.units).values(**row))
    return world


def state(world: World, person: Person) -> dict[str, object]:
    with world.tx() as tx:
        return dict(talks.open_talk(tx, person.channel, person.name).state)


@pytest.mark.parametrize(
    "text",
    [
        "Cơ sở 90001", "cơ sở 90001.", "CO SO 90001", "co so90001", "«Cơ sở 90001»", "Cơ sở: 90001", "Mã cơ sở 90001",
        "cơ sở số 90001", "CS 90001", "cs90001", "site_90001", "Co\u031b so\u031b\u0309 90001", "Cơ sở\u00a090001",
        "/start site_90001",
    ],
)  # fmt: skip
@pytest.mark.parametrize("channel", ["web", "zalo"])
def test_the_words_of_the_poster(mo: World, channel: str, text: str) -> None:
    lan = mo.person("lan", channel)
    assert HOSPITAL in lan.says(text)
    assert lan.buttons == ["Thiếu mũi tiêm ở đây", "Tôi còn ở điểm tiêm", "Việc khác"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cơ sở 04585", "Trạm Y tế xã Hạnh Phúc"),
        ("Trạm 04585", "Trạm Y tế xã Hạnh Phúc"),
        ("Cơ sở station-2025-04585", "Trạm Y tế xã Hạnh Phúc"),
        ("Cơ sở 2024-04612", "Trạm Y tế xã Bản Công"),
        ("Cơ sở 04591", "Điểm tiêm trùng mã xã"),
        ("cơ sở bv-02", "Phòng khám Hoa Mơ"),
        ("cơ sở bv 02", None),
    ],
)
def test_a_commune_is_its_station_but_the_operators_own_codes_go_first(
    mo: World, text: str, name: str | None
) -> None:
    heard = mo.person("lan").says(text)
    assert name in heard if name else "chưa hiểu" in heard


@pytest.mark.parametrize("text", ["cơ sở này tiêm sai cho tôi", "Cơ sở", "csgt 90001", "90001", "bác sĩ Co so 90001",
                                  "cơ sở committee-2025-04585", "cơ sở " + "9" * 60])  # fmt: skip
def test_other_words_stay_what_they_are(mo: World, text: str) -> None:
    assert "Anh/Chị đến từ" not in mo.person("lan").says(text)


def test_a_wrong_number_is_told(mo: World) -> None:
    lan = mo.person("lan")
    assert "mã 99999" in lan.says("Cơ sở 99999")
    assert "Phản ánh sai sót" in lan.buttons


def test_the_site_is_answered_before_it_is_asked(mo: World) -> None:
    lan = someone(mo, "lan")
    lan.says("Cơ sở 90001")
    lan.presses("Thiếu mũi tiêm ở đây")
    site = state(mo, lan)["answers"]["site"]  # type: ignore[index]
    assert site["name"] == HOSPITAL


def test_an_open_question_keeps_its_answer(mo: World) -> None:
    lan = someone(mo, "lan")
    lan.says("/phananh")
    lan.presses("Thiếu mũi tiêm")
    before = state(mo, lan)["form"]
    assert HOSPITAL not in lan.says("Cơ sở 90001")
    assert state(mo, lan)["form"] == before


def test_what_the_last_reply_waits_for_keeps_its_answer(mo: World) -> None:
    lan = someone(mo, "lan")
    lan.says("/theodoi")
    lan.presses("Mở phản ánh bằng mã")
    assert HOSPITAL not in lan.says("cs 90001")


def test_words_for_a_report_are_kept_together_and_a_poster_followed_later_is_heard(mo: World) -> None:
    lan = someone(mo, "lan")
    report = filed(mo, lan, [MISSING])
    lan.says("Tôi tìm thấy phiếu tiêm rồi, ghi là")
    assert "ghi là\nCơ sở 90001" in lan.says("Cơ sở 90001")
    lan.presses(report.code)
    assert HOSPITAL in lan.says("Cơ sở 90001")


def test_staff_who_try_their_own_poster_see_what_residents_see(mo: World) -> None:
    tram = mo.joins("tram", STATION, "clerk")
    assert "Trạm Y tế xã Hạnh Phúc" in tram.says("/start site_04585")
    assert "Thiếu mũi tiêm ở đây" in tram.buttons
    assert HOSPITAL in tram.says("Cơ sở 90001")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cơ sở 90001", "90001"),
        ("site_BV_01", "BV_01"),
        ("MÃ CƠ SỞ: BV.SM/01", "BV.SM/01"),
        ("cơ", None),
        ("", None),
    ],
)
def test_a_code_is_read_as_it_was_typed(text: str, code: str | None) -> None:
    assert site_codes.typed(text) == code


def test_yesterdays_poster_answers_for_no_site_of_today(mo: World) -> None:
    lan = someone(mo, "lan")
    lan.says("Cơ sở 90001")
    mo.jump(hours=24)
    lan.token("report:still_here")
    assert "site" not in state(mo, lan)["answers"]  # type: ignore[operator]
