"""What the Bot API's description does not say in numbers: keyboards, commands, addresses."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from tests.telegram.refusal import bad

BUTTONS, PER_ROW = 100, 8
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_ACTS = ("url", "callback_data", "web_app", "copy_text", "switch_inline_query", "switch_inline_query_current_chat",
         "pay", "callback_game", "login_url", "switch_inline_query_chosen_chat", "disabled")  # fmt: skip
_PRIVATE_ONLY = (
    "request_contact",
    "request_location",
    "request_poll",
    "request_users",
    "request_chat",
    "web_app",
)
PORTS = (443, 80, 88, 8443)


def keyboard(markup: dict[str, Any] | None, private: bool) -> None:
    markup = markup or {}
    for row in markup.get("inline_keyboard", ()):
        if len(row) > PER_ROW:
            raise bad(f"more than {PER_ROW} buttons in a row")
        for button in row:
            _inline(button, private)
    if sum(len(row) for row in markup.get("inline_keyboard", ())) > BUTTONS:
        raise bad("reply markup is too long")
    for button in [button for row in markup.get("keyboard", ()) for button in row]:
        if not button["text"].strip():
            raise bad("text buttons are unallowed to be empty")
        if not private and any(button.get(name) for name in _PRIVATE_ONLY):
            raise bad("phone number can be requested in private chats only")
    if "keyboard" in markup and not any(markup["keyboard"]):
        raise bad("reply keyboard is empty")


def _inline(button: dict[str, Any], private: bool) -> None:
    if not button["text"].strip():
        raise bad("text buttons are unallowed to be empty")
    if sum(name in button for name in _ACTS) != 1:
        raise bad("exactly one of the optional fields of an inline button must be used")
    if "web_app" in button and not private:
        raise bad("BUTTON_TYPE_INVALID")
    if "url" in button:
        address(button["url"])
    if button.get("style") not in (None, "danger", "success", "primary"):
        raise bad("BUTTON_STYLE_INVALID")


def address(url: str) -> None:
    """Telegram takes no host without a dot: http://localhost is no address for a phone."""
    found = urlsplit(url)
    if found.scheme == "tg":
        return
    if found.scheme not in ("http", "https") or "." not in (found.hostname or ""):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def commands(given: list[dict[str, Any]]) -> None:
    if len(given) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    if not all(_COMMAND.fullmatch(one["command"]) for one in given):
        raise bad("BOT_COMMAND_INVALID")


def webhook(url: str, secret: str | None) -> None:
    found = urlsplit(url)
    if found.scheme != "https" or (found.port or 443) not in PORTS:
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad("secret token contains unallowed characters")
