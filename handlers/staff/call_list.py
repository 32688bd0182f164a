"""«Cần gọi điện»: the unit's tickets whose news nobody has got, longest first; each opens its card."""

from __future__ import annotations

from handlers import news, to_call, wording, wording_call, wording_ways
from handlers.reply import Button, Reply
from handlers.staff import menu, rights
from handlers.supervisors import worklists
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import tickets, unreached
from storage.tickets import Ticket
from storage.unreached import Listed

PAGE = 8


def entry(turn: Turn) -> tuple[Button, ...]:
    """For the menu, where there is anybody to call."""
    n = _found(turn, 0, 0)[1]
    return (Button(_("To call ({n})", n=n), "q:call"),) if n else ()


def show(turn: Turn, page: int | None = None) -> None:
    """/cangoi; a page turns in place."""
    if turn.member is None:
        menu.no_access(turn)
        return
    edit, page = page is not None, page or 0
    found, n = _found(turn, PAGE, page * PAGE)
    if not found:
        turn.say(Reply(_("There is nobody to call."), (menu.QUEUE_PLAIN, menu.HOME), "card", edit=edit))
        return
    text = lines(
        _("**To call:** {n}", n=n),
        worklists.page_of(page, n, PAGE),
        _("No message has reached these people, or they ask for a call. The phone number stands behind «See the full number»; "
          "after the call press «I have called»."),
        *(row for one in found for row in ("", *_rows(turn, one))),
    )  # fmt: skip
    buttons = [
        Button(joined(" · ", one.code, wording.marked(one.kind)), f"t:{one.ticket_id}") for one in found
    ]
    buttons += worklists.turning("q:call", page, n, PAGE)
    turn.say(Reply(text, (*buttons, menu.QUEUE_PLAIN, menu.HOME), "card", edit=edit))


def _rows(turn: Turn, one: Listed) -> list[Text]:
    asked = one.what == unreached.ASKED
    what = _("Asks for a call") if asked else news.STATES.get(one.what, one.what)
    head = joined(" · ", joined("", "**", one.code, "**"), what, _("{at}", at=one.since))
    return [
        head,
        wording_call.time(tickets.get(turn.tx, one.ticket_id)) if asked else wording_ways.in_full(one.ways),
    ]


def _found(turn: Turn, limit: int, offset: int) -> tuple[list[Listed], int]:
    assert turn.member is not None
    mine = sorted({role.unit_id for role in turn.member.roles})
    not_theirs = rights.only_clerk_at(turn.member)
    return unreached.at(turn.tx, mine, limit, offset, only_clerk_at=not_theirs)


def called(turn: Turn, ticket: Ticket, _arg: str) -> Text | None:
    """«Đã gọi», an act on the ticket's card."""
    return to_call.called(turn, ticket)
