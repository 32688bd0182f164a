"""The chats of one member of staff: which there are, and dropping one that is theirs no longer, or never was."""

from __future__ import annotations

from datetime import timedelta

from handlers import wording
from handlers.reply import Button, Reply
from handlers.residents import menu as residents_menu
from handlers.staff import menu, tokens
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import history, moving, staff, staff_chats, talks
from storage.staff import Staff
from storage.talks import Talk

MINE = Button(_("My channels"), "chat:new")
# Whoever got hold of a code shall not lock out its owner before the owner has read of it.
FRESH = timedelta(days=1)


def listed(turn: Turn, member: Staff) -> list[Text]:
    """Nothing where there is only this one."""
    mine = _all(turn, member)
    return [_("Your channels:"), *(_row(turn, member, one) for one in mine)] if len(mine) > 1 else []


def _all(turn: Turn, member: Staff) -> list[Talk]:
    return [talks.get(turn.tx, talk_id) for talk_id in staff.chats_of(turn.tx, member.id)]


def _row(turn: Turn, member: Staff, talk: Talk) -> Text:
    used = _("this one") if talk.id == turn.talk.id else _used(turn, talk)
    here = _("reminders come here") if talk.id == member.talk_id else None
    said = [part for part in (wording.channel(talk.channel), used, here) if part]
    return joined("", "– ", joined(" · ", *said))


def _used(turn: Turn, talk: Talk) -> Text | None:
    if talk.heard_at is None:
        return None
    return _("last used {at}", at=turn.now - (turn.machine_now - talk.heard_at))


def buttons(turn: Turn, member: Staff) -> tuple[Button, ...]:
    """The present one last; of several web pages each with when it was used."""
    mine = _all(turn, member)
    if len(mine) == 1:
        return ()
    kinds = [talk.channel for talk in mine]
    others = [
        drop_button(talk, _used(turn, talk) if kinds.count(talk.channel) > 1 else None)
        for talk in mine
        if talk.id != turn.talk.id
    ]
    return (*others, Button(_("Drop this channel"), f"chat:drop:{turn.talk.id}"))


def drop_button(talk: Talk, which: Text | None = None) -> Button:
    name: Text = wording.channel(talk.channel)
    name = joined(", ", name, which) if which else name
    return Button(_("Drop {channel}", channel=name), f"chat:drop:{talk.id}", "danger")


def press(turn: Turn, token: str) -> None:
    """chat:new · chat:drop:TALK · chat:drop!:TALK"""
    from handlers.staff import chats

    member = turn.member
    verb, *rest = token.partition(":")[2].split(":")
    match verb, tokens.numbers(rest):
        case _ if member is None:
            menu.no_access(turn)
        case "new", []:
            chats.offer(turn, member)
        case "drop" | "drop!", [talk_id]:
            _drop(turn, member, talk_id, sure=verb == "drop!")
        case _:
            menu.no_access(turn)


def _drop(turn: Turn, member: Staff, talk_id: int, *, sure: bool) -> None:
    mine = staff.chats_of(turn.tx, member.id)
    if talk_id not in mine:
        turn.say(Reply(_("That channel is not connected to you any more."), (MINE, menu.HOME)))
    elif len(mine) == 1:
        told = _("This is your only channel, so it stays. To stop working here, use /roidonvi.")
        turn.say(Reply(told, (MINE, menu.HOME)))
    elif talk_id == turn.talk.id and not sure:
        yes = Button(_("Yes, drop it"), f"chat:drop!:{talk_id}", "danger")
        told = _("Drop this channel? You go on working in the others, and nothing is lost.")
        turn.say(Reply(told, (yes, Button(_("No, keep it"), "chat:new")), "ask"))
    elif _too_fresh(turn, talk_id):
        told = _("A channel connected less than a day ago cannot drop an older one. Please do it from another of yours, or tomorrow.")  # fmt: skip
        turn.say(Reply(told, (MINE, menu.HOME)))
    else:
        _dropped(turn, member, talks.get(turn.tx, talk_id))


def _too_fresh(turn: Turn, talk_id: int) -> bool:
    here, there = staff_chats.since(turn.tx, turn.talk.id), staff_chats.since(turn.tx, talk_id)
    fresh = here is not None and turn.machine_now - here < FRESH
    return fresh and here is not None and (there is None or there < here)


def _dropped(turn: Turn, member: Staff, talk: Talk) -> None:
    """What waits to be said there goes to a chat that is still theirs."""
    if not staff_chats.disconnect(turn.tx, member.id, talk.id):
        menu.no_access(turn)
        return
    history.audited(
        turn.tx, turn.now, "chat_unlinked", staff_id=member.id, talk_id=turn.talk.id, chat=talk.id
    )
    now = staff.get(turn.tx, member.id)
    if now:
        moving.move_alerts(turn.tx, talk, talks.get(turn.tx, now.talk_id), turn.machine_now)
    told = _("This channel is not connected to {name}'s work on this desk any more.", name=member.name)
    if talk.id == turn.talk.id:
        turn.forget_member()
        residents_menu.show(turn, before=told, commands=())
        return
    turn.tell(talk.id, Reply(told, commands=()))
    done = lines(
        _("{channel} is dropped: your tickets are not seen there any more.",
          channel=wording.channel(talk.channel)),
        _("If somebody else had connected it, tell your head: whatever was done there stands in each ticket's history, with its time."),
    )  # fmt: skip
    turn.say(Reply(done, (MINE, menu.HOME)))
