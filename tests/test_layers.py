"""Who may import whom (docs/architecture.md); kept by reading the code."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = {"bot", "handlers", "storage", "locales"}
MAY = {
    "locales": {"babel", "locales"},
    "handlers/rules": {"handlers.rules"},
    "storage": {"sqlalchemy", "alembic", "cryptography", "storage"},
    "handlers": {"storage", "locales", "handlers", "phonenumbers", "sqlalchemy.Connection"},
}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("package", MAY)
def test_package_imports_only_what_it_may(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        if package == "handlers" and "rules" in path.parts:
            continue
        for name in imports(path):
            standard = name.split(".")[0] in sys.stdlib_module_names
            allowed = any(name == may or name.startswith(f"{may}.") for may in MAY[package])
            assert standard or allowed, f"{path.relative_to(ROOT)} imports {name}"


def test_clock_and_chance_stand_in_one_place() -> None:
    for path in [p for package in OURS for p in (ROOT / package).rglob("*.py")]:
        text = path.read_text("utf-8")
        if path.name not in ("clock.py",):
            assert "datetime.now(" not in text and "date.today(" not in text, path
        if path.name != "chance.py":
            assert not imports(path) & {"random", "secrets"}, path


def test_only_the_channel_knows_the_library_of_telegram() -> None:
    for path in (ROOT / "bot").rglob("*.py"):
        if path.parent.name != "channels" or not path.name.startswith("telegram"):
            assert not any(name.split(".")[0] == "telegram" for name in imports(path)), path
