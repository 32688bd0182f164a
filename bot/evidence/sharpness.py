"""Whether a photo is blurred: how steep its edges are, for what contrast there is; the noise of the camera aside."""

from __future__ import annotations

from PIL import Image, ImageFilter, ImageStat

SIDE, TILES = 1024, 8
# Synthetic slips give 0.02 when sharp and 0.0004 where a blur of 1/400 of the width swallows the print, at any size
# from 800 to 4,000 pixels (tests/evidence/test_photos.py). Only a warning hangs on it, so that the doubtful pass.
BLURRED = 0.0018
FLAT = 25.0  # variance of grey where there is nothing to be read at all
_LAPLACE = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


def is_blurred(photo: Image.Image) -> bool:
    return steepness(photo) < BLURRED


def steepness(photo: Image.Image) -> float:
    """Of the tiles with the most contrast, the steeper ones: a sharp paper on a plain table is sharp."""
    grey = photo.convert("L")
    grey.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    grey = grey.filter(ImageFilter.BoxBlur(0.7))
    edges = grey.filter(_LAPLACE)
    boxes = list(_boxes(*grey.size))
    contrast = [_variance(grey, box) for box in boxes]
    edge = [_variance(edges, box) for box in boxes]
    noise = sorted(edge)[len(edge) // 10]
    busiest = sorted(zip(contrast, edge, strict=True), reverse=True)[: len(boxes) // 4]
    steep = sorted(((e - noise) / max(c, FLAT) for c, e in busiest), reverse=True)
    return steep[len(steep) // 4]


def _variance(image: Image.Image, box: tuple[int, int, int, int]) -> float:
    return float(ImageStat.Stat(image.crop(box)).var[0])


def _boxes(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """Without the outermost pixels, where a filter has nothing to compare with."""
    across, down = max(width - 2, TILES) / TILES, max(height - 2, TILES) / TILES
    return [
        (int(1 + x * across), int(1 + y * down), int(1 + (x + 1) * across), int(1 + (y + 1) * down))
        for x in range(TILES)
        for y in range(TILES)
    ]
