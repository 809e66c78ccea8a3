# What happens at the receiving end of a UART: interrupts for bytes, pauses and breaks, and bytes that came at another rate.

import micropython

import _clock
from _arguments import integer

RX = 1
BREAK = 2
RXIDLE = 0x1000
_NOTHING = ()


@micropython.native
def misheard(byte, sent_bd, heard_bd):
    # What a receiver makes of a byte that was sent at another rate: it looks at the line in the middle of its own bits.
    line = byte << 1 | 0xFFFF << 9
    heard = 0
    for bit in range(8):
        place = (2 * bit + 3) * sent_bd // (2 * heard_bd)
        heard |= (line >> place & 1 if place < 24 else 1) << bit
    return heard


class Irq:
    # What UART.irq() gives.
    def __init__(self, port):
        self._port = port
        self._handler = None
        self._trigger = 0
        self._flags = 0
        self._idle = None

    @micropython.native
    def _set(self, handler, trigger, hard):
        if handler is not None and not callable(handler):
            raise ValueError("handler must be None or callable")
        wrong = trigger & ~(RX | RXIDLE | BREAK)
        if wrong:
            raise ValueError("trigger 0x%04x unsupported" % wrong)
        if hard is not _NOTHING and hard:
            raise ValueError("hard IRQ is not supported")
        self._handler = handler
        self._trigger = trigger

    @micropython.native
    def _expect(self, last_us):
        # Bytes will arrive, the last of them then; a pause follows.
        if self._trigger & RXIDLE:
            if self._idle is not None:
                _clock.cancel(self._idle)
            pause_us = max(20 * 1000000 // self._port._baudrate, 500)
            self._idle = _clock.at(last_us + 2 * pause_us, 0, self._happened, RXIDLE)

    @micropython.native
    def _happened(self, flag):
        if self._trigger & flag and self._handler is not None:
            self._flags = flag
            _clock.post(self._handler, self._port)

    @micropython.native
    def __call__(self):
        if self._handler is not None:
            self._handler(self._port)

    @micropython.native
    def flags(self):
        return self._flags

    @micropython.native
    def trigger(self, trigger=_NOTHING):
        before = self._trigger
        if trigger is not _NOTHING:
            self._trigger = integer(trigger)
        return before
