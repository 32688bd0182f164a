"""A workbook that a member of staff sends: the police's answers to a list, or people for a list that is being made."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers import media_words
from handlers.reply import Reply
from handlers.staff import menu
from handlers.turn import Turn
from storage import staff, talks


def may_send(tx: Connection, channel: str, chat: str) -> bool:
    """Asked before the turn: of nobody else a workbook is opened at all."""
    talk = talks.find(tx, channel, chat)
    return talk is not None and staff.by_talk(tx, talk.id) is not None


def hear(turn: Turn) -> None:
    from handlers.lists import people_file, returned

    sheet = turn.incoming.sheet
    expects = turn.state.pop("expects", None) or {}
    if sheet is None or turn.member is None:  # who has just left the unit
        turn.say(Reply(media_words.PROBLEMS["wrong_type"], (menu.HOME,)))
    elif sheet.kind == "answers":
        returned.hear(turn, sheet)
    else:
        people_file.hear(turn, sheet, expects)
