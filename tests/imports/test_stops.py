"""A stop in the middle loses nothing and does nothing twice; twenty thousand doses stay flat in memory."""

import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.imports.run import Import, Rows
from storage import doses, facts, people, staff
from tests.imports.place import Place, cells

HEADERS = cells("Mã đối tượng|Họ và tên|Ngày sinh|Số CCCD|Mũi số|Vắc xin|Ngày tiêm|Cơ sở tiêm")
AS_OF = "2026-11-20 09:00"


def rows(count: int, bad: int = 0) -> Iterator[Sequence[str]]:
    """Invented people with two doses each; every bad-th row has no birth date."""
    yield HEADERS
    for n in range(count):
        person = n // 2
        birth = "" if bad and n % bad == 0 else "05/03/1995"
        yield (f"P{person}", "Giàng A Thử", birth, f"0150950{person:05}", str(n % 2 + 1), "Comirnaty",
               "12/08/2021", "Trạm Y tế xã Bản Công")  # fmt: skip


def stop_in(monkeypatch: pytest.MonkeyPatch, batch_number: int) -> None:
    """The machine dies after the batch's work and before its commit."""
    whole = Import._keep
    seen = iter(range(1, 1000))

    def dies(self: Import, tx: Connection, batch: Rows) -> None:
        whole(self, tx, batch)
        if next(seen) == batch_number:
            raise SystemExit("killed")

    monkeypatch.setattr(Import, "_keep", dies)


def test_a_stop_in_batch_three_goes_on_from_there(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    file = place.csv(rows(2200, bad=100))
    with monkeypatch.context() as patch:
        stop_in(patch, 3)
        with pytest.raises(SystemExit):
            place.imports(file, as_of=AS_OF)
    assert place.count(doses.doses) == 990
    place.imports(file, as_of=AS_OF)
    assert place.count(doses.doses) == 2200 - 22
    errors = place.table("in.csv.errors.xlsx")
    assert len(errors) == 1 + 22
    assert len(set(errors)) == 1 + 22
    assert not list(place.path.glob("*.part"))


def test_rows_done_are_not_done_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    file = place.csv(rows(1200))
    with monkeypatch.context() as patch:
        stop_in(patch, 3)
        with pytest.raises(SystemExit):
            place.imports(file, as_of=AS_OF)
    again: list[int] = []
    whole = Import._keep

    def counts(self: Import, tx: Connection, batch: Rows) -> None:
        again.append(batch[0][0])
        whole(self, tx, batch)

    monkeypatch.setattr(Import, "_keep", counts)
    place.imports(file, as_of=AS_OF)
    assert again == [1001]
    assert place.count(people.residents) == 600


def test_each_invite_is_made_once_and_none_is_lost(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    clerks = [(f"Người {n}", "station:2025:04585", "Cán bộ") for n in range(700)]
    file = place.csv([("Họ và tên", "Đơn vị", "Vai trò"), *clerks])
    with monkeypatch.context() as patch:
        stop_in(patch, 2)
        with pytest.raises(SystemExit):
            place.imports(file)
    place.imports(file)
    place.imports(file)
    assert place.count(staff.invites) == 700
    codes = [row[3] for row in place.table("in.csv.invites.xlsx")[1:]]
    assert len(set(codes)) == 700
    handed_out = (codes[0], codes[499], codes[500], codes[-1])
    assert all(place.read(lambda tx: [staff.use_invite(tx, code, place.now) for code in handed_out]))


def test_twenty_thousand_doses_in_flat_memory(place: Place) -> None:
    def peak(count: int, name: str) -> int:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        assert place.imports(place.csv(rows(count), name), as_of=AS_OF) == 0
        return tracemalloc.get_traced_memory()[1] - before

    place.imports(place.csv(rows(500), "warm.csv"), as_of=AS_OF)
    tracemalloc.start()
    small, large = peak(5_000, "small.csv"), peak(20_000, "large.csv")
    tracemalloc.stop()
    assert place.count(doses.doses) == 20_000
    assert large < 1.5 * small


def test_progress_is_one_fact_per_file(place: Place) -> None:
    place.imports(place.csv(rows(1200)), as_of=AS_OF)
    place.imports(place.csv(rows(1200)), as_of="2026-11-20 10:00")

    def marks(tx: Connection) -> Any:
        return [v for (v,) in tx.execute(facts.facts.select().with_only_columns(facts.facts.c.value))]

    found = [value for value in place.read(marks) if '"done": true' in value]
    assert len(found) == 2
