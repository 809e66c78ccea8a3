"""A connection to a running board's supervisor, for the commands that look at the board or change it."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from typing import Any

import msgspec

from lovhe.core.boards.fault_words import Fault
from lovhe.core.circuits.hardware import Circuit
from lovhe.core.decoding import converted, json_decoder
from lovhe.core.errors import BoardGoneError, BoardSilentError
from lovhe.core.messages import N_
from lovhe.virtual.process.control_protocol import (
    COMMAND_TIMEOUT_S,
    LOOP_GRACE_S,
    MAX_ANSWER_BYTES,
    Answer,
    gone_error,
    greet_as_client,
)

_answer_decoder = json_decoder(Answer)


class BoardControl:
    """A connection to a running board's supervisor; fits `services.ports.Stage`.

    `control` and `authkey` stand in the board's `registry.BoardEntry`. All methods block until the board has answered and
    raise what the board raised, `BoardGoneError` when it is gone, or `BoardSilentError` after `timeout_s`.
    """

    def __init__(self, control: str, authkey: str, timeout_s: float = COMMAND_TIMEOUT_S + 2 * LOOP_GRACE_S) -> None:
        host, _, number = control.rpartition(":")
        self._timeout_s = timeout_s
        self._lock = threading.Lock()
        try:
            self._connection = Client((host, int(number)), family="AF_INET")
            greet_as_client(self._connection, bytes.fromhex(authkey))
        except (OSError, EOFError, ValueError, AuthenticationError) as error:
            raise gone_error() from error

    def __enter__(self) -> BoardControl:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; the board runs on."""
        self._connection.close()

    def ask(self, do: str, **fields: Any) -> Any:
        """Send any request and return its result."""
        with self._lock:
            try:
                self._connection.send_bytes(msgspec.json.encode({"do": do, **fields}))
                if not self._connection.poll(self._timeout_s):
                    self._connection.close()  # a late answer would be taken for the next request's
                    raise BoardSilentError(
                        N_("The virtual board did not answer “{command}”.", command=do),
                        N_("Stop it with `lovhe board stop` and start it again."),
                    )
                data = self._connection.recv_bytes(MAX_ANSWER_BYTES)
            except (OSError, EOFError) as error:
                raise gone_error() from error
        try:
            answer = _answer_decoder.decode(data)
        except msgspec.DecodeError as error:
            raise gone_error() from error
        return answer.result()

    def set(self, part_id: str, value: str) -> None:
        """Change the surroundings."""
        self.ask("set", part_id=part_id, value=value)

    def set_all(self, settings: Mapping[str, str]) -> None:
        """Change several of the surroundings, or none if one of them is wrong."""
        self.ask("set_all", settings=dict(settings))

    def circuit(self) -> Circuit:
        """What is wired to the board."""
        return converted(self.ask("circuit"), Circuit)

    def order_faults(self, faults: Sequence[Fault], seed: int | None = None, clear: bool = False) -> list[Fault]:
        """Let these faults happen, or end; with `clear`, end all others first. What is armed afterwards.

        Once the cable is back, the serial port's name may be another one; the board's entry has it.
        """
        return converted(self.ask("fault", faults=list(faults), seed=seed, clear=clear), list[Fault])

    def faults(self) -> list[Fault]:
        """What is wrong with the board, or will be."""
        return converted(self.ask("faults"), list[Fault])

    def press_reset(self) -> None:
        """Press the board's RESET button: the chip starts anew."""
        self.ask("press_reset")

    def begin(self) -> None:
        """From now on the clock obeys `allow`."""
        self.ask("begin")

    def allow(self, duration_ms: int) -> None:
        """Let the board run `duration_ms` further."""
        self.ask("allow", duration_ms=duration_ms)

    def reached(self) -> bool:
        """Whether the board has used up what it was allowed."""
        return bool(self.ask("reached"))

    def end(self) -> None:
        """The clock runs free again."""
        self.ask("end")

    def snapshot(self) -> dict[str, Any]:
        """`World.snapshot` of this moment."""
        answer = self.ask("snapshot")
        return answer if isinstance(answer, dict) else {}

    def printed(self, count: int) -> list[str]:
        """The last `count` lines that the board has printed, or fewer."""
        return [str(line) for line in self.ask("printed", count=count)]

    def state(self) -> str:
        """The board's state, as `services.ports.BoardInfo` has it."""
        return str(self.ask("state"))

    def received(self) -> int:
        """How many bytes the chip has received since it was started."""
        return int(self.ask("received"))

    def stop(self) -> None:
        """Switch the board off; its process ends. The board may be gone before it has answered."""
        with suppress(BoardGoneError):
            self.ask("stop")
