"""How an act on a list asks for words, and the tokens of its buttons."""

from __future__ import annotations

from handlers.reply import Button, Reply
from handlers.turn import Turn
from locales import Text, _
from storage.lists import List


def token(found: List, verb: str, arg: str = "") -> str:
    return f"l:{found.id}:{found.version}:{verb}" + (f":{arg}" if arg else "")


def back(found: List) -> Button:
    return Button(_("Back to the list"), f"l:{found.id}")


def ask_words(
    turn: Turn, found: List, verb: str, text: Text, *buttons: Button, sensitive: bool = False, **more: object
) -> None:
    """What is typed next belongs to this act, as long as the list is what it is now."""
    turn.say(Reply(text, (*buttons, back(found)), sensitive=sensitive))
    turn.state["expects"] = {"by": "l", "list": found.id, "version": found.version, "verb": verb, **more}
