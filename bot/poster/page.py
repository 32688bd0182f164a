"""The page itself: a site's poster on A4, drawn from words and addresses; measures are millimetres from the top left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import numpy as np
import segno
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

from bot.poster.letters import POINT, fitted

WIDTH, HEIGHT, MARGIN = 210.0, 297.0, 16.0
INNER = WIDTH - 2 * MARGIN
INCH = 25.4
INK, SOFT, RULE = "#14212b", "#45525c", "#0b6070"
SQUARE = {1: 82.0, 2: 68.0, 3: 54.0}  # a code's side with its quiet zone, by how many stand side by side
QUIET = 4  # modules
BOTTOM = HEIGHT - 41
LINE = 1.3  # from one line of words to the next, in letters

mpl.rcParams.update(
    {"font.family": "DejaVu Sans", "text.color": INK, "text.parse_math": False, "pdf.fonttype": 42}
)


@dataclass(frozen=True)
class Way:
    """One way in: address is what the code holds, shown what a person can type, how what else is to be done."""

    title: str
    address: str
    shown: str
    how: str


@dataclass(frozen=True)
class Poster:
    site: str
    place: str
    about: str
    question: str
    promise: str
    ways: tuple[Way, ...]
    steps: tuple[str, ...]
    instead: str  # for whoever cannot scan
    last: tuple[str, ...]


def draw(poster: Poster) -> Figure:
    figure = Figure(figsize=(WIDTH / INCH, HEIGHT / INCH), dpi=200, facecolor="white")
    y = _words(figure, poster.site, 14, most=28, lines=3, bold=True)
    y = _words(figure, poster.place, y + 1, most=14, lines=2, colour=SOFT) if poster.place else y
    _rule(figure, y + 4)
    y = _words(figure, poster.about, y + 8, most=14, lines=1, colour=SOFT)
    y = _words(figure, poster.question, y + 1, most=30, lines=2, bold=True, colour=RULE)
    y = _words(figure, poster.promise, y + 1, most=21, lines=2)
    y = _ways(figure, poster.ways, y + 6)
    _steps(figure, poster.steps, y + 3, BOTTOM - 3)
    _rule(figure, BOTTOM)
    y = _words(figure, poster.instead, BOTTOM + 4, most=16, lines=2, bold=True)
    for line in poster.last:
        y = _words(figure, line, y + 1, most=12, lines=1, colour=SOFT)
    return figure


def _ways(figure: Figure, ways: tuple[Way, ...], top: float) -> float:
    column, side = INNER / len(ways), SQUARE[len(ways)]
    small = min(fitted(way.shown, 14, 1, False, column - 3)[0] for way in ways)
    ends = []
    for number, way in enumerate(ways):
        middle = MARGIN + column * (number + 0.5)
        y = _words(figure, way.title, top, most=17, lines=1, bold=True, at=middle, wide=column - 3)
        _code(figure, way.address, middle - side / 2, y, side)
        y = _words(figure, way.shown, y + side, most=small, lines=1, at=middle, wide=column - 3)
        ends.append(_words(figure, way.how, y + 1, most=13, lines=3, bold=True, at=middle, wide=column - 3))
    return max(ends)


def _code(figure: Figure, address: str, left: float, top: float, side: float) -> None:
    """Drawn as a picture with many dots a module: some viewers would smooth a small one, or show seams."""
    made = segno.make(address, error="m", micro=False, boost_error=True)
    dots = np.array(list(made.matrix_iter(scale=12, border=QUIET)), dtype=np.uint8)
    axes = figure.add_axes((left / WIDTH, 1 - (top + side) / HEIGHT, side / WIDTH, side / HEIGHT))
    axes.imshow(1 - dots, cmap="gray", vmin=0, vmax=1, interpolation="none")
    axes.axis("off")


def _steps(figure: Figure, steps: tuple[str, ...], top: float, bottom: float) -> None:
    """Spread over the room there is, in letters as large as it allows."""
    room = (bottom - top) / len(steps)
    sheet, indent = _sheet(figure), 16.0
    size = min(18.0, (room - 2) / (2 * LINE * POINT))
    size = min(fitted(step, size, 2, False, INNER - indent)[0] for step in steps)
    for number, step in enumerate(steps):
        middle = top + room * (number + 0.5)
        sheet.add_patch(Circle((MARGIN + 5.5, middle), 5, color=RULE))
        sheet.text(
            MARGIN + 5.5, middle + 0.1, str(number + 1), ha="center", va="center_baseline",
            color="white", fontsize=15, fontweight="bold",
        )  # fmt: skip
        rows = len(fitted(step, size, 2, False, INNER - indent)[1])
        begin = middle - rows * size * LINE * POINT / 2
        _words(figure, step, begin, most=size, lines=2, at=MARGIN + indent, wide=INNER - indent, left=True)


def _rule(figure: Figure, y: float) -> None:
    _sheet(figure).add_patch(Rectangle((MARGIN, y), INNER, 0.8, color=RULE, linewidth=0))


def _sheet(figure: Figure) -> Any:
    """The whole page, in millimetres from the top left."""
    axes = next((one for one in figure.axes if one.get_label() == "sheet"), None)
    if axes is None:
        axes = figure.add_axes((0, 0, 1, 1), label="sheet", zorder=-1)
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(HEIGHT, 0)
        axes.axis("off")
    return axes


def _words(
    figure: Figure,
    said: str,
    top: float,
    *,
    most: float,
    lines: int,
    bold: bool = False,
    colour: str = INK,
    at: float = WIDTH / 2,
    wide: float = INNER,
    left: bool = False,
) -> float:
    """Puts words in as large letters as fit, and says where they end."""
    size, rows = fitted(said, most, lines, bold, wide)
    step = size * POINT * LINE
    for number, row in enumerate(rows):
        _sheet(figure).text(at, top + step * (number + 0.8), row, ha="left" if left else "center", va="baseline",
                            fontsize=size, fontweight="bold" if bold else "normal", color=colour)  # fmt: skip
    return top + step * len(rows)
