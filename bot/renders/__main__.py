"""The child: a table as JSON in, a picture or a workbook out."""

from __future__ import annotations

import importlib
import json
import sys

# The module that draws each; only that one is loaded, for some need long.
DRAWN_BY = {
    "board_chart": "chart",
    "board_table": "sheet",
    "typing_sheet": "typing_sheet",
    "list_sheet": "list_sheet",
    "list_paper": "list_paper",
    "platform_sheet": "platform_sheet",
}


def main() -> None:
    given = json.load(sys.stdin)
    drawn_by = importlib.import_module(f"bot.renders.{DRAWN_BY[given['render']]}")
    sys.stdout.buffer.write(drawn_by.draw(given))


if __name__ == "__main__":
    main()
