"""The staff's home: the queue, the next ticket, the people; and the way to what they need as residents."""

from __future__ import annotations

from handlers.reply import Button, Reply
from handlers.residents import menu as residents_menu
from handlers.staff import rights
from handlers.turn import Turn
from locales import Text, Words, _, joined, lines
from storage import absences, facts, staff
from storage.staff import Staff

QUEUE = Button(_("Queue"), "q:show", "primary")
QUEUE_PLAIN = Button(_("Queue"), "q:show")
NEXT = Button(_("Next ticket"), "q:next")
NEXT_FIRST = Button(_("Next ticket"), "q:next", "primary")
HOME = Button(_("Menu"), "menu")
LISTS = Button(_("Verification lists"), "l:show")
FAULT = Button(_("Report a line or software fault"), "staff:fault")
FOR_ANOTHER = Button(_("Report for somebody else"), "for")
OWN = Button(_("For myself, as a resident"), "staff:own")

ROLES: dict[str, Words] = {
    "clerk": _("clerk"),
    "head": _("head of the unit"),
    "supervisor": _("supervisor"),
    "police": _("police officer"),
    "admin": _("administrator"),
}


def role(name: str) -> Text:
    return ROLES.get(name, name)


def show(turn: Turn, before: Text | None = None) -> None:
    from handlers.signing import overview as signing
    from handlers.staff import call_list

    member = turn.member
    if member is None:
        residents_menu.show(turn, before)
        return
    places = [joined(" – ", r.unit, role(r.role)) for r in member.roles]
    if rights.only_police(member):
        told = lines(
            before,
            "" if before else None,
            joined("", "**", member.name, "**"),
            *places,
            *_absences(turn, member),
        )
        lists = Button(LISTS.label, LISTS.token, "primary")
        turn.say(Reply(told, (lists, OWN), "card", sensitive=True, commands=OFFICERS))
        return
    buttons = [
        QUEUE,
        NEXT,
        *([LISTS] if rights.has_lists(member) else []),
        *call_list.entry(turn),
        *signing.entry(turn),
    ]
    if rights.above_others(member):
        buttons += [Button(_("Overdue"), "staff:overdue"), Button(_("Figures"), "staff:board")]
    if rights.heads(member) or rights.oversees(member):
        buttons += [Button(_("Invite somebody"), "staff:invite"), Button(_("Our people"), "staff:people")]
        if facts.get(turn.tx, "telegram_bot"):
            buttons += [Button(_("Bind a group"), "staff:group")]
    buttons += [*([FAULT] if rights.reports_faults(member) else []), FOR_ANOTHER, OWN]
    told = lines(before, "" if before else None, joined("", "**", member.name, "**"), *places, *_absences(turn, member),
                 _("Type a report's code to open its ticket."))  # fmt: skip
    # As in the queue: a card may come in its place.
    turn.say(Reply(told, tuple(buttons), "card", sensitive=True, commands=_commands(member)))


OFFICERS = ("menu", "danhsach", "vangmat", "noikenh", "ngonngu", "trogiup")


def _commands(member: Staff) -> tuple[str, ...]:
    above = ("quahan", "bang") if rights.above_others(member) else ()
    chooses = ("nhansu", "moi") if rights.heads(member) or rights.oversees(member) else ()
    fault = ("baoloi",) if rights.reports_faults(member) else ()
    signs = ("kyso",) if rights.signs(member) else ()
    lists = ("danhsach",) if rights.has_lists(member) else ()
    return (
        "menu",
        "hangdoi",
        *lists,
        *signs,
        *above,
        "vangmat",
        "caumau",
        *fault,
        *chooses,
        "noikenh",
        "ngonngu",
        "trogiup",
    )


