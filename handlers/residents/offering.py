"""Free words that likely mean a kind of report: it is offered by its name, and the words are kept for its form."""

from __future__ import annotations

from handlers.forms import Form
from handlers.reply import Button, Reply
from handlers.residents import already_said, corrections, kinds
from handlers.residents.kinds import Advice
from handlers.rules import meant, names
from handlers.turn import Turn
from locales import _, lines

YES = (
    "dung",
    "dung roi",
    "phai",
    "phai roi",
    "vang",
    "da",
    "co",
    "u",
    "uh",
    "ok",
    "yes",
    "chinh xac",
    "da dung",
    "dung vay",
)
NO = ("khong", "khong phai", "ko", "ko phai", "no", "sai roi", "chua dung", "khong dung")
ALL = Button(_("No, show me everything"), "w:all")
AT_ONCE = ("reaction",)  # its warning is the first thing said, without a question before it


def likely(text: str, enough: int = meant.ENOUGH) -> list[Form | Advice]:
    """Kinds that these words may mean, the likeliest first; those without a form here are left out."""
    known: dict[str, Form | Advice] = {form.kind: form for form in kinds.kinds()} | dict(kinds.advice())
    return [known[kind] for kind in meant.kinds(text, enough=enough) if kind in known]


def anew(text: str) -> tuple[Button, ...]:
    """Beside the open reports: a new one of the kind that the words plainly mean."""
    found = likely(text, meant.PLAIN)[:1]
    return tuple(Button(_("New report: {kind}", kind=one.title), f"w:k:{one.kind}") for one in found)


def cannot_wait(text: str) -> bool:
    return any(one.kind in AT_ONCE for one in likely(text)[:1])


def hear(turn: Turn, text: str) -> bool:
    """Offers what the words mean, with those of a moment before; False where they say too little."""
    offered = [str(token) for token, _label in turn.state.get("offered") or ()]
    waits = turn.state.get("meant") if ALL.token in offered else None
    if waits and names.fold(text) in YES:
        press(turn, offered[0])
        return True
    if waits and names.fold(text) in NO:
        press(turn, ALL.token)
        return True
    words = f"{waits}\n{text}" if waits else text
    found = likely(words) or (likely(waits) if waits else [])
    if not found:
        return False
    already_said.keep(turn, words)
    if found[0].kind in AT_ONCE:
        press(turn, f"w:k:{found[0].kind}")
        return True
    first, *others = found
    turn.say(
        Reply(
            lines(
                _("Is this what you want to report: **{kind}**?", kind=first.title),
                _("I have kept what you wrote, so you need not type it again."),
            ),
            (Button(first.title, f"w:k:{first.kind}", "primary"),
             *(Button(one.title, f"w:k:{one.kind}") for one in others), ALL),
            "ask",
        )
    )  # fmt: skip
    return True


def press(turn: Turn, token: str) -> None:
    """w:k:KIND · w:all."""
    if token == ALL.token:
        corrections.choose(turn)
    else:
        corrections.press(turn, f"report:{token.removeprefix('w:k:')}")
