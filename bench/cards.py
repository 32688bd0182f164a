"""How many codes of invented ID cards are read from how bad a photo: python -m bench.cards (docs/decisions/0006)."""

from __future__ import annotations

import io
import statistics
import time

from PIL import Image

from bot.evidence import cards
from tests.evidence.making import card, jpeg

PEOPLE = (
    "015095001234|060912345|Giàng A Páo|05031995|Nam|Bản Khấu Ly, Bản Công, Trạm Tấu, Yên Bái|12082021",
    "024168004321||Nguyễn Thị Hồng Nhung|30041968|Nữ|Thôn Đông, Việt Tiến, Việt Yên, Bắc Giang|25052021",
    "056201001111|225500001|Pi Năng Thạch|01012001|Nam|Thôn Cầu Gãy, Vĩnh Hải, Ninh Hải, Ninh Thuận|01012022",
    "091188002222||Trần Lệ Quyên|09091988|Nữ|Ấp Mỹ Thạnh, Mỹ Lâm, Hòn Đất, Kiên Giang|15072022|Trần Văn Tâm|Lê Thị Hai",
)
TURNS = (0, 7, 90, 133, 180, 251)
REGIMES = {  # pixels per square of the code, blur in squares, noise
    "close": (8, 0, 6), "whole card": (5, 0, 6), "chat photo": (3.5, 0, 6), "small": (2.5, 0, 6), "2.0 px": (2, 0, 6),
    "1.5 px": (1.5, 0, 6), "1.3 px": (1.3, 0, 6), "grainy": (3.5, 0, 18), "defocus 0.5": (5, 0.5, 6),
    "defocus 0.6": (5, 0.6, 6), "defocus 0.7": (5, 0.7, 6),
}  # fmt: skip


def read(photo: bytes, payload: str) -> bool:
    found = cards.codes(Image.open(io.BytesIO(photo)))
    assert found in ([], [payload]), "read wrongly"
    return bool(found)


def main() -> None:
    for name, (module, blur, noise) in REGIMES.items():
        hits, times = [], []
        for payload in PEOPLE:
            for turned in TURNS:
                photo = jpeg(card(payload, module, blur=blur, turned=turned, noise=noise), quality=80)
                begun = time.perf_counter()
                hits.append(read(photo, payload))
                times.append(time.perf_counter() - begun)
        print(
            f"{name:12} {sum(hits):3} of {len(hits)} read, median {statistics.median(times) * 1000:4.0f} ms"
        )


if __name__ == "__main__":
    main()
