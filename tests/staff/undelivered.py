"""Roads that can be closed, and what is needed to see where a message went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.channels import Outcome, Sent
from handlers import desk
from storage import history, reports, talks, tickets, unreached, web
from tests.supervisors.filing import turn_of
from tests.world import Person, PlainRoad, World


class Road(PlainRoad):
    """A channel on which some chats cannot be reached, or say only that there is news."""

    def __init__(self, world: World, name: str) -> None:
        super().__init__(world, name)
        self.closed: dict[str, Outcome] = {}
        world.roads[name] = self

    def send(self, row: Any, message: Any) -> Outcome:
        outcome = self.closed.get(row.chat) or self.closed.get("")
        if isinstance(outcome, Sent):
            return outcome  # in short: the words themselves are not heard
        return outcome or super().send(row, message)


class SmsRoad(Road):
    def send(self, row: Any, message: Any) -> Outcome:
        outcome = self.closed.get("")
        if outcome is None:
            self.world.sms.append(message.body)
        return outcome or Sent(str(row.id), parts=1)


def without_sms(world: World) -> None:
    world.desk = replace(world.desk, sms=False)


def acts(world: World, ticket_id: int, act: Callable[..., Any], *words: Any, by: str = "mai") -> None:
    with world.tx() as tx:
        act(turn_of(world, tx, by), tickets.get(tx, ticket_id), *words)
    world.work()


def answers(world: World, ticket_id: int, words: str = "Đã kiểm tra.") -> None:
    acts(world, ticket_id, desk.answer, words)


def happened(world: World, ticket_id: int) -> list[str]:
    with world.tx() as tx:
        return [event.what for event in history.of_ticket(tx, ticket_id, internal=True)]


def follows(world: World, ticket_id: int, name: str, channel: str = "web") -> Person:
    """Another chat in which the report has been opened."""
    with world.tx() as tx:
        talk = talks.open_talk(tx, channel, name)
        reports.watch(tx, tickets.get(tx, ticket_id).report_id, talk.id)
    return world.person(name, channel)


def asked_to_call(person: Person) -> list[str]:
    return [text for text in person.news() if ": tin gửi người dân chưa tới nơi" in text]


class PageRoad(Road):
    """The web chat's own: what is sent stands in the transcript, whether or not anybody has the page open."""

    def __init__(self, world: World) -> None:
        super().__init__(world, "web")

    def send(self, row: Any, message: Any) -> Outcome:
        outcome = super().send(row, message)
        if isinstance(outcome, Sent):
            with self.world.tx() as tx:
                body = {"from": "desk", **message.body}
                web.show(tx, row.chat, f"m{row.replaces or row.id}", body, self.world.time)
        return outcome

    def opens(self, name: str) -> None:
        """Somebody looks at the page, as bot/channels/web_socket.py notes it."""
        with self.world.tx() as tx:
            if web.note_seen(tx, name, web.newest(tx, [name])[name]):
                unreached.shown_in(tx, "web", name)
