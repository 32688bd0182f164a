"""The keys: encryption of what people send, and a keyed index to find numbers without keeping them readable."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection

_ID, _NONCE = 4, 12


class WrongKey(ValueError):
    """DATA_KEY is not a list of 32-byte keys, or none of them opens a stored value."""


def new_key() -> str:
    """A fresh key as DATA_KEY wants it: 32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(AESGCM.generate_key(256)).decode()


class Vault:
    """Seals with the first key, opens with any; the index is keyed by the last, which is therefore never dropped."""

    def __init__(self, data_key: str) -> None:
        keys = [_bytes(part.strip()) for part in data_key.split(",") if part.strip()]
        if not keys:
            raise WrongKey("DATA_KEY is missing; make one with: python -m bot key")
        self._ciphers = {hashlib.sha256(key).digest()[:_ID]: AESGCM(key) for key in keys}
        self._current = hashlib.sha256(keys[0]).digest()[:_ID]
        self._index_key = HKDF(hashes.SHA256(), 32, salt=None, info=b"phananh48 index").derive(keys[-1])

    def seal(self, value: bytes) -> bytes:
        nonce = os.urandom(
            _NONCE
        )  # a nonce needs no repeatable randomness, so it is not taken from bot.chance
        return self._current + nonce + self._ciphers[self._current].encrypt(nonce, value, None)

    def open(self, sealed: bytes) -> bytes:
        """Raises WrongKey where no key fits or the bytes were changed."""
        cipher = self._ciphers.get(sealed[:_ID])
        if cipher is None:
            raise WrongKey("a stored value was sealed with a key that DATA_KEY no longer holds")
        try:
            return cipher.decrypt(sealed[_ID : _ID + _NONCE], sealed[_ID + _NONCE :], None)
        except InvalidTag as error:
            raise WrongKey("a stored value does not open with its key") from error

    def seal_json(self, value: object) -> bytes:
        return self.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def open_json(self, sealed: bytes) -> Any:
        return json.loads(self.open(sealed))

    def index(self, noun: str, value: str) -> bytes:
        """The 16 bytes under which a number or phone is found: HMAC-SHA256, useless without the key."""
        return hmac.new(self._index_key, f"{noun}:{value}".encode(), hashlib.sha256).digest()[:16]


def of(tx: Connection) -> Vault:
    """The vault of the database that this transaction runs on."""
    return cast(Vault, tx.dialect.vault)  # type: ignore[attr-defined]


def _bytes(text: str) -> bytes:
    try:
        key = base64.urlsafe_b64decode(text)
    except ValueError as error:
        raise WrongKey("DATA_KEY must be URL-safe base64; make one with: python -m bot key") from error
    if len(key) != 32:
        raise WrongKey("each key in DATA_KEY must be 32 bytes; make one with: python -m bot key")
    return key
