"""The fake refuses what Zalo refuses: a request a row, and the code of the refusal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.faults.kill import SetClock
from tests.zalo.hooks import AGAIN, OA_ID, OA_SECRET, Signing, probe, signature
from tests.zalo.oa import FakeZalo
from tests.zalo.rates import Rates
from tests.zalo.refusal import DEAD_REFRESH, WRONG_APP
from tests.zalo.tokens import APP_ID, APP_SECRET
from tests.zalo.uploads import JPEG, PDF, PNG, Upload

CS, TEMPLATE, IMAGE, FILE = "message/cs", "message/template", "upload/image", "upload/file"
FIELDS = {"ma_phan_anh": 30, "ket_qua": 80}

UNKNOWN = {"template_type": "media", "elements": [{"media_type": "image", "attachment_id": "x"}]}


@pytest.fixture
def lan(fake: FakeZalo) -> str:
    fake.templates["7788"] = FIELDS
    fake.person("lan").says("Chào")
    return fake.person("lan").id


def call(fake: FakeZalo, path: str, given: dict[str, Any], access: str | None = None) -> dict[str, Any]:
    version = "/v2.0/oa/" if path.startswith("upload") else "/v3.0/oa/"
    return fake.call(version + path, access or fake.tokens.pairs[-1].access, given)


def to(user: str, **message: Any) -> dict[str, Any]:
    return {"recipient": {"user_id": user}, "message": message}


def with_buttons(*buttons: dict[str, Any], **more: Any) -> dict[str, Any]:
    attachment = {"type": "template", "payload": {"buttons": list(buttons), **more}}
    return {"text": "Chọn việc", "attachment": attachment}


def button(**more: Any) -> dict[str, Any]:
    return {"title": "Gửi", "type": "oa.query.hide", "payload": "#48:7:f::send"} | more


def a_template(**more: Any) -> dict[str, Any]:
    return {"template_id": "7788", "template_data": {"ma_phan_anh": "PA-7K2MX", "ket_qua": "đã xong"}} | more


def file(name: str, content: bytes) -> dict[str, Any]:
    return {"file": Upload(name, content)}


WRONG: list[tuple[str, dict[str, Any], int]] = [
    ("no text", {}, -201),
    ("blanks", {"text": " \n"}, -201),
    ("too long", {"text": "ă" * 2001}, -210),
    ("emoji are two", {"text": "😀" * 1001}, -210),
    ("a key that is none", {"text": "a", "parse_mode": "html"}, -201),
    ("six buttons", with_buttons(*[button()] * 6), -210),
    ("no button", with_buttons(), -201),
    ("a long title", with_buttons(button(title="a" * 101)), -210),
    ("no title", with_buttons(button(title="")), -201),
    ("a long payload", with_buttons(button(payload="a" * 1001)), -210),
    ("a payload that is no text", with_buttons(button(payload={"token": "f"})), -201),
    ("a type that is none", with_buttons(button(type="oa.query")), -201),
    ("an address that is none", with_buttons(button(type="oa.open.url", payload={"url": "phananh.vn"})), -201),
    ("a phone with blanks", with_buttons(button(type="oa.open.phone", payload={"phone_code": "1900 9095"})), -201),
    ("a key of a button that is none", with_buttons(button(style="primary")), -201),
    ("an unknown quote", {"text": "a", "quote_message_id": "96"}, -201),
    ("an unknown image", {"attachment": {"type": "template", "payload": UNKNOWN}}, -201),
    ("an unknown file", {"attachment": {"type": "file", "payload": {"token": "x"}}}, -201),
    ("an attachment that is none", {"text": "a", "attachment": {"type": "image", "payload": {}}}, -201),
]  # fmt: skip


@pytest.mark.parametrize(("message", "code"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_no_such_message(fake: FakeZalo, lan: str, message: dict[str, Any], code: int) -> None:
    answer = call(fake, CS, to(lan, **message))
    assert answer["error"] == code and fake.refused()[-1].answer == answer
    assert fake.person("lan").shown == []


REFUSED: list[tuple[str, str, dict[str, Any], int]] = [
    ("a stranger", CS, to("1", text="a"), -213),
    ("no recipient", CS, {"message": {"text": "a"}}, -201),
    ("a path that is none", "message/promotion", {}, -201),
    ("a template that is none", TEMPLATE, a_template(template_id="1"), -201),
    ("a value is missing", TEMPLATE, a_template(template_data={"ma_phan_anh": "PA"}), -201),
    ("a value is one too many", TEMPLATE, a_template(tracking_id="7"), -201),
    ("an empty value", TEMPLATE, a_template(template_data={"ma_phan_anh": "PA", "ket_qua": ""}), -201),
    ("a long value", TEMPLATE, a_template(template_data={"ma_phan_anh": "P" * 31, "ket_qua": "a"}), -210),
    ("a large photo", IMAGE, file("a.jpg", JPEG + bytes(1_000_000)), -210),
    ("a photo that is none", IMAGE, file("a.jpg", PDF), -201),
    ("a photo of another type", IMAGE, file("a.webp", b"RIFF"), -201),
    ("a large file", FILE, file("a.pdf", PDF + bytes(5_000_000)), -210),
    ("a workbook", FILE, file("a.xlsx", b"PK\x03\x04"), -201),
    ("nothing", FILE, {}, -201),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "given", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refused(fake: FakeZalo, lan: str, path: str, given: dict[str, Any], code: int) -> None:
    if path == TEMPLATE:
        given = {"user_id": lan, **given}
    assert call(fake, path, given)["error"] == code


ACCEPTED: list[tuple[str, dict[str, Any]]] = [
    ("words", {"text": "ă" * 2000}),
    ("five buttons", with_buttons(*[button(title="a" * 100, payload="đ" * 1000)] * 5)),
    ("addresses", with_buttons(button(type="oa.open.url", payload={"url": "https://desk.vn/a"}),
                               button(type="oa.open.phone", payload={"phone_code": "19009095"}))),
]  # fmt: skip


@pytest.mark.parametrize("message", [row[1] for row in ACCEPTED], ids=[row[0] for row in ACCEPTED])
def test_accepted(fake: FakeZalo, lan: str, message: dict[str, Any]) -> None:
    answer = call(fake, CS, to(lan, **message))
    assert answer["error"] == 0 and answer["message"] == "Success"
    assert set(answer["data"]) == {"message_id", "user_id", "sent_time", "quota"}
    assert all(isinstance(answer["data"][name], str) for name in ("message_id", "user_id", "sent_time"))
    assert [shown.id for shown in fake.person("lan").shown] == [answer["data"]["message_id"]]


def test_pictures_and_files_are_uploaded_first(fake: FakeZalo, lan: str, clock: SetClock) -> None:
    image = call(fake, IMAGE, file("bang.png", PNG + b"1"))["data"]["attachment_id"]
    token = call(fake, FILE, file("phieu.pdf", PDF))["data"]["token"]
    picture = {"template_type": "media", "elements": [{"media_type": "image", "attachment_id": image}]}
    for attachment in ({"type": "template", "payload": picture}, {"type": "file", "payload": {"token": token}}):  # fmt: skip
        assert call(fake, CS, to(lan, attachment=attachment))["error"] == 0
    assert [shown.content for shown in fake.person("lan").shown] == [PNG + b"1", PDF]
    clock.at += timedelta(days=7)
    fake.tokens.consent()
    assert call(fake, CS, to(lan, attachment={"type": "file", "payload": {"token": token}}))["error"] == -201


def test_the_window(fake: FakeZalo, lan: str, clock: SetClock) -> None:
    """Free for 48 hours, billed to 7 days, then shut until the person does anything; a template goes at any time."""

    def after(**by: float) -> int:
        clock.at += timedelta(**by)
        fake.tokens.consent()
        return int(call(fake, CS, to(lan, text="a"))["error"])

    assert [after(hours=48), after(seconds=1)] == [0, 0]
    assert [shown.billed for shown in fake.person("lan").shown] == [False, True]
    fake.billing = False
    assert after() == -230
    fake.billing = True
    assert [after(days=4), after(days=2)] == [0, -230]
    assert call(fake, TEMPLATE, {"user_id": lan, **a_template()})["error"] == 0
    fake.person("lan").restricts = True
    assert call(fake, TEMPLATE, {"user_id": lan, **a_template()})["error"] == -244
    fake.person("lan").restricts = False
    fake.person("lan").says("Còn đây")
    assert after() == 0
    fake.person("lan").unfollows()
    assert after() == -213
    fake.person("lan").follows()
    assert after() == 0


def test_tokens(fake: FakeZalo, lan: str, clock: SetClock) -> None:
    """A refresh token is good for one time, and the access token before dies with it."""
    first = fake.tokens.pairs[-1]
    form = {"refresh_token": first.refresh, "app_id": APP_ID, "grant_type": "refresh_token"}
    assert fake.renew("another", form)["error"] == WRONG_APP
    made = fake.renew(APP_SECRET, form)
    assert made["expires_in"] == "90000"
    assert fake.renew(APP_SECRET, form)["error"] == DEAD_REFRESH and fake.tokens.reused == 1
    assert call(fake, CS, to(lan, text="a"), first.access)["error"] == -216
    assert call(fake, CS, to(lan, text="a"), made["access_token"])["error"] == 0
    clock.at += timedelta(hours=25)
    assert call(fake, CS, to(lan, text="a"), made["access_token"])["error"] == -220
    clock.at += timedelta(days=90)
    assert fake.renew(APP_SECRET, form | {"refresh_token": made["refresh_token"]})["error"] == DEAD_REFRESH
    seed = fake.tokens.consent()
    assert "error" not in fake.renew(APP_SECRET, form | {"refresh_token": seed})


def test_rates(fake: FakeZalo, lan: str, clock: SetClock) -> None:
    fake.rates = Rates(3)
    codes = [call(fake, CS, to(lan, text="a"))["error"] for _n in range(5)]
    assert codes == [0, 0, 0, -32, -32]
    clock.at += timedelta(minutes=1)
    assert call(fake, CS, to(lan, text="a"))["error"] == 0
    assert Rates().most == 4000


def test_presses_and_numbers_come_back_as_text(fake: FakeZalo, lan: str) -> None:
    person = fake.person("lan")
    link = button(title="Mở trang", type="oa.open.url", payload={"url": "https://desk.vn"})
    call(fake, CS, to(lan, **with_buttons(button(title="Gửi phản ánh"), link)))
    before = len(fake.hooks.waiting)
    hook = person.presses("Gửi")
    assert hook and hook.event["event_name"] == "user_send_text"
    assert hook.event["message"]["text"] == "#48:7:f::send"
    assert person.presses("Mở trang") is None and person.opened == ["https://desk.vn"]
    assert len(fake.hooks.waiting) == before + 1
    call(fake, CS, to(lan, text="Mũi nào?\n1. Mũi 1\n2. Mũi 2 nhắc lại\nAnh/Chị nhắn số."))
    hook = person.presses("Mũi 2")
    assert hook and hook.event["message"]["text"] == "2"
    call(fake, CS, to(lan, text="Nơi nào?\n1) Trạm"))
    hook = person.presses("Mũi 2")
    assert hook and hook.event["message"]["text"] == "Mũi 2 nhắc lại"
    with pytest.raises(AssertionError, match="no button"):
        person.presses("Mũi 3")
    assert person.shown[-1].heard()["choices"] == [{"label": "Trạm"}]


@pytest.mark.parametrize("first", ["app", "oa"])
@pytest.mark.parametrize("stamp", ["body", "header"])
def test_signed_as_live_integrations_have_seen_it(fake: FakeZalo, first: Any, stamp: Any) -> None:
    fake.hooks.signing = Signing(first, stamp, prefix="")
    hook = fake.person("lan").says("tra cứu")
    at = hook.event["timestamp"] if stamp == "body" else hook.headers["X-ZEvent-Timestamp"]
    made = signature({"app": APP_ID, "oa": OA_ID}[first], hook.raw, at, OA_SECRET)
    assert hook.headers["X-ZEvent-Signature"] == made and len(made) == 64


async def test_brought_again_until_it_is_taken_and_then_never(fake: FakeZalo, clock: SetClock) -> None:
    heard: list[tuple[bytes, str | None]] = []
    status = 503

    async def post(raw: bytes, headers: dict[str, str]) -> int:
        heard.append((raw, headers.get("num_retry")))
        return status

    fake.person("lan").follows()
    for wait in (timedelta(0), *AGAIN):
        await fake.hooks.bring(post)
        await fake.hooks.bring(post)  # not yet
        clock.at += wait
    await fake.hooks.bring(post)
    assert [retry for _raw, retry in heard] == [None, "1", "2", "3", "4", "5"]
    assert len({raw for raw, _retry in heard}) == 1 and fake.hooks.off
    fake.person("lan").says("Còn ai không?")
    assert fake.hooks.waiting == [] and len(fake.hooks.lost) == 2
    status = 200
    assert await probe(post) == 200 and heard[-1] == (b"{}", None)


def test_all_ids_and_timestamps_are_text(fake: FakeZalo) -> None:
    lan = fake.person("lan")
    hooks = [lan.follows(), lan.says("a"), lan.sends_photo(JPEG), lan.sends_file(PDF, "a.pdf"), lan.sends_location(),
             lan.submits_info("84912345678"), lan.unfollows()]  # fmt: skip
    for event in (hook.event for hook in hooks):
        assert isinstance(event["timestamp"], str) and isinstance(event["app_id"], str)
        sender = event.get("sender") or event["follower"]
        assert int(sender["id"]) > 2**53 and isinstance(sender["id"], str)
    assert len({hook.event["timestamp"] for hook in hooks}) == len(hooks)
    assert "sender" not in hooks[0].event and hooks[0].event["oa_id"] == OA_ID


def test_links_to_photos_expire(fake: FakeZalo, clock: SetClock) -> None:
    url = fake.person("lan").sends_photo(JPEG).event["message"]["attachments"][0]["payload"]["url"]
    path = url.rpartition("/")[2]
    assert fake.fetch(path) == JPEG
    clock.at += timedelta(hours=2)
    assert fake.fetch(path) is None
