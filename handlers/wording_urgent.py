"""What cannot wait, what a force gave, and what staff report of lines and software, in words."""

from __future__ import annotations

from typing import Any

from handlers import wording_changes
from locales import Text, Words, _, lines

# S2, columns «Nhóm 3» to «Nhóm 6»: what is asked, and what staff read.
FORCES: dict[str, Words] = {
    "nhom_3": _("Police"),
    "nhom_4": _("Army"),
    "nhom_5": _("Prison or detention"),
    "nhom_6": _("Rehabilitation or social protection"),
}
GROUPS: dict[str, Words] = {
    "nhom_3": _("Group 3: police"),
    "nhom_4": _("Group 4: army"),
    "nhom_5": _("Group 5: prisoners"),
    "nhom_6": _("Group 6: rehabilitation, social protection"),
}
FAULTS: dict[str, Words] = {
    "line": _("The line (Internet)"),
    "software": _("The software (the Platform)"),
    "without": _("A site vaccinates without the Platform"),
}


def told(one: dict[str, Any]) -> Text | None:
    """The lines of one change; None where it is no matter of this file."""
    match one["kind"]:
        case "force":
            return lines(_missing(one), GROUPS.get(one.get("group") or ""))
        case "still_here":
            return lines(_("**Still at the site**"), _missing(one))
        case "reaction":
            since = one.get("since")
            return lines(_("About: {site}", site=one["site_name"]) if one.get("site_name") else None,
                         _("Since: {since}", since=since) if since else None, _words(one))  # fmt: skip
        case "site_tech":
            return lines(FAULTS[one["field"]], _("Reported by: {who}", who=one["site_name"]), _words(one))
    return None


def _missing(one: dict[str, Any]) -> Text:
    return _("Not on record: {new}", new=wording_changes.value("dose", one["new"]))


def _words(one: dict[str, Any]) -> Text:
    return _("«{words}»", words=one["new"]) if one.get("new") else _("told by voice message or photo")
