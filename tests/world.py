"""A small world for tests: a desk on a real SQLite file, people who talk to it, and a clock that jumps.

    world = World(path); lan = world.person("lan")
    lan.says("/phananh"); lan.presses("Thiếu mũi tiêm"); assert "48 giờ" in lan.last
    world.jump(hours=42)            # rings deadlines and delivers, in the order of time

Everything runs through the real inbox, turns, deadlines and outbox; only the network is left out. World(…, channel=
"telegram") puts people on Telegram instead: raw updates in, requests to a Bot API out (tests/telegram/); "zalo" puts
them on Zalo (tests/zalo/).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bot import deliveries, turns
from bot.channels import Outcome, Outgoing, Refused, Sent
from bot.loops.inbox import together
from handlers.incoming import Incoming, Kept, Media, Sheet
from handlers.turn import Desk, Moment
from locales.times import ZONE
from storage import inbox, outbox, queue, staff, talks
from storage.db import sqlite_engine
from storage.vault import Vault

FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=ZONE).astimezone(UTC)
KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
DESK = Desk("https://tiemchungcovid19.gov.vn", "1900 9095", sms=True, public_url="http://127.0.0.1:8080")


class Person:
    """Somebody with a chat: says words, presses buttons by their label, and hears."""

    def __init__(self, world: World, name: str, channel: str = "web") -> None:
        self.world, self.name, self.channel = world, name, channel
        self.can: tuple[str, ...] | None = None  # where it differs from what the page can
        self.heard: list[dict[str, Any]] = []
        self._read = 0

    def says(self, text: str) -> str:
        return self._send(kind="text", text=text)

    def presses(self, label: str, newest: bool = True) -> str:
        """Presses the newest button whose label is, or begins with, these words."""
        for body in reversed(self.heard):
            for exact in (True, False):
                for choice in body.get("choices", ()):
                    if choice["label"] == label or (not exact and choice["label"].startswith(label)):
                        return self._send(kind="choice", choice=choice["token"], message=body["_id"])
        raise AssertionError(f"{self.name} sees no button «{label}»; the last words were:\n{self.show()}")

    def token(self, token: str, message: int | None = None) -> str:
        """Sends a raw token, as a forger would."""
        return self._send(kind="choice", choice=token, message=message)

    def sends_workbook(self, content: bytes) -> str:
        """Read as the child reads it, or refused as it refuses it."""
        from bot.evidence.child import read_sheet

        read = read_sheet(content)
        problems = [read["problem"]] if "problem" in read else []
        return self._send(kind="media", sheet=read.get("sheet"), problems=problems)

    def has_phone(self, number: str) -> None:
        """Of the account on a channel that knows it."""

    def _send(self, **said: Any) -> str:
        before = len(self.heard)
        can = {} if self.can is None else {"can": list(self.can)}
        self.world.receive(self, can | said)
        return "\n".join(body["text"] for body in self.heard[before:])

    @property
    def last(self) -> str:
        return str(self.heard[-1]["text"]) if self.heard else ""

    @property
    def buttons(self) -> list[str]:
        return [choice["label"] for choice in self.heard[-1]["choices"]] if self.heard else []

    def news(self) -> list[str]:
        """What was heard since this was last asked."""
        fresh, self._read = self.heard[self._read :], len(self.heard)
        return [body["text"] for body in fresh]

    def show(self) -> str:
        return f"{self.last}\n{self.buttons}"


class PlainRoad:
    """A channel without its adapter: what people say is stored as Incoming, what they hear is the outbox's body."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.name = world, name

    def person(self, name: str) -> Person:
        return Person(self.world, name, self.name)

    def chat_of(self, name: str) -> str:
        return name

    def parse(self, row: Row[Any]) -> Incoming:
        chat = row.lane.partition(":")[2]
        said = {"can": ["photo"], "kept": (), "media": (), "problems": (), "sheet": None, **row.raw}
        files = {
            "can": frozenset(said["can"]),
            "kept": tuple(Kept(**one) for one in said["kept"]),
            "media": tuple(Media(**one) for one in said["media"]),
            "problems": tuple(said["problems"]),
            "sheet": Sheet.of(said["sheet"]) if said["sheet"] else None,
        }
        who = {"channel": self.name, "event_id": row.event_id, "chat": chat, "user": chat}
        return Incoming(**{**who, **said, **files})

    def prepare(self, incoming: Incoming) -> Incoming:
        """What a channel does at once, and what becomes of files, before the turn."""
        return incoming

    def send(self, row: Row[Any], message: Outgoing) -> Outcome:
        person = self.world.person(row.chat, self.name)
        person.heard.append(
            {**message.body, "_id": row.id, "_at": self.world.time, "_replaces": row.replaces}
        )
        return Sent(str(row.id))

    def close(self) -> None:
        return


