"""QR codes of invented cards on synthetic photos: what a usual photo gives, and how far the ladder carries."""

from __future__ import annotations

import io
import itertools

import pytest
from PIL import Image

from bench.cards import PEOPLE
from bot.evidence import cards
from handlers.rules.card_qr import read_card
from tests.evidence.making import card, jpeg, slip


def read(payload: str, module: float, **how: float) -> bool:
    found = cards.codes(Image.open(io.BytesIO(jpeg(card(payload, module, **how), quality=80))))
    assert found in ([], [payload])  # rather nothing than something wrong
    return bool(found)


@pytest.mark.parametrize("module", [8, 5, 3.5, 2.5, 2])
def test_every_card_of_two_pixels_a_square_or_more_is_read(module: float) -> None:
    for payload, turned in itertools.product(PEOPLE, (7, 133)):
        assert read(payload, module, turned=turned), (payload[:12], turned)


def test_a_soft_photo_is_mostly_read() -> None:
    hits = [read(payload, 5, blur=0.5, turned=turned) for payload in PEOPLE for turned in (7, 133)]
    assert sum(hits) > len(hits) / 2


def test_the_larger_and_sharper_tries_are_what_reads_it() -> None:
    """Without them these photos give nothing: a rung that is lost would not be noticed otherwise."""
    soft = card(PEOPLE[0], 5, blur=0.5).convert("L")
    first = list(itertools.islice(cards._tries(soft), 2))
    assert [bool(cards.zxingcpp.read_barcodes(one)) for one in first] == [False, False]
    assert cards.codes(soft) == [PEOPLE[0]]


def test_upside_down_mirrored_and_beside_another_code() -> None:
    photo = card(PEOPLE[1], 4)
    assert cards.codes(photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT)) == [PEOPLE[1]]
    both = Image.new("RGB", (photo.width, photo.height * 2), "grey")
    both.paste(photo, (0, 0))
    both.paste(card("https://example.vn", 4).resize(photo.size), (0, photo.height))
    (found,) = filter(None, map(read_card, cards.codes(both)))
    assert found["number"] == "024168004321"


def test_a_photo_without_a_code_gives_nothing() -> None:
    assert cards.codes(slip(1280)) == []
