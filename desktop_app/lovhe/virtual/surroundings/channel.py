"""Joins a guest to the world and the clock.

The guest's messages come in through `on_message`, and ours go out through the `send` that was given with `connect`. Besides those of
`world` there are

    in   sync    now_us                  the guest has used up its time, and waits
         pad     gpio                    the program has made a pin of the serial line its own
    out  mode    "virtual" | "real", seed
         go      until_us [, "free"]     how far the clock may go; -1 for no limit; "free": another limit may come before that one
         till    until_us                no further than that, whatever "go" said

What the guest sends is written by a student's program if it likes: what cannot be read is counted and left. If it was a question, it
is answered with null, for the guest waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from logging import getLogger
from typing import Any

from lovhe.virtual.surroundings.guest_messages import MalformedMessage, whole
from lovhe.virtual.surroundings.virtual_clock import VirtualClock
from lovhe.virtual.surroundings.world import World

_QUESTIONS = ("dht", "i2c", "ow", "joined", "look")
_LAST_GPIO = 63

Message = list[Any]
Send = Callable[[Message], None]

_log = getLogger(__name__)


class Channel:
    """One board's channel. Use it on one event loop's thread only.

    `on_pad` gets the GPIO of a "pad" message. `malformed` counts what could not be read since the board started. `on_reached` is
    called when the board has used up what it was allowed.
    What comes while no guest is connected is the last of one that has gone, and is left.
    """

    def __init__(self, world: World, virtual: bool, on_pad: Callable[[int], None] = lambda _gpio: None) -> None:
        self.world = world
        self.clock = VirtualClock(virtual, world.next_change_us, self._grant_used_up)
        self.malformed = 0
        self._typed = False
        self._on_pad = on_pad
        self._send: Send | None = None
        self.on_reached: Callable[[], None] | None = None
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

    def on_message(self, message: Message) -> None:
        """Take one message of the guest; count it if it is none of ours."""
        if self._send is None:
            return
        try:
            self._take(message)
        except MalformedMessage as error:
            self._count(error)
            if len(message) > 1 and message[0] in _QUESTIONS and isinstance(message[1], int):
                self._post([["re", message[1], None]])

    def _take(self, message: Message) -> None:
        match message:
            case ["sync", now_us] if self.clock.virtual:
                self._post(self.world.advance(whole(now_us)))
                self._post(self.clock.sync(now_us))
            case ["pad", gpio]:
                self._on_pad(whole(gpio, 0, _LAST_GPIO))
            case _:
                messages = self.world.handle(message)
                self._post([*self.clock.shorten(), *messages])
                self._follow_real_time()

    # The stage's side (see `services.ports.Stage`)

    def set(self, name: str, value: str) -> None:
        """Change the surroundings. Raises `InputError` with what is possible."""
        self._post(self.world.set(name, value))
        self._follow_real_time()

    def begin(self) -> None:
        """From now on the clock obeys `allow`."""
        self._post(self.clock.begin())

    def allow(self, duration_ms: int) -> None:
        """Let the board run `duration_ms` further than it was allowed before; in real time, than now."""
        self._post(self.clock.allow(duration_ms))

    def end(self) -> None:
        """The clock runs free again."""
        if self._typed:
            self._typed = False
            self._post([["typed", ""]])  # what was not read
        self._post(self.clock.end())

    def type_in(self, keys: bytes) -> bool:
        """What somebody types, at this very moment of virtual time; False where the line has to carry it."""
        if not self.clock.virtual or not keys:
            return False
        self._typed = True
        self._post([["typed", keys.decode("utf-8", "replace")]])
        return True

    def reached(self) -> bool:
        """Whether the board has used up what it was allowed."""
        return self.clock.reached()

    def reset_pins(self, hard: bool) -> None:
        """The chip has been reset: after a hard reset its pins float."""
        self._post(self.world.reset_pins(hard))

    def set_power(self, fed: bool) -> None:
        """Whether the board has power to give to its parts."""
        self._post(self.world.set_power(fed))

    def snapshot(self) -> dict[str, Any]:
        """`World.snapshot` of this moment."""
        if self._real_zero_s is not None:
            self._post(self.world.advance(self._real_now_us()))
        return self.world.snapshot()

    # Inside

    def _grant_used_up(self) -> None:
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
