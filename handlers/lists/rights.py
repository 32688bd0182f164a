"""Who may see and do what with a list; asked anew at every press."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from handlers.lists import levels
from handlers.turn import Turn
from storage import lists, units
from storage.lists import List
from storage.staff import Staff


@dataclass(frozen=True)
class Rights:
    """make: of the unit that made it; through: of the People's Committee that it goes through; police: of the police
    that compare it; copy: of the station that has a copy; above: of a unit over the maker or the police, or of a task
    force of Project 06, who see whose turn it is and until when, but nobody on it."""

    make: bool
    through: bool
    police: bool
    copy: bool
    above: bool

    @property
    def see(self) -> bool:
        return self.people or self.above

    @property
    def people(self) -> bool:
        """The names and numbers too."""
        return self.make or self.through or self.police or self.copy


def of(tx: Connection, member: Staff, found: List) -> Rights:
    here = {role.unit_id for role in member.roles}
    begun = found.state != "draft"
    over = {unit.id for one in (found.maker_id, found.police_id) for unit in units.lines_up(tx, one)}
    return Rights(
        make=found.maker_id in here,
        through=begun and found.through_id in here,
        police=found.state in ("police", "back", "done") and found.police_id in here,
        copy=begun and found.copy_id in here,
        above=found.number is not None and bool(levels.overseen(tx, member) & over),
    )


def seen(turn: Turn, list_id: int) -> tuple[List, Rights] | None:
    """The list and its rights; None alike where it does not exist and where it is not theirs to see."""
    found = lists.find(turn.tx, list_id)
    if found is None or turn.member is None:
        return None
    rights = of(turn.tx, turn.member, found)
    return (found, rights) if rights.see else None
