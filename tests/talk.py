"""Reads .talk files: conversations that one could have overheard.

: now 2026-11-20 16:00              when it begins (Vietnam)
: staff tram station:2025:04585 clerk
lan > /phananh                      Lan says
lan > [Thiếu mũi tiêm]              Lan presses
lan < Anh/Chị muốn … điều gì [Thiếu mũi tiêm]   among what Lan heard since her last «<» group: these pieces, this button
lan !< nội bộ                       nothing that Lan ever heard holds this
sms < mã {otp}                      the first {word} takes what stands there, later ones insert it
@+42h   @2026-11-22 06:00           the clock jumps; everything due on the way happens at its own time
@down+72h                           the desk is down for that long
: phone lan 0912345678              the number of Lan's own Telegram
: channels web                      it is heard on these channels only
telegram: lan > [Gửi mã qua SMS]    this line is heard on Telegram only
web zalo: lan > {otp}               and this one on the page and on Zalo
lan > (photos slip slip)            Lan sends photos, several are an album: slip, blurred, or text, which is no photo
lan > (card 015…|…|Giàng A Páo|…)   Lan sends a photo of a card with this QR code
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.channels.words import plain
from locales.times import ZONE
from tests.world import World

_LINE = re.compile(r"(?P<who>[\w.]+)\s*(?P<way>>|!<|<)\s*(?P<rest>.*)")
CHANNELS = ("web", "telegram", "zalo")
_ON = re.compile(r"(?P<channels>(?:(?:web|telegram|zalo) ?)+): (?P<line>.*)")
_SHAPES = {"code": r"PA-[0-9A-Z]{5}", "otp": r"\d{6}", "invite": r"[0-9A-Z]{8}"}


@cache
def photo(name: str) -> bytes:
    from tests.evidence import making

    made = {"slip": lambda: making.slip(), "blurred": lambda: making.slip(blur=4)}
    return making.jpeg(made[name]()) if name in made else b"no photo"


@cache
def card(payload: str) -> bytes:
    from tests.evidence import making

    return making.jpeg(making.card(payload, 4))


def channels_of(talk: str) -> tuple[str, ...]:
    """Where it is heard: everywhere, unless it says so itself."""
    said = re.search(r"^: channels (.+)$", talk, re.MULTILINE)
    return tuple(said[1].split()) if said else CHANNELS


class Overheard:
    def __init__(self, world: World) -> None:
        self.world = world
        self.known: dict[str, str] = {}
        self.unread: dict[str, int] = {}
        self.checked: dict[str, int] = {}

    def play(self, path: Path) -> None:
        self.lines(path.read_text("utf-8"), path.name)

    def lines(self, talk: str, name: str = "") -> None:
        for number, line in enumerate(talk.splitlines(), 1):
            line = line.strip()
            if line and not line.startswith("#"):
                try:
                    self._line(line)
                except AssertionError as error:
                    raise AssertionError(f"{name}:{number}: {line}\n{error}") from None

    def _line(self, line: str) -> None:
        if only := _ON.fullmatch(line):
            if self.world.channel in only["channels"].split():
                self._line(only["line"])
        elif line.startswith(":"):
            self._set(line[1:].split())
        elif line.startswith("@"):
            self._jump(line[1:])
        else:
            found = _LINE.fullmatch(line)
            assert found, "not a line of a talk"
            who, way, rest = found["who"], found["way"], found["rest"]
            if way == ">":
                self._say(who, self._filled(rest))
            elif way == "<":
                self._hear(who, rest)
            else:
                said = "\n".join(body["text"] for body in self._bodies(who))
                assert self._filled(rest) not in said, f"{who} did hear it"

    def _set(self, words: list[str]) -> None:
        if words[0] == "now":
            self.world.time = datetime.fromisoformat(" ".join(words[1:])).replace(tzinfo=ZONE)
        elif words[0] == "staff":
            self.world.joins(words[1], words[2], words[3])
        elif words[0] == "phone":
            self.world.person(words[1]).has_phone(words[2])
        elif words[0] == "channels":
            assert self.world.channel in words
        else:
            raise AssertionError(f"unknown setting {words[0]}")

    def _jump(self, to: str) -> None:
        down, to = to.startswith("down"), to.removeprefix("down")
        if to.startswith("+"):
            by = {"h": "hours", "m": "minutes", "d": "days", "s": "seconds"}[to[-1]]
            step = timedelta(**{by: float(to[1:-1])})
            if down:
                self.world.sleep_through(hours=step.total_seconds() / 3600)
            else:
                self.world.jump(to=self.world.time + step)
        else:
            self.world.jump(to=datetime.fromisoformat(to).replace(tzinfo=ZONE))

    def _say(self, who: str, said: str) -> None:
        person: Any = self.world.person(who)
        self.unread[who] = self.checked.get(who, 0)
        if said.startswith("["):
            person.presses(said.strip("[]"))
        elif said.startswith("(card "):
            person.sends(card(said[6:-1]))
        elif said.startswith("(photos "):
            person.sends(*(photo(name) for name in said.strip("()").split()[1:]))
        else:
            person.says(said)
        self.unread.clear()

    def _bodies(self, who: str) -> list[dict[str, Any]]:
        if who == "sms":
            return [{"text": f"{sms['phone']}: {sms['text']}", "choices": []} for sms in self.world.sms]
        return self.world.person(who).heard

    def _hear(self, who: str, wanted: str) -> None:
        """Looks from the last message that matched before; an earlier message is not heard again."""
        bodies, start = self._bodies(who), self.checked.get(who, 0)
        if who != "sms" and self.world.person(who).channel == "zalo":  # which knows no markup
            wanted = plain(wanted)
        labels = re.findall(r"\[([^\]]+)\]", wanted)
        pattern = ".*?".join(self._pattern(p) for p in re.split(r"…|\[[^\]]+\]", wanted) if p.strip())
        for n in range(start, len(bodies)):
            found = re.search(pattern, str(bodies[n]["text"]), re.DOTALL)
            offered = [choice["label"] for choice in bodies[n]["choices"]]
            if found and all(self._filled(label) in offered for label in labels):
                self.known.update(found.groupdict())
                self.checked[who] = n
                return
        heard = "\n---\n".join(f"{b['text']}\n{[c['label'] for c in b['choices']]}" for b in bodies[start:])
        raise AssertionError(f"{who} heard since then:\n{heard}")

    def _pattern(self, piece: str) -> str:
        parts = re.split(r"\{(\w+)\}", piece.strip())
        made = re.escape(parts[0])
        for name, after in zip(parts[1::2], parts[2::2], strict=True):
            made += (
                re.escape(self.known[name])
                if name in self.known
                else "(?P<" + name + ">" + _SHAPES.get(name, r"\S+") + ")"
            )
            made += re.escape(after)
        return made

    def _filled(self, text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda m: self.known.get(m[1], m[0]), text)
