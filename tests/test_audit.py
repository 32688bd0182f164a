"""Each view of a full number is written down, nobody can change what is written, and others never see a number."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage import erasing
from tests.everybody import NUMBERS, Everybody, audit, gathered, looked_at, presses_everything, read
from tests.world import World

ROOT = Path(__file__).parent.parent


@pytest.fixture
def desk(world: World) -> Iterator[Everybody]:
    made = gathered(world)
    yield made


def shown(text: str) -> set[str]:
    return {number for number in NUMBERS if number in text}


LIST = {
    "a person of a list": ("mai", "police", "person:1", "Xem số đầy đủ", "list_person"),
    "a person before the police": ("dung", "police", "look:1", "", "compare"),
    "without a number before, found by the police": ("dung", "police", "look:3", "", "compare"),
    "a person to put right": ("mai", "back", "work:2", "Xem số đầy đủ", "back"),
    "the workbook for the police": ("dung", "police", "file_police", "", "list_sheet"),
    "the paper": ("mai", "police", "file_paper", "", "list_paper"),
    "the file for the Platform": ("mai", "back", "file_platform", "", "platform_sheet"),
}


@pytest.mark.parametrize("road", LIST)
def test_each_road_to_a_full_number_on_a_list_writes_one_line(desk: Everybody, road: str) -> None:
    who, which, verb, then, by = LIST[road]
    person, list_id, before = desk[who], desk.lists[which], len(audit(desk.world))
    person.token(f"l:{list_id}:1:{verb}")
    if then:
        assert not shown(read(person.heard[-1])) and len(audit(desk.world)) == before, person.show()
        person.presses(then)
    assert shown(read(person.heard[-1])) or person.heard[-1].get("media") or person.heard[-2].get("media"), (
        person.show()
    )
    (line,) = audit(desk.world)[before:]
    assert "full_number" in line and line[-1]["list"] == list_id and line[-1]["by"] == by


@pytest.mark.parametrize(("road", "button"), [("code", "Xem số đầy đủ"), ("/hangdoi", "Tải bảng nhập liệu")])
def test_each_road_to_the_full_number_of_a_ticket_writes_one_line_a_ticket(
    desk: Everybody, road: str, button: str
) -> None:
    mai, before = desk["mai"], len(audit(desk.world))
    mai.says(desk.code if road == "code" else road)
    assert not shown("\n".join(read(body) for body in mai.heard))
    mai.presses(button)
    written = audit(desk.world)[before:]
    assert {line[2] for line in written} == {"full_number"} and len(written) == (1 if road == "code" else 2)


@pytest.mark.parametrize(
    ("name", "may"),
    [("mai", True), ("dung", True), ("nga", True), ("minh", True), ("tinh", True), ("quan", True), ("xa", False), ("lan", False)],
)  # fmt: skip
def test_whoever_presses_everything_sees_numbers_only_where_it_is_written_down(
    desk: Everybody, caplog: pytest.LogCaptureFixture, name: str, may: bool
) -> None:
    """Lists, boards, queues, cards: masked; and to who has nothing to do with it not even that."""
    caplog.set_level(logging.DEBUG)
    person, kept = desk[name], audit(desk.world)
    tokens = [
        f"l:{one}{more}"
        for one in desk.lists.values()
        for more in ("", ":1:people", ":1:person:1", ":1:look:3")
    ]
    commands = ("/menu", "/danhsach", "/hangdoi", "/quahan", "/bang", "/cangoi", "/kyso", desk.code)
    pressed = presses_everything(person, *tokens, *commands)
    assert pressed > (20 if may else 3)
    recorded = looked_at(desk.world, person)
    for body in person.heard:
        if shown(read(body)):
            assert may and body["_at"] in recorded, f"{name} reads {shown(read(body))}:\n{read(body)}"
    assert not shown(caplog.text)
    assert audit(desk.world)[: len(kept)] == kept


def test_no_alert_and_no_digest_holds_a_number(desk: Everybody) -> None:
    desk.world.jump(hours=72)
    told = [read(body) for person in desk.people.values() for body in person.heard]
    assert len(told) > 20 and not shown("\n".join(told))
    assert not shown(str(desk.world.sms))


def test_the_story_holds_every_number(desk: Everybody) -> None:
    """What the sweep looks for is there to be found."""
    found = set()
    for name, token in (("dung", "l:{police}:1:look:{n}"), ("mai", "l:{back}:1:worknum:{n}")):
        for n in (1, 2, 3):
            desk[name].token(token.format(n=n, **desk.lists))
            found |= shown(read(desk[name].heard[-1]))
    assert found == set(NUMBERS)


def test_a_level_above_sees_whose_turn_it_is_and_nobody_on_the_list(desk: Everybody) -> None:
    tinh = desk["tinh"]
    tinh.token(f"l:{desk.lists['police']}")
    assert "Danh sách số" in tinh.last
    for verb in ("people", "person:1", "look:1", "file_police", "file_paper", "worknum:1"):
        tinh.token(f"l:{desk.lists['police']}:1:{verb}")
        assert "không có quyền" in tinh.last or "không được xem" in tinh.last, (verb, tinh.show())


def test_what_is_erased_after_its_time_is_no_line_of_the_audit_log(desk: Everybody) -> None:
    desk["mai"].says(desk.code)
    desk["mai"].presses("Xem số đầy đủ")
    kept = audit(desk.world)
    with desk.world.tx() as tx:
        later = desk.world.time + timedelta(days=4000)
        erasing.erase(tx, later, later, timedelta(days=1))
    assert kept and audit(desk.world) == kept


def test_nothing_but_its_own_file_touches_the_audit_table() -> None:
    """And there it is only added to; what the database itself refuses stands in tests/storage/test_migrations.py."""
    names = re.compile(r"\bhistory\.audit\b|import [^\n]*\baudit\b|\baudit\.c\b")
    for package in ("bot", "handlers", "storage"):
        for path in (ROOT / package).rglob("*.py"):
            if path.name != "history.py" and "migrations" not in path.parts:
                assert not names.search(path.read_text("utf-8")), path
    own = (ROOT / "storage" / "history.py").read_text("utf-8")
    assert "insert(audit)" in own and not re.search(r"(update|delete)\(\s*audit", own)
