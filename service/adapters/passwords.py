"""Passwords by Argon2id."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MOST_AT_ONCE = 4
"""Each takes 64 MiB: a crowd at the door waits instead of filling the memory."""


class Argon2:
    """Hashes with the library's parameters unless others are given; few at a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = BoundedSemaphore(MOST_AT_ONCE)
        # Made now, so that not even the first unknown account takes longer than a known one.
        self._nobodys = self._hasher.hash("")

    def hash(self, password: str) -> str:
        """What is kept; it tells with which parameters it was made."""
        with self._turns:
            return self._hasher.hash(password)

    def verify(self, hashed: str | None, password: str) -> bool:
        """Whether it was made of this password; False, after the same work, where there is none."""
        kept = self._nobodys if hashed is None else hashed
        with self._turns:
            try:
                self._hasher.verify(kept, password)
            except (VerificationError, InvalidHashError):
                return False
        return hashed is not None

    def is_outdated(self, hashed: str) -> bool:
        """Whether it was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(hashed)
