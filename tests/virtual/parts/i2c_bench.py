"""One part on an I2C bus, spoken to as the guest does, with a clock that the test moves."""

from __future__ import annotations

from typing import Any

from lovhe.virtual.surroundings.world import World

from tests.virtual.wired_harness import placed, world_of

SCL, SDA = 22, 21
BUS = {"SCL": "IO22", "SDA": "IO21"}


class I2cBench:
    """`name` is a part of the kit; its id in the circuit is "it"."""

    def __init__(self, name: str, address: int, wires: dict[str, str] | None = None, /, **options: int) -> None:
        self.address = address
        self.now_us = 1000
        self.world: World = world_of(placed("it", name, BUS | (wires or {}), **options))
        self.world.initial_messages()

    def ask(self, written: bytes, count: int = 0, address: int | None = None) -> bytes | None:
        """One transfer; None when nobody answers."""
        message = ["i2c", 1, [SCL, SDA], self.address if address is None else address, written.hex(), count, self.now_us]
        answer = self.world.handle(message)[-1]
        assert answer[:2] == ["re", 1]
        return None if answer[2] is None else bytes.fromhex(answer[2])

    def write(self, *written: int) -> None:
        """A write that is acknowledged."""
        assert self.ask(bytes(written)) == b""

    def read(self, count: int, *written: int) -> bytes:
        """A read after an optional write, which are acknowledged."""
        answer = self.ask(bytes(written), count)
        assert answer is not None
        assert len(answer) == count
        return answer

    def later(self, milliseconds: float) -> None:
        """Let time pass."""
        self.now_us += round(1000 * milliseconds)

    def set(self, name: str, text: str) -> None:
        """Change the surroundings now."""
        self.world.advance(self.now_us)
        self.world.set(f"it.{name}", text)

    def state(self) -> dict[str, Any]:
        """What the part shows now."""
        self.world.advance(self.now_us)
        shown: dict[str, Any] = self.world.snapshot()["parts"]["it"]
        return shown
