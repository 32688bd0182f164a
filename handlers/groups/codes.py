"""The one-time code that binds a group: made in private by whoever may choose the unit's people."""

from __future__ import annotations

from datetime import timedelta

from handlers import links
from handlers.opening import ALPHABET
from handlers.reply import Button, Reply
from handlers.staff import inviting, menu, rights
from handlers.turn import Turn
from locales import Text, _, lines
from storage import group_codes, history, units

VALID = timedelta(hours=24)
START = "g_"  # what a link that adds the bot to a group says there


def offer(turn: Turn, _rest: str) -> None:
    """/gannhom in private, and «Gắn nhóm»: the code for those who may; everybody else reads what it is."""
    member = turn.member
    if member and (rights.heads(member) or rights.oversees(member)):
        inviting.choose_unit(turn, "group", _("A group of which unit?"))
    else:
        told = _("/gannhom binds a group of staff to its unit and is typed in that group. The code for it comes from the head of the unit.")  # fmt: skip
        turn.say(Reply(told, (menu.HOME,)))


def release(turn: Turn, _rest: str) -> None:
    """/bogan in private."""
    turn.say(Reply(_("/bogan is typed in the group that shall get no more tickets."), (menu.HOME,)))


def make(turn: Turn, unit_id: int) -> None:
    member, unit = turn.member, units.find(turn.tx, unit_id)
    if member is None or unit is None or not rights.may_choose_people(turn.tx, member, unit_id):
        menu.no_access(turn)
        return
    code, until = turn.new_code(ALPHABET, 8), turn.machine_now + VALID
    group_codes.make(turn.tx, code, unit_id, member.id, until)
    history.audited(turn.tx, turn.now, "group_code", staff_id=member.id, talk_id=turn.talk.id, unit=unit_id)
    link = links.telegram(turn.tx, START + code, "startgroup")
    turn.say(
        Reply(
            lines(
                _("Code for the Telegram group of {unit}: **{code}**", unit=unit.name, code=code),
                "",
                *_steps(code, link),
                "",
                _("It works once, until {until}.", until=until),
                _("Cards in the group show code, kind, deadline and holder; nothing about residents ever stands there."),
            ),
            (Button(_("Another code"), f"join:group:{unit_id}"), menu.HOME),
            sensitive=True,
        )
    )  # fmt: skip


def _steps(code: str, link: str | None) -> list[Text]:
    if link is None:
        return [_("Add the bot to the group, then type there:"), f"/gannhom {code}"]
    return [_("Open this link, choose the group, and it is done:"), link,
            _("Or add the bot yourself and type in the group:"), f"/gannhom {code}"]  # fmt: skip
