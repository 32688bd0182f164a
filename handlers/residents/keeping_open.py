"""Keeping a chat open: where the desk may speak first only for a time, the resident is asked to tap a button later,
and is reminded of it while a ticket is open."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers import wording
from handlers.reply import Button, Reply
from handlers.rules import windows
from handlers.turn import Moment, Turn
from locales import Text, _, lines
from locales.times import By
from storage import deadlines, reports, talks
from storage.reports import Report
from storage.talks import Talk
from storage.tickets import Ticket

LABEL = _("Keep telling me here")
LATER = timedelta(days=1)  # when a chat that has closed is looked at again


def note(turn: Turn) -> None:
    """Remembers that this chat has such a window."""
    if "window" in turn.incoming.can:
        turn.state["window"] = True


def line(turn: Turn) -> Text | None:
    """For the receipt."""
    if "window" not in turn.incoming.can:
        return None
    return _(
        "Here I may write to you only for two days after your last message. Please press «{label}» tomorrow; I will remind you.",
        label=LABEL,
    )


def button(turn: Turn, report: Report) -> tuple[Button, ...]:
    return (Button(LABEL, f"keep:{report.id}"),) if "window" in turn.incoming.can else ()


def press(turn: Turn, token: str) -> None:
    """keep:<report>: the press itself has opened the window anew."""
    from handlers.residents import my_reports, report_acts, report_card, seen

    report = seen.report(turn, token.partition(":")[2])
    if report is None:
        turn.say(Reply(report_acts.NOT_OPEN, (my_reports.BY_CODE, Button(_("My reports"), "reports"))))
        return
    until = By(windows.closes(turn.now), turn.now)
    thanks = _("Thank you. I can write to you here until {until}.", until=until)
    report_card.show(turn, report.id, before=thanks)


def plan(moment: Turn | Moment, ticket: Ticket) -> None:
    """For each round of a report that was filed in such a chat."""
    talk = _chat(moment, ticket)
    if talk:
        _look(moment, ticket, windows.remind_at(_heard(moment, talk)))


def ring(moment: Moment, ticket: Ticket) -> None:
    """window:<when>: reminds once for each silence, and looks again as long as the ticket is open."""
    talk = _chat(moment, ticket)
    if ticket.state != "open" or talk is None:
        return
    heard = _heard(moment, talk)
    if moment.now < windows.remind_at(heard):
        _look(moment, ticket, windows.remind_at(heard))
    elif moment.now < windows.closes(heard):
        if talk.reachable:
            _remind(moment, ticket, talk, windows.closes(heard))
        _look(moment, ticket, windows.closes(heard))
    else:
        _look(moment, ticket, moment.now + LATER)


def _chat(moment: Turn | Moment, ticket: Ticket) -> Talk | None:
    talk_id = reports.get(moment.tx, ticket.report_id).talk_id
    if talk_id is None:
        return None
    if isinstance(moment, Turn) and moment.talk.id == talk_id:
        return moment.talk if "window" in moment.incoming.can else None
    talk = talks.get(moment.tx, talk_id)
    return talk if talk.state.get("window") else None


def _heard(moment: Turn | Moment, talk: Talk) -> datetime:
    """In policy time; whoever writes just now is heard now."""
    if (isinstance(moment, Turn) and moment.talk.id == talk.id) or talk.heard_at is None:
        return moment.now
    return moment.now - (moment.machine_now - talk.heard_at)


def _look(moment: Turn | Moment, ticket: Ticket, at: datetime) -> None:
    deadlines.plan(moment.tx, ticket.round_id, [(f"window:{int(at.timestamp())}", at)])


def _remind(moment: Moment, ticket: Ticket, talk: Talk, closes: datetime) -> None:
    """One reminder for all that this chat waits for."""
    report = reports.get(moment.tx, ticket.report_id)
    text = lines(
        _("Your report **{code}**: {state}.", code=report.code, state=wording.state(moment.tx, ticket, moment.now)),
        _("After {until} I may not write to you here any more. To go on hearing of it, please press the button.",
          until=By(closes, moment.now)),
    )  # fmt: skip
    once = f"window:{talk.id}:{int(talk.heard_at.timestamp()) if talk.heard_at else 0}"
    moment.tell(talk.id, Reply(text, (Button(LABEL, f"keep:{report.id}", "primary"),), "ask"), dedupe=once)
