"""What the settings of an SMS gateway must look like; the template and what it needs are tried at the start."""

from __future__ import annotations

import json
import re
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring
from pydantic import ValidationInfo

from bot.channels import sms_request

NEEDED = ("{phone}", "{text}")
SAMPLE = {"phone": "0912345678", "text": '"<&>\\\n', "id": "1", "unicode": "1"}


def url(value: str) -> str:
    held = [place for place in NEEDED if place in value]
    if len(held) == 1:
        raise ValueError("must hold {phone} and {text}, or neither")
    return value


def _in_address(others: ValidationInfo) -> bool:
    return NEEDED[1] in others.data.get("sms_url", "")


def method(value: str, others: ValidationInfo) -> str:
    if value == "GET" and others.data.get("sms_url") and not _in_address(others):
        raise ValueError("GET sends no body, so SMS_URL must hold {phone} and {text}")
    return value


def headers(value: str) -> str:
    try:
        found = json.loads(value)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(
        isinstance(text, str) and re.fullmatch(r"[!-~]+", name) and re.fullmatch(r"[ -~]*", text)
        for name, text in found.items()
    ):
        raise ValueError(
            'must be a JSON object of names and texts, for example {"Authorization": "Bearer …"}'
        )
    if sms_request.kind_of(sms_request.content_type_of(found)) is None:
        raise ValueError("Content-Type must be JSON, application/x-www-form-urlencoded, XML or text/plain")
    return value


def template(value: str, others: ValidationInfo) -> str:
    if not _in_address(others) and not all(place in value for place in NEEDED):
        raise ValueError("must hold {phone} and {text}")
    if others.data.get("sms_method") == "GET" or "sms_headers" not in others.data:
        return value
    kind = sms_request.kind_of(sms_request.content_type_of(json.loads(others.data["sms_headers"])))
    assert kind
    body = sms_request.in_body(value, SAMPLE, kind)
    try:
        if kind == sms_request.JSON:
            json.loads(body)
        elif kind == sms_request.XML:
            fromstring(body)
        elif kind == sms_request.FORM and not re.match(r"[^\s={<]+=", body):
            raise ValueError
    except (ValueError, ParseError):
        raise ValueError(f"must be {kind}, as the Content-Type in SMS_HEADERS says") from None
    return value


def success(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"must be a regular expression ({error.msg})") from None
    return value
