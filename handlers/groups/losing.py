"""A group from which the bot was removed: the unit's head and whoever supervises it hear of it, once."""

from __future__ import annotations

from handlers.reply import Button, Reply
from handlers.supervisors import recipients
from handlers.turn import Moment
from locales import _, lines
from locales.times import ZONE
from storage import groups, history, staff, units
from storage.groups import LOST, Group


def tell(moment: Moment, group: Group) -> bool:
    """Both a farewell of Telegram's and a refused message lead here; False where it was told before."""
    if group.summary != LOST:
        return False
    groups.change(moment.tx, group.id, summary=None)
    history.audited(moment.tx, moment.now, "group_lost", unit=group.unit_id, group=group.id)
    unit = units.get(moment.tx, group.unit_id)
    told = lines(
        _("The staff group of {unit} gets no more tickets: the bot was removed from it, or may not write there.",
          unit=unit.name),
        _("No ticket is lost: everybody still gets them in private. To bind a group again, take a new code."),
    )  # fmt: skip
    again = Button(_("Bind a group"), f"join:group:{unit.id}")
    for talk_id in _who(moment, group.unit_id):
        moment.tell(talk_id, Reply(told, (again,), rank="alert"))
    return True


def _who(moment: Moment, unit_id: int) -> list[int]:
    own = staff.members(moment.tx, unit_id, "head", "supervisor")
    above = recipients.chain(moment.tx, unit_id)
    up = recipients.first_up(moment.tx, above, moment.now.astimezone(ZONE).date())
    return sorted({person.talk_id for person in (*own, *(up.people if up else ()))})
