"""Markup, as Telegram wants it."""

from __future__ import annotations

import pytest

from bot.channels import telegram_words as words


@pytest.mark.parametrize(
    "text, html",
    [
        ("**a b** c", "<b>a b</b> c"),
        ("**Mã:** x", "<b>Mã:</b> x"),
        ("N***** T** L**", "N***** T** L**"),
        ("015******234", "015******234"),
        ("** a **", "** a **"),
        ("**a\nb**", "**a\nb**"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("**<i>**", "<b>&lt;i&gt;</b>"),
        ("\"tên\" 'x'", "\"tên\" 'x'"),
    ],
)
def test_markup(text: str, html: str) -> None:
    assert words.html(text) == html
