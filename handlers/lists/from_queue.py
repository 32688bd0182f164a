"""«Lập danh sách» among the acts on several tickets of the queue."""

from __future__ import annotations

from handlers.lists import desk, refusals
from handlers.lists.from_tickets import Put, put
from handlers.reply import Button, Reply
from handlers.staff import menu, queue_state, rights
from handlers.turn import Turn
from locales import Text, lines
from storage import reports, units
from storage.tickets import Ticket


def chosen(turn: Turn) -> None:
    """Those of one's own stations; the others are named with the reason. The list is shown, still a draft."""
    from handlers.lists import card, words
    from handlers.lists import rights as list_rights

    at: dict[int, list[Ticket]] = {}
    refused: list[tuple[str, str]] = []
    for ticket_id, _version in queue_state.of(turn)["chosen"]:
        found = rights.seen(turn, ticket_id)
        if found is None:
            refused.append(("?", "not_ours"))
        elif not found[1].own:
            refused.append((reports.get(turn.tx, found[0].report_id).code, "not_ours"))
        else:
            at.setdefault(found[0].unit_id, []).append(found[0])
    queue_state.keep(turn, chosen=[], many=False)
    made: list[Put] = []
    told: list[Text | None] = []
    for unit_id, some in sorted(at.items()):
        try:
            made.append(put(turn, unit_id, some))
        except desk.Refused as why:
            told.append(refusals.no_list(units.get(turn.tx, unit_id), str(why)))
    told += [one.words() for one in made] + [refusals.named(refused)]
    drafts = [one.found for one in made if one.found and one.n]
    seen = list_rights.seen(turn, drafts[0].id) if len(drafts) == 1 else None
    if seen:
        card.show(turn, *seen, lines(*told), edit=False)
        return
    buttons = [Button(words.name(one), f"l:{one.id}") for one in drafts]
    turn.say(Reply(lines(*told), (*buttons, menu.QUEUE_PLAIN, menu.HOME), "card"))
