"""Photos: opened within limits, set upright, made smaller, and written anew, so that only the picture is left."""

from __future__ import annotations

import io

import pi_heif
from PIL import Image, ImageOps

LONGEST = 2560  # pixels: a whole A4 slip is still read down to its small print
QUALITY = 85
SMALL = 1_000_000  # bytes, where a messenger takes no more
# (longest side, quality), the best first; print is still read at the last.
SMALLER = ((LONGEST, 80), (2048, 75), (1600, 70), (1280, 60), (1024, 50))
MOST_PIXELS = 64_000_000  # decoded at once; the 50 megapixels of a phone fit
MOST_OF_A_JPEG = 240_000_000  # a JPEG is decoded at a half, a quarter or an eighth: 200 megapixels exist
FORMATS = {
    "image/jpeg": ("JPEG", "MPO"),
    "image/png": ("PNG",),
    "image/webp": ("WEBP",),
    "image/heic": ("HEIF",),
}

# Only these limits hold, and they hold before anything is decoded; Pillow's own would merely warn.
Image.MAX_IMAGE_PIXELS = None
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=2)


class TooLarge(Exception):
    """More pixels than are decoded for anybody."""


def opened(content: bytes, mime: str) -> Image.Image:
    """The photo, not decoded yet; raises TooLarge, or what the decoder has to say."""
    photo = Image.open(io.BytesIO(content), formats=FORMATS[mime])
    if photo.width * photo.height > MOST_OF_A_JPEG:
        raise TooLarge
    photo.draft("RGB", (LONGEST, LONGEST))
    if photo.width * photo.height > MOST_PIXELS:
        raise TooLarge
    return photo


def upright(photo: Image.Image, longest: int) -> Image.Image:
    """Decoded, turned as it was held, no side longer than this, on white; a picture without any metadata."""
    if photo.mode in ("1", "P", "PA"):
        photo = photo.convert("RGBA" if "transparency" in photo.info or photo.mode == "PA" else "RGB")
    if photo.mode.startswith("I"):  # 16 bits of grey
        photo = photo.convert("I").point(lambda value: value / 256).convert("L")
    photo.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    photo = _on_white(_turned(photo))
    photo.info = {}
    return photo


def _turned(photo: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(photo)
    except Exception:  # broken metadata is no reason to refuse a good picture
        photo.load()
        return photo


def _on_white(photo: Image.Image) -> Image.Image:
    if "A" not in photo.getbands():
        return photo.convert("RGB")
    white = Image.new("RGB", photo.size, "white")
    white.paste(photo.convert("RGB"), mask=photo.getchannel("A"))
    return white


def jpeg(photo: Image.Image, quality: int = QUALITY) -> bytes:
    written = io.BytesIO()
    photo.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()


def small_jpeg(photo: Image.Image) -> bytes:
    """At most SMALL bytes, as large and as sharp as that allows."""
    written = b""
    for longest, quality in SMALLER:
        photo.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        written = jpeg(photo, quality)
        if len(written) <= SMALL:
            break
    return written
