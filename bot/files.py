"""Files on disk: encrypted, under random names that say nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot import chance
from storage.vault import Vault


class Files:
    def __init__(self, folder: Path, vault: Vault) -> None:
        self._folder, self._vault = folder, vault
        folder.mkdir(parents=True, exist_ok=True)

    async def keep(self, content: bytes) -> str:
        """Writes the bytes and says under which name; a half-written file never stands under it."""
        name = chance.code("abcdefghijkmnpqrstuvwxyz23456789", 32)
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
