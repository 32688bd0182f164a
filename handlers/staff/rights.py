"""Who may do what with a ticket, and with the people of a unit; asked anew at every press."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from handlers.turn import Turn
from storage import tickets, units
from storage.staff import Staff
from storage.tickets import OF_THE_SITE, Ticket

# A unit's own people handle its tickets; those above see to it that somebody does, and approve nothing.
OWN = {"take", "ask", "answer", "approve", "reject", "later", "hand", "assign", "note", "full", "list"}
ABOVE = {"take", "hand", "assign", "note", "full"}

STATIONS = ("clerk", "head")
OVERSEERS = ("supervisor", "clerk", "head")
ROLES_AT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(units.SITES, STATIONS),
    "committee": OVERSEERS,
    "health_department": OVERSEERS,
    "cdc": OVERSEERS,
    "district_centre": OVERSEERS,
    "district_committee": OVERSEERS,
    "park_board": OVERSEERS,
    units.TASK_FORCE: OVERSEERS,
    **dict.fromkeys(units.TECHNICAL, STATIONS),
    "police": ("police",),
    "desk": ("admin",),
}


@dataclass(frozen=True)
class Rights:
    """own: a member of the ticket's unit; above: of a unit over it; copied: of a unit that reads along."""

    own: bool
    above: bool
    copied: bool

    @property
    def see(self) -> bool:
        return self.own or self.above or self.copied

    def may(self, verb: str, ticket: Ticket) -> bool:
        if verb in ("show", "evidence"):
            return self.see
        if verb in ("full", "called"):
            return self.own or self.above
        if ticket.state != "open":
            return verb == "reopen" and self.above
        if ticket.axis == "service" and verb in ("approve", "reject"):
            return False  # nothing on the Platform is wrong; the answer is the whole of it
        return (self.own and verb in OWN) or (self.above and verb in ABOVE)


def of(tx: Connection, member: Staff, ticket: Ticket) -> Rights:
    here = {role.unit_id for role in member.roles}
    above = {unit.id for unit in units.lines_up(tx, ticket.unit_id)}
    return Rights(answers(member, ticket), bool(here & above) or is_admin(member), ticket.copy_to in here)


def answers(member: Staff, ticket: Ticket) -> bool:
    """Anybody at the unit; a complaint about the site itself its head, or whoever the head gave it to."""
    if ticket.kind not in OF_THE_SITE or ticket.holder_id == member.id:
        return any(role.unit_id == ticket.unit_id and role.unit_kind != "police" for role in member.roles)
    return any(role.unit_id == ticket.unit_id and role.role != "clerk" for role in member.roles)


def only_clerk_at(member: Staff) -> tuple[int, ...]:
    """Units whose complaints about themselves this person does not answer."""
    here, heads_ = (
        {r.unit_id for r in member.roles if (r.role == "clerk") is clerk} for clerk in (True, False)
    )
    return tuple(sorted(here - heads_))


def seen(turn: Turn, ticket_id: int) -> tuple[Ticket, Rights] | None:
    """The ticket and its rights; None alike where it does not exist and where it is not theirs to see."""
    ticket = tickets.find(turn.tx, ticket_id)
    if ticket is None or turn.member is None:
        return None
    rights = of(turn.tx, turn.member, ticket)
    return (ticket, rights) if rights.see else None


def is_admin(member: Staff) -> bool:
    return any(role.role == "admin" and role.unit_kind == "desk" for role in member.roles)


def heads(member: Staff) -> list[int]:
    """Units whose people this person chooses as their head; the desk's, as its administrator."""
    return [r.unit_id for r in member.roles if r.role in ("head", "admin")]


def oversees(member: Staff) -> list[int]:
    """Units from which this person may choose the people of the units below."""
    return [role.unit_id for role in member.roles if role.role in ("supervisor", "admin")]


def above_others(member: Staff) -> bool:
    """Whether any of the units has units below it."""
    return any(role.unit_kind not in (*units.SITES, *units.TECHNICAL, "police") for role in member.roles)


def signs(member: Staff) -> bool:
    """Whether doses may be theirs to sign: a site's, or a commune's rounds (S1)."""
    return any(role.unit_kind in (*units.SITES, "committee") for role in member.roles)


def has_lists(member: Staff) -> bool:
    """Whether verification lists are made at, go through or are compared by any of the units."""
    return any(role.unit_kind in (*units.SITES, "committee", "police") for role in member.roles)


def reports_faults(member: Staff) -> bool:
    """Sites and those above them, to the contacts who mend lines and software; these to nobody."""
    return any(role.unit_kind not in (*units.TECHNICAL, "police", "desk") for role in member.roles)


def only_police(member: Staff) -> bool:
    """Whoever has lists, and no tickets."""
    return all(role.unit_kind == "police" for role in member.roles)


def may_choose_people(tx: Connection, member: Staff, unit_id: int) -> bool:
    if unit_id in heads(member) or is_admin(member):
        return True
    return bool(set(oversees(member)) & {unit.id for unit in units.lines_up(tx, unit_id)})
