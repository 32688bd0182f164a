"""Why a list or a person's place on it cannot be, in words."""

from __future__ import annotations

from handlers.lists import who
from handlers.reply import Button
from locales import Text, Words, _, joined, lines
from storage.units import Unit

# Why a ticket cannot go on a list.
TICKET: dict[str, Words] = {
    "closed": _("closed already"),
    "axis": _("not about identity data"),
    "unit": _("not at a commune health station"),
    "not_ours": _("at another unit"),
    "foreigner": _("not a Vietnamese citizen: no police step"),
    "elsewhere": _("on a list already"),
    "full": _("the list is full"),
}


def no_list(unit: Unit, why: str) -> Text:
    if why != "no_police":
        return no_kind(unit)
    return lines(
        _("It is not known which police compare for {unit}: its commune is not known, was divided, or has no police here.",
          unit=unit.name),
        _("Please ask the desk's administrator to import the unit with today's commune code."),
    )  # fmt: skip


def no_kind(unit: Unit) -> Text:
    """S4: «… không phải thực hiện công tác xác minh, “làm sạch” dữ liệu»; and who does."""
    told = _("{unit} makes lists for its own rounds of vaccination only.", unit=unit.name)
    if unit.exempt:
        return lines(
            told,
            _("By letter S4 it signs what it injected, but does not verify and clean identity data."),
            _("Identity data is cleaned by the health station of the commune of permanent residence."),
        )  # fmt: skip
    if "round" not in who.kinds(unit):
        return _("{unit} makes no lists.", unit=unit.name)
    return lines(
        told, _("Identity data is cleaned by the health station of the commune of permanent residence.")
    )


def named(refused: list[tuple[str, str]]) -> Text | None:
    """«PA-7K2MX (người nước ngoài); PA-8K3NX (đã có trong danh sách khác)»."""
    if not refused:
        return None
    each = (joined("", code, " (", TICKET[why], ")") for code, why in refused)
    return _("Not put on the list: {codes}", codes=joined("; ", *each))


LISTS_PAGE = Button(_("Verification lists"), "l:show")
