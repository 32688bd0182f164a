"""Invented photos: a vaccination slip, an ID card with its code, and what somebody may rename to .jpg."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy
import segno
from matplotlib import get_data_path
from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageFont, ImageOps

FONT = Path(get_data_path()) / "fonts/ttf/DejaVuSans.ttf"
HEIC = (
    Path(__file__).parent / "iphone.heic"
)  # 320 × 240 as stored, to be turned right; camera and place in its EXIF
PLACE = (21.0, 30.0, 0.0)
LINES = (
    "GIẤY XÁC NHẬN ĐÃ TIÊM VẮC XIN COVID-19", "Họ và tên: Giàng A Páo", "Ngày sinh: 05/03/1995   Giới tính: Nam",
    "Số định danh: 015095001234", "Mũi 1: COVID-19 Vaccine AstraZeneca   12/08/2021", "Số lô: ABV7764",
    "Mũi 2: Comirnaty (Pfizer)   09/10/2021", "Số lô: FG3530", "Nơi tiêm: Trạm Y tế xã Bản Công", "Người tiêm ký tên",
)  # fmt: skip


def slip(width: int = 1600, *, blur: float = 0.0, noise: float = 6.0, light: float = 1.0) -> Image.Image:
    """A paper on a table, photographed; blur: sigma in pixels of the photo."""
    height = width * 3 // 4
    photo = Image.new("L", (width, height), int(95 * light))
    draw = ImageDraw.Draw(photo)
    draw.rectangle((width // 12, height // 14, width * 11 // 12, height * 13 // 14), fill=int(225 * light))
    size = width // 50
    for number, line in enumerate(LINES):
        place = (width // 9, height // 9 + number * size * 3)
        draw.text(place, line, fill=int(50 * light), font=ImageFont.truetype(FONT, size))
    return _photographed(photo, blur, noise)


def card(
    payload: str, module: float, *, blur: float = 0.0, turned: float = 0.0, noise: float = 6.0
) -> Image.Image:
    """A card held into the picture; module: the size of a square of its code, blur: sigma, both in its pixels."""
    scale = 8
    code = Image.open(io.BytesIO(png_of(payload, scale))).convert("L")
    side = round(code.width * module / scale)
    code = code.resize((side, side), Image.Resampling.BOX if module >= scale else Image.Resampling.LANCZOS)
    photo = Image.new("L", (side * 5, side * 3), 120)
    draw = ImageDraw.Draw(photo)
    draw.rounded_rectangle((side // 4, side // 4, side * 19 // 4, side * 11 // 4), side // 6, fill=205)
    font = ImageFont.truetype(FONT, max(side // 8, 8))
    for line in range(5):
        draw.text((side // 2, side * (3 + 2 * line) // 5), "CĂN CƯỚC CÔNG DÂN 015095", fill=70, font=font)
    photo.paste(code, (side * 7 // 2, side // 2))
    photo = photo.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=120)
    return _photographed(photo, blur * module, noise)


def _photographed(photo: Image.Image, blur: float, noise: float) -> Image.Image:
    """Uneven light, an unsharp lens, the noise of a sensor."""
    shade = Image.linear_gradient("L").rotate(90).resize(photo.size)
    photo = Image.blend(photo, ImageOps.autocontrast(shade), 0.12)
    if blur:
        photo = photo.filter(ImageFilter.GaussianBlur(blur))
    drawn = numpy.random.default_rng(7).normal(
        128, noise, (photo.height, photo.width)
    )  # the same in every run
    grain = Image.fromarray(drawn.clip(0, 255).astype("uint8"))
    return Image.blend(photo, grain, 0.5).point(lambda v: max(0, min(255, (v - 64) * 2))).convert("RGB")


def png_of(payload: str, scale: int) -> bytes:
    drawn = io.BytesIO()
    segno.make_qr(payload, error="m").save(drawn, kind="png", scale=scale, border=4)
    return drawn.getvalue()


def jpeg(photo: Image.Image, quality: int = 85, **more: Any) -> bytes:
    written = io.BytesIO()
    photo.save(written, "JPEG", quality=quality, **more)
    return written.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes beside the picture: the camera, its owner's place, a small copy of the picture."""
    made = Image.Exif()
    made[ExifTags.Base.Orientation] = orientation
    made[ExifTags.Base.Make] = "Invented camera"
    made.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: PLACE, 3: "E", 4: PLACE})
    return made


def png_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be this large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


def heic_bomb(width: int, height: int) -> bytes:
    """The sample, with a header that claims to be this large."""
    return HEIC.read_bytes().replace(b"ispe" + bytes(4) + struct.pack(">II", 320, 240),
                                     b"ispe" + bytes(4) + struct.pack(">II", width, height))  # fmt: skip
