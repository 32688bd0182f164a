"""The QR code on a photo of an ID card: tried at several sizes, because a chat photo is small and often soft."""

from __future__ import annotations

from collections.abc import Iterator

import zxingcpp
from PIL import Image, ImageFilter

LONGEST = 4000  # pixels: beyond that a code gains nothing
SHARPER = ((6, 500), (4, 300), (8, 300))  # radius and percent; the first reads most, see bench/cards.py
DOUBLE_UP_TO = 12_000_000  # pixels of a photo that is worth enlarging


def codes(photo: Image.Image) -> list[str]:
    """The texts of the QR codes on it, from the first try that finds any."""
    grey = photo.convert("L")
    for tried in _tries(grey):
        if found := zxingcpp.read_barcodes(
            tried,
            formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
            text_mode=zxingcpp.TextMode.Plain,
        ):
            return [code.text for code in found]
    return []


def _tries(grey: Image.Image) -> Iterator[Image.Image]:
    """Half size first: it is quick, and takes the noise out of a large photo."""
    yield grey.reduce(2)
    yield grey
    double = grey
    if grey.width * grey.height <= DOUBLE_UP_TO:
        double = grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
        yield double
    for radius, percent in SHARPER:
        yield double.filter(ImageFilter.UnsharpMask(radius=radius, percent=percent, threshold=0))
