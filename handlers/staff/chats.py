"""/noikenh: the same member of staff in another chat too; a code from one of theirs, said in the new one."""

from __future__ import annotations

from datetime import timedelta

from handlers import links, wording
from handlers.opening import ALPHABET
from handlers.reply import Button, Reply
from handlers.staff import menu, own_chats, tries
from handlers.turn import Turn
from locales import Text, _, lines
from storage import chat_codes, history, staff, staff_chats
from storage.staff import Staff

LENGTH, VALID = 8, timedelta(minutes=10)
START = "chat_"  # what a link that connects a chat says at /start

HOW = _("/noikenh is for staff: where you work already it gives a code; here, type /noikenh and that code.")
NOT_VALID = _("This code is not valid: it works once, within 10 minutes. For a new one type /noikenh in your other channel.")  # fmt: skip


def command(turn: Turn, code: str) -> None:
    """/noikenh, and /noikenh CODE in the chat that is to be connected."""
    if code:
        connect(turn, code)
    elif turn.member is None:
        turn.say(Reply(HOW, (menu.HOME,)))
    else:
        offer(turn, turn.member)


def offer(turn: Turn, member: Staff) -> None:
    """A fresh code, and the channels that there are."""
    code = turn.new_code(ALPHABET, LENGTH)
    chat_codes.make(turn.tx, code, member.id, turn.machine_now + VALID)
    history.audited(turn.tx, turn.now, "chat_code", staff_id=member.id, talk_id=turn.talk.id)
    told = lines(
        _("**Work on another channel too**, with the same tickets. There, within 10 minutes:"),
        *_ways(turn, code),
        _("The code works once, until {until}. Give it to nobody: whoever has it sees what you see.",
          until=turn.now + VALID),
        "",
        *own_chats.listed(turn, member),
    )  # fmt: skip
    turn.say(Reply(told, (*own_chats.buttons(turn, member), menu.HOME), "card", sensitive=True))


def _ways(turn: Turn, code: str) -> list[Text]:
    """Where a link carries the code it is one tap; else it is typed."""
    zalo, bot = links.zalo(turn.desk), links.telegram(turn.tx, START + code)
    return [
        _("– any channel: type **/noikenh {code}**", code=code),
        *([_("– Zalo: open {link} and type it there", link=zalo)] if zalo else []),
        *([f"– Telegram: {bot}"] if bot else []),
        _("– web page: {link}", link=f"{links.page(turn.desk)}?start={START}{code}"),
    ]


def connect(turn: Turn, code: str) -> None:
    """A code that is wrong, used or too old is answered alike; one that cannot be used here is not spent."""
    wait = tries.too_many(turn, "chat", turn.incoming.chat)
    if wait:
        turn.say(Reply(wait))
        return
    maker = chat_codes.maker_of(turn.tx, code, turn.machine_now)
    person = staff.get(turn.tx, maker) if maker else None
    member = turn.member
    if person is None:
        turn.say(Reply(NOT_VALID, (menu.HOME,)))
    elif member and member.id == person.id:
        told = _("You work in this channel already. Please type the code in the other one.")
        turn.say(Reply(told, (own_chats.MINE, menu.HOME)))
    elif member:
        turn.say(Reply(_anothers(member), (menu.HOME,)))
    elif chat_codes.use(turn.tx, code, turn.machine_now) == person.id:
        _connected(turn, person)
    else:
        turn.say(Reply(NOT_VALID, (menu.HOME,)))


def _anothers(member: Staff) -> Text:
    return lines(
        _("This channel is {name}'s already, and a channel has one person only.", name=member.name),
        _("If that is you under another invitation: leave there first with /roidonvi, then type the code here again."),
    )  # fmt: skip


def _connected(turn: Turn, person: Staff) -> None:
    """The others hear of it at once, for it may not have been their owner."""
    before = staff.chats_of(turn.tx, person.id)
    staff_chats.connect(turn.tx, person.id, turn.talk.id, turn.machine_now)
    history.audited(turn.tx, turn.now, "chat_linked", staff_id=person.id, talk_id=turn.talk.id)
    turn.forget_member()
    drop = own_chats.drop_button(turn.talk)
    told = lines(
        _("A further channel has been connected to you: {channel}, {at}. Your tickets are seen there too.",
          channel=wording.channel(turn.talk.channel), at=turn.now),
        _("Was it not you? Press «{drop}» at once.", drop=drop.label),
    )  # fmt: skip
    for talk_id in before:
        turn.tell(talk_id, Reply(told, (drop, Button(_("Menu"), "menu")), rank="alert"))
    menu.show(
        turn,
        before=_("Welcome, {name}. This channel is yours now, with the same tickets as the others.", name=person.name),
    )  # fmt: skip


def burn(turn: Turn, code: str) -> None:
    """Said where others read it: nobody can use it any more."""
    chat_codes.use(turn.tx, code, turn.machine_now)
