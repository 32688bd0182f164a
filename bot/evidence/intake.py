"""What people send, before the turn: fetched, checked, stripped and kept; a card or workbook is read and forgotten."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Literal

from bot.channels import NoMedia
from bot.evidence import worker
from bot.evidence.kinds import XLSX, is_old_office, may_be_sheet, type_of
from bot.files import Files
from bot.loops.work import Work
from handlers import photos
from handlers.incoming import Incoming, Kept, Media, Sheet
from handlers.rules.card_qr import read_card
from handlers.staff import sheets
from storage import evidence

MOST = 20_000_000  # bytes: what Telegram lets a bot fetch, and so what every channel takes
AT_ONCE, LOOKED_AT = 4, 2  # files in memory, and of these in a decoder's hands

Wanted = Literal["card", "evidence"]
Card = dict[str, str]


class Intake:
    def __init__(self, work: Work, store: Files) -> None:
        self._work, self._files = work, store
        self._hands, self._eyes = asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(LOOKED_AT)

    async def prepare(self, incoming: Incoming) -> Incoming:
        """The same with `kept`, `card`, `sheet` and `problems`. Tried again it keeps the files again; what no row comes
        to need is swept. In a group nothing is fetched: no photo of a resident has a place there."""
        if not incoming.private:
            return incoming
        wanted, staff = await self._work.db.read(
            lambda tx: (photos.meant(tx, incoming), sheets.may_send(tx, incoming.channel, incoming.chat))
        )
        found = await asyncio.gather(*(self._one(incoming, one, wanted, staff) for one in incoming.media))
        card = next((one for one in found if isinstance(one, dict)), None)
        books = [one for one in found if isinstance(one, Sheet)]
        problems = [one for one in found if isinstance(one, str)]
        if len(books) > 1:  # each is answered on its own
            books, problems = [], ["sheet_one"]
        return replace(
            incoming,
            kept=tuple(one for one in found if isinstance(one, Kept)),
            card=card,
            sheet=books[0] if books else None,
            # The other side of a card has no code, and that is no trouble where one side has.
            problems=() if card else tuple(problems),
        )

    async def tidy(self, incoming: Incoming) -> None:
        """After the turn: what it did not note (no consent, too many, a turn that failed) need not wait for the sweep."""
        names = [one.name for one in incoming.kept]
        known = await self._work.db.read(lambda tx: evidence.known(tx, names))
        await self._files.remove(name for name in names if name not in known)

    async def _one(
        self, incoming: Incoming, media: Media, wanted: Wanted, staff: bool
    ) -> Kept | Card | Sheet | str:
        """What became of the file, or the code of a problem."""
        if (media.size or 0) > MOST:
            return "too_big"
        async with self._hands:
            try:
                content = await self._work.channels[incoming.channel].fetch(media)
            except NoMedia as none:
                return none.code
            if len(content) > MOST:
                return "too_big"
            if staff and may_be_sheet(content):
                return await self._workbook(content)
            if staff and is_old_office(content):
                return "sheet_old"
            became = await (self._read(content) if wanted == "card" else self._keep(content))
            return "sheet_type" if staff and became == "wrong_type" else became

    async def _workbook(self, content: bytes) -> Sheet | str:
        """In memory here and in the child, and nowhere afterwards."""
        async with self._eyes:
            try:
                looked, _nothing = await worker.look_at("sheet", XLSX, content)
            except worker.TookTooLong:  # a second try would only keep the photos of others waiting
                return "sheet_long"
        return str(looked["problem"]) if "problem" in looked else Sheet.of(looked["sheet"])

    async def _keep(self, content: bytes) -> Kept | str:
        found = type_of(content)
        if found is None:
            return "wrong_type" if content else "broken"
        if found.kind != "photo":
            return Kept(await self._files.keep(content), found.kind, found.mime, len(content))
        async with self._eyes:
            looked, made = await worker.look_at("evidence", found.mime, content)
        if "problem" in looked:
            return str(looked["problem"])
        return Kept(await self._files.keep(made), "photo", "image/jpeg", len(made), looked["blurred"])

    async def _read(self, content: bytes) -> Card | str:
        """The photo is in memory here and in the child, and nowhere afterwards."""
        found = type_of(content)
        if found is None or found.kind != "photo":
            return "wrong_type" if content else "broken"
        async with self._eyes:
            looked, _nothing = await worker.look_at("card", found.mime, content)
        if "problem" in looked:
            return str(looked["problem"])
        cards = (read_card(text) for text in looked["codes"])
        return next((card for card in cards if card), "blurred_qr" if looked["blurred"] else "no_qr")
