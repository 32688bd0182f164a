"""The fake refuses what Telegram refuses: a call a row, and the words of the refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.telegram.api import TOKEN, FakeTelegram
from tests.telegram.chats import Upload
from tests.telegram.markup import parsed, starred
from tests.telegram.rates import Rates, most_within

START = datetime(2026, 11, 20, 9, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fake(clock: Clock) -> FakeTelegram:
    made = FakeTelegram(clock)
    made.person("lan").says("/start")
    return made


def call(fake: FakeTelegram, method: str, **given: Any) -> dict[str, Any]:
    if method.startswith(("send", "edit", "delete")):
        given.setdefault("chat_id", fake.person("lan").id)
    return fake.call(TOKEN, method, given)


def inline(*row: dict[str, Any]) -> str:
    return json.dumps({"inline_keyboard": [list(row)]})


def button(**more: Any) -> dict[str, Any]:
    return {"text": "Gửi", **({"callback_data": "f::send"} | more)}


REFUSED: list[tuple[str, str, dict[str, Any], str]] = [
    ("a method that is none", "sendMassage", {"text": "a"}, "Not Found"),
    ("a parameter that is none", "sendMessage", {"text": "a", "disable_web_page_preview": True}, "unknown parameter"),
    ("no text", "sendMessage", {}, "message text is empty"),
    ("text of blanks", "sendMessage", {"text": " \n"}, "message text is empty"),
    ("text too long", "sendMessage", {"text": "ă" * 4097}, "message is too long"),
    ("emoji are two", "sendMessage", {"text": "😀" * 2049}, "message is too long"),
    ("a tag that is none", "sendMessage", {"text": "<br>", "parse_mode": "HTML"}, 'Unsupported start tag "br"'),
    ("a tag left open", "sendMessage", {"text": "<b>a", "parse_mode": "HTML"}, "Can't find end tag"),
    ("tags crossed", "sendMessage", {"text": "<b><i>a</b></i>", "parse_mode": "HTML"}, "Unexpected end tag"),
    ("a smaller-than", "sendMessage", {"text": "1 < 2", "parse_mode": "HTML"}, "can't parse entities"),
    ("caption too long", "sendPhoto", {"photo": Upload("a.jpg", b"a"), "caption": "a" * 1025}, "caption is too long"),
    ("photo too large", "sendPhoto", {"photo": Upload("a.jpg", bytes(10_000_001))}, "file is too big"),
    ("an unknown file", "sendDocument", {"document": "AgAC"}, "wrong file identifier"),
    ("đ is two bytes", "sendMessage", {"text": "a", "reply_markup": inline(button(callback_data="đ" * 33))}, "BUTTON_DATA_INVALID"),
    ("two acts in a button", "sendMessage", {"text": "a", "reply_markup": inline(button(url="https://a.vn"))}, "exactly one"),
    ("nine in a row", "sendMessage", {"text": "a", "reply_markup": inline(*[button()] * 9)}, "8 buttons in a row"),
    ("101 buttons", "sendMessage", {"text": "a", "reply_markup": {"inline_keyboard": [[button()]] * 101}}, "too long"),
    ("copied text too long", "sendMessage", {"text": "a", "reply_markup": inline({"text": "a", "copy_text": {"text": "a" * 257}})}, "1-256"),
    ("no address for a phone", "sendMessage", {"text": "a", "reply_markup": inline({"text": "a", "url": "http://localhost/a"})}, "Wrong HTTP URL"),
    ("an unknown style", "sendMessage", {"text": "a", "reply_markup": inline(button(style="red"))}, "STYLE"),
    ("a keyboard of what is none", "sendMessage", {"text": "a", "reply_markup": {"buttons": []}}, "is none of"),
    ("a truth that is none", "sendMessage", {"text": "a", "protect_content": "yes"}, "wrong type"),
    ("an answered message that is gone", "sendMessage", {"text": "a", "reply_parameters": {"message_id": 9}}, "to be replied not found"),
    ("an unknown topic", "sendMessage", {"text": "a", "message_thread_id": 12}, "message thread not found"),
    ("an unknown message", "editMessageText", {"text": "a", "message_id": 9}, "message to edit not found"),
    ("somebody else's message", "editMessageText", {"text": "a", "message_id": 101}, "message can't be edited"),
    ("nothing to delete", "deleteMessage", {"message_id": 9}, "message to delete not found"),
    ("a stranger", "sendMessage", {"text": "a", "chat_id": 5}, "chat not found"),
    ("a press that was none", "answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
    ("a long answer to a press", "answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "TOO_LONG"),
    ("a capital in a command", "setMyCommands", {"commands": [{"command": "traCuu", "description": "a"}]}, "COMMAND_INVALID"),
    ("a command without a word", "setMyCommands", {"commands": [{"command": "tracuu", "description": ""}]}, "1-256"),
    ("an unknown scope", "setMyCommands", {"commands": [], "scope": {"type": "everyone"}}, "is none of"),
    ("a webhook without TLS", "setWebhook", {"url": "http://desk.vn/tg"}, "HTTPS URL"),
    ("a secret with a blank", "setWebhook", {"url": "https://desk.vn/tg", "secret_token": "a b"}, "unallowed characters"),
    ("a topic where there are none", "createForumTopic", {"chat_id": 700001, "name": "a"}, "not a forum"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "given", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_refused(fake: FakeTelegram, method: str, given: dict[str, Any], words: str) -> None:
    answer = call(fake, method, **given)
    assert not answer["ok"] and words in answer["description"]
    assert fake.log[-1].answer == answer and fake.refused() == fake.log[-1:]


ACCEPTED: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"text": "ă" * 4096, "protect_content": "true", "disable_notification": True}),
    ("sendMessage", {"text": "<b>" + "a" * 4096 + "</b>", "parse_mode": "HTML"}),
    ("sendMessage", {"text": "a", "reply_markup": {"inline_keyboard": [[button(callback_data="đ" * 32)] * 8] * 12}}),
    ("sendMessage", {"text": "a", "reply_markup": {"keyboard": [[{"text": "Số", "request_contact": True}]]}}),
    ("sendMessage", {"text": "a", "reply_parameters": {"message_id": 9, "allow_sending_without_reply": True}}),
    ("sendPhoto", {"photo": Upload("a.jpg", b"a"), "caption": "a" * 1024}),
    ("setMyCommands", {"commands": [{"command": "rut_dong_y", "description": "Rút đồng ý"}], "scope": {"type": "all_group_chats"}}),
    ("setWebhook", {"url": "https://desk.vn:8443/tg", "secret_token": "a-B_9"}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "given"), ACCEPTED)
def test_accepted(fake: FakeTelegram, method: str, given: dict[str, Any]) -> None:
    assert call(fake, method, **given)["ok"], fake.log[-1]


def test_html_is_read_as_telegram_reads_it() -> None:
    words, entities = parsed(
        ' 😀 Mã <b>PA-7K2M</b> &lt;x&gt; &#39;<a href="https://a.vn?b=1&amp;c">b</a>\n', "HTML"
    )
    assert words == "😀 Mã PA-7K2M <x> 'b"
    assert [(one["type"], one["offset"], one["length"]) for one in entities] == [
        ("bold", 6, 7),
        ("text_link", 19, 1),
    ]
    assert entities[1]["url"] == "https://a.vn?b=1&c"
    assert starred(words, entities) == "😀 Mã **PA-7K2M** <x> 'b"


def test_a_wrong_token(fake: FakeTelegram) -> None:
    assert fake.call("1:a", "getMe", {})["error_code"] == 401


def test_what_is_confirmed_is_forgotten(fake: FakeTelegram) -> None:
    """True offsets: whoever confirms before he has handled loses it."""
    lan = fake.person("lan")
    for n in range(3):
        lan.says(str(n))
    first, second, *_rest = got = call(fake, "getUpdates")["result"]
    assert [one["message"]["text"] for one in got] == ["/start", "0", "1", "2"]
    assert call(fake, "getUpdates", offset=first["update_id"] + 1, limit=1)["result"] == [second]
    assert call(fake, "getUpdates", offset=second["update_id"] + 3)["result"] == []
    assert call(fake, "getUpdates")["result"] == []


def test_updates_wait_a_day_and_only_those_that_were_asked_for(fake: FakeTelegram, clock: Clock) -> None:
    assert len(call(fake, "getUpdates", allowed_updates=["message"])["result"]) == 1
    fake.person("lan").forges("f::send")
    clock.passes(hours=25)
    assert call(fake, "getUpdates")["result"] == [] and len(fake.updates.lost) == 1
    call(fake, "setWebhook", url="https://desk.vn/tg")
    assert call(fake, "getUpdates")["error_code"] == 409


def test_a_message_is_edited_in_place(fake: FakeTelegram, clock: Clock) -> None:
    lan = fake.person("lan")
    sent = call(fake, "sendMessage", text="Câu 1", reply_markup=inline(button()))["result"]
    same = {"message_id": sent["message_id"], "text": "Câu 1", "reply_markup": inline(button())}
    assert "message is not modified" in call(fake, "editMessageText", **same)["description"]
    assert call(fake, "editMessageText", **same | {"text": "Câu 2"})["ok"]
    assert lan.chat.newest()[0].text == "Câu 2" and len(lan.chat.newest()) == 1
    assert call(fake, "editMessageText", message_id=sent["message_id"], text="Xong")["ok"]
    with pytest.raises(AssertionError, match="no button"):
        lan.presses("Gửi")
    asked = call(
        fake,
        "sendMessage",
        text="Số?",
        reply_markup={"keyboard": [[{"text": "Số", "request_contact": True}]]},
    )
    refused = call(fake, "editMessageText", message_id=asked["result"]["message_id"], text="b")
    assert "can't be edited" in refused["description"]
    clock.passes(hours=49)
    assert "can't be deleted" in call(fake, "deleteMessage", message_id=sent["message_id"])["description"]


def test_a_press_is_answered_once_and_soon(fake: FakeTelegram, clock: Clock) -> None:
    lan = fake.person("lan")
    call(
        fake,
        "sendMessage",
        text="a",
        reply_markup=inline(button(), {"text": "Mã", "copy_text": {"text": "PA"}}),
    )
    press = lan.presses("Gửi")
    lan.presses("Mã")
    query = call(fake, "getUpdates")["result"][-1]["callback_query"]
    assert query["data"] == "f::send" and query["chat_instance"] and lan.copied == ["PA"]
    answer = {"callback_query_id": query["id"], "text": "Đã gửi"}
    assert call(fake, "answerCallbackQuery", **answer)["ok"]
    assert press and press.toast == "Đã gửi"  # type: ignore[union-attr]
    assert not call(fake, "answerCallbackQuery", **answer)["ok"]
    late = lan.forges("f::send")
    clock.passes(minutes=2)
    assert not call(fake, "answerCallbackQuery", callback_query_id=late.id)["ok"]


def test_who_blocked_the_bot_and_who_never_wrote(fake: FakeTelegram) -> None:
    lan = fake.person("lan")
    lan.blocks()
    assert call(fake, "sendMessage", text="a")["error_code"] == 403
    change = call(fake, "getUpdates")["result"][-1]["my_chat_member"]
    assert change["new_chat_member"]["status"] == "kicked" and change["chat"]["type"] == "private"
    lan.unblocks()
    assert call(fake, "sendMessage", text="a")["ok"]
    assert "initiate" in call(fake, "sendMessage", chat_id=fake.person("an").id, text="a")["description"]


def test_a_group_hears_little_moves_and_throws_out(fake: FakeTelegram) -> None:
    pao = fake.person("pao")
    group = fake.group("Trạm", supergroup=False)
    group.takes_in(pao)
    contact = {"keyboard": [[{"text": "Số", "request_contact": True}]]}
    refused = call(fake, "sendMessage", chat_id=group.chat.id, text="a", reply_markup=contact)
    assert "private chats only" in refused["description"]
    before = len(call(fake, "getUpdates")["result"])
    card = call(fake, "sendMessage", chat_id=group.chat.id, text="Phiếu")["result"]
    pao.says("chào", group.chat)
    assert len(call(fake, "getUpdates")["result"]) == before  # privacy mode
    pao.says("/nhan@TiemChungBot", group.chat, anonymous=True)
    pao.says("đã xem", group.chat, reply_to=card["message_id"])
    command, answer = (one["message"] for one in call(fake, "getUpdates")["result"][before:])
    assert command["from"]["id"] == 1087968824 and command["sender_chat"]["id"] == group.chat.id
    assert answer["reply_to_message"]["message_id"] == card["message_id"]
    bigger = group.upgrades(pao)
    moved = call(fake, "sendMessage", chat_id=group.chat.id, text="a")
    assert moved["parameters"] == {"migrate_to_chat_id": bigger.chat.id}
    told, joined, came = call(fake, "getUpdates")["result"][-3:]
    old, new = told["message"], came["message"]
    assert joined["my_chat_member"]["chat"]["id"] == bigger.chat.id
    assert old["migrate_to_chat_id"] == new["chat"]["id"] and new["migrate_from_chat_id"] == old["chat"]["id"]
    bigger.throws_out(pao)
    assert "kicked" in call(fake, "sendMessage", chat_id=bigger.chat.id, text="a")["description"]


def test_topics_need_a_forum_and_a_right(fake: FakeTelegram) -> None:
    pao, group = fake.person("pao"), fake.group("Trạm", forum=True)
    group.takes_in(pao)
    where = {"chat_id": group.chat.id}
    assert "not enough rights" in call(fake, "createForumTopic", **where, name="Phản ánh")["description"]
    group.takes_in(pao, "can_manage_topics")
    thread = call(fake, "createForumTopic", **where, name="Phản ánh")["result"]["message_thread_id"]
    sent = call(fake, "sendMessage", **where, text="Phiếu", message_thread_id=thread)["result"]
    assert sent["is_topic_message"] and sent["message_thread_id"] == thread
    assert (
        "not enough rights"
        in call(fake, "pinChatMessage", **where, message_id=sent["message_id"])["description"]
    )
    assert call(fake, "deleteForumTopic", **where, message_thread_id=thread)["ok"]
    gone = call(fake, "sendMessage", **where, text="Phiếu", message_thread_id=thread)
    assert "thread not found" in gone["description"]


@pytest.mark.parametrize(
    ("chats", "at_once", "wait"),
    [(lambda fake: [fake.person("lan").id], 3, 3), (lambda fake: [fake.group("Trạm").chat.id], 20, 60),
     (lambda fake: [started(fake, f"p{n}") for n in range(40)], 30, 3)],
    ids=["a person", "a group", "the bot"],
)  # fmt: skip
def test_rates(
    fake: FakeTelegram, clock: Clock, chats: Callable[[FakeTelegram], list[int]], at_once: int, wait: int
) -> None:
    """Beyond the pace it says for how long; who does not wait stays refused."""
    ids = chats(fake)
    fake.rates = Rates()

    def send(n: int) -> dict[str, Any]:
        return call(fake, "sendMessage", chat_id=ids[n % len(ids)], text="a")

    assert all(send(n)["ok"] for n in range(at_once))
    assert send(at_once)["error_code"] == 429
    assert send(at_once)["parameters"] == {"retry_after": wait}
    clock.passes(seconds=wait - 0.5)
    assert send(at_once)["parameters"] == {"retry_after": 1}
    clock.passes(seconds=0.5)
    assert send(at_once)["ok"]


def started(fake: FakeTelegram, name: str) -> int:
    fake.person(name).says("/start")
    return fake.person(name).id


def test_files_come_back_unless_they_are_too_large(fake: FakeTelegram) -> None:
    lan = fake.person("lan")
    album = lan.sends_album(b"one", b"two", caption="Sổ tiêm")
    assert album[0].more == album[1].more and album[0].text and not album[1].text
    largest = album[0].media["photo"][-1]
    assert (
        fake.files[call(fake, "getFile", file_id=largest["file_id"])["result"]["file_path"].split("/")[1]]
        == b"one"
    )
    big = lan.sends_document(bytes(20_000_001), "a.pdf", "application/pdf").media["document"]
    assert "too big" in call(fake, "getFile", file_id=big["file_id"])["description"]


def test_windows() -> None:
    at = [START + timedelta(seconds=s) for s in (0, 0.5, 0.99, 1, 3)]
    assert most_within(at, timedelta(seconds=1)) == 3
