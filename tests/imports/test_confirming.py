"""An export confirms or contradicts what was approved at 10:00; times are Vietnam's, people are invented."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.turn import Moment
from storage import approvals, doses, reports, tickets, units, vault
from storage.approvals import Approval
from tests.imports.place import Place, cells

HEADERS = cells("Mã đối tượng|Họ và tên|Ngày sinh|Giới tính|Số CCCD|Mũi số|Vắc xin|Ngày tiêm")
TEN = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
NAME = {"kind": "personal", "field": "name", "old": "Giang A Pao", "new": "Giàng A Páo"}
DOSE = {"kind": "dose_missing", "field": "dose", "new": {"day": "2021-09-10", "vaccine": "Comirnaty"}}
NUMBER = "015095001234"

Told = list[tuple[str, int]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """What the desk was told of, and nothing more; settled as handlers.desk does."""
    heard: Told = []

    def hears(state: str) -> Any:
        def hear(moment: Moment, approval: Approval) -> None:
            approvals.settle(moment.tx, approval.id, state, moment.now)
            heard.append((state, approval.id))

        return hear

    monkeypatch.setattr("handlers.desk.confirmed", hears("confirmed"))
    monkeypatch.setattr("handlers.desk.contradicted", hears("contradicted"))
    yield heard


def row(name: str = "Giang A Pao", dose: str = "1", day: str = "12/08/2021") -> Sequence[str]:
    return ("P1", name, "05/03/1995", "Nam", NUMBER, dose, "Comirnaty", day)


def export(place: Place, as_of: str, *rows: Sequence[str], headers: Sequence[str] = HEADERS) -> None:
    file = place.csv([headers, *rows], f"{as_of.replace(':', '')}.csv")
    assert place.imports(file, as_of=f"2026-11-20 {as_of}") == 0


def approved(place: Place, *changes: dict[str, Any], linked: bool = True) -> None:
    """The record of 08:00, and what a station approved at 10:00."""
    export(place, "08:00", row())
    resident = place.person(NUMBER)

    def approve(tx: Any) -> None:
        station = units.of_commune(tx, "station", "2025", "04585")
        assert station
        report = reports.add(
            tx, code="PA-7K2MX", talk_id=None, resident_id=None, about={}, proven=False, channel="web",
            received_at=TEN,
        )  # fmt: skip
        ticket = tickets.add(
            tx, report_id=report.id, kind="personal", axis="identity", unit_id=station.id, copy_to=None,
            changes=list(changes), reasons=[], received_at=TEN, due_at=TEN + timedelta(hours=48),
            finish_by=None,
        )  # fmt: skip
        key = vault.of(tx).index("number", NUMBER)
        approvals.add(
            tx, ticket_id=ticket.id, round_id=ticket.round_id, resident_id=resident.id if linked else None,
            person_key=key, changes=list(changes), approved_at=TEN,
        )  # fmt: skip

    place.read(approve)


@pytest.mark.parametrize("linked", [True, False])
def test_a_newer_export_with_the_right_name_confirms(place: Place, told: Told, linked: bool) -> None:
    approved(place, NAME, linked=linked)
    export(place, "11:00", row("Giàng A Páo"))
    assert told == [("confirmed", 1)]


def test_a_newer_export_with_the_old_name_contradicts(place: Place, told: Told) -> None:
    approved(place, NAME)
    export(place, "11:00", row())
    assert told == [("contradicted", 1)]


def test_an_older_export_does_neither(place: Place, told: Told) -> None:
    approved(place, NAME)
    export(place, "09:00", row())
    assert told == []
    export(place, "09:30", row("Giàng A Páo"))
    assert told == []


def test_a_partial_export_does_neither(place: Place, told: Told) -> None:
    approved(place, DOSE)
    export(place, "11:00", row()[:5], headers=HEADERS[:5])
    assert told == []
    export(place, "11:30", *others(2))
    assert told == []


def test_a_missing_dose_is_seen_or_still_missing(place: Place, told: Told) -> None:
    approved(place, DOSE)
    export(place, "11:00", row(), row(dose="2", day="10/09/2021"))
    assert told == [("confirmed", 1)]


def test_the_other_doses_came_but_not_this_one(place: Place, told: Told) -> None:
    approved(place, DOSE)
    export(place, "11:00", row())
    assert told == [("contradicted", 1)]


def test_a_file_without_some_of_the_doses_is_a_partial_one(place: Place, told: Told) -> None:
    export(place, "07:00", row(), row(dose="3", day="01/03/2022"))
    approved(place, DOSE)
    export(place, "11:00", row())
    assert told == []
    export(place, "11:30", row(), row(dose="3", day="01/03/2022"))
    assert told == [("contradicted", 1)]


def others(count: int) -> Iterator[Sequence[str]]:
    for n in range(count):
        yield (f"Q{n}", "Sùng Thị Mỷ", "1995", "Nữ", f"0151950{n:05}", "1", "Comirnaty", "12/08/2021")


def test_rows_of_one_person_far_apart(place: Place, told: Told) -> None:
    approved(place, DOSE)
    export(place, "11:00", row(), *others(1300), row(dose="2", day="10/09/2021"))
    assert told == [("confirmed", 1)]


def test_a_stop_before_the_decision_loses_nothing(
    place: Place, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.imports import confirming

    approved(place, NAME)
    with monkeypatch.context() as patch:

        def dies(*_given: object) -> bool:
            raise SystemExit("killed")

        patch.setattr(confirming, "decide", dies)
        with pytest.raises(SystemExit):
            export(place, "11:00", row("Giàng A Páo"), *others(600))
    assert told == []
    export(place, "11:00", row("Giàng A Páo"), *others(600))
    export(place, "11:00", row("Giàng A Páo"), *others(600))
    assert told == [("confirmed", 1)]


FIRST = {"dose_no": 1, "dose_class": None, "ordinal": None, "vaccine": "Comirnaty", "day": "2021-08-12"}
SECOND = {**FIRST, "dose_no": 2, "day": "2021-09-10"}
WRONG_DAY = {"kind": "dose_wrong", "field": "day", "old": "2021-08-12", "new": "2021-08-13", "dose": FIRST}
NEVER = {"kind": "dose_not_mine", "field": "not_mine", "old": FIRST, "new": None, "had": [SECOND]}
TWICE = {"kind": "dose_duplicate", "field": "twice", "old": [FIRST, SECOND], "new": None, "had": []}
SECOND_ROW = row(dose="2", day="10/09/2021")


def on_record(place: Place) -> list[int]:
    person = place.person(NUMBER)
    return place.read(lambda tx: [dose.dose_no for dose in doses.of_resident(tx, person.id)])


def test_a_wrong_date_is_right_now_or_still_wrong(place: Place, told: Told) -> None:
    approved(place, WRONG_DAY)
    export(place, "10:30", row()[:5], headers=HEADERS[:5])
    assert told == []
    export(place, "11:00", row(day="13/08/2021"))
    assert told == [("confirmed", 1)]


def test_a_wrong_date_is_still_there(place: Place, told: Told) -> None:
    approved(place, WRONG_DAY)
    export(place, "10:30", SECOND_ROW)
    assert told == []
    export(place, "11:00", row())
    assert told == [("contradicted", 1)]


def test_an_earlier_file_without_the_column_does_not_make_a_later_one_contradict(
    place: Place, told: Told
) -> None:
    """At 10:30 dose 1 is told without its date; at 11:00 only dose 2 is told: the date of dose 1 is that of 08:00."""
    approved(place, WRONG_DAY)
    export(place, "10:30", row()[:7], headers=HEADERS[:7])
    export(place, "11:00", SECOND_ROW)
    assert told == []


def test_a_dose_that_was_never_given_is_gone_from_a_full_export(place: Place, told: Told) -> None:
    export(place, "07:00", row(), SECOND_ROW)
    approved(place, NEVER)
    export(place, "10:15", row()[:5], headers=HEADERS[:5])
    export(place, "10:30", row(dose="3", day="01/03/2022"))
    assert told == [] and on_record(place) == [1, 2, 3]
    export(place, "11:00", SECOND_ROW, row(dose="3", day="01/03/2022"))
    assert told == [("confirmed", 1)]
    assert on_record(place) == [2, 3]


def test_a_dose_that_was_never_given_is_still_there(place: Place, told: Told) -> None:
    export(place, "07:00", row(), SECOND_ROW)
    approved(place, NEVER)
    export(place, "11:00", row(), SECOND_ROW)
    assert told == [("contradicted", 1)] and on_record(place) == [1, 2]


def test_of_two_entries_one_is_left(place: Place, told: Told) -> None:
    export(place, "07:00", row(), SECOND_ROW)
    approved(place, TWICE)
    export(place, "11:00", row())
    assert told == [("confirmed", 1)] and on_record(place) == [1]
