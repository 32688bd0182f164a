"""Posters: every code on the page is read back by a phone's reader, and leads to a chat with that site chosen."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
import zxingcpp
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import FontProperties, findfont
from matplotlib.ft2font import FT2Font
from PIL import Image, ImageFilter
from sqlalchemy import insert

from bot import poster
from bot.poster import page
from bot.poster.letters import fitted
from bot.poster.page import Poster, Way
from bot.settings import Settings, WrongSetting
from handlers import site_codes
from storage import facts, talks, units
from tests.residents.people_and_reports import OLD_STATION, STATION
from tests.world import KEY, Person, World

ZALO = {
    "zalo_app_id": "360846524940903967",
    "zalo_app_secret": "app-secret-of-a-test",
    "zalo_oa_secret": "oa-secret-of-a-test",
    "zalo_oa_id": "388613280878808645",
}
TELEGRAM = {"telegram_token": "123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}
DPI = 150


def settings(**given: Any) -> Settings:
    values = {"public_url": "https://phananh.example.vn", **ZALO, **TELEGRAM, **given}
    return Settings(_env_file=None, data_key=KEY, **values)  # type: ignore[call-arg]


def made(world: World, site: str, **given: Any) -> Poster:
    with world.tx() as tx:
        facts.keep(tx, "telegram_bot", "phananh48_bot")
        return next(iter(poster.posters(tx, settings(**given), site).values()))


def read(drawn: Poster, dpi: int = DPI) -> list[Any]:
    image = io.BytesIO()
    page.draw(drawn).savefig(image, format="png", dpi=dpi)
    return zxingcpp.read_barcodes(
        Image.open(image), formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )


def add_site(world: World, code: str, name: str) -> int:
    with world.tx() as tx:
        row = {
            "ref": f"site:{code}",
            "kind": "hospital",
            "name": name,
            "search": name.lower(),
            "province": "15",
        }
        added: int = tx.execute(insert(units.units).values(**row).returning(units.units.c.id)).scalar_one()
    return added


def site_in_form(world: World, person: Person) -> str | None:
    """Which site the chat has chosen, once the person goes on from the poster's greeting."""
    person.presses("Thiếu mũi tiêm ở đây")
    person.presses("Tôi đồng ý")
    with world.tx() as tx:
        talk = talks.open_talk(tx, person.channel, world.road(person.channel).chat_of(person.name))
        return units.get(tx, talk.state["answers"]["site"]["id"]).ref


@pytest.mark.parametrize("ways", [{}, dict.fromkeys(TELEGRAM, ""), {"zalo_oa_id": "", "telegram_token": ""}])
def test_every_code_on_the_page_is_read_and_large_enough(world: World, ways: dict[str, str]) -> None:
    drawn = made(world, STATION, **ways)
    for dpi in (DPI, 60):  # 60: as a poor camera sees it
        assert {code.text for code in read(drawn, dpi)} == {way.address for way in drawn.ways}
    for code in read(drawn):
        side = (code.position.top_right.x - code.position.top_left.x) / DPI * 25.4
        assert side > 35, "millimetres"
        assert code.ec_level in ("M", "Q", "H")
    assert len(drawn.ways) == 3 - len({*ways} - {"zalo_app_id"})


@pytest.mark.parametrize("site", [STATION, OLD_STATION, "site:demo-1"])
@pytest.mark.parametrize("channel", ["web", "telegram"])
def test_the_scanned_link_opens_the_chat_with_that_site_chosen(
    make_world: Callable[..., World], channel: str, site: str
) -> None:
    world = make_world(channel=channel)
    host = {"web": "phananh.example.vn", "telegram": "t.me"}[channel]
    links = [urlsplit(code.text) for code in read(made(world, site))]
    found = next(link for link in links if link.netloc == host)
    start = parse_qs(found.query)["start"][0]
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start), "all that Telegram lets through"
    lan = world.person("lan")
    lan.says(f"/start {start}")
    assert site_in_form(world, lan) == site


@pytest.mark.parametrize("site", [STATION, OLD_STATION, "site:demo-1"])
def test_on_zalo_the_printed_words_open_it(world: World, site: str) -> None:
    drawn = made(world, site)
    zalo = next(way for way in drawn.ways if way.title == "Zalo")
    assert zalo.address == "https://zalo.me/388613280878808645"
    printed = zalo.how.rpartition(": ")[2].replace("\u00a0", " ")
    assert printed in drawn.instead.replace("\u00a0", " ")
    lan = world.person("lan", "zalo")
    lan.says(printed)
    assert site_in_form(world, lan) == site


