"""How often free words are understood, on the invented sentences of tests/kinds: python -m bench.kinds."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

from handlers.rules import meant

SENTENCES = Path(__file__).parent.parent / "tests" / "kinds" / "sentences.csv"


def read(half: str) -> list[tuple[str, str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["sentence"]) for row in csv.DictReader(file) if row["half"] == half]


def measure(half: str) -> tuple[float, float]:
    """(the right kind is first, it is among the three offered); of what is no report: nothing is offered."""
    told = [(kind, meant.kinds(sentence) or (meant.NOTHING,)) for kind, sentence in read(half)]
    first = sum(kind == found[0] for kind, found in told)
    return first / len(told), sum(kind in found for kind, found in told) / len(told)


def confused(half: str) -> Counter[tuple[str, str]]:
    pairs = ((kind, (meant.kinds(sentence) or (meant.NOTHING,))[0]) for kind, sentence in read(half))
    return Counter((kind, found) for kind, found in pairs if kind != found)


def main() -> None:
    for half in ("tune", "test"):
        begun, sentences = time.perf_counter(), read(half)
        first, three = measure(half)
        each = (time.perf_counter() - begun) / len(sentences) * 1000
        print(
            f"{half}: {len(sentences)} sentences, first {first:.1%}, among three {three:.1%}, {each:.2f} ms each"
        )
        for (kind, found), n in confused(half).most_common():
            print(f"  {n} × {kind} taken for {found}")


if __name__ == "__main__":
    main()
