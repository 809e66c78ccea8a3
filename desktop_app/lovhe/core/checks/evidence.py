"""What happened while a program ran, as one flat, ordered, replayable record.

A run's evidence is a list of `Event`s. The board's trace sends most of them (see
`core.checks.frames` for the wire); the host adds what it did and saw itself. Stored as JSON
lines, compressed; `core.checks.judging` needs nothing else to reach the same verdict again.

Kinds sent by the board (`firmware/lib/lovhe/trace.py`):

    begin  version, sample_ms, program      the program starts; time zero
    level  gpio, level, gpio, level, …      pins that changed since the last sample (0 or 1)
    adc    gpio, raw_u16                    the program read an ADC
    pwm    gpio, freq_hz, duty_u16          the program set a PWM; 0, 0 when it was released
    neo    gpio, hex                        colours written to NeoPixels, RRGGBB a pixel
    dht    gpio, temperature_c, humidity    the program measured with a DHT
    i2c    address, wrote, read             one I2C transfer, byte counts
    draw   bus, number, text                what a display shows, told by a driver of `lovhe.drivers`: "i2c" and its address, or "pin" and
                                            the gpio of CLK; rows end with a line end, ▒ is a letter drawn over another
    show   {name: value}                    `lovhe.report.show`
    print  -                                text follows; its time stamp
    lost   count                            frames that did not fit the board's buffer
    less   reason                           the trace sees less from here on ("timers": sampled only when the program's own code runs)
    end    status, type, message, line      "done", "error", "stopped", or by the program's own call "sleep" (deepsleep) or "reset";
                                            exception and line, else "" and 0

Kinds added by the host:

    text   text                             what the program printed, control bytes and frames taken out
    step   check_id, index                  a check's step begins
    type   lines                            somebody typed these lines to the program
    set    part_id, value                   the surroundings were changed (or shown to be changed, or a person says so)
    unseen part_id, value                   the student was asked to change them; no evidence that it was done
    look   check_id, index, part, see, answer, told
                                            what was seen of a part: "yes", "no" or "" for no answer; told: null where a person
                                            was asked, else what the virtual part showed
    over   -                                the last step's time is over; the host stops the program
    gap    count                            frames missing by their numbers; a second argument: nothing is certain since that time
    gone   [reason]                         the board went away; "brownout": its supply sagged; "restart": it started anew otherwise
    stuck  -                                the program could not be stopped but by a reset
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from lovhe.core.decoding import json_decoder


class Event(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One thing that happened `t_ms` milliseconds after the program began. JSON has no cycles, so the collector need not look."""

    t_ms: int
    kind: str
    args: list[Any] = []


_encoder = msgspec.json.Encoder()
_decoder = json_decoder(Event)


def encode_events(events: Iterable[Event]) -> bytes:
    """JSON lines, one `[t_ms, kind, [args]]` an event."""
    return _encoder.encode_lines(events)


def decode_events(data: bytes) -> list[Event]:
    """The inverse of `encode_events`. Raises `msgspec.DecodeError` on anything else."""
    return _decoder.decode_lines(data)
