"""`services.ports.teacher_door.Hashing` by Argon2id, with the library's own settings: 64 MB and a tenth of a second for each look."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError


class Argon2:
    """Hashes made here tell their settings themselves, so that later ones may be slower."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher()

    def hashed(self, passphrase: str) -> str:
        """See `services.ports.teacher_door.Hashing.hashed`."""
        return self._hasher.hash(passphrase)

    def fits(self, passphrase: str, kept: str) -> bool:
        """See `services.ports.teacher_door.Hashing.fits`."""
        try:
            return self._hasher.verify(kept, passphrase)
        except (Argon2Error, InvalidHashError):
            return False
