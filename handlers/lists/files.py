"""The list as a file: a workbook or a page to print for the police, a workbook for the Platform."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.lists import asking, for_import, sheet_rows
from handlers.lists.rights import Rights
from handlers.lists.sheet_rows import MAY
from handlers.reply import Button, Reply
from handlers.staff import menu
from handlers.turn import Turn
from locales import Text, Words, _, lines, ngettext
from storage import history
from storage.lists import List

KINDS = {"file_police": "list_sheet", "file_paper": "list_paper", "file_platform": "platform_sheet"}
ENDINGS = {"list_sheet": "cong-an", "list_paper": "ban-in", "platform_sheet": "nen-tang"}
ALTS: dict[str, Words] = {
    "list_sheet": _("List for the police (.xlsx)"),
    "list_paper": _("List to print (PDF)"),
    "platform_sheet": _("File for the Platform's import (.xlsx)"),
}
HOW: dict[str, Words] = {
    "list_sheet": _("Fill in the last columns and send the file back here."),
    "list_paper": _("Print it, fill it in and sign it; then enter the results in the list."),
    "platform_sheet": _("The Platform's own template is not known to us: try a few rows first, then import all of it "
                        "(«Import đối tượng tiêm COVID-19»)."),
}  # fmt: skip


def send(verb: str) -> Callable[[Turn, List, Rights, str], Text | None]:
    """The act of this verb; each file counts as one with full numbers, whoever opens it."""

    def act(turn: Turn, found: List, may: Rights, _arg: str) -> Text | None:
        kind, member = KINDS[verb], turn.member
        if member is None or not turn.incoming.private or not MAY[kind](found, may):
            menu.no_access(turn)
            return None
        n = len(sheet_rows.people_of(turn.tx, kind, found))
        if not n:
            return _("Nobody on this list is for the Platform's import.")
        history.audited(turn.tx, turn.now, "full_number", staff_id=member.id, talk_id=turn.talk.id,
                        list=found.id, by=kind, n=n)  # fmt: skip
        spec = {
            "render": kind,
            "staff": member.id,
            "list": found.id,
            "begins": f"{sheet_rows.begins(found)}-{ENDINGS[kind]}",
            "as_of": turn.now.isoformat(),
            "lang": turn.lang,
            "alt": ALTS[kind],
        }
        told = lines(
            ngettext("{file}: {n} person.", "{file}: {n} persons.", n, file=ALTS[kind]),
            HOW[kind],
            _("It holds full numbers, and it is recorded that you have had it. Please delete it once it is no longer needed."),
            _("Here it can be downloaded for 24 hours.") if turn.incoming.channel == "web" else None,
        )  # fmt: skip
        turn.say(Reply(told, (asking.back(found),), media=(spec,), sensitive=True))
        return None

    return act


ACTS: dict[str, Callable[[Turn, List, Rights, str], Text | None]] = {verb: send(verb) for verb in KINDS}
HEARS: dict[str, Callable[[Turn, List, Rights, dict[str, Any], str], Text | None]] = {}
READS = frozenset(KINDS)


def buttons(turn: Turn, found: List, may: Rights) -> list[Button]:
    labels: dict[str, Text] = {"file_police": _(".xlsx file for the police"), "file_paper": _("PDF to print")}
    return [
        Button(label, asking.token(found, verb))
        for verb, label in labels.items()
        if MAY[KINDS[verb]](found, may)
    ]


def for_platform(turn: Turn, found: List, may: Rights) -> list[Button]:
    n = for_import.count(turn.tx, found) if MAY["platform_sheet"](found, may) else 0
    label = _("File for the Platform ({n} persons)", n=n)
    return [Button(label, asking.token(found, "file_platform"))] if n else []
