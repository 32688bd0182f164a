"""Who has no CCCD yet: the police of the permanent residence give a notice with the number; nobody gets a ticket."""

from __future__ import annotations

from handlers import forms
from handlers.finding import communes_today
from handlers.forms import Answers, Form, register
from handlers.questions_places import Commune
from handlers.reply import Button, Reply
from handlers.residents.kinds import Advice, advise
from handlers.turn import Turn
from locales import Text, _, lines
from storage import units


def begin(turn: Turn) -> None:
    """Finished parts of a report stay beside it."""
    forms.start(turn, "no_cccd", {}, turn.state.pop("parts", None))


def tell(turn: Turn, answers: Answers) -> None:
    """S1 «Công an cấp xã nơi công dân đăng ký thường trú thực hiện cấp văn bản thông báo số định danh cá nhân có mã QR»."""
    forms.give_way(turn)
    has_number = Button(_("I have a number, the record lacks it"), "report:id_missing")
    rest = turn.state.get("parts")
    end = Button(_("Send what I have"), "report:send") if rest else Button(_("Menu"), "menu")
    turn.say(
        Reply(
            lines(
                _("Without a CCCD, please go to **{police}**.", police=_police(turn, answers["permanent"])),
                _("It gives you a written notice of your personal identification number (số định danh), with a QR code."),
                _("Take that notice along when you go to be vaccinated. You need not report anything here."),
            ),
            (has_number, end),
        )
    )  # fmt: skip


def _police(turn: Turn, permanent: str) -> Text:
    """By name, where the commune is known and was not divided."""
    codes = communes_today(turn.tx, permanent)
    found = units.of_commune(turn.tx, "police", "2025", codes[0]) if len(codes) == 1 else None
    return found.name if found else _("the police of the commune of your permanent residence")


register(
    Form(
        kind="no_cccd",
        title=_("No CCCD yet"),
        personal=False,
        summary=False,
        questions=(
            Commune("permanent", _("In which commune is the **permanent residence** (thường trú)? Type part of its name."),
                    _("Permanent residence"), _("I do not know, or abroad")),
        ),
        submit=tell,
    )
)  # fmt: skip

advise(Advice("no_cccd", _("No CCCD yet"), "person", begin, order=50))
