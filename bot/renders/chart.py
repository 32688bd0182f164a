"""The chart: open tickets per unit, readable on a narrow phone; hatching and numbers tell as much as colour."""

from __future__ import annotations

import io
from textwrap import fill
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

INK = "#1d2b36"
LOOKS = (("#b3261e", "xx"), ("#e8a33d", "//"), ("#2f6f8f", ""))  # overdue · nearing · more time left
WIDTH, BAR, HEAD, FOOT = 4.6, 0.72, 1.6, 1.1  # inches; a phone shows the width in about 310 px
LONGEST = 30  # characters of a unit's name
NARROW = 0.06  # of the longest bar: a number in a part below that would not fit

mpl.rcParams.update(
    {"font.family": "DejaVu Sans", "font.size": 12, "hatch.linewidth": 0.8, "text.color": INK, "axes.labelcolor": INK}
)  # fmt: skip


def draw(given: dict[str, Any]) -> bytes:
    rows = [row for row in given["rows"] if row[1]][: given["shown"]][::-1]  # the worst on top
    height = HEAD + BAR * max(len(rows), 1) + FOOT
    figure = Figure(figsize=(WIDTH, height), dpi=220)
    _head(figure, given, height)
    axes = figure.add_axes((0.04, FOOT / height, 0.92, 1 - (HEAD + FOOT) / height))
    if rows:
        _bars(axes, rows, given)
    else:
        axes.axis("off")
        axes.text(0.5, 0.5, given["none"], ha="center", va="center", fontsize=13, transform=axes.transAxes)
    image = io.BytesIO()
    figure.savefig(image, format="png", metadata={"Title": given["title"], "Software": ""})
    return image.getvalue()


def _head(figure: Figure, given: dict[str, Any], height: float) -> None:
    top = 1 - 0.12 / height
    title = fill(given["title"], 34)
    figure.text(0.04, top, title, va="top", fontsize=14, fontweight="bold", linespacing=1.25)
    told = "\n".join(filter(None, (given["axis"], given["period"], given["as_of"], given["rest"])))
    below = 0.12 + 0.27 * (title.count("\n") + 1)
    figure.text(0.04, 1 - (below + 0.06) / height, told, va="top", fontsize=11, linespacing=1.3)


def _bars(axes: Any, rows: list[list[Any]], given: dict[str, Any]) -> None:
    longest = max(row[1] for row in rows)
    left = [0] * len(rows)
    for part, (name, (colour, hatch)) in enumerate(zip(given["parts"], LOOKS, strict=True)):
        values = [_parts(row)[part] for row in rows]
        axes.barh(range(len(rows)), values, left=left, color=colour, hatch=hatch, edgecolor="white", label=name,
                  height=0.42)  # fmt: skip
        for place, (start, value) in enumerate(zip(left, values, strict=True)):
            if value > NARROW * longest:
                axes.text(start + value / 2, place, str(value), ha="center", va="center", fontsize=11,
                          bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.94})  # fmt: skip
        left = [start + value for start, value in zip(left, values, strict=True)]
    for place, row in enumerate(rows):  # the unit's name above its bar: beside it, a phone has no room
        overdue = f" ({row[3]} {given['parts'][0]})" if row[3] else ""
        axes.text(0, place + 0.29, f"{_short(row[0])}: {row[1]}{overdue}", va="bottom", fontsize=12)
    axes.set_ylim(-0.4, len(rows) - 0.3)
    axes.set_xlim(0, longest)
    axes.axis("off")
    axes.figure.legend(loc="lower left", bbox_to_anchor=(0.02, 0.0), fontsize=11, frameon=False, handleheight=1.3,
                       handlelength=2.2)  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _parts(row: list[Any]) -> tuple[int, int, int]:
    _unit, open_, nearing, overdue = row[:4]
    return overdue, nearing, open_ - nearing - overdue
