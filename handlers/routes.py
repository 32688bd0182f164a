"""Which words, commands and buttons lead where; the page to read to find a handler."""

from __future__ import annotations

from collections.abc import Callable

from handlers import forms, groups, media, typed
from handlers.groups import codes as group_codes
from handlers.lists import card as list_card
from handlers.lists import overview as lists_overview
from handlers.reply import Reply
from handlers.residents import (
    at_site,
    codes,
    consent,
    contact,
    corrections,
    following,
    free_words,
    helping,
    keeping_open,
    lookup,
    menu,
    my_reports,
    police_asks,
)
from handlers.signing import acts as signing
from handlers.signing import overview as signing_overview
from handlers.staff import away, call_list, canned, card, chats, joining, own_chats, queue, site_tech
from handlers.staff import menu as staff_menu
from handlers.supervisors import alerts, board
from handlers.turn import Turn
from locales import _
from storage import talks

Handler = Callable[[Turn, str], None]


def _plain(handler: Callable[[Turn], None]) -> Handler:
    return lambda turn, _rest: handler(turn)


COMMANDS: dict[str, Handler] = {
    "start": joining.start,
    "menu": _plain(menu.show),
    "tracuu": _plain(lookup.begin),
    "phananh": _plain(corrections.choose_anew),
    "theodoi": _plain(my_reports.show),
    "trogiup": _plain(staff_menu.help_),
    "ngonngu": _plain(menu.language),
    "huy": _plain(forms.stop),
    "rut_dong_y": _plain(consent.withdraw),
    "vaodonvi": joining.join,
    "roidonvi": joining.leave,
    "noikenh": chats.command,
    "moi": joining.invite,
    "nhansu": joining.people,
    "hangdoi": queue.show,
    "cangoi": _plain(call_list.show),
    "danhsach": _plain(lists_overview.show),
    "kyso": _plain(signing_overview.show),
    "vangmat": away.begin,
    "caumau": canned.show,
    "baoloi": _plain(site_tech.begin),
    "quahan": board.overdue,
    "bang": board.show,
    "gannhom": group_codes.offer,
    "bogan": group_codes.release,
}

# The first part of a button's token -> who answers it.
BUTTONS: dict[str, Handler] = {
    "menu": _plain(menu.show),
    "lookup": lookup.press,
    "report": corrections.press,
    "reports": _plain(my_reports.show),
    "help": _plain(menu.help_),
    "language": menu.set_language,
    "consent": consent.press,
    "for": helping.press,
    "f": forms.press,
    "code": codes.press,
    "record": lookup.press_record,
    "r": my_reports.press,
    "keep": keeping_open.press,
    "w": free_words.press,
    "staff": staff_menu.press,
    "join": joining.press,
    "chat": own_chats.press,
    "q": queue.press,
    "away": away.press,
    "t": card.press,
    "l": list_card.press,
    "s": signing.press,
    "p": police_asks.press,
    "c": canned.press,
    "a": alerts.press,
    "b": board.press,
}


def dispatch(turn: Turn) -> None:
    incoming = turn.incoming
    if not incoming.private:
        groups.answer(turn)
    elif incoming.kind in ("join", "leave"):
        talks.set_reachable(turn.tx, incoming.channel, incoming.chat, incoming.kind == "join")
    elif incoming.kind == "follow":
        following.greet(turn)
    elif incoming.kind == "contact":
        contact.hear(turn)
    elif incoming.kind == "media":
        media.hear(turn)
    elif incoming.kind == "edited":
        _edited(turn)
    elif incoming.kind == "unsupported":
        media.unsupported(turn)
    elif incoming.choice is not None:
        _press(turn, incoming.choice)
    else:
        _hear(turn, incoming.text.strip())


def _edited(turn: Turn) -> None:
    """An answer that was changed afterwards is not read; what was asked stays asked, in its message."""
    asked: dict[str, object] = {
        name: turn.state[name] for name in ("offered", "numbered", "flow") if name in turn.state
    }
    turn.say(
        Reply(_("I do not see changes in messages that were sent. Please send it again as a new message."))
    )
    turn.state.update(asked)


def _press(turn: Turn, token: str) -> None:
    turn.state.pop("expects", None)
    if token == "language":
        menu.language(turn)
        return
    handler = BUTTONS.get(token.partition(":")[0])
    if handler is None:
        menu.show(turn, before=_("I do not know that button. Here is the menu."))
    else:
        handler(turn, token)


def _hear(turn: Turn, text: str) -> None:
    if text.startswith("/"):
        name, _space, rest = text[1:].partition(" ")
        handler = COMMANDS.get(name.lower().partition("@")[0])
        if handler is None:
            menu.show(turn, before=_("I do not know that command. Here is the menu."))
            return
        turn.state.pop("expects", None)
        if name.lower() != "huy":
            forms.drop(turn)
        handler(turn, rest.strip())
        return
    token = typed.button(turn, text) or menu.token_of(text)
    if token:
        _press(turn, token)
    elif "expects" in turn.state:
        _expected(turn, text)
    elif forms.started(turn):
        forms.take(turn, text)
    elif not text or len(text) < 2:
        menu.show(turn)
    elif at_site.hear(turn, text):
        pass
    elif turn.member:
        queue.hear(turn, text)
    else:
        free_words.hear(turn, text)


def _expected(turn: Turn, text: str) -> None:
    """The last reply asked for words of one's own: {"by": first part of a token, …}."""
    expects = turn.state.pop("expects")
    EXPECTING[expects["by"]](turn, expects, text)


EXPECTING: dict[str, Callable[[Turn, dict[str, object], str], None]] = {
    "t": card.hear,
    "l": list_card.hear,
    "s": signing.hear,
    "p": police_asks.hear,
    "c": canned.hear,
    "r": my_reports.hear,
    "code": codes.hear,
    "q": queue.hear_target,
    "away": away.hear,
}