class SmsRoad(PlainRoad):
    def send(self, row: Row[Any], message: Outgoing) -> Outcome:
        self.world.sms.append(message.body)
        return Sent(str(row.id))


class World:
    """path: where the SQLite file lies (already with a schema, see conftest). channel: where people are; staff: where
    those are who join a unit. settings: of the channel's adapter."""

    def __init__(
        self,
        path: Path,
        desk: Desk = DESK,
        now: datetime = FRIDAY,
        channel: str = "web",
        staff: str | None = None,
        **settings: Any,
    ) -> None:
        self.path = path
        self.engine = sqlite_engine(f"sqlite:///{path}", Vault(KEY))
        self.desk, self.time, self.channel = desk, now, channel
        self.staff = staff or channel
        self.people: dict[str, Person] = {}
        self._on: dict[str, str] = {}  # who is elsewhere
        self.roads: dict[str, Any] = {"sms": SmsRoad(self, "sms")}
        if channel == "telegram":
            from tests.telegram.road import TelegramRoad

            self.roads[channel] = TelegramRoad(self)
        elif channel == "zalo":
            from tests.zalo.road import ZaloRoad

            self.roads[channel] = ZaloRoad(self, **settings)
        self.sms: list[dict[str, Any]] = []
        self._ids = itertools.count(1)
        self._codes = itertools.count(1)

    @property
    def now(self) -> turns.Now:
        return turns.Now(self.time, self.time)

    def tx(self) -> Any:
        """`with world.tx() as tx:` for a look, or a hand, inside."""
        return self.engine.begin()

    def moment(self, tx: Connection) -> Moment:
        return Moment(tx, self.time, self.time, self.desk)

    def road(self, channel: str) -> Any:
        return self.roads.setdefault(channel, PlainRoad(self, channel))

    def close(self) -> None:
        for road in self.roads.values():
            road.close()
        self.engine.dispose()

    def person(self, name: str, channel: str | None = None) -> Person:
        channel = channel or self._on.get(name, self.channel)
        key = f"{channel}:{name}"
        if key not in self.people:
            self.people[key] = self.road(channel).person(name)
        return self.people[key]

    def joins(self, name: str, ref: str, role: str, called: str | None = None) -> Person:
        """A member of staff at the unit with this ref."""
        from storage import units

        with self.tx() as tx:
            unit = units.by_ref(tx, ref)
            assert unit, ref
            talk = talks.open_talk(tx, self.staff, self.road(self.staff).chat_of(name))
            talks.note_heard(tx, talk.id, self.time)
            staff.join(tx, talk.id, called or name.capitalize(), unit.id, role, self.time)
        self._on[name] = self.staff
        return self.person(name)

    def new_code(self, alphabet: str, length: int) -> str:
        """Codes in order, so that a test can be read: the first is made of the second letter, and so on."""
        n, drawn = next(self._codes), []
        for _ in range(length):
            n, digit = divmod(n, len(alphabet))
            drawn.append(alphabet[digit])
        return "".join(reversed(drawn))

    def receive(self, person: Person, said: dict[str, Any]) -> None:
        with self.tx() as tx:
            inbox.store(tx, channel=person.channel, event_id=f"e{next(self._ids)}",
                        lane=f"{person.channel}:{person.name}", raw=said, received_at=self.time, run_at=self.time)  # fmt: skip
        self.work()

    def work(self) -> None:
        """Inbox, due deadlines and outbox, until all are empty."""
        while self._turn() or self._ring() or self._tend() or self._deliver():
            pass

    def rests(self) -> None:
        """The seconds that an album is waited for, where one has come."""
        while self._album_waits():
            self.jump(seconds=inbox.QUIET.total_seconds())

    def _album_waits(self) -> bool:
        with self.tx() as tx:
            waits = select(inbox.inbox.c.id).where(
                inbox.inbox.c.album.isnot(None), inbox.inbox.c.done_at.is_(None)
            )
            return tx.execute(waits).first() is not None

    def _turn(self) -> bool:
        with self.tx() as tx:
            rows = queue.claim(tx, inbox.inbox, self.time)
        for row in rows:
            road = self.road(row.channel)
            with self.tx() as tx:
                parts = inbox.other_parts(tx, row)
            incoming = road.prepare(together([road.parse(one) for one in (row, *parts)]))
            with self.tx() as tx:
                turns.take_turn(
                    tx, row, incoming, self.now, self.desk, self.new_code, [part.id for part in parts]
                )
        return bool(rows)

    def _ring(self) -> bool:
        with self.tx() as tx:
            return bool(turns.ring(tx, self.now, self.desk))

    def _tend(self) -> bool:
        with self.tx() as tx:
            due = turns.groups_due(tx, self.now)
            tended = [turns.tend_group(tx, group_id, self.now, self.desk) for group_id in due]
        return any(tended)

    def _deliver(self) -> bool:
        with self.tx() as tx:
            rows = deliveries.claim_outgoing(tx, self.now, 1)
        for row in rows:
            with self.tx() as tx:
                body = deliveries.compose(tx, row, self.now, self.desk)
            if body is None:
                continue
            outcome = self._send(row, body)
            with self.tx() as tx:
                deliveries.settle(tx, row, outcome, self.now)
        return bool(rows)

    def _send(self, row: Row[Any], body: dict[str, Any]) -> Outcome:
        if row.not_after is not None and row.not_after < self.time:
            return Refused("expired")
        with self.tx() as tx:
            ref = outbox.ref_of(tx, row.replaces) if row.replaces else None
            heard_at = talks.heard_at(tx, row.channel, row.chat)
        message = Outgoing(row.id, row.chat, body, row.replaces, row.created_at, ref, heard_at)
        outcome: Outcome = self.road(row.channel).send(row, message)
        return outcome

    def jump(self, *, to: datetime | None = None, **by: float) -> None:
        """Moves the clock; what falls due on the way rings at its own moment."""
        goal = to or self.time + timedelta(**by)
        while True:
            self.work()
            with self.tx() as tx:
                due = next_due(tx)
            if due is None or due > goal:
                break
            self.time = max(due, self.time)
        self.time = goal
        self.work()

    def sleep_through(self, **by: float) -> None:
        """The desk is down for that long: everything rings late, at once."""
        self.time += timedelta(**by)
        self.work()

    def all_outbox(self) -> Iterable[Any]:
        with self.tx() as tx:
            return tx.execute(select(outbox.outbox).order_by(outbox.outbox.c.id)).all()


def next_due(tx: Connection) -> datetime | None:
    moments = (select(func.min(table.c.run_at)).where(table.c.done_at.is_(None)) for table in turns.RUNGS)
    found: list[datetime | None] = [tx.execute(moment).scalar() for moment in moments]
    return min((at for at in found if at is not None), default=None)
