"""Every call against the Bot API's own description: names, what is required, types, lengths."""

from __future__ import annotations

import json
from typing import Any

from tests.telegram.distil import SCHEMA
from tests.telegram.refusal import bad

_SCHEMA = json.loads(SCHEMA.read_text("utf-8"))
METHODS, TYPES = _SCHEMA["methods"], _SCHEMA["types"]
_PARSED = {"text", "caption"}  # counted without their markup, in chats.py


def checked(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters with their types: a form brings numbers, truths and objects as text. Telegram itself passes over
    parameters that it does not know; here they are refused, because they are mistakes of ours."""
    fields = METHODS[method]
    for name, (_type, required, *_size) in fields.items():
        if required and given.get(name) in (None, ""):
            raise bad("message text is empty" if name == "text" else f'parameter "{name}" is required')
    return {name: _field(fields, name, value, method) for name, value in given.items()}


def units(text: str) -> int:
    """Telegram counts UTF-16: an emoji is two."""
    return len(text.encode("utf-16-le")) // 2


def _field(fields: dict[str, Any], name: str, value: Any, of: str) -> Any:
    if name not in fields:
        raise bad(f'unknown parameter "{name}" of {of}')
    kind, _required, *size = fields[name]
    value = _typed(kind, value, f"{of}.{name}")
    if size and not (of in METHODS and name in _PARSED and of != "answerCallbackQuery"):
        least, most, unit = size
        long = len(value.encode()) if unit == "bytes" else units(value)
        if not least <= long <= most:
            if name == "callback_data":
                raise bad("BUTTON_DATA_INVALID")
            raise bad("MESSAGE_TOO_LONG" if of == "answerCallbackQuery" else f"{of}.{name} must be {least}-{most} {unit}")  # fmt: skip
    return value


def _typed(kind: str, value: Any, of: str) -> Any:
    if kind == "String":
        return _must(isinstance(value, str), value, of)
    if kind == "InputFile or String":
        return _must(isinstance(value, str | bytes) or hasattr(value, "content"), value, of)
    if kind == "Integer or String":
        return int(value) if str(value).lstrip("-").isdigit() else _must(isinstance(value, str), value, of)
    if kind == "Integer":
        return int(_must(str(value).lstrip("-").isdigit(), value, of))
    if kind in ("Boolean", "True"):
        truth = {"true": True, "false": False}.get(str(value).lower())
        return _must(truth is not None and (truth or kind == "Boolean"), truth, of)
    return _object(kind, json.loads(value) if isinstance(value, str) else value, of)


def _object(kind: str, value: Any, of: str) -> Any:
    if kind.startswith("Array of "):
        _must(isinstance(value, list), value, of)
        return [_typed(kind.removeprefix("Array of "), one, of) for one in value]
    _must(isinstance(value, dict), value, of)
    shape = _shape(kind, value, of)
    for name, (_type, required, *_size) in TYPES[shape].items():
        _must(not required or name in value, value, f"{shape}.{name} (missing)")
    return {name: _field(TYPES[shape], name, one, shape) for name, one in value.items()}


def _shape(kind: str, value: dict[str, Any], of: str) -> str:
    """Which of the types that may stand here this is: by its required fields, or by its «type»."""
    if "type" in value and kind not in TYPES:
        shapes = [kind + "".join(word.capitalize() for word in str(value["type"]).split("_"))]
    else:
        shapes = [one for one in kind.split(" or ") if one in TYPES]
    for shape in shapes:
        if shape in TYPES and (len(shapes) == 1 or _required(shape) <= set(value)):
            return shape
    raise bad(f"{of} is none of {kind}, or a kind of it that the fake does not know")


def _required(shape: str) -> set[str]:
    return {name for name, (_type, required, *_size) in TYPES[shape].items() if required}


def _must(holds: bool, value: Any, of: str) -> Any:
    if not holds:
        raise bad(f"{of} has a wrong type")
    return value
