"""The only randomness: codes, tokens and invitations."""

from __future__ import annotations

import secrets


def code(alphabet: str, length: int) -> str:
    """Letters drawn from the alphabet, unpredictable."""
    return "".join(secrets.choice(alphabet) for _ in range(length))


def token() -> str:
    """A secret of 256 bits for a browser's session."""
    return secrets.token_urlsafe(32)


def seconds(most: float) -> float:
    """Somewhere between none and that many, so that processes do not come back all at once."""
    return secrets.randbelow(1000) / 1000 * most
