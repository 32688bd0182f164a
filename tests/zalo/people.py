"""People with Zalo on their phones: what they do becomes events, exactly as Zalo would write them."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.zalo.hooks import OA_ID, Hook
from tests.zalo.shown import Shown

if TYPE_CHECKING:
    from tests.zalo.oa import FakeZalo

FOLLOW = {"source": "oa_profile"}


class Person:
    """heard_at: when the account last heard anything; open: has not turned away since. restricts: takes no such message."""

    def __init__(self, fake: FakeZalo, name: str, id_: str) -> None:
        self.fake, self.name, self.id = fake, name, id_
        self.heard_at: datetime | None = None
        self.open, self.restricts = False, False
        self.shown: list[Shown] = []
        self.messages: set[str] = set()  # ids of all messages in the chat
        self.opened: list[str] = []  # addresses of buttons
        self.called: list[str] = []

    def sees(self, shown: Shown) -> Shown:
        self.shown.append(shown)
        self.messages.add(shown.id)
        return shown

    def interacts(self) -> None:
        self.heard_at, self.open = self.fake.clock(), True

    def follows(self) -> Hook:
        self.interacts()
        return self._followed("follow", **FOLLOW)

    def unfollows(self) -> Hook:
        self.open = False
        return self._followed("unfollow", **FOLLOW)

    def _followed(self, event: str, **more: Any) -> Hook:
        who = {"oa_id": OA_ID, "follower": {"id": self.id}, "user_id_by_app": self._by_app}
        return self.fake.hooks.put({**who, "event_name": event, **more})

    @property
    def _by_app(self) -> str:
        return str(int(self.id) // 7)

    def says(self, text: str) -> Hook:
        return self.sends("user_send_text", text=text)

    def sends(self, event: str, attachments: list[dict[str, Any]] | None = None, text: str = "") -> Hook:
        """A message of any kind."""
        self.interacts()
        message: dict[str, Any] = {"msg_id": self.fake.new_id()}
        self.messages.add(message["msg_id"])
        if text or event == "user_send_image":
            message["text"] = text
        if attachments is not None:
            message["attachments"] = attachments
        return self._event(event, message=message)

    def _event(self, event: str, **more: Any) -> Hook:
        who = {"user_id_by_app": self._by_app, "sender": {"id": self.id}, "recipient": {"id": OA_ID}}
        return self.fake.hooks.put({**who, "event_name": event, **more})

    def sends_photo(self, *contents: bytes, text: str = "") -> Hook:
        """Several at once are attachments of one message."""
        attachments = []
        for content in contents:
            url = self.fake.keep(content, "jpg")
            attachments.append({"type": "image", "payload": {"thumbnail": f"{url}?small", "url": url}})
        return self.sends("user_send_image", attachments, text)

    def sends_file(self, content: bytes, name: str, checksum: str | None = None) -> Hook:
        ending = name.rpartition(".")[2]
        payload = {
            "url": self.fake.keep(content, ending),
            "size": str(len(content)),
            "name": name,
            "checksum": checksum or hashlib.md5(content).hexdigest(),
            "type": ending,
        }
        return self.sends("user_send_file", [{"type": "file", "payload": payload}])

    def sends_voice(self, content: bytes) -> Hook:
        payload = {"url": self.fake.keep(content, "amr")}
        return self.sends("user_send_audio", [{"type": "audio", "payload": payload}])

    def sends_location(self) -> Hook:
        coordinates = {"latitude": "21.33", "longitude": "104.25"}
        return self.sends("user_send_location", [{"type": "location", "payload": {"coordinates": coordinates}}])  # fmt: skip

    def sends_sticker(self) -> Hook:
        payload = {"id": "7bea2bcd05b8", "url": "https://zalo-api.zadn.vn/sticker"}
        return self.sends("user_send_sticker", [{"type": "sticker", "payload": payload}])

    def submits_info(self, phone: str) -> Hook:
        """The form that Zalo offers; nobody has proven that the phone is the sender's own."""
        self.interacts()
        info = {"name": self.name.capitalize(), "phone": phone, "user_dob": "05/03/1968", "gender": "Nữ"}
        return self._event("user_submit_info", info=info)

    def presses(self, label: str) -> Hook | None:
        """The newest button with this label, or one that begins so. Of a list the number is typed, where nothing to choose
        from came after it; else the words."""
        for exact in (True, False):
            newest = True
            for shown in reversed(self.shown):
                for button in shown.buttons:
                    if _is(button["title"], label, exact):
                        return self._pressed(button)
                for number, words in shown.numbered.items():
                    if _is(words, label, exact):
                        return self.says(number if newest else words)
                newest = newest and not shown.buttons and not shown.numbered
        standing = "\n---\n".join(f"{one.text}\n{[b['title'] for b in one.buttons]}" for one in self.shown[-3:])  # fmt: skip
        raise AssertionError(f"{self.name} sees no button «{label}»; there stands:\n{standing}")

    def _pressed(self, button: dict[str, Any]) -> Hook | None:
        """A button for the desk comes back as text; oa.query.show leaves it to be read in the chat."""
        payload = button["payload"]
        if button["type"] == "oa.open.url":
            self.opened.append(payload["url"])
        elif button["type"] == "oa.open.phone":
            self.called.append(payload["phone_code"])
        else:
            return self.says(payload)
        return None


def _is(words: str, label: str, exact: bool) -> bool:
    return words == label if exact else words.startswith(label)
