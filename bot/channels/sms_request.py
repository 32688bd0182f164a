"""The request to an SMS gateway: the operator's template with its values filled in, escaped as its kind needs it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_plus
from xml.sax.saxutils import escape

Escape = Callable[[str], str]

PLACES = re.compile(r"\{(phone|text|id|unicode)\}")
JSON, FORM, XML, PLAIN = "JSON", "a form", "XML", "plain text"


def kind_of(content_type: str) -> str | None:
    """JSON · a form · XML · plain text; None for what we cannot escape."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind.endswith("/json") or kind.endswith("+json"):
        return JSON
    if kind.endswith("/xml") or kind.endswith("+xml"):
        return XML
    return {"application/x-www-form-urlencoded": FORM, "text/plain": PLAIN}.get(kind)


def content_type_of(headers: Mapping[str, str]) -> str:
    return next(
        (text for name, text in headers.items() if name.lower() == "content-type"), "application/json"
    )


def fill(template: str, values: Mapping[str, str], escaped: Escape) -> str:
    return PLACES.sub(lambda place: escaped(values[place[1]]), template)


def in_address(template: str, values: Mapping[str, str]) -> str:
    return fill(template, values, lambda text: quote(text, safe=""))


def in_body(template: str, values: Mapping[str, str], kind: str) -> str:
    return fill(template, values, ESCAPES[kind])


def _json(text: str) -> str:
    """As between the quotes of a JSON text."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _xml(text: str) -> str:
    return escape(text, {'"': "&quot;", "'": "&apos;"})


ESCAPES: dict[str, Escape] = {JSON: _json, FORM: quote_plus, XML: _xml, PLAIN: str}
