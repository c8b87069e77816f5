"""Ids that follow from what they name, so that a replay gives the same ones."""

from hashlib import blake2b

_ID_BYTES = 10


def stable_id(*parts: str) -> str:
    """Twenty hexadecimal digits, the same for the same parts."""
    return blake2b("\x1f".join(parts).encode(), digest_size=_ID_BYTES).hexdigest()
