"""What the settings of Zalo must look like; what is wrong is said without repeating a secret."""

from __future__ import annotations

import json
import re

from pydantic import ValidationInfo

PLACES = ("code", "unit", "state", "link")  # what a template's values may be made of


def number(value: str) -> str:
    if value and not re.fullmatch(r"[0-9]{5,25}", value):
        raise ValueError("must be the digits that Zalo shows; empty: no Zalo Official Account")
    return value


def template(value: str) -> str:
    if value and not re.fullmatch(r"[0-9]{1,25}", value):
        raise ValueError("must be the digits of the template that Zalo approved; empty: no template")
    return value


def _needed(name: str, value: str, others: ValidationInfo) -> str:
    if not value and others.data.get("zalo_app_id"):
        raise ValueError(f"{name} is missing; leave ZALO_APP_ID empty to run without Zalo")
    if value and not re.fullmatch(r"[!-~]{8,200}", value):
        raise ValueError("must be 8 to 200 characters without blanks, as Zalo shows them")
    return value


def app_secret(value: str, others: ValidationInfo) -> str:
    return _needed("ZALO_APP_SECRET", value, others)


def oa_secret(value: str, others: ValidationInfo) -> str:
    return _needed("ZALO_OA_SECRET", value, others)


def refresh_token(value: str) -> str:
    if value and not re.fullmatch(r"[!-~]{20,2000}", value):
        raise ValueError("must be the refresh token that Zalo gave, without blanks")
    return value


def template_data(value: str) -> str:
    try:
        data = json.loads(value)
    except ValueError:
        data = None
    if not isinstance(data, dict) or not all(isinstance(text, str) for text in data.values()):
        raise ValueError('must be a JSON object of texts, for example {"ma_phan_anh": "{code}"}')
    unknown = {name for text in data.values() for name in re.findall(r"\{(.*?)\}", text)} - {*PLACES}
    if unknown:
        raise ValueError(
            f"{{{min(unknown)}}} is not known; there are {{code}}, {{unit}}, {{state}} and {{link}}"
        )
    return value


def bot_token(value: str) -> str:
    if value and not re.fullmatch(r"[A-Za-z0-9:_-]{16,200}", value):
        raise ValueError("must be the token that Zalo Bot Creator gave; empty: no Zalo bot")
    return value


def bot_secret(value: str, others: ValidationInfo) -> str:
    if not value and others.data.get("zalo_bot_token"):
        raise ValueError("ZALO_BOT_SECRET is missing; with it strangers cannot pose as Zalo")
    if value and not re.fullmatch(r"[A-Za-z0-9_-]{8,256}", value):
        raise ValueError("must be 8 to 256 letters, digits, - or _")
    return value