def _absences(turn: Turn, member: Staff) -> list[Text]:
    """Who does whose work today."""
    own, others = (
        absences.of(turn.tx, member.id, turn.today),
        absences.stood_in_for(turn.tx, member.id, turn.now),
    )
    told: list[Text] = []
    if own:
        name = staff.name_of(turn.tx, own.substitute_id)
        told.append(_("You are away until the end of {day}; {name} stands in.", day=own.last_day, name=name))
    if others:
        names = ", ".join(staff.name_of(turn.tx, one) for one in others)
        told.append(_("You stand in for {names}.", names=names))
    return told


def help_(turn: Turn) -> None:
    """/trogiup: staff read what staff can do; everybody else what residents can."""
    member = turn.member
    if member is None:
        residents_menu.help_(turn)
        return
    if rights.only_police(member):
        _officers_help(turn)
        return
    above = rights.above_others(member)
    chooses = rights.heads(member) or rights.oversees(member)
    told = lines(
        _("**Help for staff**"),
        _("/hangdoi – open tickets, least time left first; «/hangdoi overdue» filters at once"),
        _("/cangoi – whom no message has reached: please call"),
        _("/danhsach – lists for commune police to compare; make one, whose turn it is")
        if rights.has_lists(member)
        else None,
        _("/kyso – doses of the day that are not signed yet") if rights.signs(member) else None,
        _("/vangmat – who stands in while you are away"),
        _("/quahan – overdue, or less than 6 hours left") if above else None,
        _("/bang – figures, chart, .xlsx file") if above else None,
        _("/caumau – sentences that your unit sends again and again"),
        _("/baoloi – report a line or software fault") if rights.reports_faults(member) else None,
        _("/nhansu – our people; remove who has left") if chooses else None,
        _("/moi – invite somebody") if chooses else None,
        _("/gannhom – bring tickets into a Telegram group")
        if chooses and facts.get(turn.tx, "telegram_bot")
        else None,
        _("/noikenh – work on Zalo, Telegram or the web page too, and drop a channel"),
        _("/roidonvi – leave the unit"),
        _("/ngonngu – Tiếng Việt or English"),
        "",
        _("The 48 hours run from receipt. Asking, handling later and handing over do not stop them."),
        _("«Approve» only after the Platform is corrected. Every act is recorded with its name."),
        _("Type a report's code to open its ticket."),
    )
    turn.say(Reply(told, (Button(_("Queue"), "q:back", "primary"), OWN, HOME)))


def _officers_help(turn: Turn) -> None:
    told = lines(
        _("**Help for police officers**"),
        _("/danhsach – lists to compare with the population database, the earliest due first"),
        _("/vangmat – who stands in while you are away"),
        _("/noikenh – work on Zalo, Telegram or the web page too, and drop a channel"),
        _("/roidonvi – leave the unit"),
        _("/ngonngu – Tiếng Việt or English"),
        "",
        _("A list is to be back at the end of the second day after its date, weekends and Tết included."),
        _("A result can be changed until the list is signed and given back."),
        _("Every full number that you are shown is recorded with your name."),
    )
    turn.say(Reply(told, (Button(LISTS.label, LISTS.token, "primary"), OWN, HOME)))


def press(turn: Turn, token: str) -> None:
    from handlers.groups import codes
    from handlers.staff import inviting, our_people, site_tech
    from handlers.supervisors import board

    if turn.member is None:
        residents_menu.show(turn)
        return
    match token.partition(":")[2]:
        case "overdue":
            board.overdue(turn, "")
        case "board":
            board.show(turn, "")
        case "invite":
            inviting.invite(turn, "")
        case "people":
            our_people.people(turn, "")
        case "group":
            codes.offer(turn, "")
        case "fault":
            site_tech.begin(turn)
        case "own":
            m = residents_menu
            own = (m.LOOKUP, m.REPORT, m.REPORTS, m.LANGUAGE, HOME)
            turn.say(Reply(_("For yourself, as a resident:"), own, "ask"))
        case _:
            show(turn)


def no_access(turn: Turn) -> None:
    """One sentence, which says nothing about what was asked for."""
    turn.say(Reply(_("You have no access to this, or no longer."), (HOME,)))
