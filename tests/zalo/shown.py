"""What people see on their phones: words, at most five buttons, pictures and files; nothing is ever changed or taken away."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

_NUMBERED = re.compile(r"^\s*(\d{1,2})[.)] +(\S.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Shown:
    """billed: sent between 48 hours and 7 days after the person's last word. template: by its id, with its values."""

    id: str
    at: datetime
    text: str = ""
    buttons: tuple[dict[str, Any], ...] = ()
    media: tuple[str, ...] = ()  # image · file
    content: bytes | None = None
    billed: bool = False
    template: dict[str, Any] = field(default_factory=dict)

    @property
    def numbered(self) -> dict[str, str]:
        """Number -> words, where the text ends in a list to choose from; a list that a number may be typed for."""
        return dict(_NUMBERED.findall(self.text)) if not self.buttons else {}

    def heard(self) -> dict[str, Any]:
        """As tests/world.py writes it; a file is «(image)» or «(file)», a template its values."""
        labels = [*(one["title"] for one in self.buttons), *self.numbered.values()]
        words = [*(f"({kind})" for kind in self.media), self.text, *map(str, self.template.get("template_data", {}).values())]  # fmt: skip
        return {
            "text": " ".join(filter(None, words)),
            "choices": [{"label": label} for label in labels],
            "template": bool(self.template),
            "_id": self.id,
            "_at": self.at,
        }
