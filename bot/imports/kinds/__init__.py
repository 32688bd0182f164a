"""What can be imported; a file is recognised by its headers."""

from __future__ import annotations

from collections.abc import Sequence

from bot.imports.columns import Layout, known_keys, lay_out, missing
from bot.imports.job import Kind
from bot.imports.kinds import complaints, residents, sites, staff
from bot.imports.problems import FileProblem

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (residents.KIND, sites.KIND, staff.KIND, complaints.KIND)
}


def recognise(headers: Sequence[str], name: str | None, file: str) -> tuple[Kind, Layout]:
    """The kind that was named, or the one whose headers these are."""
    if name is not None and name not in KINDS:
        raise FileProblem(f"Không có loại «{name}»; các loại: {', '.join(KINDS)}.")
    kind = KINDS[name] if name else _likeliest(headers, file)
    layout = lay_out(headers, kind.columns)
    lacking = missing(layout, kind.columns)
    if lacking:
        names = ", ".join(f"«{column.vi}» ({column.en})" for column in lacking)
        raise FileProblem(f"{file} ({kind.title.lower()}): thiếu cột {names}.")
    return kind, layout


def _likeliest(headers: Sequence[str], file: str) -> Kind:
    """The kind that has all it needs, and among those the one that knows most of the headers."""
    known = {kind.name: _known(headers, kind) for kind in KINDS.values()}
    best = max(KINDS.values(), key=lambda kind: known[kind.name])
    if known[best.name][1] < 2:
        raise FileProblem(
            f"{file}: không nhận ra loại tệp qua dòng tiêu đề; hãy thêm --kind {'|'.join(KINDS)}."
        )
    return best


def _known(headers: Sequence[str], kind: Kind) -> tuple[bool, int]:
    keys = known_keys(headers, kind.columns)
    return all(column.key in keys for column in kind.columns if column.required), len(keys)
