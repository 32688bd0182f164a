"""The child: a table as JSON in, a picture or a workbook out."""

from __future__ import annotations

import json
import sys


def main() -> None:
    given = json.load(sys.stdin)
    if given["render"] == "board_chart":
        from bot.renders.chart import draw
    elif given["render"] == "typing_sheet":
        from bot.renders.typing_sheet import draw
    else:
        from bot.renders.sheet import draw
    sys.stdout.buffer.write(draw(given))


if __name__ == "__main__":
    main()
