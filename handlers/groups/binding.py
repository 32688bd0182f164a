"""Binding a group to a unit with a code, and releasing it again."""

from __future__ import annotations

from handlers.reply import Reply
from handlers.staff import rights, tries
from handlers.turn import Turn
from locales import Text, _, lines, ngettext
from storage import group_cards, group_codes, groups, history, staff, units
from storage.groups import Group

HOW = _("To bind this group to your unit: the head takes a code from the bot in private («Bind a group»), then type here /gannhom CODE.")  # fmt: skip
ANONYMOUS = _("You write in the group's name, so I cannot see who you are. Turn off «Remain anonymous» in your rights, then try again.")  # fmt: skip


def say(turn: Turn, text: Text) -> None:
    turn.say(Reply(text, silent=True))


def bound(turn: Turn) -> Group | None:
    return groups.of_chat(turn.tx, turn.incoming.channel, turn.incoming.chat)


def greet(turn: Turn) -> None:
    """The bot was just added."""
    if bound(turn) is None:
        say(turn, HOW)


def bind(turn: Turn, code: str) -> None:
    """/gannhom CODE. A code that is wrong, used or too old is answered alike."""
    if turn.incoming.anonymous:
        say(turn, ANONYMOUS)
    elif not code:
        say(turn, HOW)
    elif wait := tries.too_many(turn, "group", turn.incoming.user):
        say(turn, wait)
    else:
        _try(turn, code)


def _try(turn: Turn, code: str) -> None:
    """Whoever made the code must still be the one who may."""
    found = group_codes.use(turn.tx, code, turn.machine_now)
    maker = staff.get(turn.tx, found[1]) if found else None
    if found is None or maker is None or not rights.may_choose_people(turn.tx, maker, found[0]):
        say(turn, _("This code is not valid. Please ask the head of your unit for a new one."))
        return
    before, unit = bound(turn), units.get(turn.tx, found[0])
    if before and before.unit_id == unit.id:
        say(turn, _("This group is bound to {unit} already.", unit=unit.name))
        return
    incoming = turn.incoming
    group = groups.bind(turn.tx, incoming.channel, incoming.chat, unit.id, incoming.forum, turn.now)
    waiting = group_cards.count_only(turn.tx, group.id, turn.now)
    by = turn.member
    history.audited(turn.tx, turn.now, "group_bound", staff_id=by.id if by else None, talk_id=turn.talk.id,
                    unit=unit.id, group=group.id, code_of=maker.id)  # fmt: skip
    was = units.get(turn.tx, before.unit_id).name if before else None
    say(turn, lines(*_welcome(unit.name, was, waiting)))


def _welcome(unit: str, was: str | None, waiting: int) -> list[Text]:
    old = _("Until now it belonged to {unit}, whose tickets no longer come here.", unit=was) if was else None
    many = ngettext(
        "{n} ticket that is open by now is only counted in the pinned message; it gets its card when less than 12 hours are left.",
        "{n} tickets that are open by now are only counted in the pinned message; each gets its card when less than 12 hours are left.",
        waiting,
    )  # fmt: skip
    told: list[Text | None] = [
        _("This group is now bound to **{unit}**. New tickets come here as cards, without anything about residents.", unit=unit),
        old,
        many if waiting else None,
        _("«I take it up» is for people of the unit who have joined the bot in private. A reply to a card is an internal note."),
        _("Please let me pin messages, so that the summary stays on top."),
    ]  # fmt: skip
    return [line for line in told if line is not None]


def release(turn: Turn) -> None:
    """/bogan, by whoever may choose the unit's people."""
    group, member = bound(turn), turn.member
    if turn.incoming.anonymous:
        say(turn, ANONYMOUS)
    elif group is None:
        say(turn, HOW)
    elif member is None or not rights.may_choose_people(turn.tx, member, group.unit_id):
        unit = units.get(turn.tx, group.unit_id).name
        say(turn, _("Only the head of {unit} can release this group.", unit=unit))
    else:
        groups.release(turn.tx, group.id, turn.now)
        history.audited(turn.tx, turn.now, "group_released", staff_id=member.id, talk_id=turn.talk.id,
                        unit=group.unit_id, group=group.id)  # fmt: skip
        say(turn, _("This group gets no more tickets. The buttons of its old cards do nothing any more."))
