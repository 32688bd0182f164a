"""Bodies of the outbox in, calls to the Bot API out; errors of the Bot API in, outcomes out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.error import TimedOut

from bot import renders
from bot.channels import Blocked, Gone, Held, Moved, Outcome, Refused, Sent, Unknown
from bot.channels.telegram_request import Unreached
from tests.channels.telegram_stub import Desk, Wire, choice, desk, no, ok, out
from tests.world import FRIDAY

GROUP = "-1001234567890"
PLAIN = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


@pytest.fixture
async def make(desk_file: Path) -> AsyncIterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def a_desk(**answers: Any) -> Desk:
        lists = {name: given if isinstance(given, list) else [given] for name, given in answers.items()}
        made.append(desk(desk_file, Wire(answers=lists)))
        return made[-1]

    yield a_desk
    for one in made:
        await one.db.close()


async def sent(made: Desk, **given: Any) -> tuple[Outcome, list[tuple[str, dict[str, Any]]]]:
    return await made.telegram.send(out(**given)), made.wire.calls


async def test_words(make: Callable[..., Desk]) -> None:
    outcome, calls = await sent(make(), text="**Mũi 1** <2 & còn> 015******234")
    assert outcome == Sent("45")
    assert calls == [("sendMessage", {"chat_id": "777", "text": "<b>Mũi 1</b> &lt;2 &amp; còn&gt; 015******234", **PLAIN})]  # fmt: skip


async def test_how_a_message_comes(make: Callable[..., Desk]) -> None:
    made = make()
    await sent(made, chat=GROUP, text="a", sensitive=True, silent=True, thread="12")
    (said,) = made.wire.of("sendMessage")
    assert said == {"chat_id": GROUP, "text": "a", **PLAIN, "protect_content": True, "disable_notification": True,
                    "message_thread_id": "12"}  # fmt: skip


async def test_buttons(make: Callable[..., Desk]) -> None:
    made = make()
    choices = [choice("Nhận", "t:1:take", "primary"), choice("Từ chối", "t:1:no", "danger"),
               choice("Hẹn trả lời sau giờ làm việc", "t:1:later"), choice("Mở riêng", "", url="https://t.me/b?start=t_1")]  # fmt: skip
    await sent(made, chat=GROUP, text="Phiếu", choices=choices)
    assert made.wire.of("sendMessage")[0]["reply_markup"] == {
        "inline_keyboard": [
            [
                {"text": "Nhận", "callback_data": "t:1:take", "style": "primary"},
                {"text": "Từ chối", "callback_data": "t:1:no", "style": "danger"},
            ],
            [{"text": "Hẹn trả lời sau giờ làm việc", "callback_data": "t:1:later"}],
            [{"text": "Mở riêng", "url": "https://t.me/b?start=t_1"}],
        ]
    }


async def test_a_code_can_be_copied_and_two_codes_cannot(make: Callable[..., Desk]) -> None:
    made = make()
    await sent(made, text="Mã phản ánh là **PA-7K2MX**.")
    await sent(made, text="Code: **PA-7K2MX**", lang="en", choices=[choice("Menu")])
    await sent(made, text="**PA-7K2MX** và **PA-7K2MY**")
    await sent(made, chat=GROUP, text="**PA-7K2MX** · Thiếu mũi tiêm")
    one, english, two, group = made.wire.of("sendMessage")
    key = {"text": "Sao chép mã", "copy_text": {"text": "PA-7K2MX"}}
    assert one["reply_markup"] == {"inline_keyboard": [[key]]}
    assert english["reply_markup"]["inline_keyboard"][1][0]["text"] == "Copy the code"
    assert "reply_markup" not in two
    assert "reply_markup" not in group, "there it would stand below every card"


async def test_an_answer_points_to_what_it_answers(make: Callable[..., Desk]) -> None:
    made = make()
    await sent(made, chat=GROUP, text="Đã ghi chú", answers=[GROUP, "41"])
    await sent(made, chat=GROUP, text="Đã ghi chú", answers=["-77", "41"])  # the group has moved since
    here, moved = made.wire.of("sendMessage")
    assert here["reply_parameters"] == {"message_id": 41, "allow_sending_without_reply": True}
    assert "reply_parameters" not in moved


async def test_a_button_that_telegram_would_not_take_is_left_out(make: Callable[..., Desk]) -> None:
    made = make()
    choices = [choice("Dài", "đ" * 33), *(choice(f"Một nơi có tên dài {n}", f"x:{n}") for n in range(101))]
    await sent(made, text="Chọn", choices=choices)
    rows = made.wire.of("sendMessage")[0]["reply_markup"]["inline_keyboard"]
    assert len(rows) == 100 and rows[0][0]["callback_data"] == "x:0"


async def test_a_long_text_comes_in_pieces_and_the_buttons_with_the_last(make: Callable[..., Desk]) -> None:
    made = make(sendMessage=[ok({"message_id": 1}), ok({"message_id": 2}), ok({"message_id": 3})])
    line = "Một dòng có **chữ đậm** và 😷.\n"
    text = line * 300
    outcome, _calls = await sent(made, text=text, choices=[choice("Menu")])
    pieces = made.wire.of("sendMessage")
    assert outcome == Sent("3") and len(pieces) == 3
    assert all(len(piece["text"].encode("utf-16-le")) // 2 <= 4096 + 7 * 200 for piece in pieces)
    assert ["reply_markup" in piece for piece in pieces] == [False, False, True]
    assert sum(piece["text"].count("<b>chữ đậm</b> và 😷.") for piece in pieces) == 300


async def test_the_phone_is_asked_for_by_a_key_in_private_only(make: Callable[..., Desk]) -> None:
    made = make()
    asked = {"text": "Số điện thoại?", "request": "phone", "choices": [choice("Bỏ qua"), choice("Dừng")]}
    await sent(made, **asked)
    await sent(made, chat=GROUP, **asked)
    private, group = made.wire.of("sendMessage")
    assert private["reply_markup"] == {
        "keyboard": [
            [{"text": "Chia sẻ số của tôi", "request_contact": True}],
            [{"text": "Bỏ qua"}, {"text": "Dừng"}],
        ],
        "resize_keyboard": True,
        "one_time_keyboard": True,
        "input_field_placeholder": "Số điện thoại",
    }
    assert "inline_keyboard" in group["reply_markup"]


async def test_the_home_menu_stays_below_the_box(make: Callable[..., Desk]) -> None:
    made = make()
    labels = ("Tra cứu mũi tiêm", "Phản ánh sai sót", "Trợ giúp")
    await sent(made, text="Anh/Chị cần gì?", home=True, choices=[choice(label) for label in labels])
    assert made.wire.of("sendMessage")[0]["reply_markup"] == {
        "keyboard": [[{"text": labels[0]}, {"text": labels[1]}], [{"text": labels[2]}]],
        "resize_keyboard": True,
        "is_persistent": True,
    }


@pytest.mark.parametrize("place", [{}, {"place": "here"}])
async def test_a_message_changes_in_its_place(make: Callable[..., Desk], place: dict[str, str]) -> None:
    outcome, calls = await sent(
        make(editMessageText=ok()), ref="40", text="Câu 2", choices=[choice("Dừng")], **place
    )
    keys = {"inline_keyboard": [[{"text": "Dừng", "callback_data": "menu"}]]}
    assert outcome == Sent("40")
    assert calls == [("editMessageText", {"chat_id": "777", "message_id": "40", "text": "Câu 2", **PLAIN, "reply_markup": keys})]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        {"text": "Câu 2", "place": "end"},
        {"text": "Số?", "place": "here", "request": "phone"},
        {"text": "Menu", "home": True, "choices": [choice("Trợ giúp")]},
    ],
)
async def test_a_message_that_cannot_change_comes_anew_and_the_old_one_goes(
    make: Callable[..., Desk], body: dict[str, Any]
) -> None:
    made = make(deleteMessage=no(400, "Bad Request: message can't be deleted for everyone"))
    outcome, calls = await sent(made, ref="40", **body)
    assert outcome == Sent("45") and made.wire.methods == ["sendMessage", "deleteMessage"]
    assert calls[1][1] == {"chat_id": "777", "message_id": "40"}


async def test_words_to_who_pressed(make: Callable[..., Desk]) -> None:
    made = make(answerCallbackQuery=ok())
    body = {"kind": "toast", "press": "4382", "alert": True}
    assert (await sent(made, chat=GROUP, text="**Phiếu** đã thay đổi " * 20, **body))[0] == Sent()
    (said,) = made.wire.of("answerCallbackQuery")
    assert (said["callback_query_id"], said["show_alert"]) == ("4382", True)
    assert len(said["text"]) <= 200 and said["text"].endswith("…") and "*" not in said["text"]
    await sent(made, text="Đã lưu", **body)  # in private the press was answered before the turn
    assert made.wire.of("sendMessage")[0]["text"] == "Đã lưu"


async def test_a_topic_is_made(make: Callable[..., Desk]) -> None:
    made = make(createForumTopic=ok({"message_thread_id": 12, "name": "Quá hạn", "icon_color": 16478047}))
    outcome, calls = await sent(made, chat=GROUP, kind="topic", text="Quá hạn", queue="overdue")
    assert outcome == Sent("12") and calls == [("createForumTopic", {"chat_id": GROUP, "name": "Quá hạn"})]
    refused = make(createForumTopic=no(400, "Bad Request: not enough rights to create a topic"))
    outcome, _calls = await sent(refused, chat=GROUP, kind="topic", text="Quá hạn")
    assert outcome == Refused("Not enough rights to create a topic")


async def test_a_summary_is_pinned_where_the_group_lets_us(make: Callable[..., Desk]) -> None:
    made = make(pinChatMessage=no(400, "Bad Request: not enough rights to manage pinned messages"))
    assert (await sent(made, chat=GROUP, text="Hàng đợi", pin=True))[0] == Sent("45")
    assert made.wire.of("pinChatMessage") == [
        {"chat_id": GROUP, "message_id": "45", "disable_notification": True}
    ]
    await sent(made, chat=GROUP, text="Hàng đợi", pin=True, ref="45")
    assert made.wire.methods[-1] == "editMessageText"


@pytest.mark.parametrize("answer", [ok(), no(400, "Bad Request: message to delete not found")])
async def test_deleting_is_tried(make: Callable[..., Desk], answer: Any) -> None:
    outcome, calls = await sent(make(deleteMessage=answer), kind="delete", message="46")
    assert outcome == Sent() and calls == [("deleteMessage", {"chat_id": "777", "message_id": "46"})]


async def test_evidence_is_sent_protected(make: Callable[..., Desk]) -> None:
    made = make()
    name = await made.files.keep(b"jpeg")
    photo = {"file": name, "kind": "photo", "mime": "image/jpeg"}
    for item in (photo, photo | {"kind": "pdf", "mime": "application/pdf"}, photo | {"kind": "voice", "mime": "audio/ogg"}):  # fmt: skip
        assert (await sent(made, kind="media", media=[item], sensitive=True))[0] == Sent("45")
    assert made.wire.methods == ["sendPhoto", "sendDocument", "sendVoice"]
    assert made.wire.calls[0][1] == {
        "chat_id": "777",
        "protect_content": True,
        "photo": ("phananh48.jpg", b"jpeg"),
    }
    assert made.wire.calls[1][1]["document"] == ("phananh48.pdf", b"jpeg")


async def test_evidence_that_was_erased(make: Callable[..., Desk]) -> None:
    item = {"file": "gone", "kind": "photo", "mime": "image/jpeg"}
    outcome, calls = await sent(make(), kind="media", media=[item])
    assert outcome == Refused("the file was erased") and calls == []


async def test_a_picture_of_a_shape_that_is_no_photo_goes_as_a_file(
    make: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def drawn(*_given: Any) -> tuple[bytes, str, str]:
        return b"png", "bang.png", "image/png"

    monkeypatch.setattr(renders, "render", drawn)
    made = make(sendPhoto=no(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    assert (await sent(made, kind="media", media=[{"render": "board_chart"}]))[0] == Sent("45")
    assert made.wire.calls[1] == ("sendDocument", {"chat_id": "777", "document": ("bang.png", b"png")})


async def test_markup_that_telegram_does_not_understand_goes_as_plain_text(make: Callable[..., Desk]) -> None:
    refused = no(400, "Bad Request: can't parse entities: unsupported start tag")
    made = make(sendMessage=[refused, ok({"message_id": 46})], editMessageText=[refused, ok()])
    assert (await sent(made, text="**a** < b"))[0] == Sent("46")
    assert (await sent(made, text="**a** < b", ref="40"))[0] == Sent("40")
    for again in (made.wire.calls[1][1], made.wire.calls[3][1]):
        assert again["text"] == "a < b" and "parse_mode" not in again


async def test_an_address_that_is_none_for_a_button_is_said_in_words(make: Callable[..., Desk]) -> None:
    refused = no(400, "Bad Request: inline keyboard button URL 'http://127.0.0.1' is invalid: Wrong HTTP URL")
    made = make(sendMessage=[refused, ok({"message_id": 46})])
    choices = [choice("Mở trang", "", url="http://127.0.0.1"), choice("Menu")]
    assert (await sent(made, text="a", choices=choices))[0] == Sent("46")
    again = made.wire.calls[1][1]
    assert (
        again["text"] == "a\nMở trang: http://127.0.0.1"
        and len(again["reply_markup"]["inline_keyboard"]) == 1
    )


OUTCOMES = [
    (no(403, "Forbidden: bot was blocked by the user"), {}, Blocked("Forbidden: bot was blocked by the user")),
    (no(403, "Forbidden: user is deactivated"), {}, Blocked("Forbidden: user is deactivated")),
    (no(403, "Forbidden: bot was kicked from the supergroup chat"), {}, Blocked("Forbidden: bot was kicked from the supergroup chat")),
    (no(400, "Bad Request: chat not found"), {}, Blocked("Chat not found")),
    (no(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1009), {}, Moved("-1009")),
    (no(400, "Bad Request: message is not modified: specified new message content"), {"ref": "40"}, Sent("40")),
    (no(400, "Bad Request: message to edit not found"), {"ref": "40"}, Gone("message")),
    (no(400, "Bad Request: message can't be edited"), {"ref": "40"}, Gone("message")),
    (no(400, "Bad Request: message thread not found"), {"thread": "12"}, Gone("topic")),
    (no(400, "Bad Request: message thread not found"), {}, Refused("Message thread not found")),
    (no(400, "Bad Request: message text is empty"), {}, Refused("Message text is empty")),
    (no(401, "Unauthorized"), {}, Held(FRIDAY + timedelta(minutes=5), everywhere=True)),
    (no(502, "Bad Gateway"), {}, Unknown("Bad Gateway")),
    ((500, b"<html>"), {}, Unknown("Internal Server Error (500)")),
    (TimedOut(), {}, Unknown("Timed out")),
    (Unreached("ClientConnectorError"), {}, Held(FRIDAY + timedelta(seconds=10), everywhere=True)),
]  # fmt: skip


@pytest.mark.parametrize("answer, how, outcome", OUTCOMES)
async def test_what_an_answer_means(
    make: Callable[..., Desk], answer: Any, how: dict[str, Any], outcome: Outcome
) -> None:
    found, calls = await sent(make(sendMessage=answer, editMessageText=answer), text="a", **how)
    assert found == outcome and len(calls) == 1


async def test_a_press_that_is_too_old_is_answered_as_well_as_can_be(make: Callable[..., Desk]) -> None:
    answer = no(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    made = make(answerCallbackQuery=answer)
    assert (await sent(made, chat=GROUP, kind="toast", text="a", press="1"))[0] == Sent()


@pytest.mark.parametrize("trouble", [no(429, "Too Many Requests", retry_after=14), no(502, "Bad Gateway")])
async def test_a_long_text_that_was_taken_in_part_is_counted(make: Callable[..., Desk], trouble: Any) -> None:
    """Its beginning is read twice."""
    made = make(sendMessage=[ok({"message_id": 46}), trouble])
    outcome, calls = await sent(made, text="a " * 3000)
    assert isinstance(outcome, Unknown) and len(calls) == 2


async def test_silence_that_telegram_asks_for_is_for_the_whole_bot(make: Callable[..., Desk]) -> None:
    outcome, _calls = await sent(make(sendMessage=no(429, "Too Many Requests: retry after 14", retry_after=14)), text="a")  # fmt: skip
    assert isinstance(outcome, Held) and outcome.everywhere
    assert timedelta(seconds=14) <= outcome.until - FRIDAY <= timedelta(seconds=17)


async def test_a_list_of_commands_is_set_once_and_where_it_cannot_be_the_message_counts(make: Any) -> None:
    made = make(setMyCommands=[no(400, "Bad Request: chat not found"), ok()])
    for _n in range(3):
        assert (await sent(made, text="a", commands=["hangdoi"]))[0] == Sent("45")
    mine = {"commands": [{"command": "hangdoi", "description": "Hàng đợi"}], "scope": {"type": "chat", "chat_id": "777"}}  # fmt: skip
    assert made.wire.of("setMyCommands") == [mine, mine]  # the second time it was taken
    await sent(made, text="a", commands=[])
    assert made.wire.of("deleteMyCommands") == [{"scope": {"type": "chat", "chat_id": "777"}}]
