"""Documents under test: every setting, command and kind that the code knows stands in them, and nothing else does."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from bot.__main__ import arguments
from bot.settings import Settings, load
from handlers.residents import corrections
from handlers.routes import COMMANDS
from tests.world import KEY

ROOT = Path(__file__).parent.parent


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_every_setting_stands_in_env_example_with_its_default_and_in_the_docs() -> None:
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", text(".env.example"), re.MULTILINE))
    assert set(example) == {name.upper() for name in Settings.model_fields}
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = ",".join(default) if isinstance(default, tuple) else str(default)
        shown = shown.lower() if isinstance(default, bool) else shown
        assert example[name.upper()] == shown, name
        assert f"`{name.upper()}`" in text("docs/operating.md"), name


def test_the_examples_of_gateways_are_settings(tmp_path: Path) -> None:
    examples = re.findall(r"```sh\n(.*?)```", text("docs/operating.md").split("## SMS gateway")[1], re.DOTALL)
    assert examples
    for number, example in enumerate(examples):
        file = tmp_path / f"{number}.env"
        file.write_text(f"DATA_KEY={KEY}\n{example}", "utf-8")
        assert load(_env_file=file).sms_url.startswith("http")


def test_every_setting_is_explained_above_its_line() -> None:
    blocks = text(".env.example").split("\n\n")
    for block in blocks:
        assert block.lstrip().startswith("#"), block


def test_every_command_of_the_chat_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"^\| `/(\w+)|, `/(\w+)`", text("docs/commands.md"), re.MULTILINE))
    assert {name for pair in documented for name in pair if name} == set(COMMANDS)


def test_every_kind_of_correction_is_documented_and_no_other() -> None:
    table = text("docs/commands.md").split("## Kinds of correction")[1]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == {
        form.kind for form in corrections.kinds()
    } | set(corrections.advice())


def test_every_operators_command_is_documented() -> None:
    known = next(a for a in arguments()._actions if isinstance(a, argparse._SubParsersAction))
    documents = text("README.md") + text("docs/operating.md")
    for name in known.choices:
        assert re.search(rf"(python -m bot|make) {name}\b", documents), name


def test_links_between_documents_lead_somewhere() -> None:
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), f"{path.name} -> {target}"


def test_files_named_in_the_documents_exist() -> None:
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for name in re.findall(r"`((?:bot|handlers|storage|locales|tests)/[\w./-]+?\.(?:py|po|js|html|json))`",
                               path.read_text("utf-8")):  # fmt: skip
            assert (ROOT / name).exists(), f"{path.name} names {name}"
