"""«Phản ánh đã gửi»: the reports that this chat follows, the open ones first, each at one tap."""

from __future__ import annotations

from handlers import forms, wording
from handlers.reply import Button, Reply
from handlers.residents import by_code, menu, report_acts, report_card, seen
from handlers.turn import Turn
from locales import Text, _, joined, lines
from storage import reports, tickets
from storage.reports import Report
from storage.tickets import Ticket

PAGE = 6
BY_CODE = Button(_("Open a report by its code"), "r:code")


def show(turn: Turn, skip: int = 0) -> None:
    mine = reports.watched(turn.tx, turn.talk.id)
    everything = [(report, tickets.of_report(turn.tx, report.id)) for report in mine]
    if not everything:
        turn.say(
            Reply(
                _("You have sent no report from here yet. If your record is wrong, tell us: it is quick."),
                (*forms.unfinished(turn), menu.REPORT, BY_CODE, Button(_("Menu"), "menu")),
                "ask",
            )
        )
        return
    everything.sort(key=lambda one: not is_open(one[1]))  # stable: the newest first within each half
    page = everything[skip : skip + PAGE] or everything[:PAGE]
    left = len(everything) - skip - len(page)
    more = (Button(_("More ({n} left)", n=left), f"r:more:{skip + PAGE}"),) if left > 0 else ()
    turn.say(
        Reply(
            lines(_("Your reports:"), *(row for one in page for row in ("", *_rows(turn, *one)))),
            (
                *(Button(_label(report, parts), f"r:{report.id}:card") for report, parts in page),
                *more, *forms.unfinished(turn), BY_CODE, menu.REPORT, Button(_("Menu"), "menu"),
            ),
            "ask",
            sensitive=True,
        )
    )  # fmt: skip


def is_open(parts: list[Ticket]) -> bool:
    """A report is closed when its last ticket is."""
    return any(ticket.state == "open" for ticket in parts)


def _label(report: Report, parts: list[Ticket]) -> Text:
    kinds = {ticket.kind: wording.kind(ticket) for ticket in parts}
    return joined("", report.code, " · ", joined(", ", *kinds.values()))


def _rows(turn: Turn, report: Report, parts: list[Ticket]) -> list[Text]:
    """The code, then for each ticket: kind, state and time left, who has it."""
    return [
        joined("", "**", report.code, "**"),
        *(
            _("{kind}: {state} · {who}", kind=wording.part(one), state=wording.state(turn.tx, one, turn.now),
              who=wording.holder(turn.tx, one))
            for one in parts
        ),
    ]  # fmt: skip


def press(turn: Turn, token: str) -> None:
    """r:code · r:more:SKIP · r:REPORT (a new card) · r:REPORT:card (in place) · r:REPORT:VERB:TICKET."""
    _r, what, verb, ticket_id = [*token.split(":", 3), "", "", ""][:4]
    if what == "code":
        by_code.ask(turn)
        return
    if what == "more":
        show(turn, seen.number(verb) or 0)
        return
    report = seen.report(turn, what)
    if report is None:
        turn.say(Reply(report_acts.NOT_OPEN, (BY_CODE, Button(_("My reports"), "reports"))))
    elif verb in ("", "card"):
        report_card.show(turn, report.id, edit=bool(verb))
    else:
        ticket = seen.ticket(turn, ticket_id)
        if ticket is None or ticket.report_id != report.id:
            report_card.show(turn, report.id)
        else:
            report_acts.press(turn, verb, ticket)


def hear(turn: Turn, expects: dict[str, object], text: str) -> None:
    if expects["what"] == "code":
        by_code.hear(turn, text)
    else:
        report_acts.hear(turn, expects, text)
