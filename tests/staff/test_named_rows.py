"""A button names the message that it belongs to; whoever makes such a name up reaches nobody else's."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from storage import outbox
from tests.staff.making import STATION, complaint, dose_of
from tests.world import World


def test_a_message_of_another_chat_is_none_of_ours(world: World) -> None:
    mai, nam = world.joins("mai", STATION, "clerk"), world.joins("nam", STATION, "clerk")
    complaint(world, faults=[dose_of(world, lot="FG1234")])
    for person in (mai, nam):
        person.says("/hangdoi")
    theirs = mai.heard[-1]["_id"]
    with world.tx() as tx:
        later = outbox.put(tx, channel="web", chat="mai", lane="web:mai", body={"kind": "text", "text": "mới"},
                           created_at=world.time, run_at=world.time + timedelta(hours=1), replaces=theirs)  # fmt: skip
    nam.token("q:by:lot:0", theirs)
    with world.tx() as tx:
        row = outbox.find(tx, later or 0)
        own = tx.execute(
            select(outbox.outbox.c.replaces).order_by(outbox.outbox.c.id.desc()).limit(1)
        ).scalar()
    assert row and row.done_at is None, "it would have been taken for superseded"
    assert own is None
