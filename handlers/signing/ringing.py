"""16:00: the site is asked; the end of the day: what is unsigned goes to who must sign it, and stands on the board."""

from __future__ import annotations

from datetime import date

from handlers.reply import Button, Reply
from handlers.rules import signing as rules
from handlers.signing import left, who
from handlers.turn import Moment
from locales import Text, _, joined, lines, ngettext
from storage import signing, units, unsigned
from storage.units import Unit

OPEN = _("See and sign")


def plan(moment: Moment, unit_id: int, day: date) -> None:
    """Unsigned doses of this day have become known at the unit: it is asked, and who must sign hears what is left."""
    asks = rules.asks(day, moment.now)
    if asks is not None:
        rung, at = asks
        signing.plan(moment.tx, unit_id, day, rung, at)
        left.plan(moment, *rules.told(day, moment.now))


def contradicted(moment: Moment) -> None:
    """Doses that were ticked wait again, of whatever day: who must sign hears it in the morning."""
    left.plan(moment, *rules.next_morning(moment.now))


def ring(moment: Moment, unit_id: int, day: date, rung: str) -> None:
    """ask · ask:HH · next:HH of a site; end · morning of the desk, for every site at once"""
    if rung in signing.OF_THE_DESK:
        left.tell(moment)
    else:
        _ask(moment, units.today(moment.tx, units.get(moment.tx, unit_id)), day)


def _ask(moment: Moment, unit: Unit, day: date) -> None:
    n = unsigned.count(moment.tx, unit.id, day)
    told = who.asked(moment.tx, unit, moment.today) if n else None
    for person in told.people if told else ():
        sees = who.may(moment.tx, person, unit)
        opens = Button(OPEN, f"s:open:{unit.id}:{day:%Y%m%d}", "primary")
        minute = int(moment.now.timestamp()) // 60  # late rungs, after an outage, come together
        moment.tell(
            person.talk_id,
            Reply(_asked(moment, unit, day, n), (opens,) if sees else (), "card", rank="alert"),
            dedupe=f"signing:{unit.id}:{day:%Y%m%d}:{person.id}:{minute}",
        )


def _asked(moment: Moment, unit: Unit, day: date, n: int) -> Text:
    where = joined(" · ", unit.name, _("{at}", at=day))
    if day == moment.today:
        return lines(
            ngettext(
                "**{n} dose of today is not signed yet**", "**{n} doses of today are not signed yet**", n
            ),
            where,
            _("To be signed on the Platform by the end of today (1815/BYT-CNTT)."),
        )
    return lines(
        ngettext("**{n} dose is not signed**", "**{n} doses are not signed**", n),
        where,
        _("To be signed on the day of the dose (1815/BYT-CNTT): please do it at once."),
    )
