"""What was left unsigned at the end of its day: one message to each who must sign it or see to it, every morning again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.reply import Button, Reply
from handlers.rules import signing as rules
from handlers.signing import who
from handlers.turn import Moment
from locales import Text, _, joined, lines, ngettext
from storage import facts, signing, units, unsigned
from storage.staff import Staff
from storage.units import Unit

MOST = 20  # units in one message


@dataclass
class Left:
    """Of one unit: how many on which day."""

    unit: Unit
    days: dict[date, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def n(self) -> int:
        return sum(self.days.values())


def plan(moment: Moment, day: date, rung: str, at: datetime) -> None:
    """Of the desk, once for all sites, so that who signs for several reads one message."""
    signing.plan(moment.tx, units.desk(moment.tx).id, day, rung, at)


def tell(moment: Moment) -> None:
    """Everybody once; tomorrow again as long as anything is left."""
    found = of_days_over(moment)
    people: dict[int, Staff] = {}
    theirs: dict[int, list[Left]] = defaultdict(list)
    nobody: list[int] = []
    above: who.Above = {}
    for one in found:
        told = who.signers(moment.tx, one.unit, moment.today, above)
        if told is None:
            nobody.append(one.unit.id)
        for person in told.people if told else ():
            people[person.id] = person
            theirs[person.id].append(one)
    if nobody:  # not even an administrator has joined: the operator reads of it
        facts.keep(moment.tx, "nobody_to_alert", f"{moment.now.isoformat()} signing, unit {nobody[0]}")
    for staff_id, some in theirs.items():
        _tell(moment, people[staff_id], some)
    if found:
        plan(moment, *rules.next_morning(moment.now))


def of_days_over(moment: Moment) -> list[Left]:
    """By the unit that answers today; only days about which it, or the unit that it took over from, was asked."""
    since = signing.first_asked(moment.tx)
    if since is None:
        return []
    waiting = unsigned.left_open(moment.tx, since, rules.last_over(moment.now))
    today = {site: units.today(moment.tx, units.get(moment.tx, site)) for site in {row[0] for row in waiting}}
    asked = signing.asked(moment.tx, {*today, *(unit.id for unit in today.values())})
    found: dict[int, Left] = {}
    for site, day, n in waiting:
        unit = today[site]
        if (unit.id, day) in asked or (site, day) in asked:
            found.setdefault(unit.id, Left(unit)).days[day] += n
    return sorted(found.values(), key=lambda one: (-one.n, one.unit.id))


def _tell(moment: Moment, person: Staff, some: list[Left]) -> None:
    sees = [one for one in some if who.may(moment.tx, person, one.unit)]
    moment.tell(
        person.talk_id,
        Reply(
            lines(
                _("**Not signed at the end of the day:** {n}", n=sum(one.n for one in some)),
                *_rows(some),
                "",
                _("Rounds of a commune are signed by the Chairman of its People's Committee, a site's own by its head."),
            ),
            (*_opens(sees), *(() if len(sees) == len(some) else (Button(_("Figures"), "b:mine"),))),
            "card",
            rank="alert",
            silent=rules.at_night(moment.now),
        ),
        dedupe=f"unsigned:{person.id}:{int(moment.now.timestamp()) // 60}",
    )  # fmt: skip


def _opens(sees: list[Left]) -> tuple[Button, ...]:
    from handlers.signing.ringing import OPEN

    if not sees:
        return ()
    if len(sees) == 1 and len(sees[0].days) == 1:
        return (Button(OPEN, f"s:open:{sees[0].unit.id}:{next(iter(sees[0].days)):%Y%m%d}", "primary"),)
    return (Button(OPEN, "s:show", "primary"),)


def _rows(some: list[Left]) -> Iterable[Text]:
    """«Trạm Y tế xã Hạnh Phúc: 12 mũi (19/11/2026: 7, 20/11/2026: 5)»; counts only."""
    for one in some[:MOST]:
        each = joined(", ", *(_("{day}: {n}", day=day, n=n) for day, n in sorted(one.days.items())[-5:]))
        yield ngettext("{unit}: {n} dose ({days})", "{unit}: {n} doses ({days})", one.n, unit=one.unit.name, days=each)  # fmt: skip
    rest = some[MOST:]
    if rest:
        yield ngettext("and {n} more unit", "and {n} more units", len(rest))
