"""The process of one virtual board: its endpoint, its control server, its entry among the running boards.

`serve` blocks until the board is stopped: by its control server, by a signal, or, where it was tied to its parent, by
the parent's end. Nothing of the board outlives this process.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable

import msgspec

from lovhe.core.circuits.surroundings import read_setting
from lovhe.virtual.board import BoardPlan, VirtualBoard
from lovhe.virtual.line.pty_endpoint import PtyEndpoint
from lovhe.virtual.line.rfc2217_endpoint import Rfc2217Endpoint
from lovhe.virtual.process import registry
from lovhe.virtual.process.control_server import ControlServer, Handler
from lovhe.virtual.process.fault_desk import FaultDesk
from lovhe.virtual.process.fault_desk import handlers as fault_handlers
from lovhe.virtual.process.registry import BoardEntry

log = logging.getLogger(__name__)

STATE_PERIOD_S = 0.2


def serve(plan: BoardPlan, entry: BoardEntry, endpoint: str, tied_to_parent: bool, on_ready: Callable[[BoardEntry], None]) -> None:
    """Run the board of `plan`, entered as `entry`, until it is stopped; `endpoint` is "rfc2217" or "pty".

    `on_ready` is called with the whole entry once the board can be opened. With `tied_to_parent` the end of standard
    input, which comes when the parent ends in whatever way, stops the board.
    """
    try:
        asyncio.run(_Supervisor(plan, entry, endpoint).run(tied_to_parent, on_ready))
    finally:
        registry.withdraw(entry.name)


class _Supervisor:
    def __init__(self, plan: BoardPlan, entry: BoardEntry, endpoint: str) -> None:
        self._plan = plan
        self._entry = entry
        self._endpoint_kind = endpoint
        self._stopped = asyncio.Event()

    async def run(self, tied_to_parent: bool, on_ready: Callable[[BoardEntry], None]) -> None:
        loop = asyncio.get_running_loop()
        board = VirtualBoard(self._plan)
        endpoint = (PtyEndpoint if self._endpoint_kind == "pty" else Rfc2217Endpoint)(board.uart)
        await endpoint.start()
        control = ControlServer(loop, self._handlers(board, lambda: self._tell(board, endpoint, control)))
        control.start()
        close_port = board.uart.on_unplug

        def unplugged() -> None:
            close_port()
            self._tell(board, endpoint, control)

        board.uart.on_unplug = unplugged
        board.on_state = lambda: self._tell(board, endpoint, control)
        self._watch_for_the_end(loop, tied_to_parent)
        board.power_on()
        self._tell(board, endpoint, control)
        on_ready(self._entry)
        try:
            while not self._stopped.is_set():
                self._tell(board, endpoint, control)
                try:
                    await asyncio.wait_for(self._stopped.wait(), STATE_PERIOD_S)
                except TimeoutError:
                    pass
        finally:
            await endpoint.stop()
            await board.power_off()
            control.close()

    def _tell(self, board: VirtualBoard, endpoint: PtyEndpoint | Rfc2217Endpoint, control: ControlServer) -> None:
        """Keep the entry true: others read the board's state there without asking it."""
        entry = msgspec.structs.replace(
            self._entry,
            serial_port=endpoint.serial_port,
            mac=self._plan.mac.hex(":"),
            control=control.address,
            authkey=control.authkey.hex(),
            state="busy" if endpoint.is_open else board.state,
        )
        if entry != self._entry:
            self._entry = entry
            registry.publish(entry)

    def _handlers(self, board: VirtualBoard, tell: Callable[[], None]) -> dict[str, Handler]:
        def stop() -> None:
            asyncio.get_running_loop().call_later(0.05, self._stopped.set)  # after the answer has gone out

        def set_part(part_id: str, value: str) -> None:
            board.stage.set(part_id, value)

        def set_all(settings: dict[str, str]) -> None:
            for part_id, value in settings.items():  # a wrong one must leave all as it was
                read_setting(board.plan.parts, board.plan.circuit, part_id, value)
            for part_id, value in settings.items():
                board.stage.set(part_id, value)

        return {
            "set": set_part,
            "set_all": set_all,
            "circuit": lambda: board.plan.circuit,
            **fault_handlers(FaultDesk(board), tell),
            "press_reset": board.uart.press_reset,
            "begin": board.stage.begin,
            "allow": board.stage.allow,
            "reached": board.stage.reached,
            "end": board.stage.end,
            "snapshot": board.stage.snapshot,
            "printed": board.recent_output.lines,
            "state": lambda: board.state,
            "received": lambda: board.uart.received,
            "stop": stop,
        }

    def _watch_for_the_end(self, loop: asyncio.AbstractEventLoop, tied_to_parent: bool) -> None:
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if (number := getattr(signal, name, None)) is not None and sys.platform != "win32":
                loop.add_signal_handler(number, self._stopped.set)
        if tied_to_parent:
            threading.Thread(target=self._wait_for_parent, args=[loop], daemon=True).start()

    def _wait_for_parent(self, loop: asyncio.AbstractEventLoop) -> None:
        while os.read(0, 1024):  # not `sys.stdin`: at exit Python would wait for its lock, which this thread holds
            pass
        log.info("the parent has ended")
        loop.call_soon_threadsafe(self._stopped.set)
