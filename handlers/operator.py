"""What the desk's administrators hear when a channel stands still and only a person can mend it."""

from __future__ import annotations

from handlers import wording
from handlers.reply import Reply
from handlers.turn import Moment
from locales import _, lines
from locales.times import ZONE
from storage import staff, talks, units


def stopped(moment: Moment, channel: str) -> None:
    """Once a day each, on any other channel where they can be reached."""
    today = moment.now.astimezone(ZONE).date()
    told = lines(
        _("⚠ Nothing can be sent on {channel} any more: it no longer accepts our access.", channel=wording.channel(channel)),
        _("An administrator of the account there must grant access anew, together with the operator of this desk: python -m bot zalo-consent."),
        _("Messages wait until then, and go by themselves afterwards. None is lost; nothing need be restarted."),
    )  # fmt: skip
    for person in staff.members(moment.tx, units.desk(moment.tx).id, "admin"):
        talk_id = _elsewhere(moment, person, channel)
        if talk_id is not None:
            moment.tell(talk_id, Reply(told, rank="alert"), dedupe=f"stopped:{channel}:{person.id}:{today}")


def _elsewhere(moment: Moment, person: staff.Staff, channel: str) -> int | None:
    for talk_id in dict.fromkeys((person.talk_id, *staff.chats_of(moment.tx, person.id))):
        talk = talks.get(moment.tx, talk_id)
        if talk.channel != channel and talk.reachable:
            return talk_id
    return None
