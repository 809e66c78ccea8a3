"""How a pupil shows that it is they: four digits, or three of twelve pictures. Only a salted hash is kept.

This keeps classmates out of each other's work. It is no bank's safe: whoever can copy the results file can try all of 10,000 numbers,
which is why the hash is a slow one, and why the work on a PC is as safe as the PC.
"""

from __future__ import annotations

import hashlib
import hmac
from binascii import Error as NotHex
from binascii import unhexlify
from collections.abc import Sequence

import msgspec

from lovhe.core.messages import N_, Text

PIN_DIGITS = 4
CHOSEN_PICTURES = 3
SALT_BYTES = 16

_COST, _BLOCK, _LANES, _BYTES = 1 << 14, 8, 1, 32
_MEMORY = 64 << 20
WAITS_S = (0.0, 0.0, 0.0, 5.0, 15.0, 30.0, 60.0)
"""How long to wait after so many wrong tries in a row: two slips of a finger are free."""


class Picture(msgspec.Struct, frozen=True):
    """One of the pictures; `name` is its word."""

    id: str
    name: Text


PICTURES = (
    Picture("sun", N_("sun")),
    Picture("cat", N_("cat")),
    Picture("fish", N_("fish")),
    Picture("house", N_("house")),
    Picture("tree", N_("tree")),
    Picture("flower", N_("flower")),
    Picture("boat", N_("boat")),
    Picture("car", N_("car")),
    Picture("key", N_("a door key")),
    Picture("cup", N_("cup")),
    Picture("ball", N_("ball")),
    Picture("glasses", N_("glasses")),
)
"""In the order in which they are shown: always the same, so that fingers learn it."""


def hashed(secret: str, salt: bytes) -> str:
    """What is kept of a secret; takes some 50 ms, on purpose. `salt` is SALT_BYTES of chance."""
    return f"scrypt${_COST}${_BLOCK}${_LANES}${salt.hex()}${_scrypt(secret, salt, _COST, _BLOCK, _LANES, _BYTES).hex()}"


def fits(secret: str, kept: str) -> bool:
    """Whether `kept` was made from `secret`; as slow for a wrong one. A damaged hash fits nothing."""
    try:
        name, cost, block, lanes, salt, expected = kept.split("$")
        wanted = unhexlify(expected)
        found = _scrypt(secret, unhexlify(salt), int(cost), int(block), int(lanes), len(wanted))
    except (ValueError, NotHex):
        return False
    return name == "scrypt" and hmac.compare_digest(found, wanted)


def wait_s(wrong: int, since_s: float, waits_s: Sequence[float] = WAITS_S) -> float:
    """Seconds until the next try, `since_s` after the last of `wrong` wrong ones in a row; 0 where there is nothing to wait for.

    A PC whose clock was set back meanwhile (`since_s` below 0) locks nobody out.
    """
    wanted_s = waits_s[min(max(wrong, 0), len(waits_s) - 1)]
    return max(0.0, wanted_s - since_s) if since_s >= 0 else 0.0


def _scrypt(secret: str, salt: bytes, cost: int, block: int, lanes: int, size: int) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, n=cost, r=block, p=lanes, maxmem=_MEMORY, dklen=size)
