"""Messages of the desk: to be read at once (cs, «tin tư vấn»), as approved template, or as a small sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.zalo.refusal import OVER_LIMIT, Refusal, bad, only, words
from tests.zalo.shown import Shown

if TYPE_CHECKING:
    from tests.zalo.oa import FakeZalo

TEXT, TITLE, PAYLOAD, BUTTONS = 2000, 100, 1000, 5
Given = dict[str, Any]


def cs(fake: FakeZalo, given: Given) -> Given:
    """What stands below the words depends on the attachment: buttons, an image, a form, or a file."""
    only(given, {"recipient", "message"})
    only(given["recipient"], {"user_id"})
    message = only(given["message"], set(), {"text", "attachment", "quote_message_id"})
    more = _attached(fake, message["attachment"]) if "attachment" in message else {}
    if "media" not in more or "text" in message:
        more["text"] = words(message.get("text"), TEXT, "text")
    if more.get("media") == ("file",) and "text" in message:
        raise bad("a file has no text")
    quoted = message.get("quote_message_id")
    person = fake.hears(given["recipient"]["user_id"])
    if quoted is not None and quoted not in person.messages:
        raise bad("quote_message_id")
    billed = fake.billed(person)
    shown = person.sees(Shown(fake.new_id(), fake.clock(), billed=billed, **more))
    kind = more["media"][0] if "media" in more else "text"
    fake.echo(person, kind, shown)
    return _taken(person.id, shown) | {"quota": {"quota_type": "reply"}}


def template(fake: FakeZalo, given: Given) -> Given:
    """A text that Zalo approved before, at any time, to whoever knows the account; every value that it has, no others."""
    only(given, {"user_id", "template_id", "template_data"})
    fields = fake.templates.get(given["template_id"])
    if fields is None:
        raise bad("template_id")
    only(given["template_data"], set(fields))
    for name, most in fields.items():
        words(given["template_data"][name], most, name)
    person = fake.knows(given["user_id"])
    shown = person.sees(Shown(fake.new_id(), fake.clock(), template=given))
    fake.echo(person, "template", shown)
    return _taken(person.id, shown)


def react(fake: FakeZalo, given: Given) -> Given:
    only(given, {"recipient", "sender_action"})
    action = only(given["sender_action"], {"react_icon", "react_message_id"})
    person = fake.hears(only(given["recipient"], {"user_id"})["user_id"])
    if action["react_message_id"] not in person.messages:
        raise bad("react_message_id")
    return {"message_id": action["react_message_id"], "user_id": person.id}


def _taken(user: str, shown: Shown) -> Given:
    return {"message_id": shown.id, "user_id": user, "sent_time": str(int(shown.at.timestamp() * 1000))}


def _attached(fake: FakeZalo, given: Any) -> Given:
    payload = only(given, {"type", "payload"})["payload"]
    if given["type"] == "file":
        content = fake.uploads.of("file", only(payload, {"token"})["token"]).content
        return {"media": ("file",), "content": content}
    if given["type"] != "template" or not isinstance(payload, dict):
        raise bad("attachment")
    kind = payload.get("template_type")
    if kind == "media":
        return _picture(fake, only(payload, {"template_type", "elements"})["elements"])
    if kind == "request_user_info":
        return _form(only(payload, {"template_type", "elements"})["elements"])
    needed = {"buttons", "template_type"} if fake.buttons_are else {"buttons"}
    only(payload, needed)
    if kind != fake.buttons_are:
        raise bad("template_type")
    return {"buttons": _buttons(payload["buttons"])}


def _one(elements: Any) -> Given:
    if not isinstance(elements, list) or len(elements) != 1:
        raise bad("elements: there is exactly one")
    return dict(elements[0])


def _picture(fake: FakeZalo, elements: Any) -> Given:
    one = _one(elements)
    if "url" in only(one, {"media_type"}, {"url", "attachment_id"}):
        raise bad("url: the fake has no internet to fetch it from")
    if one["media_type"] != "image":
        raise bad("media_type")
    return {"media": ("image",), "content": fake.uploads.of("image", one.get("attachment_id")).content}


def _form(elements: Any) -> Given:
    one = only(_one(elements), {"title", "subtitle", "image_url"})
    words(one["title"], TITLE, "title")
    words(one["subtitle"], 500, "subtitle")
    _address(one["image_url"])
    return {"media": ("form",)}


def _buttons(given: Any) -> tuple[Given, ...]:
    if not isinstance(given, list) or not given:
        raise bad("buttons")
    if len(given) > BUTTONS:
        raise Refusal(OVER_LIMIT, f"more than {BUTTONS} buttons")
    for button in given:
        only(button, {"title", "type", "payload"})
        words(button["title"], TITLE, "title")
        payload = button["payload"]
        if button["type"] in ("oa.query.hide", "oa.query.show"):
            words(payload, PAYLOAD, "payload")
        elif button["type"] == "oa.open.url":
            _address(only(payload, {"url"})["url"])
        elif button["type"] == "oa.open.phone":
            if not str(only(payload, {"phone_code"})["phone_code"]).isdigit():
                raise bad("phone_code")
        else:
            raise bad("type of a button")
    return tuple(given)


def _address(url: Any) -> None:
    found = urlsplit(url if isinstance(url, str) else "")
    if found.scheme not in ("http", "https") or not found.hostname:
        raise bad("url")