def test_every_site_has_a_code_that_leads_back_to_it_alone(world: World) -> None:
    add_site(world, "04585", "Bệnh viện mang mã của một xã")
    add_site(world, "BV.SM/01", "Bệnh viện mang mã mà đường dẫn không chứa được")
    with world.tx() as tx:
        sites = units.sites_today(tx)
        codes = {one.ref: site_codes.code_of(tx, one) for one in sites}
        back = {ref: site_codes.find(tx, code or "") for ref, code in codes.items()}
    assert len(sites) > 300
    assert all(code and len(site_codes.PREFIX + code) <= 64 for code in codes.values())
    assert all(found and found.ref == ref for ref, found in back.items())
    assert codes["site:04585"] == "04585" and codes[STATION] == "2025-04585"
    assert len({*codes.values()}) == len(codes)


def test_a_name_of_any_length_stays_on_the_page_and_covers_nothing() -> None:
    name = "Trung tâm Y tế dự phòng và Phòng khám đa khoa khu vực liên xã " * 3
    way = Way(
        "Trang web", "https://phananh.example.vn/?start=site_90001", "phananh.example.vn", "Không cần cài đặt"
    )
    place = "Thị trấn Nông trường Trần Phú, Huyện Văn Chấn, Tỉnh Yên Bái (nay là Trạm Y tế xã Thượng Bằng La)"
    for ways in (1, 2, 3):
        drawn = Poster(name.strip(), place, "Hồ sơ tiêm chủng", "Mũi tiêm ghi sai hoặc thiếu?", "Báo ở đây",
                       (way,) * ways, ("Mở máy ảnh điện thoại hoặc Zalo, rồi quét một mã ở trên, và trả lời. " * 2,) * 3,
                       "Không quét được? Mở địa chỉ ghi dưới mã, rồi nhắn: Cơ sở 90001", ("Đường dây nóng",))  # fmt: skip
        figure = page.draw(drawn)
        shown = FigureCanvasAgg(figure).get_renderer()
        sheet, *codes = [*sorted(figure.axes, key=lambda axes: axes.get_label() != "sheet")]
        boxes = [text.get_window_extent(shown) for text in sheet.texts]
        boxes += [axes.get_window_extent(shown) for axes in codes]
        for one in boxes:
            assert figure.bbox.x0 < one.x0 and one.x1 < figure.bbox.x1
            assert figure.bbox.y0 < one.y0 and one.y1 < figure.bbox.y1
        for one, other in itertools.combinations(boxes, 2):
            assert not one.padded(-8).overlaps(other.padded(-8)), (one, other)


def test_a_line_ends_where_a_reader_would_pause() -> None:
    said = "Trong 48 giờ có tin nhắn trả lời. Lúc nào cũng xem được ai đang xử lý."
    assert fitted(said, 17, 2, False, 160)[1] == [
        "Trong 48 giờ có tin nhắn trả lời.", "Lúc nào cũng xem được ai đang xử lý.",
    ]  # fmt: skip
    assert (
        fitted("Bấm «Quan tâm», rồi nhắn: Cơ\u00a0sở\u00a090001", 13, 3, True, 56)[1][0] == "Bấm «Quan tâm»,"
    )


