"""One structured line per event, with ids and never contents; what looks like a phone or ID number is masked."""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from types import TracebackType

_NUMBER = re.compile(r"(?<![\w-])\+?\d[\d .]{7,15}\d(?![\w-])")
# The token of a Telegram bot, which stands in every address that the bot calls.
_BOT_TOKEN = re.compile(r"\d{3,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")


def masked(text: str) -> str:
    """Hides all but the ends of any run of nine to sixteen digits, and a bot's token altogether."""
    return _NUMBER.sub(
        lambda m: m.group()[:2] + "…" + m.group()[-2:] if _digits(m.group()) >= 9 else m.group(),
        _BOT_TOKEN.sub("…", text),
    )


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


class Lines(logging.Formatter):
    """{"at", "level", "event", …}; a traceback names places in the code and the kind of error, not its values."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = getattr(record, "fields", {})
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": masked(_what(record)),
            **{name: masked(value) if isinstance(value, str) else value for name, value in fields.items()},
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = _places(record.exc_info[2])
        whole = json.dumps(line, ensure_ascii=False, default=lambda value: masked(str(value)))
        return _BOT_TOKEN.sub("…", whole)


def _what(record: logging.LogRecord) -> str:
    """Our own events as they are. What a library says may quote what people wrote: only its first words, and of
    those not the values that it wanted to fill in."""
    if record.name.split(".")[0] == "bot":
        return record.getMessage()
    return f"{record.name}: {str(record.msg).splitlines()[0] if record.msg else ''}"


def _places(trace: TracebackType | None) -> list[str]:
    return [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ][-8:]


def start(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level)  # libraries at DEBUG would write down what people sent


def event(
    logger: logging.Logger, level: int, what: str, *, exc_info: BaseException | None = None, **fields: object
) -> None:
    logger.log(level, what, exc_info=exc_info, extra={"fields": fields})
