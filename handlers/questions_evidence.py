"""The question for papers: photos, a PDF or a voice message; or the answer that there is no paper any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from handlers import papers
from handlers.forms import Answers, NotUnderstood, When
from handlers.questions import SKIP, always
from handlers.reply import Button, Reply
from handlers.rules import names
from handlers.turn import Turn
from locales import Text, Words, _, lines

DONE, LAST, NO_PAPER = "done", "last", "none"
HAS_NONE = _("I have no paper any more")
_DONE_SAID = ("xong roi", "roi", "het", "het roi", "du", "du roi", "vay thoi", "thoi", "that is all")
_NONE_SAID = ("khong", "khong co", "khong con", "khong con giay", "mat", "mat roi", "no", "none", "lost")

HOW = _("You can send photos, a PDF or a voice message here, several if you like.")
NOT_HERE = _("This chat cannot take photos. Please keep the paper: the site may ask to see it.")
WITHOUT = _("Without a photo the site has to search its register, which may take longer. You can still send one now, or press «Skip» once more.")  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """Always optional. The value: {"files": [names]}, {"no_paper": True}, or {} where it was skipped.

    `text` asks for the paper («Anh/Chị còn phiếu tiêm không?»); how to send it is added here. handlers/media.py brings
    what is sent, handlers/residents/sending.py gives it to the ticket.
    """

    key: str
    text: Words
    label: Words
    when: When = always

    def ask(self, turn: Turn, answers: Answers) -> Reply:
        sent = papers.in_hand(turn, self.key)
        if sent:
            text = lines(
                _("I have got: {what}.", what=papers.counted(sent)),
                _("You can send more. When that is all, press «Done»."),
            )
            photo = sent[-1].kind == "photo"
            last = _("Take the last photo back") if photo else _("Take the last one back")
            return Reply(text, (Button(_("Done"), DONE, "primary"), Button(last, LAST)), "ask")
        how = HOW if "photo" in turn.incoming.can else NOT_HERE
        return Reply(lines(self.text, how), (Button(HAS_NONE, NO_PAPER), Button(_("Skip"), SKIP)), "ask")

    def read(self, turn: Turn, answers: Answers, said: str, pressed: bool) -> Any:
        meant = said if pressed else self._typed(turn, said)
        sent = papers.in_hand(turn, self.key)
        if sent and meant == LAST:
            papers.take_back(turn, self.key, sent[-1].name)
            return NotUnderstood(_("It is taken back and deleted."))
        if sent and meant == DONE:
            return {"files": papers.hand_in(turn, self.key)}
        if not sent and meant == NO_PAPER:
            return {"no_paper": True}
        if not sent and meant == SKIP:
            return self._skipped(turn)
        if pressed:
            return NotUnderstood(_("Please choose one of the buttons below."))
        return NotUnderstood(_("Please send a photo, a PDF or a voice message, or press one of the buttons."))

    def _skipped(self, turn: Turn) -> Any:
        """A word of advice once; whoever skips again has decided."""
        if "photo" not in turn.incoming.can or turn.state["note"].get("warned"):
            return {}
        turn.state["note"] = {"warned": True}
        return NotUnderstood(WITHOUT)

    def _typed(self, turn: Turn, said: str) -> str:
        wanted = names.fold(said)
        if papers.in_hand(turn, self.key):
            if wanted in _DONE_SAID:
                return DONE
        elif wanted in _NONE_SAID:
            return NO_PAPER
        known = ((_("Done"), DONE), (HAS_NONE, NO_PAPER), (_("Skip"), SKIP))
        return next((value for text, value in known if names.fold(turn.words(text)) == wanted), "")

    def show(self, turn: Turn, value: Any) -> Text:
        if value.get("no_paper"):
            return _("no paper any more; the site is asked to search its register")
        sent = papers.pieces(turn, value.get("files", ()))
        return papers.counted(sent) if sent else ""
