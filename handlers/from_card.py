"""The QR code of an ID card, instead of typing: it fills in what is valid, proves nothing, and is marked as such."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from handlers.forms import Answers, Form, Question
from handlers.questions_person import birth_day
from handlers.reply import Reply
from handlers.residents import address
from handlers.rules import days, identity, names
from handlers.rules.places import place_key
from handlers.turn import Turn
from locales import Text, _, lines
from storage import places

ASKED = ("about_name", "birth", "sex", "number")  # of whoever a report is about
LOOKED_UP = ("way", "name", "number", "birth", "sex")  # of whose record is looked up
SEXES = {"nam": "male", "nu": "female", "male": "male", "female": "female"}
OFFER = _("You can also send a photo of the QR code on the card (CCCD or Căn cước) instead of typing. "
          "You need not, and the photo is not kept.")  # fmt: skip


def helps(form: Form, question: Question | None, answers: Answers) -> bool:
    """Whether a card would answer the current question; a foreigner has none."""
    if question is None:
        return False
    if form.kind == "lookup":
        return question.key in LOOKED_UP and answers.get("way") != "passport"
    vietnamese = answers.get("who") == "other" and answers.get("foreign") != "yes"
    return form.correction and vietnamese and question.key in ASKED


def offered(turn: Turn, reply: Reply) -> Reply:
    """The question, and that a photo of the card would do."""
    if "photo" not in turn.incoming.can:
        return reply
    return Reply(lines(reply.text, OFFER), reply.buttons, reply.kind)


def read(turn: Turn) -> Text:
    """Some channels let us delete what was sent."""
    if turn.incoming.ref is None:
        return _("I have read the QR code. The photo was not kept.")
    return _("I have read the QR code. The photo was not kept, and I delete that message too.")


def fill(turn: Turn, form: Form, card: dict[str, str]) -> bool:
    """Puts what the card says into the answers; False where nothing of it can be used."""
    said = _valid(turn, card)
    if not said:
        return False
    answers = turn.state["answers"]
    if form.kind == "lookup":
        way = answers.get("way") or ("number" if "number" in said else "portal")
        turn.state["answers"] = {**answers, "way": way, **_named(said)}
    else:
        taken = {key: said[key] for key in ASKED if key in said}
        more = {"from_qr": taken, "qr_residence": said.get("residence")}
        turn.state["answers"] = {**answers, **taken, **more}
    if "birth" in said:
        address.remember(turn, said["birth"])
    turn.state["note"] = {}
    return True


def _named(said: Answers) -> Answers:
    """As the look-up calls them."""
    known = {**said, "name": said.get("about_name")}
    return {key: known[key] for key in LOOKED_UP if known.get(key)}


def _valid(turn: Turn, card: dict[str, str]) -> Answers:
    """Each field is read as if it had been typed; one that cannot be right is asked for instead."""
    found: dict[str, Any] = {}
    name = names.tidy(card.get("name") or "")
    if not names.problem(name):
        found["about_name"] = name
    birth = _day(card.get("birth") or "")
    if birth and birth_day(turn, birth) is None:
        found["birth"] = birth.iso()
    sex = SEXES.get(names.fold(card.get("sex") or ""))
    if sex:
        found["sex"] = sex
    number = identity.read_number(card.get("number") or "", turn.today)
    if not isinstance(number, str) and number.kind == "national_id":
        found["number"] = {"kind": number.kind, "value": number.value}
    if found and card.get("residence"):
        found["residence"] = card["residence"]
    return found


def _day(said: str) -> days.Day | None:
    try:
        return days.Day.of(said)
    except ValueError:
        day = days.read_day(said)
        return None if isinstance(day, str) else day


def still(answers: Answers) -> bool:
    """Whether everything that the card filled in stands as it was."""
    taken = answers.get("from_qr") or {}
    return bool(taken) and all(answers.get(key) == value for key, value in taken.items())


def residence(tx: Connection, answers: Answers) -> str | None:
    """The commune that the card's own words name without doubt, on the old map or the new; only ever offered."""
    parts = [part.strip() for part in str(answers.get("qr_residence") or "").split(",") if part.strip()]
    for place in (parts[-3:], parts[-2:]):
        if len(place) < 2:
            continue
        commune, *around = place
        near = [place_key(one) for one in around]
        found = [
            one
            for one in places.find_communes(tx, place_key(commune), limit=200)
            if place_key(one.name) == place_key(commune) and _lies_in(one, near)
        ]
        if len(found) == 1:
            return f"{found[0].list}:{found[0].code}"
    return None


def _lies_in(commune: places.Commune, near: list[str]) -> bool:
    """In this province, and in this district where one is named: cards of before July 2025 name both."""
    above = [part for part in (commune.district, commune.province) if part]
    return near == [place_key(part) for part in above]
