"""Raw updates in, Incoming out."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram_parse import parse
from bot.channels.telegram_update import SERVICE, chat_of
from handlers.incoming import Incoming, Media
from tests.channels.telegram_stub import AN, GROUP, HOME, message, raw, update

LAN = {"id": 900100200, "is_bot": False, "first_name": "Lan", "language_code": "vi"}
HIDDEN = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
BOT = {"id": 666000666, "is_bot": True, "first_name": "b"}
CONTACT = {"phone_number": "84901234567", "first_name": "An", "user_id": 777}
PHOTO = [{"file_id": "small", "file_unique_id": "s", "width": 90, "height": 67, "file_size": 900},
         {"file_id": "large", "file_unique_id": "l", "width": 1280, "height": 960, "file_size": 90000}]  # fmt: skip


TOPIC = message(GROUP, BOT, forum_topic_created={"name": "Quá hạn", "icon_color": 16478047})


def understood(**what: Any) -> Incoming:
    return parse(raw(update(**what)))


def said(**what: Any) -> Incoming:
    return understood(message=message(**what))


def test_words_in_private() -> None:
    found = said(text="Tra cứu\r\nmũi\x00 tiêm\u202e")
    assert (found.kind, found.text) == ("text", "Tra cứu\nmũi tiêm")
    assert (found.channel, found.event_id, found.chat, found.user) == (
        "telegram",
        "666000666:731",
        "777",
        "777",
    )
    assert found.private and found.ref == "46" and found.can == {"phone", "photo"}
    assert (found.thread, found.forum, found.anonymous, found.lang, found.reply_ref) == (
        None,
        False,
        False,
        None,
        None,
    )


def test_a_command_in_a_topic_of_a_group_as_a_reply() -> None:
    found = said(chat=GROUP, sender=LAN, text="/nhan@TiemChungBot PA-7K2MX", message_thread_id=12,
                 is_topic_message=True, reply_to_message=message(GROUP, BOT, text="PA-7K2MX"))  # fmt: skip
    assert (found.kind, found.text) == ("text", "/nhan@TiemChungBot PA-7K2MX")
    assert (found.chat, found.user, found.private) == ("-1001234567890", "900100200", False)
    assert (found.thread, found.forum, found.reply_ref, found.can) == ("12", True, "46", frozenset())


def test_the_beginning_of_a_topic_is_no_message_to_reply_to() -> None:
    assert said(chat=GROUP, sender=LAN, text="/hangdoi", reply_to_message=TOPIC).reply_ref is None


def test_a_reply_outside_topics_has_a_thread_id_too_and_no_topic() -> None:
    assert said(chat=GROUP, sender=LAN, text="ok", message_thread_id=45).thread is None


@pytest.mark.parametrize(
    "code, lang", [("vi", None), ("en", None), ("en-US", None), (None, None), ("ko", "en"), ("zh-hans", "en")]
)
def test_the_language_of_the_phone(code: str | None, lang: str | None) -> None:
    assert said(sender=AN | {"language_code": code}, text="xin chào").lang == lang
    assert said(chat=GROUP, sender=AN | {"language_code": code}, text="xin chào").lang is None


def test_a_command_for_another_bot_is_not_for_us() -> None:
    assert said(chat=GROUP, sender=LAN, text="/start@OtherBot").kind == "unsupported"
    assert said(chat=GROUP, sender=LAN, text="/start@tiemchungbot").kind == "text"
    unknown = raw(update(message=message(GROUP, LAN, text="/start@OtherBot")), name=None)
    assert parse(unknown).kind == "text"


@pytest.mark.parametrize(
    "change, own",
    [
        ({}, True),
        ({"contact": CONTACT | {"user_id": 778}}, False),
        ({"contact": {"phone_number": "84901234567", "first_name": "An"}}, False),
        ({"forward_origin": {"type": "user", "date": 1, "sender_user": AN}}, False),
        ({"via_bot": BOT}, False),
    ],
)
def test_a_shared_contact(change: dict[str, Any], own: bool) -> None:
    found = said(**({"contact": CONTACT} | change))
    assert (found.kind, found.phone, found.own_phone) == ("contact", "84901234567", own)


def test_a_contact_in_a_group_is_nobodys_phone() -> None:
    found = said(chat=GROUP, contact=CONTACT)
    assert (found.kind, found.phone, found.own_phone) == ("unsupported", None, False)


@pytest.mark.parametrize(
    "what, media",
    [
        ({"photo": PHOTO}, Media("large", "photo", "image/jpeg", 90000)),
        ({"document": {"file_id": "d", "mime_type": "image/heic", "file_size": 5}}, Media("d", "file", "image/heic", 5)),
        ({"document": {"file_id": "d"}}, Media("d", "file", None, None)),
        ({"voice": {"file_id": "v", "mime_type": "audio/ogg", "duration": 3}}, Media("v", "voice", "audio/ogg", None)),
        ({"audio": {"file_id": "a", "mime_type": "audio/mpeg"}}, Media("a", "voice", "audio/mpeg", None)),
    ],
)  # fmt: skip
def test_files(what: dict[str, Any], media: Media) -> None:
    found = said(**what, caption="giấy\x00 tiêm", media_group_id="1338")
    assert (found.kind, found.media, found.text, found.album) == ("media", (media,), "giấy tiêm", "1338")


def test_a_file_in_a_group_is_not_taken() -> None:
    found = said(chat=GROUP, sender=LAN, photo=PHOTO, caption="xem")
    assert (found.kind, found.media, found.text) == ("unsupported", (), "xem")


@pytest.mark.parametrize(
    "what",
    [
        {"sticker": {"file_id": "s"}},
        {"location": {"latitude": 1.0, "longitude": 1.0}},
        {"video": {"file_id": "v"}},
        {"video_note": {"file_id": "v"}},
        {"poll": {"id": "1"}},
        {"animation": {"file_id": "a"}, "document": {"file_id": "a", "mime_type": "video/mp4"}},
        {"something_of_2031": {}},
    ],
)
def test_what_nobody_can_read(what: dict[str, Any]) -> None:
    assert said(**what).kind == "unsupported"


def press(data: Any, chat: dict[str, Any] = GROUP, **more: Any) -> Incoming:
    of = {"message_id": 45, "chat": chat, "date": 0}
    query = {"id": "4382bf", "from": LAN, "message": of, "chat_instance": "-89", "data": data, **more}
    return understood(callback_query=query)


def test_a_press_on_a_message_that_telegram_does_not_show_any_more() -> None:
    found = press("t:9f3kQ2:take")
    assert (found.kind, found.choice, found.press, found.message_ref) == (
        "choice",
        "t:9f3kQ2:take",
        "4382bf",
        "45",
    )
    assert (found.chat, found.user, found.private, found.ref) == ("-1001234567890", "900100200", False, None)
    assert press("menu", HOME).private


@pytest.mark.parametrize(
    "data", ["a  b", "a\nb", "x" * 65, "đ" * 33, "t:" + "9" * 19, "", None, 7, "\ud800", "t\x00"]
)
def test_data_that_no_button_of_ours_has_is_an_unknown_button(data: Any) -> None:
    assert press(data).choice == "?"


def test_a_press_in_a_topic() -> None:
    of = message(GROUP, BOT, text="x", message_thread_id=12, is_topic_message=True)
    assert press("q", message=of).thread == "12"


@pytest.mark.parametrize(
    "chat, before, after, kind",
    [
        (HOME, "member", "kicked", "leave"),
        (HOME, "kicked", "member", "join"),
        (GROUP, "left", "member", "join"),
        (GROUP, "kicked", "administrator", "join"),
        (GROUP, "member", "left", "leave"),
        (GROUP, "administrator", "kicked", "leave"),
        (GROUP, "member", "administrator", "unsupported"),
    ],
)
def test_coming_and_going(chat: dict[str, Any], before: str, after: str, kind: str) -> None:
    changed = {"chat": chat, "from": LAN, "date": 1, "old_chat_member": {"status": before, "user": BOT},
               "new_chat_member": {"status": after, "user": BOT}}  # fmt: skip
    assert understood(my_chat_member=changed).kind == kind


def test_restricted_counts_as_there_only_while_a_member() -> None:
    def become(is_member: bool) -> str:
        after = {"status": "restricted", "is_member": is_member, "user": BOT}
        return understood(my_chat_member={"chat": GROUP, "from": LAN, "date": 1, "new_chat_member": after,
                                          "old_chat_member": {"status": "member", "user": BOT}}).kind  # fmt: skip

    assert (become(True), become(False)) == ("unsupported", "leave")


def test_a_group_that_became_a_supergroup() -> None:
    found = said(chat={"id": -55, "type": "group", "title": "Trạm"}, migrate_to_chat_id=-1001234567890)
    assert (found.kind, found.chat, found.text) == ("migrated", "-55", "-1001234567890")


@pytest.mark.parametrize(
    "change", [{"sender": HIDDEN, "sender_chat": GROUP}, {"sender": None}, {"sender_chat": {"id": -1009}}]
)
def test_words_of_nobody_in_particular(change: dict[str, Any]) -> None:
    assert said(**({"chat": GROUP, "sender": LAN, "text": "nhận"} | change)).anonymous


def test_an_edited_message_is_only_noticed() -> None:
    assert understood(edited_message=message(text="05/03/1968")).kind == "edited"


@pytest.mark.parametrize(
    "one, chat",
    [
        (update(message=message(text="a")), "777"),
        (update(message=message(GROUP, text="/hangdoi")), "-1001234567890"),
        (update(message=message(GROUP, text="trưa nay ăn gì?")), None),
        (update(message=message(GROUP, text="ok", reply_to_message=message(GROUP, LAN))), None),
        (update(message=message(GROUP, text="ok", reply_to_message=message(GROUP, BOT))), "-1001234567890"),
        (update(message=message(GROUP, photo=PHOTO, reply_to_message=message(GROUP, BOT))), "-1001234567890"),
        (update(message=message(GROUP, text="ok", reply_to_message=TOPIC)), None),
        (update(edited_message=message(text="a")), "777"),
        (update(edited_message=message(caption="a", photo=PHOTO)), "777"),
        (update(edited_message=message(location={})), None),
        (update(edited_message=message(GROUP, text="a")), None),
        (update(callback_query={"id": "1", "from": AN, "message": message(), "data": "a"}), "777"),
        (update(callback_query={"id": "1", "from": AN, "inline_message_id": "x"}), None),
        (update(message=message(GROUP, pinned_message=message())), None),
        (update(message=message(GROUP, migrate_to_chat_id=-100)), "-1001234567890"),
        (update(my_chat_member={"chat": HOME}), "777"),
        (update(my_chat_member={"chat": {"id": -100, "type": "channel"}}), None),
        (update(message=message(HOME | {"id": "777"}, text="a")), None),
        (update(message=message(HOME | {"id": 2**60}, text="a")), None),
        (update(inline_query={"id": "1"}), None),
        (update(message={"chat": "x"}), None),
        (update(message=[]), None),
        ([], None),
        (None, None),
        ("update", None),
    ],
)
def test_which_chat_an_update_is_for(one: Any, chat: str | None) -> None:
    assert chat_of(one) == chat


@pytest.mark.parametrize("name", sorted(SERVICE))
def test_what_a_group_does_by_itself_says_nothing(name: str) -> None:
    assert chat_of(update(message=message(GROUP, **{name: {}}))) is None
    assert said(chat=GROUP, **{name: {}}).kind == "unsupported"
