"""«Cần bổ sung»: the resident is asked in a chat, else by SMS; where neither is there, the list's maker calls."""

from __future__ import annotations

from handlers import hearing, phones
from handlers.elsewhere import NEVER
from handlers.lists import asking, desk, supplied
from handlers.lists import words as list_words
from handlers.putting import send_sms
from handlers.reply import Button, Reply
from handlers.turn import Moment, Turn
from locales import Text, Words, _
from locales import say as in_words
from storage import list_people, lists, people, staff, talks, tickets, units
from storage.list_people import Line
from storage.lists import List

HOW: dict[str, Words] = {
    "ticket": _("asked in the report's chat"),
    "chat": _("asked in chat"),
    "sms": _("asked by SMS to get in touch"),
    "call": _("please call"),
    "closed": _("the report is closed; nobody was asked"),
}


def say(turn: Turn, found: List, line: Line, words: str) -> str:
    """The verdict, and the question to the resident; the same words twice are asked once. How it was asked."""
    same = line.verdict == "supplement" and line.words == words
    again = how(turn, found, line) if same else None
    changed = desk.verdict(turn, line, "supplement", words=words)
    if again:
        return again
    way = _ask(turn, found, changed, words)
    by = turn.member.id if turn.member else None
    lists.happened(turn.tx, found.id, turn.now, "supplement", by, place=line.place, how=way)
    return way


def how(turn: Turn | Moment, found: List, line: Line) -> str | None:
    asked = supplied.asked(turn.tx, found, line)
    return str(asked[-1].details.get("how")) if asked else None


def told(turn: Turn, found: List, line: Line) -> Text | None:
    """«Bổ sung: đã hỏi trong chat»: for the officer and the list's maker."""
    way = how(turn, found, line) if line.verdict == "supplement" else None
    return _("Supplement: {how}", how=HOW[way]) if way in HOW else None


def _ask(turn: Turn, found: List, line: Line, words: str) -> str:
    from handlers import desk as tickets_desk

    ticket = tickets.find(turn.tx, line.ticket_id) if line.ticket_id else None
    if ticket is not None:
        if ticket.state != "open":
            return "closed"
        tickets_desk.ask_resident(turn, ticket, words, found.police_id)
        return "ticket"
    if _in_chat(turn, found, line, words):
        return "chat"
    if _by_sms(turn, found, line):
        return "sms"
    to_call(turn, found)
    return "call"


def _in_chat(turn: Turn, found: List, line: Line, words: str) -> bool:
    """The chat that proved this person's phone, the one that was heard last."""
    linked = people.chats_of(turn.tx, line.resident_id) if line.resident_id else []
    chats = [talk for talk in talks.several(turn.tx, linked) if talk.reachable]
    if not chats:
        return False
    chat = max(chats, key=lambda one: one.heard_at or NEVER)
    police = units.get(turn.tx, found.police_id).name
    told = _("{police} is comparing your vaccination data and needs something more from you: «{words}»",
             police=police, words=words)  # fmt: skip
    once = f"line:{line.id}:{turn.now:%Y%m%d%H%M%S}:{chat.id}"
    turn.tell(chat.id, Reply(told, (Button(_("Answer"), f"p:{line.id}", "primary"),)), dedupe=once)
    return True


def _by_sms(moment: Turn | Moment, found: List, line: Line) -> bool:
    """Without the police's words, which may hold something of the person; once a day."""
    phone = phones.read_phone(str(line.given.get("phone") or ""))
    if not moment.desk.sms or isinstance(phone, str):
        return False
    maker = units.get(moment.tx, found.maker_id).name
    text = in_words(_("{unit}: please get in touch or come by; something of your vaccination data must be completed.",
                      unit=maker), "vi")  # fmt: skip
    once = f"line:{line.id}:sms:{moment.today}"
    send_sms(moment, phone.value, text, dedupe=once)
    return True


def to_call(moment: Turn | Moment, found: List) -> None:
    """The maker's people hear that somebody must be called: once an hour, however many they are."""
    told = _("{list}: the police need something more, and we cannot write to everybody. Please call.",
             list=list_words.name(found))  # fmt: skip
    button = Button(_("Whom to call"), asking.token(found, "need"), "primary")
    at_unit = staff.members(moment.tx, found.maker_id)
    for person in hearing.at_unit(moment.tx, found.maker_id, at_unit, moment.today):
        once = f"list:{found.id}:call:{moment.now:%Y%m%d%H}:{person.id}"
        moment.tell(person.talk_id, Reply(told, (button,), rank="alert"), dedupe=once)


def not_reached(moment: Moment, line_id: int) -> None:
    """What was asked in a chat did not arrive, so an SMS goes; or that did not, and the line's maker calls."""
    line = list_people.get(moment.tx, line_id)
    found = lists.get(moment.tx, line.list_id)
    if not supplied.waits(found, line):
        return
    way = "sms" if how(moment, found, line) == "chat" and _by_sms(moment, found, line) else "call"
    lists.happened(moment.tx, found.id, moment.now, "supplement", None, place=line.place, how=way)
    if way == "call":
        to_call(moment, found)
