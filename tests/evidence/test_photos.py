"""Photos in the child: only the picture is left, it stands upright, and what is broken or a bomb is refused."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from bot import apart
from bot.evidence import photos, worker
from bot.evidence.sharpness import is_blurred, steepness
from tests.evidence.making import HEIC, exif, heic_bomb, jpeg, png_bomb, slip

XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><GPSLatitude>21.5</GPSLatitude></x:xmpmeta>"


async def looked_at(content: bytes, mime: str = "image/jpeg") -> tuple[dict[str, Any], bytes]:
    return await worker.look_at("evidence", mime, content)


def as_png(photo: Image.Image, **more: Any) -> bytes:
    written = io.BytesIO()
    photo.save(written, "PNG", **more)
    return written.getvalue()


def as_webp(photo: Image.Image, **more: Any) -> bytes:
    written = io.BytesIO()
    photo.save(written, "WEBP", **more)
    return written.getvalue()


def flags() -> Image.Image:
    """Red at the top left, as stored."""
    photo = Image.new("RGB", (320, 240), "white")
    photo.paste("red", (0, 0, 60, 60))
    return photo


def laden() -> dict[str, tuple[str, bytes]]:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Invented camera")
    with_copy = flags()
    return {
        "JPEG": ("image/jpeg", jpeg(with_copy, exif=exif(6), xmp=XMP, comment=b"Invented camera")),
        "PNG": ("image/png", as_png(with_copy, exif=exif(6), pnginfo=text)),
        "WebP": ("image/webp", as_webp(with_copy, exif=exif(6), xmp=XMP)),
        "HEIC": ("image/heic", HEIC.read_bytes()),
    }


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WebP", "HEIC"])
async def test_place_camera_and_all_other_metadata_are_gone_and_it_stands_upright(name: str) -> None:
    mime, content = laden()[name]
    assert b"Invented" in content or name == "WebP"
    _looked, made = await looked_at(content, mime)
    photo = Image.open(io.BytesIO(made))
    assert photo.format == "JPEG" and not photo.getexif() and set(photo.info) <= {
        "jfif", "jfif_version", "jfif_unit", "jfif_density"
    }  # fmt: skip
    assert not any(word in made for word in (b"Exif", b"Invented", b"xmp", b"GPS", b"Photoshop"))
    assert photo.size == (240, 320)
    assert_red(photo.getpixel((220, 20)))  # the left top corner is the right one now


def assert_red(pixel: Any) -> None:
    red, green, blue = pixel
    assert red > 180 and green < 90 and blue < 90


async def test_broken_metadata_is_no_reason_to_refuse_a_good_picture() -> None:
    good = jpeg(flags(), exif=exif(6))
    at = good.index(b"Exif\0\0") + 6
    _looked, made = await looked_at(good[:at] + b"\xff" * 40 + good[at + 40 :])
    assert Image.open(io.BytesIO(made)).size == (320, 240)


@pytest.mark.parametrize(
    ("photo", "corner"),
    [
        (Image.new("RGBA", (40, 40), (0, 0, 0, 0)), (255, 255, 255)),
        (Image.new("LA", (40, 40), (0, 255)), (0, 0, 0)),
        (Image.new("P", (40, 40), 0), (0, 0, 0)),
        (Image.new("1", (40, 40), 1), (255, 255, 255)),
        (Image.new("I;16", (40, 40), 65535), (255, 255, 255)),
    ],
    ids=["transparent", "grey and alpha", "palette", "black and white", "16 bits"],
)
async def test_odd_pictures_come_out_plain(photo: Image.Image, corner: tuple[int, int, int]) -> None:
    _looked, made = await looked_at(as_png(photo), "image/png")
    assert Image.open(io.BytesIO(made)).convert("RGB").getpixel((0, 0)) == corner


async def test_a_large_photo_is_made_smaller_and_small_print_stays() -> None:
    _looked, made = await looked_at(jpeg(slip(4000), quality=92))
    photo = Image.open(io.BytesIO(made))
    assert photo.size == (2560, 1920)
    assert len(made) < 1_500_000
    assert steepness(photo) > 0.01


async def test_a_photo_of_108_megapixels_is_taken() -> None:
    _looked, made = await looked_at(jpeg(Image.new("RGB", (12000, 9000), "white"), quality=30))
    assert max(Image.open(io.BytesIO(made)).size) == 2560


WRONG: dict[str, tuple[str, bytes, str]] = {
    "a PNG of 3.6 gigapixels": ("image/png", png_bomb(60_000, 60_000), "too_big"),
    "a HEIC of 3.6 gigapixels": ("image/heic", heic_bomb(60_000, 60_000), "too_big"),
    "a HEIC that lies about its size": ("image/heic", heic_bomb(7_000, 7_000), "broken"),
    "a PNG that ends too soon": ("image/png", png_bomb(400, 400), "broken"),
    "a truncated JPEG": ("image/jpeg", jpeg(slip(800))[:20_000], "broken"),
    "a truncated HEIC": ("image/heic", HEIC.read_bytes()[:700], "broken"),
    "a JPEG of three bytes": ("image/jpeg", b"\xff\xd8\xff", "broken"),
    "a PNG called JPEG": ("image/jpeg", as_png(flags()), "broken"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_is_refused_before_it_harms(name: str) -> None:
    mime, content, problem = WRONG[name]
    assert await looked_at(content, mime) == ({"problem": problem}, b"")


async def test_a_jpeg_of_a_gigapixel_is_refused_by_its_header() -> None:
    small = jpeg(Image.new("RGB", (16, 16)))
    at = small.index(b"\xff\xc0") + 5
    assert (await looked_at(small[:at] + struct.pack(">HH", 40_000, 40_000) + small[at + 4 :]))[0] == {
        "problem": "too_big"
    }


async def test_a_decoder_that_dies_costs_only_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart.sys, "executable", "/bin/false")
    assert await looked_at(jpeg(flags())) == ({"problem": "broken"}, b"")


async def test_a_child_that_hangs_is_ended_and_the_message_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "SECONDS", 0.01)
    with pytest.raises(worker.TookTooLong):
        await looked_at(jpeg(slip(800)))


async def test_the_child_knows_no_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tells = tmp_path / "tells"
    tells.write_text("#!/bin/sh\nenv\n")
    tells.chmod(0o700)
    monkeypatch.setenv("DATA_KEY", "secret")
    monkeypatch.setattr(apart.sys, "executable", str(tells))
    _returned, said, _complaint = await apart.run("any", [], b"", 30)
    assert b"PATH=" in said and b"secret" not in said


@pytest.mark.parametrize("width", [800, 1280, 2560])
@pytest.mark.parametrize("noise", [2, 6, 12])
def test_a_sharp_paper_is_sharp_and_a_blurred_one_blurred(width: int, noise: float) -> None:
    """Blur as a part of the width: at 1/1000 small print is still read, at 1/400 nothing is."""
    for blur, expected in (
        (0, False),
        (1 / 2000, False),
        (1 / 1000, False),
        (1 / 400, True),
        (1 / 150, True),
    ):
        photo = Image.open(io.BytesIO(jpeg(slip(width, blur=blur * width, noise=noise), quality=80)))
        assert is_blurred(photo) == expected, (blur, steepness(photo))


def test_a_dark_paper_is_judged_by_its_print_and_an_empty_picture_is_blurred() -> None:
    assert not is_blurred(slip(1280, light=0.45))
    assert is_blurred(Image.new("RGB", (800, 600), "white"))
    assert is_blurred(Image.new("RGB", (3, 2000), "white"))


def test_what_is_too_large_is_known_before_anything_is_decoded() -> None:
    with pytest.raises(photos.TooLarge):
        photos.opened(png_bomb(9_000, 9_000), "image/png")
