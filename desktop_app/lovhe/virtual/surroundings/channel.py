"""Joins the guest's socket to the world and the clock.

The socket belongs to the engine: datagrams come in through `on_datagram` (or, decoded, `on_message`), and go out through
the `send` that was given with `connect`. What the guest sends is written by a student's program if it likes: it is bounded,
and what cannot be read is counted and left.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from logging import getLogger
from typing import Any

import msgspec

from lovhe.virtual.surroundings.guest_messages import MalformedMessage, whole
from lovhe.virtual.surroundings.virtual_clock import VirtualClock
from lovhe.virtual.surroundings.world import World

MAX_DATAGRAM_BYTES = 16 * 1024
BOARD_KINDS = frozenset({"boot", "K", "pad", "reset"})
_WORLD_KINDS = frozenset({"log", "dht", "i2c", "pulse", "ow", "joined", "look"})

Message = list[Any]
Send = Callable[[Message], None]

_log = getLogger(__name__)


class Channel:
    """One board's channel. Use it on one event loop's thread only.

    `on_board` gets the messages that are neither the world's nor the clock's ("boot", "K", "pad", "reset"). `malformed` counts what
    could not be read since the board started. `on_reached` is called when the board has used up what it was allowed.
    What comes while no guest is connected is the last of one that has gone, and is left.
    """

    def __init__(self, world: World, virtual: bool, on_board: Callable[[Message], None] | None = None) -> None:
        self.world = world
        self.clock = VirtualClock(virtual, world.next_change_us, self._grant_used_up)
        self.malformed = 0
        self._on_board = on_board
        self._send: Send | None = None
        self.on_reached: Callable[[], None] | None = None
        self._reached = asyncio.Event()
        self._real_zero_s: float | None = None
        self._timer: asyncio.TimerHandle | None = None

    # The guest's side

    def connect(self, send: Send) -> None:
        """A new interpreter is there: tell it the mode, the inputs, and how far it may go."""
        self._send = send
        self.clock.restart()
        self._post([["mode", "virtual" if self.clock.virtual else "real", self.world.seed], *self.world.initial_messages()])

    def disconnect(self) -> None:
        """The interpreter has gone."""
        self._send = None
        self._real_zero_s = None
        self.clock.restart()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def on_datagram(self, data: bytes) -> None:
        """Take one datagram of the guest; count it if it is none of ours."""
        try:
            if len(data) > MAX_DATAGRAM_BYTES:
                raise MalformedMessage("the datagram is too long")
            message = msgspec.json.decode(data, type=Message)
        except (MalformedMessage, msgspec.DecodeError, RecursionError) as error:
            self._count(error)
            return
        self.on_message(message)

    def on_message(self, message: Message) -> None:
        """Take one message of the guest; count it if it is none of ours."""
        if self._send is None:
            return
        kind = message[0] if message else None
        try:
            if kind == "sync" and len(message) == 2 and self.clock.virtual:
                self._sync(whole(message[1]))
            elif isinstance(kind, str) and kind in _WORLD_KINDS:
                messages = self.world.handle(message)
                self._post([*self.clock.shorten(), *messages])
                self._follow_real_time()
            elif isinstance(kind, str) and kind in BOARD_KINDS:
                if self._on_board is not None:
                    self._on_board(message)
            else:
                raise MalformedMessage("a message says nothing we know")
        except MalformedMessage as error:
            self._count(error)

    def _sync(self, now_us: int) -> None:
        self._reached.clear()
        self._post(self.world.advance(now_us))
        self._post(self.clock.sync(now_us))

    # The stage's side (see `services.ports.Stage`)

    def set(self, name: str, value: str) -> None:
        """Change the surroundings. Raises `InputError` with what is possible."""
        self._post(self.world.set(name, value))
        self._follow_real_time()

    def begin(self) -> None:
        """From now on the clock obeys `allow`."""
        self._reached.clear()
        self._post(self.clock.begin())

    def allow(self, duration_ms: int) -> None:
        """Let the board run `duration_ms` further than it was allowed before; in real time, than now."""
        self._reached.clear()
        self._post(self.clock.allow(duration_ms))

    def end(self) -> None:
        """The clock runs free again."""
        self._reached.clear()
        self._post(self.clock.end())

    def reached(self) -> bool:
        """Whether the board has used up what it was allowed."""
        return self.clock.reached()

    async def wait_reached(self, timeout_s: float) -> bool:
        """Wait until the board has used up what it was allowed, but no longer than `timeout_s`; whether it has."""
        if self.clock.virtual and not self.clock.reached():
            try:
                await asyncio.wait_for(self._reached.wait(), timeout_s)
            except TimeoutError:
                pass
        return self.clock.reached()

    def reset_pins(self, hard: bool) -> None:
        """The chip has been reset: after a hard reset its pins float."""
        self._post(self.world.reset_pins(hard))

    def snapshot(self) -> dict[str, Any]:
        """`World.snapshot` of this moment."""
        if self._real_zero_s is not None:
            self._post(self.world.advance(self._real_now_us()))
        return self.world.snapshot()

    # Inside

    def _grant_used_up(self) -> None:
        self._reached.set()
        if self.on_reached is not None:
            self.on_reached()

    def _post(self, messages: list[Message]) -> None:
        if self._send is not None:
            for message in messages:
                self._send(message)

    def _count(self, error: Exception) -> None:
        self.malformed += 1
        if self.malformed == 1:
            _log.warning("the guest sent a message that cannot be read: %s", error)

    def _real_now_us(self) -> int:
        zero_s = self._real_zero_s or 0.0
        return max(self.world.now_us, round(1e6 * (asyncio.get_running_loop().time() - zero_s)))

    def _follow_real_time(self) -> None:
        """In real time, wake up when a part will next change something by itself."""
        if self.clock.virtual:
            return
        loop = asyncio.get_running_loop()
        earliest_s = loop.time() - self.world.now_us / 1e6
        self._real_zero_s = earliest_s if self._real_zero_s is None else min(self._real_zero_s, earliest_s)
        due_us = self.world.next_change_us()
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if due_us is None else loop.call_at(self._real_zero_s + due_us / 1e6, self._part_is_due)

    def _part_is_due(self) -> None:
        self._timer = None
        self._post(self.world.advance(self._real_now_us()))
        self._follow_real_time()
