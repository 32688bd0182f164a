"""The chart: open tickets per unit, told apart by hatching and numbers as well as by colour."""

from __future__ import annotations

import io
from textwrap import fill
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

INK = "#1d2b36"
LOOKS = (("#b3261e", "xx"), ("#e8a33d", "//"), ("#2f6f8f", ""))  # overdue · nearing · more time left

mpl.rcParams.update(
    {"font.family": "DejaVu Sans", "hatch.linewidth": 0.8, "text.color": INK, "axes.labelcolor": INK}
)


def draw(given: dict[str, Any]) -> bytes:
    rows = [row for row in given["rows"] if row[1]][: given["shown"]][::-1]  # the worst on top
    figure = Figure(figsize=(8, 2.4 + 0.55 * max(len(rows), 1)), dpi=130, layout="constrained")
    axes = figure.add_subplot()
    figure.suptitle(given["title"], x=0.02, ha="left", fontsize=14, fontweight="bold")
    axes.set_title("\n".join(filter(None, (f"{given['period']} · {given['as_of']}", given["rest"]))),
                   loc="left", fontsize=10)  # fmt: skip
    if rows:
        _bars(axes, rows, given)
    else:
        axes.axis("off")
        axes.text(0.5, 0.5, given["none"], ha="center", va="center", fontsize=13, transform=axes.transAxes)
    image = io.BytesIO()
    figure.savefig(image, format="png", metadata={"Title": given["title"], "Software": ""})
    return image.getvalue()


def _bars(axes: Any, rows: list[list[Any]], given: dict[str, Any]) -> None:
    places = range(len(rows))
    left = [0] * len(rows)
    for part, (name, (colour, hatch)) in enumerate(zip(given["parts"], LOOKS, strict=True)):
        values = [_parts(row)[part] for row in rows]
        bars = axes.barh(
            places, values, left=left, color=colour, hatch=hatch, edgecolor="white", label=name, height=0.7
        )
        axes.bar_label(
            bars,
            [str(value) if value else "" for value in values],
            label_type="center",
            fontsize=9,
            color=INK,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.2, "alpha": 0.92},
        )
        left = [start + value for start, value in zip(left, values, strict=True)]
    for label in [text for text in axes.texts if not text.get_text()]:
        label.remove()  # else an empty white box stands where there is no number
    axes.set_yticks(places, [fill(row[0], 34) for row in rows], fontsize=9)
    axes.set_xlabel(given["axis"], fontsize=9)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.figure.legend(
        loc="outside lower center", ncols=3, fontsize=9, frameon=False, handleheight=1.4, handlelength=2.4
    )


def _parts(row: list[Any]) -> tuple[int, int, int]:
    _unit, open_, nearing, overdue = row[:4]
    return overdue, nearing, open_ - nearing - overdue
