"""Files on disk: encrypted, under random names that say nothing."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot import chance
from storage.vault import Vault

LETTERS, LENGTH = "abcdefghijkmnpqrstuvwxyz23456789", 32
# Only what was made here is ever swept, whatever else somebody may keep in the folder.
_OURS = re.compile(rf"([{LETTERS}]{{{LENGTH}}})(\.part)?")


class Files:
    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder, self._vault = folder, vault
        folder.mkdir(parents=True, exist_ok=True)

    async def keep(self, content: bytes) -> str:
        """Writes the bytes and says under which name; a half-written file never stands under it."""
        name = chance.code(LETTERS, LENGTH)
        await asyncio.to_thread(self._write, name, content)
        return name

    def _write(self, name: str, content: bytes) -> None:
        part = self._folder / f"{name}.part"
        part.write_bytes(self._vault.seal(content))
        part.chmod(0o600)
        part.rename(self._folder / name)

    async def fetch(self, name: str) -> bytes:
        sealed = await asyncio.to_thread((self._folder / name).read_bytes)
        return self._vault.open(sealed)

    async def remove(self, names: Iterable[str]) -> None:
        """What is gone already is no trouble."""
        await asyncio.to_thread(self._remove, list(names))

    def _remove(self, names: list[str]) -> None:
        for name in names:
            for path in (self._folder / name, self._folder / f"{name}.part"):
                path.unlink(missing_ok=True)

    async def older_than(self, moment: datetime) -> list[str]:
        """The names of the files that were written before; halves that somebody left behind too."""
        return await asyncio.to_thread(self._older_than, moment.timestamp())

    def _older_than(self, seconds: float) -> list[str]:
        found = set()
        for path in self._folder.iterdir():
            ours = _OURS.fullmatch(path.name)
            with suppress(FileNotFoundError):  # another process sweeps too
                if ours and path.stat().st_mtime < seconds:
                    found.add(ours[1])
        return sorted(found)

    def room(self) -> int:
        """Bytes that the disk still takes."""
        return shutil.disk_usage(self._folder).free
