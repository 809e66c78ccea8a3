"""Faults on demand: what goes wrong with cheap cables, weak supplies and tired boards, repeatable by a seed.

The UART asks this object what becomes of the bytes on their way. Power-cut tests, and a teacher who wants to see
what a class will see, arm it; a healthy board has one that does nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum
from random import Random

_NEVER = 1 << 62


class Strike(Enum):
    """What happens to a board at a certain received byte."""

    UNPLUG = "unplug"
    BROWNOUT = "brownout"


@dataclass
class Faults:
    """What is wrong with one board and its cable. All of it may be changed while the board runs.

    `drop_rate` and `flip_rate` are probabilities a byte (0 … 1), in both directions; `slow_bd` limits the line;
    `ignores_loader` is a board whose IO0 does not reach the chip, `stuck_in_loader` one whose IO0 is held low; `chip` is
    what the loader says it is, where that is not the truth. With one `seed` the same bytes are hit, however they come in pieces.
    """

    drop_rate: float = 0.0
    flip_rate: float = 0.0
    slow_bd: int | None = None
    ignores_loader: bool = False
    stuck_in_loader: bool = False
    chip: str | None = None
    seed: int = 0
    _noise: dict[tuple[bool, str], _Hits] = field(init=False, repr=False, compare=False)
    _strikes: dict[Strike, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._strikes = {}
        self.sow(self.seed)

    def sow(self, seed: int) -> None:
        """Begin the noise anew, as it comes with this seed."""
        self.seed = seed
        self._noise = {(to_chip, what): _Hits(f"{seed}/{to_chip}/{what}") for to_chip in (True, False) for what in ("flip", "drop")}

    def calm(self) -> None:
        """Be a healthy board and cable again; the noise begins anew."""
        self.drop_rate = self.flip_rate = 0.0
        self.slow_bd = self.chip = None
        self.ignores_loader = self.stuck_in_loader = False
        self._strikes.clear()
        self.sow(self.seed)

    def arm(self, strike: Strike, received_bytes: int) -> None:
        """Let this happen once the chip has received so many more bytes; 0 means before the next one."""
        self._strikes[strike] = received_bytes

    def disarm(self, strike: Strike) -> None:
        """Let this not happen."""
        self._strikes.pop(strike, None)

    def bytes_until(self, strike: Strike) -> int | None:
        """How many more bytes the chip may receive before this happens; None for never."""
        return self._strikes.get(strike)

    def admit(self, data: bytes) -> tuple[bytes, Strike | None, bytes]:
        """Split `data` on its way to the chip: what still arrives, what strikes then, and what is left over."""
        if not self._strikes:
            return data, None, b""
        strike, left = min(self._strikes.items(), key=lambda item: item[1])
        arrives = data[:left]
        for armed in self._strikes:
            self._strikes[armed] -= len(arrives)
        if len(data) < left:
            return arrives, None, b""
        del self._strikes[strike]
        return arrives, strike, data[left:]

    def disturb(self, data: bytes, to_chip: bool = True) -> bytes:
        """`data` as it comes out of a bad line: bytes lost and bits flipped at the set rates."""
        if not (self.drop_rate or self.flip_rate):
            return data
        noisy = bytearray(data)
        flips = self._noise[to_chip, "flip"]
        for index in flips.among(len(noisy), self.flip_rate):
            noisy[index] ^= 1 << flips.bits.randrange(8)
        for index in reversed(self._noise[to_chip, "drop"].among(len(noisy), self.drop_rate)):
            del noisy[index]
        return bytes(noisy)


class _Hits:
    """Which bytes of one direction are hit by one kind of noise. Counts on from piece to piece."""

    def __init__(self, seed: str) -> None:
        self.bits = Random(f"{seed}/bits")
        self._random = Random(seed)
        self._rate = 0.0
        self._unharmed = _NEVER

    def among(self, length: int, rate: float) -> list[int]:
        """The places of the hits among the next `length` bytes."""
        if rate != self._rate:
            self._rate, self._unharmed = rate, self._gap(rate)
        hits = []
        while self._unharmed < length:
            hits.append(self._unharmed)
            self._unharmed += 1 + self._gap(rate)
        self._unharmed -= length
        return hits

    def _gap(self, rate: float) -> int:
        """How many bytes pass unharmed before the next hit (geometric, so that a clean line costs nothing)."""
        if rate <= 0:
            return _NEVER
        if rate >= 1:
            return 0
        return int(math.log(1.0 - self._random.random()) / math.log(1.0 - rate))
