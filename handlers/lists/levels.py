"""The levels of Project 06 over a list: commune, district where there is one, province (S2, S4).

A task force that the desk knows as a unit stands in for the unit that it hangs on: the commune's or the district's
People's Committee, Sở Y tế. Where there is none, that unit is the level.
"""

from __future__ import annotations

from sqlalchemy import Connection

from storage import units
from storage.lists import List
from storage.staff import Staff
from storage.units import TASK_FORCE, Unit

LEVELS = ("committee", "district_committee", "health_department", TASK_FORCE)


def of(tx: Connection, found: List) -> list[Unit]:
    """Nearest first; a level that does not exist is left out."""
    police = units.get(tx, found.police_id)
    forces = units.in_province(tx, TASK_FORCE, police.province) if police.province else []
    at = {over: force for force in forces if (over := _stands_for(tx, force))}
    return [at.get(one.id, one) for one in units.lines_up(tx, police.id) if one.kind in LEVELS]


def overseen(tx: Connection, member: Staff) -> set[int]:
    """Units under which this person sees whose turn it is with a list; a task force's are those of whom it stands for."""
    found = {role.unit_id for role in member.roles}
    forces = [units.get(tx, role.unit_id) for role in member.roles if role.unit_kind == TASK_FORCE]
    return found | {over for force in forces if (over := _stands_for(tx, force))}


def _stands_for(tx: Connection, force: Unit) -> int | None:
    """Not the province, where only its district is known: that one's communes hang on it themselves."""
    if force.parent_id is None or units.get(tx, force.parent_id).kind not in LEVELS[:3]:
        return None
    of_district = force.district is not None and force.commune is None
    province = units.get(tx, force.parent_id).kind == "health_department"
    return None if of_district and province else force.parent_id
