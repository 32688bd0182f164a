"""FakeZalo: an Official Account in memory. call() is one request; people.py writes to it as people do."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.zalo import sending
from tests.zalo.hooks import OA_ID, Hooks
from tests.zalo.people import Person
from tests.zalo.rates import Rates
from tests.zalo.refusal import NOT_FOLLOWER, OUTSIDE, RESTRICTED, Refusal, bad
from tests.zalo.shown import Shown
from tests.zalo.tokens import Tokens
from tests.zalo.uploads import Uploads

FREE, OPEN = timedelta(hours=48), timedelta(days=7)
LINKS = timedelta(
    hours=1
)  # for which a link to a photo leads somewhere; how long it is at Zalo is not established
REFRESH = "/v4/oa/access_token"


@dataclass(frozen=True)
class Call:
    """One request as it came, and what became of it; of a refresh the tokens are left out."""

    at: datetime
    path: str
    given: dict[str, Any]
    answer: dict[str, Any]

    @property
    def ok(self) -> bool:
        return not self.answer.get("error")

    @property
    def user(self) -> str | None:
        return self.given.get("user_id") or (self.given.get("recipient") or {}).get("user_id")


class FakeZalo:
    """billing: what is sent between 48 hours and 7 days is taken, and billed. buttons_are: the template_type that buttons
    need, where they need one. templates: id -> field -> how long its value may be. url: where its server listens."""

    def __init__(self, clock: Callable[[], datetime], rates: Rates | None = None) -> None:
        self.clock, self.rates = clock, rates or Rates()
        self.tokens, self.hooks, self.uploads = Tokens(clock), Hooks(clock), Uploads(clock)
        self.billing = True
        self.buttons_are: str | None = None
        self.templates: dict[str, dict[str, int]] = {}
        self.people: dict[str, Person] = {}
        self.files: dict[str, tuple[bytes, datetime]] = {}  # what people sent, by the path of its link
        self.log: list[Call] = []
        self.url = "http://127.0.0.1:9"
        self._people, self._ids = itertools.count(1), itertools.count(1)

    def person(self, name: str) -> Person:
        """Somebody with Zalo; the same one for the same name."""
        if name not in self.people:
            self.people[name] = Person(self, name, str(2468458835291970000 + next(self._people)))
        return self.people[name]

    def new_id(self) -> str:
        return f"96d3cdf3af15{next(self._ids):08x}"

    def keep(self, content: bytes, ending: str) -> str:
        """The link that leads to the file for a while."""
        path = f"{self.new_id()}.{ending}"
        self.files[path] = (content, self.clock() + LINKS)
        return f"{self.url}/media/{path}"

    def fetch(self, path: str) -> bytes | None:
        content, until = self.files.get(path, (b"", self.clock()))
        return content if self.clock() < until else None

    def renew(self, secret: str | None, form: dict[str, Any]) -> dict[str, Any]:
        """A refresh of the tokens; it does not count as a request of the API."""
        try:
            answer = self.tokens.renew(secret, form)
            shown: dict[str, Any] = {"error": 0}
        except Refusal as refusal:
            answer = shown = refusal.body()
        self.log.append(Call(self.clock(), REFRESH, {}, shown))
        return answer

    def call(self, path: str, access: str | None, given: dict[str, Any]) -> dict[str, Any]:
        """The answer's JSON."""
        try:
            self.tokens.check(access)
            self.rates.spend(self.clock())
            if path not in METHODS:
                raise bad("no such path")
            answer = {"data": METHODS[path](self, given), "error": 0, "message": "Success"}
        except Refusal as refusal:
            answer = refusal.body()
        self.log.append(Call(self.clock(), path, given, answer))
        return answer

    def refused(self) -> list[Call]:
        return [call for call in self.log if not call.ok]

    def said(self, path: str = "/v3.0/oa/message/cs") -> list[Call]:
        """What was accepted."""
        return [call for call in self.log if call.ok and call.path == path]

    def knows(self, user: Any) -> Person:
        found = next((one for one in self.people.values() if one.id == user), None)
        if found is None or found.heard_at is None or not found.open:
            raise Refusal(NOT_FOLLOWER, "User has not followed the OA")
        if found.restricts:
            raise Refusal(RESTRICTED, "User has restricted this type of message")
        return found

    def hears(self, user: Any) -> Person:
        """The person whom the desk may write to now."""
        found = self.knows(user)
        assert found.heard_at
        silent = self.clock() - found.heard_at
        if silent > OPEN or (silent > FREE and not self.billing):
            raise Refusal(OUTSIDE, "User has not interacted with the OA in the past 7 days")
        return found

    def billed(self, person: Person) -> bool:
        return person.heard_at is not None and self.clock() - person.heard_at > FREE

    def echo(self, person: Person, kind: str, shown: Shown) -> None:
        """Zalo tells the desk of its own messages as well, and of their arrival."""
        message = {"msg_id": shown.id} | ({"text": shown.text} if shown.text else {})
        who = {"sender": {"id": OA_ID}, "recipient": {"id": person.id}}
        self.hooks.put({**who, "event_name": f"oa_send_{kind}", "message": message})
        self.hooks.put({**who, "event_name": "user_received_message", "message": {"msg_id": shown.id}})


METHODS: dict[str, Callable[[FakeZalo, dict[str, Any]], dict[str, Any]]] = {
    "/v3.0/oa/message/cs": sending.cs,
    "/v3.0/oa/message/template": sending.template,
    "/v2.0/oa/message": sending.react,
    "/v2.0/oa/upload/image": lambda fake, given: fake.uploads.image(given),
    "/v2.0/oa/upload/file": lambda fake, given: fake.uploads.file(given),
}