@pytest.mark.parametrize("ways", [{}, {"zalo_oa_id": ""}, dict.fromkeys(TELEGRAM, "")])
def test_a_poor_camera_reads_every_code_at_an_angle(world: World, ways: dict[str, str]) -> None:
    """Half a metre away, out of focus, in bad light, and not held straight."""
    drawn, sheet = made(world, STATION, **ways), io.BytesIO()
    page.draw(drawn).savefig(sheet, format="png", dpi=DPI)
    seen = Image.open(sheet).convert("L").rotate(7, expand=True, fillcolor=200)
    seen = seen.resize((seen.width // 2, seen.height // 2)).filter(ImageFilter.GaussianBlur(1.2))
    dim = seen.point(lambda light: 60 + light // 3)
    assert {code.text for code in zxingcpp.read_barcodes(dim)} == {way.address for way in drawn.ways}


def test_vietnamese_letters_stand_in_the_font_which_goes_along(world: World) -> None:
    drawn, file = made(world, OLD_STATION), io.BytesIO()
    said = " ".join([drawn.site, drawn.place, drawn.question, drawn.promise, *drawn.steps, drawn.instead])
    for weight in ("normal", "bold"):
        font = FT2Font(findfont(FontProperties(family="DejaVu Sans", weight=weight)))
        assert all(font.get_char_index(ord(letter)) for letter in said)
    page.draw(drawn).savefig(file, format="pdf")
    named = set(re.findall(rb"/BaseFont /(\S+)", file.getvalue()))
    assert named and all(re.fullmatch(rb"[A-Z]{6}\+DejaVuSans.*", name) for name in named)
    assert file.getvalue().count(b"/FontFile2") >= 2
    assert re.search(rb"/MediaBox \[ ?0 0 595\.2\d* 841\.8\d* ?\]", file.getvalue()), "A4"


def test_nothing_stands_close_to_a_code(world: World) -> None:
    """Four modules of white on every side, as the standard wants."""
    drawn, image = made(world, STATION), io.BytesIO()
    page.draw(drawn).savefig(image, format="png", dpi=DPI)
    picture = Image.open(image).convert("L")
    for code in read(drawn):
        corner, other = code.position.top_left, code.position.bottom_right
        modules = segno.make(code.text, error="m", micro=False).symbol_size(border=0)[0]
        white = round(4 * (other.x - corner.x) / modules) - 2
        box = (corner.x - white, corner.y - white, other.x + white, other.y + white)
        around = picture.crop(box)
        around.paste(255, (white - 2, white - 2, around.width - white + 2, around.height - white + 2))
        assert around.getextrema() == (255, 255)


def test_words_are_the_desks_own_and_hold_no_jargon(world: World) -> None:
    drawn = made(world, STATION)
    assert drawn.site == "Trạm Y tế xã Hạnh Phúc" and drawn.place == "Tỉnh Lào Cai"
    assert drawn.question == "Mũi tiêm ghi sai hoặc thiếu?"
    assert drawn.promise == "Báo ở đây, có trả lời trong 48 giờ"
    assert "1900\u00a09095" in drawn.last[0]
    assert "một mã" in drawn.steps[0]
    assert "quét mã" in made(world, STATION, zalo_oa_id="", telegram_token="").steps[0]
    assert [way.shown for way in drawn.ways] == [
        "zalo.me/388613280878808645", "phananh.example.vn", "t.me/phananh48_bot",
    ]  # fmt: skip


async def write(
    world: World, site: str, out: Path | None, channels: list[str] | None = None, **given: Any
) -> None:
    at = f"sqlite+aiosqlite:///{world.path}"
    await poster.main(settings(database_url=at, **given), site, out, channels)


async def test_the_command_writes_a_file_and_warns_of_an_address_that_nobody_reaches(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    await write(world, "xã hạnh phúc", None, ["web"])
    assert (tmp_path / "poster-04585.pdf").read_bytes().startswith(b"%PDF")
    assert capsys.readouterr().err == ""
    out = tmp_path / "new" / "page.pdf"
    await write(world, "demo-1", out, ["web"], public_url="http://127.0.0.1:8080")
    assert out.exists() and "nobody else can open" in capsys.readouterr().err


async def test_all_is_a_folder(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with world.tx() as tx:
        few = units.sites_today(tx)[:2]
    monkeypatch.setattr(units, "sites_today", lambda _tx: few)
    await write(world, "all", tmp_path / "all", ["web"])
    assert len(list((tmp_path / "all").glob("poster-*.pdf"))) == 2


@pytest.mark.parametrize(
    ("site", "channels", "given", "said"),
    [
        ("nơi không có", None, {}, "nothing like it"),
        ("tram y te", None, {}, "say exactly one site. Found: station:"),
        ("committee:2025:04585", None, {}, "say exactly one site"),
        (STATION, ["telegram"], {"telegram_token": ""}, "TELEGRAM_TOKEN"),
        (STATION, ["telegram"], {}, "name is not known yet"),
        (STATION, ["zalo"], {"zalo_oa_id": ""}, "ZALO_OA_ID"),
    ],
)
async def test_what_cannot_be_made_is_told_in_a_sentence(
    world: World, tmp_path: Path, site: str, channels: list[str] | None, given: dict[str, str], said: str
) -> None:
    with pytest.raises(WrongSetting, match=re.escape(said)):
        await write(world, site, tmp_path / "no.pdf", channels, **given)
    assert not (tmp_path / "no.pdf").exists()
