"""Words that stand on the files of a list, beside the people; written in Vietnamese whoever asks for them."""

from __future__ import annotations

from locales import Words, _

WORDS: dict[str, Words] = {
    "paper": _("LIST OF PERSONS VACCINATED AGAINST COVID-19 WHOSE DATA ARE TO BE VERIFIED"),
    "mark": _("Code of the list (do not change):"),
    "help_answer": _("1. For each person choose «Kết quả». «Sai khác»: also write what is right in the columns «… đúng». "
                     "«Cần bổ sung»: write in «Ghi chú» what is to be supplemented."),
    "help_keys": _("2. Change nothing in the grey columns, nor in «Mã dòng». Rows may stand in any order."),
    "help_back": _("3. Save as .xlsx and send this file back in the chat. It holds personal data: send it to nobody else, "
                   "and delete it afterwards."),
    "list_wrong": _("Please choose one of the four results in the list."),
    "sex_wrong": _("Please choose Nam or Nữ."),
    "matches": _("Matches"),
    "unknown": _("Not in the population database"),
    "supplement": _("Supplement needed"),
    "differs": _("Differs: right data; remarks"),
    "counted": _("Matches: ……… Differs: ……… Not in the population database: ……… To be supplemented: ………"),
    "station": _("Health station"),
    "site": _("Vaccination site"),
    "made": _("(who made the list: signature, full name)"),
    "commune_police": _("Commune police"),
    "signs": _("(signature, full name)"),
    "number_day": _("No.: …………………… of ……/……/…………"),
    "page": _("Page {page}/{pages}", page="{page}", pages="{pages}"),
}  # fmt: skip
