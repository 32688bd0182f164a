"""Silent since filing, and answered at hour 49: late, and told by whatever road is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Row

from bot.channels import Outcome, Outgoing, Refused, Sent
from storage import reports, tickets, units, unreached
from tests.talk import Overheard
from tests.world import PlainRoad, World
from tests.zalo.people import Person
from tests.zalo.road import ZaloRoad

TEMPLATE = "778899"
FIELDS = {"ma_phan_anh": 30, "don_vi": 30, "ket_qua": 30}
FILED = """
: staff tram station:2025:04585 clerk
: staff xa committee:2025:04585 supervisor
lan > /tracuu
lan > [Tôi đồng ý]
lan > [Số]
lan > 015168001234
lan > 05/03/1968
sms < 0912345678: … {otp}
lan > {otp}
lan > [Thiếu mũi tiêm]
lan > [Mũi cơ bản 2]
lan > [COVID-19 Vaccine AstraZeneca]
lan > 10/10/2021
lan > hat luu
lan > [Trạm Y tế xã Hát Lừu]
lan > [Bỏ qua]
lan > [Tôi không còn giấy]
lan > [Gửi phản ánh]
lan < Mã phản ánh là {code} … trước 16:00 Chủ nhật 22/11
"""
AT_HOUR_49 = """
@+49h
xa < QUÁ HẠN … {code} … Trạm Y tế xã Hạnh Phúc chưa xử lý
tram > {code}
tram > [Phê duyệt]
tram > [Tôi đã sửa trên Nền tảng]
"""
ANSWER = "Cơ sở báo đã sửa; hệ thống quốc gia chưa hiển thị"


class Sms(PlainRoad):
    """refuses: what the gateway says to everything."""

    refuses = False

    def send(self, row: Row[Any], message: Outgoing) -> Outcome:
        if self.refuses:
            return Refused("the number is not in use")
        self.world.sms.append(message.body)
        return Sent(str(row.id), parts=1)


class Story:
    """The desk pays Zalo for nothing, unless it says so."""

    def __init__(self, world: World) -> None:
        self.world, self.overheard = world, Overheard(world)
        self.sms = Sms(world, "sms")
        world.roads["sms"] = self.sms
        self.road: ZaloRoad = world.roads["zalo"]
        self.lan: Person = self.road.fake.person("lan")
        self.overheard.lines(FILED)
        self.seen, self.texts = len(self.lan.shown), len(world.sms)

    @property
    def code(self) -> str:
        return self.overheard.known["code"]

    def answered_at_hour_49(self) -> None:
        self.overheard.lines(AT_HOUR_49)
        ticket = self.ticket
        with self.world.tx() as tx:
            round_ = tickets.round_of(tx, tickets.get(tx, ticket))
        assert round_.closed_at and round_.closed_at > round_.due_at  # late

    @property
    def ticket(self) -> int:
        with self.world.tx() as tx:
            report = reports.by_code(tx, self.code)
            assert report
            return tickets.of_report(tx, report.id)[0].id

    def by_sms(self) -> list[str]:
        return [one["text"] for one in self.world.sms[self.texts :] if self.code in one["text"]]

    def answer_shown(self) -> int:
        return sum(ANSWER in one.text for one in self.lan.shown)

    def templates(self) -> list[dict[str, Any]]:
        return [one.template["template_data"] for one in self.lan.shown if one.template]

    def unreached(self) -> unreached.Unreached | None:
        ticket = self.ticket
        with self.world.tx() as tx:
            return unreached.get(tx, ticket)


@pytest.fixture
def begun(make_world: Callable[..., World]) -> Callable[..., Story]:
    """zalo: settings of the desk's account."""

    def begin(**zalo: Any) -> Story:
        world = make_world(channel="zalo", staff="web", **({"zalo_billed": False} | zalo))
        story = Story(world)
        story.road.fake.billing = bool(zalo.get("zalo_billed"))
        story.road.fake.templates[TEMPLATE] = FIELDS
        return story

    return begin


