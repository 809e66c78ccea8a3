"""Programs on the guest of a given chip, in virtual time: what they print, and what the world is told."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from tests.virtual.guest_harness import PRELUDE, BareBoard


def told(folder: Path, code: str, chip: str = "esp32", world: list[list[Any]] | None = None) -> tuple[list[str], list[list[Any]]]:
    """The lines that `code` prints, with `T` of the recorded facts before it, and the log's entries without their times.

    `world` is sent before. A traceback fails the test.
    """

    async def session() -> tuple[str, str, list[list[Any]]]:
        async with BareBoard(folder, virtual_time=True, chip=chip) as board:
            for message in world or []:
                board.engine.send(message)
            await board.enter_raw()
            board.messages.clear()
            out, err = await board.run(PRELUDE + code)
            return out, err, list(board.messages)

    out, err, messages = asyncio.run(session())
    assert err == ""
    return out.splitlines(), [entry[1:] for kind, *rest in messages if kind == "log" for entry in rest[0]]
