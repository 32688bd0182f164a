"""One list: its words and buttons, and the one gate through which every act on it goes.

l:LIST opens it in a message of its own (alerts carry that); l:LIST:VERSION:VERB[:ARG] acts, in place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.lists import (
    back,
    files,
    making,
    people,
    police,
    reviewing,
    rights,
    scan,
    urging,
    wording_events,
    words,
)
from handlers.lists.rights import Rights
from handlers.reply import Button, Reply
from handlers.staff import menu, tokens
from handlers.turn import Turn
from locales import Text, _, lines
from storage import lists
from storage.lists import List

Act = Callable[[Turn, List, Rights, str], Text | None]
Hear = Callable[[Turn, List, Rights, dict[str, Any], str], Text | None]

# Each act checks its own right (it gets them) and the list's state. It returns the line that says it is done, or None
# where it has said something itself.
PARTS = (making, reviewing, police, people, back, files, urging)
ACTS: dict[str, Act] = {verb: act for part in PARTS for verb, act in part.ACTS.items()}
HEARS: dict[str, Hear] = {verb: hear for part in PARTS for verb, hear in part.HEARS.items()}
SHOWN = (making, reviewing, back, police, files, people, scan, urging)  # what comes next stands first
READS = frozenset().union(*(part.READS for part in PARTS))  # an old button may


def show(
    turn: Turn,
    found: List,
    may: Rights,
    before: Text | None = None,
    *,
    edit: bool = True,
    after: tuple[Button, ...] = (),
) -> None:
    """after: buttons that belong to the words before it."""
    given = (part.buttons(turn, found, may) for part in SHOWN)
    buttons = [*(button for some in given for button in some), *making.last_buttons(found, may)]
    text = lines(before, "" if before else None, words.card(turn, found), urging.line(turn, found),
                 *wording_events.last(turn, found, may))  # fmt: skip
    turn.say(Reply(text, (*after, *buttons, menu.LISTS, menu.HOME), "card", sensitive=True, edit=edit))


def press(turn: Turn, pressed: str) -> None:
    """l:show[:PAGE] · l:new:… are the overview's and making's; all else is about one list."""
    from handlers.lists import overview

    parts = pressed.split(":", 4)
    if len(parts) > 1 and parts[1] in overview.VERBS:
        overview.press(turn, pressed)
        return
    numbers = tokens.numbers(parts[1:3])
    if parts[1:2] == ["urge"] and len(parts) == 3 and numbers:  # of a message that named several
        urging.press(turn, numbers[0])
        return
    seen = rights.seen(turn, numbers[0]) if numbers else None
    if seen is None or len(numbers) != len(parts[1:3]):
        menu.no_access(turn)
        return
    found, may = seen
    verb, arg = (parts[3] if len(parts) > 3 else "show"), (parts[4] if len(parts) > 4 else "")
    if verb == "show":
        show(turn, found, may, edit=len(parts) > 3)
    elif verb not in ACTS:
        menu.no_access(turn)
    elif verb not in READS and numbers[1] != found.version:
        show(turn, found, may, _("This list has changed meanwhile."))
    else:
        do(turn, found, lambda: ACTS[verb](turn, found, may, arg), edit=not arg)


def hear(turn: Turn, expects: dict[str, Any], text: str) -> None:
    """The words that an act has asked for: {"by": "l", "list", "version", "verb", …}."""
    seen = rights.seen(turn, int(expects["list"]))
    if seen is None or expects["verb"] not in HEARS:
        menu.no_access(turn)
        return
    found, may = seen
    if found.version != expects["version"]:
        show(
            turn,
            found,
            may,
            lines(_("This list has changed meanwhile."), _("Not kept: «{words}»", words=text)),
        )
        return
    do(turn, found, lambda: HEARS[expects["verb"]](turn, found, may, expects, text), edit=False)


def do(turn: Turn, found: List, act: Callable[[], Text | None], *, edit: bool) -> None:
    """Does it, and shows the fresh card; somebody may have been a moment faster."""
    try:
        line = act()
    except lists.Changed:
        line = _("This list has changed meanwhile.")
    if line is None:
        return
    seen = rights.seen(turn, found.id)
    if seen:
        show(turn, *seen, line, edit=edit)
    else:
        turn.say(Reply(line, (menu.LISTS, menu.HOME), "card", edit=edit))
