"""A guest with real surroundings: the interpreter, the world of a circuit and the clock between them, without a serial line."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
from lovhe.core.circuits.hardware import Board, Circuit, CircuitPart, Part
from lovhe.virtual.surroundings.channel import Channel
from lovhe.virtual.surroundings.world import World

from tests.virtual.guest_harness import PATIENCE_S, BareBoard

HARDWARE = Path(__file__).parents[2] / "hardware"
BOARD = msgspec.toml.decode((HARDWARE / "boards/esp32-devkitc.toml").read_bytes(), type=Board)


def part(name: str) -> Part:
    """A part of the kit, from its file."""
    return msgspec.toml.decode((HARDWARE / f"parts/{name}.toml").read_bytes(), type=Part)


def placed(part_id: str, name: str, wires: dict[str, str], through: dict[str, str] | None = None, **options: int) -> CircuitPart:
    """A part with its wires, fed from 3V3 unless they say otherwise."""
    supplies = {pin.name: "3V3" if pin.kind == "supply" else "GND" for pin in part(name).pin if pin.kind in ("supply", "ground")}
    return CircuitPart(part_id, name, supplies | wires, through=through or {}, options=options)


def world_of(*parts: CircuitPart) -> World:
    """The world of these parts on an ESP32 board."""
    return World(BOARD, {one.part: part(one.part) for one in parts}, Circuit(part=list(parts)), seed=3)


class WiredBoard(BareBoard):
    """A `BareBoard` whose messages go to a world and a clock; `stage` is both."""

    def __init__(self, folder: Path, world: World, virtual: bool = True, **options: Any) -> None:
        super().__init__(folder, virtual_time=virtual, **options)
        self.stage = Channel(world, virtual)

    async def start(self, **options: Any) -> None:
        """Start a fresh interpreter, and tell it of the circuit."""
        await super().start(**options)
        self.stage.connect(self.engine.send)

    def _on_message(self, message: list[Any]) -> None:
        self.messages.append(message)
        self._changed.set()
        self.stage.on_message(message)

    def state(self, part_id: str) -> dict[str, Any]:
        """What a part shows now."""
        shown: dict[str, Any] = self.stage.snapshot()["parts"][part_id]
        return shown


def run_wired(folder: Path, world: World, code: str, virtual: bool = True, timeout_s: float = PATIENCE_S, **settings: str) -> str:
    """What `code` prints on a board with this world, after `settings`; a traceback fails."""

    async def session() -> str:
        async with WiredBoard(folder, world, virtual) as board:
            for name, value in settings.items():
                board.stage.set(name.replace("__", "."), value)
            await board.enter_raw()
            out, err = await board.run(code, timeout_s)
            assert err == "", out + err
            assert board.stage.malformed == 0
            return out

    return asyncio.run(session())