def test_as_template(begun: Callable[..., Story]) -> None:
    """The template says that there is news; the words themselves wait, and come when she writes."""
    story = begun(zalo_template=TEMPLATE)
    story.answered_at_hour_49()
    (paid,) = story.templates()  # that it was late was worth no money
    assert paid["ma_phan_anh"] == story.code and "sửa" in paid["ket_qua"]
    assert story.by_sms() == [] and story.unreached() is None and story.answer_shown() == 0
    assert "015168001234" not in str(story.templates()) and "Lan" not in str(story.templates())
    story.overheard.lines("lan > Có gì mới không ạ?")
    assert story.answer_shown() == 1
    story.overheard.lines("lan > Cảm ơn\nlan > [Đã đúng]")
    assert story.answer_shown() == 1 and story.road.fake.refused() == []


@pytest.mark.parametrize("template", [None, "restricted", "changed", "unknown"])
def test_by_sms_where_there_is_no_template_or_zalo_refuses_it(
    begun: Callable[..., Story], template: str | None
) -> None:
    story = begun(zalo_template=TEMPLATE if template else "")
    if template == "restricted":
        story.lan.restricts = True
    elif template == "changed":
        story.road.fake.templates[TEMPLATE] = {"ma_ho_so": 30}
    elif template == "unknown":
        story.road.fake.templates.clear()
    story.answered_at_hour_49()
    assert story.templates() == [] and story.answer_shown() == 0
    assert len(story.by_sms()) == 1 and story.unreached() is None
    assert all(word not in story.by_sms()[0] for word in ("015168001234", "Nguyễn", "AstraZeneca", "tiêm"))
    refused = {call.answer["error"] for call in story.road.fake.refused()}
    assert refused == {None: set(), "restricted": {-244}}.get(template, {-201})
    story.lan.restricts = False
    story.overheard.lines("lan > Có gì mới không ạ?")
    assert story.answer_shown() == 1


def test_both_refused_stands_on_the_lists_until_somebody_knows(begun: Callable[..., Story]) -> None:
    story = begun(zalo_template=TEMPLATE)
    story.road.fake.templates.clear()
    story.sms.refuses = True
    story.answered_at_hour_49()
    found = story.unreached()
    assert found and found.what == "approved"
    assert dict(found.ways) == {"zalo": "outside", "sms": "refused"}
    with story.world.tx() as tx:
        station, committee = (units.by_ref(tx, ref) for ref in ("station:2025:04585", "committee:2025:04585"))
        assert station and committee
        theirs, _n = unreached.at(tx, [station.id], 10)
        above, _m = unreached.below(tx, [committee.id], 10)
    assert [one.code for one in theirs] == [one.code for one in above] == [story.code]
    story.overheard.lines("""
        tram < {code}: tin gửi người dân chưa tới nơi (Zalo, SMS) … Xin gọi điện
        tram > {code}
        tram < Câu trả lời gần nhất chưa tới được người dân: xin gọi điện
        lan > Có gì mới không ạ?
    """)
    assert story.answer_shown() == 1 and story.unreached() is None


def test_where_the_desk_pays_it_goes_in_full(begun: Callable[..., Story]) -> None:
    story = begun(zalo_billed=True, zalo_template=TEMPLATE)
    story.answered_at_hour_49()
    assert story.answer_shown() == 1 and story.templates() == [] and story.by_sms() == []
    assert story.lan.shown[-1].billed


def test_who_taps_the_button_in_time_hears_everything(begun: Callable[..., Story]) -> None:
    """The window is open again for 48 hours from there."""
    story = begun()
    story.overheard.lines("@+40h\nlan > /theodoi")
    story.overheard.lines(AT_HOUR_49.replace("@+49h", "@+9h"))
    assert story.answer_shown() == 1 and not story.lan.shown[-1].billed
    assert story.by_sms() == [] and story.road.fake.refused() == []


def test_who_turned_away_is_told_by_sms(begun: Callable[..., Story]) -> None:
    story = begun(zalo_billed=True)
    story.lan.unfollows()
    story.road.arrive()
    story.answered_at_hour_49()
    assert story.answer_shown() == 0 and len(story.by_sms()) == 1
    assert {call.answer["error"] for call in story.road.fake.refused()} == {-213}
    story.lan.follows()
    story.road.arrive()
    story.overheard.lines("lan > Chào")
    assert story.answer_shown() == 1
