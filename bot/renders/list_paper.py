"""The list on paper, A4 across: what is known of each, room to write by hand what the police found, and to sign."""

from __future__ import annotations

import io
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle

from bot.renders.list_layout import PAD, POINT, SIZE, STEP, Laid, lay, pages, wrap
from handlers.lists.columns import GIVEN

WIDTH, HEIGHT, MARGIN = 297.0, 210.0, 10.0
INNER, INCH = WIDTH - 2 * MARGIN, 25.4
FOOT = HEIGHT - MARGIN - 4  # below it the page's number
END = 58.0  # the sums and the signatures
HEAD, LINE = 9.5, 5.0  # letters of the head and of the end in points; from one line of them to the next
SHOWN = tuple(column.key for column in GIVEN if column.key != "key")
ANSWERS = ("matches", "unknown", "supplement", "differs")
WIDTHS = (9.0, 38.0, 19.0, 11.0, 25.0, 35.0, 34.0, 25.0, 11.0, 17.0, 14.0, 39.0)
PLAIN, BOLD = (FontProperties(family="DejaVu Sans", size=SIZE, weight=one) for one in ("normal", "bold"))
Said = tuple[float, float, str, bool]  # where it begins, on which line, what, in bold letters
INK, GREY = "#14212b", "#E6EBEF"

mpl.rcParams.update({
    "font.family": "DejaVu Sans", "font.size": SIZE, "text.color": INK, "text.parse_math": False,
    "pdf.fonttype": 42, "pdf.compression": 6,
})  # fmt: skip


def draw(given: dict[str, Any]) -> bytes:
    headers = [*(column.header for column in GIVEN if column.key in SHOWN), *(given["words"][name] for name in ANSWERS)]  # fmt: skip
    places = [place for place in range(len(headers)) if place not in map(SHOWN.index, given["unsaid"])]
    widths = [WIDTHS[place] for place in places]
    widths[-1] += INNER - sum(widths)  # what says nothing leaves its room to the pen
    head = lay([headers[place] for place in places], widths, bold=True)
    rows = [lay([cells[place] for place in places], widths) for cells in map(_cells, given["rows"])]
    above = _above(given)
    top = MARGIN + LINE * (len(above) + 1.5)
    made = pages(rows, FOOT - top - head.height, FOOT - MARGIN - head.height, END)
    file = io.BytesIO()
    with PdfPages(file, metadata={"Title": given["title"], "CreationDate": None}) as paper:
        for number, on_page in enumerate(made, 1):
            figure, sheet = _page()
            if number == 1:
                _title(sheet, given, above)
            y = top if number == 1 else MARGIN
            if on_page:
                y = _table(sheet, widths, head, on_page, y)
            else:
                sheet.text(MARGIN, y, given["none"], fontsize=HEAD)
            if number == len(made):
                _end(sheet, given, y)
            told = given["words"]["page"].replace("{page}", str(number)).replace("{pages}", str(len(made)))
            sheet.text(WIDTH - MARGIN, HEIGHT - MARGIN, told, ha="right")
            sheet.text(MARGIN, HEIGHT - MARGIN, f"{given['title']} · {given['maker']}")
            paper.savefig(figure)
    return file.getvalue()


class Letters(Artist):
    """Many short lines at once; as texts of their own they would take twice the time."""

    def __init__(self, said: list[Said]) -> None:
        super().__init__()
        self._said, self.zorder = said, 3

    def draw(self, renderer: Any) -> None:
        gc = renderer.new_gc()
        gc.set_foreground(INK)
        axes: Any = self.axes
        places = axes.transData.transform([(x, y) for x, y, _line, _bold in self._said])
        for (x, y), (_x, _y, line, bold) in zip(places, self._said, strict=True):
            renderer.draw_text(gc, x, y, line, BOLD if bold else PLAIN, 0)
        gc.restore()


def _cells(row: dict[str, str]) -> list[str]:
    """What the police have said already is filled in; all else is for the pen."""
    said = [*(row[key] for key in ("right_number", "right_name", "right_birth", "right_sex")), row["words"]]
    ticked = ["×" if row["said"] == name else "" for name in ANSWERS[:3]]
    return [*(row[key] for key in SHOWN), *ticked, "; ".join(filter(None, said))]


def _above(given: dict[str, Any]) -> list[str]:
    told = [*given["head"], *([given["signed"]] if given["signed"] else [])]
    return [row for line in told for row in wrap(line, INNER * SIZE / HEAD)]


def _page() -> tuple[Figure, Any]:
    """A page, measured in millimetres from its top left."""
    figure = Figure(figsize=(WIDTH / INCH, HEIGHT / INCH))
    sheet = figure.add_axes((0, 0, 1, 1))
    sheet.set_xlim(0, WIDTH)
    sheet.set_ylim(HEIGHT, 0)
    sheet.axis("off")
    return figure, sheet


def _title(sheet: Any, given: dict[str, Any], above: list[str]) -> None:
    sheet.text(WIDTH / 2, MARGIN + 3, given["words"]["paper"], ha="center", fontsize=12, fontweight="bold")
    for number, line in enumerate(above, 1):
        sheet.text(WIDTH / 2, MARGIN + 3 + LINE * number, line, ha="center", fontsize=HEAD)


def _table(sheet: Any, widths: list[float], head: Laid, rows: list[Laid], top: float) -> float:
    """Says where it ends."""
    sheet.add_patch(Rectangle((MARGIN, top), INNER, head.height, color=GREY, linewidth=0))
    lefts = [MARGIN + sum(widths[:place]) for place in range(len(widths) + 1)]
    y, borders = top, [top]
    said: list[Said] = []
    for row in (head, *rows):
        for left, words in zip(lefts, row.cells, strict=False):
            for number, line in enumerate(words):
                said.append((left + PAD, y + PAD + STEP * number + SIZE * POINT, line, row is head))
        y += row.height
        borders.append(y)
    sheet.add_artist(Letters(said))
    across = [((MARGIN, at), (MARGIN + INNER, at)) for at in borders]
    down = [((left, top), (left, y)) for left in lefts]
    sheet.add_collection(LineCollection([*across, *down], colors=INK, linewidths=0.4))
    return y


def _end(sheet: Any, given: dict[str, Any], y: float) -> None:
    words = given["words"]
    sheet.text(MARGIN, y + 7, words["counted"], fontsize=HEAD)
    sides = (
        (MARGIN + INNER / 4, "", words["station" if given["station"] else "site"], words["made"], given["maker"]),
        (WIDTH - MARGIN - INNER / 4, words["number_day"], words["commune_police"], words["signs"], given["police"]),
    )  # fmt: skip
    for x, over, who, how, unit in sides:
        sheet.text(x, y + 16, over, ha="center", fontsize=HEAD)
        sheet.text(x, y + 22, who.upper(), ha="center", fontsize=10, fontweight="bold")
        named = [*wrap(unit, INNER / 2.2 * SIZE / HEAD), how]
        for number, line in enumerate(named):
            sheet.text(x, y + 27 + LINE * number, line, ha="center", fontsize=HEAD)
