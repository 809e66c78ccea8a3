"""Evidence of what a program does, as frames in its own output.

A frame is 0x1E, a JSON array `[seq, ticks_ms, kind, …]` and a line end. Frames wait in a queue of at most
`_QUEUE` characters and leave a few at a time, as many as the serial line carries in one sample, so that the
UART's 128-byte FIFO never makes the program wait. What finds no room is counted and told by a "lost" frame.

Pin levels are read from the chip's GPIO registers by a hardware timer's callback: `Pin` stays the chip's own
class, and it does not matter how the program moves its pins. ADC, PWM, Timer, I2C, NeoPixel, DHT and our drivers'
displays are seen through thin wrappers, loaded when the program imports them (`lovhe.machine`, `lovhe.watch_*`).

Timer callbacks run between two bytecodes of the program, never inside one another, and a call into C is never
interrupted: `queue.append` needs no lock, and `busy` keeps the callback off the line while the program uses it.

This module stays in memory while the program runs, so it is small: what is needed only at the start or the end
of a run is in `lovhe.opening` and `lovhe.closing`, and the state of a bank of pins is a list, not names.
"""

import sys
from time import ticks_diff, ticks_ms

import machine
from micropython import const

_QUEUE = const(1000)  # characters that may wait
_FIFO = const(114)  # characters that the UART's FIFO takes for sure
_FRAME = const(18)  # characters of a frame beside its body
_STAMP_MS = const(20)  # text is dated to within this

# A bank of up to 32 pins: addresses of its registers, the number of its first pin, and bits, one a pin.
_ENABLE = const(0)  # register: which pins are outputs
_OUT = const(1)  # register: what the outputs are set to
_IN = const(2)  # register: what the pins are at
_FIRST = const(3)
_WATCH = const(4)  # told even while they are inputs
_HIDDEN = const(5)  # never told
_OUTS = const(6)  # told, from the output register
_INS = const(7)  # told, from the input register
_LEVELS = const(8)  # as last told
_KNOWN = const(9)  # that have been told

on = False
banks = None  # two; of a chip with one bank the second is all hidden
queue = []
late = []  # called with each sample: send what was held back (lovhe.watch_pwm, lovhe.watch_displays)
timer = None  # the sampler's; None: the program's own callbacks must do
used = 0  # hardware timers that are not free, a bit each
alive = 0  # of the program's, those that will fire; 16: it has threads
stopping = False  # Ctrl-C came while our callback ran
sample = sort = load = rate = None  # set by lovhe.opening: the sampler, `import`, characters a sample


def put(body, t=None):
    """Queue a frame: `body` is its kind and arguments as JSON, `t` its ticks_ms (default: now)."""
    global size, lost
    try:
        n = size + len(body)
        if n > _QUEUE:
            lost += 1
        else:
            queue.append((ticks_ms() if t is None else t, body))
            size = n
    except MemoryError:
        lost += 1


def _send(t, body):
    global seq, sent
    sent = ticks_ms()
    sys.stdout.write("\x1e[%d,%d,%s]\n" % (seq, t, body))
    seq += 1


def drain():
    """Send what the line takes without waiting: `rate` characters a call, saved up to what the FIFO holds."""
    global room, size, lost
    room = min(room + rate, _FIFO)
    while queue:
        t, body = queue[0]
        n = len(body)
        if room < n + _FRAME and room < _FIFO:
            return
        room -= n + _FRAME
        size -= n
        queue.pop(0)
        _send(t, body)
    size = 0
    if lost:
        n, lost = lost, 0
        put('"lost",%d' % n)


def say(*args, **kwargs):
    """The program's `print`: a frame goes first if none was sent lately, so that the text can be dated."""
    global busy, stopping
    if stopping:
        stopping = False
        raise KeyboardInterrupt
    if timer is None:
        sample(0)
    if not busy and ticks_diff(ticks_ms(), sent) >= _STAMP_MS:
        busy = True
        drain()
        if ticks_diff(ticks_ms(), sent) >= _STAMP_MS:
            _send(ticks_ms(), '"print"')
        busy = False
    print(*args, **kwargs)


def _sort(bank, mem):
    """Find out which pins of a bank are told and tell what is new; (enabled, outs, ins, levels)."""
    enabled = mem[bank[_ENABLE]]
    bank[_OUTS] = outs = enabled & ~bank[_HIDDEN]
    bank[_INS] = ins = bank[_WATCH] & ~enabled & ~bank[_HIDDEN]
    bank[_KNOWN] &= outs | ins
    level = mem[bank[_OUT]] & outs
    if ins:
        level |= mem[bank[_IN]] & ins
    _tell(bank, level)
    return enabled, outs, ins, level


def _tell(bank, level):
    global lost
    gpio = bank[_FIRST]
    told = bank[_OUTS] | bank[_INS]
    new = (level ^ bank[_LEVELS] | ~bank[_KNOWN]) & told
    bank[_LEVELS] = level
    bank[_KNOWN] = told
    if not new:
        return
    if size > _QUEUE - 20:  # no time for what will find no room
        lost += 1
        return
    text = '"level"'
    while new:
        while not new & 15:
            new >>= 4
            level >>= 4
            gpio += 4
        if new & 1:
            text += ",%d,%d" % (gpio, level & 1)
        new >>= 1
        level >>= 1
        gpio += 1
    put(text)


def sampler(mem, bank, bank1):
    """The timer's callback, and a function to call when a pin is hidden or shown.

    A closure, because this runs every few milliseconds and reaches its own variables in half the time of names.
    """
    en, out, inp = bank[:_FIRST]
    en1, out1, inp1 = bank1[:_FIRST]
    waiting = queue
    enabled = outs = ins = levels = enabled1 = outs1 = ins1 = levels1 = told1 = 0

    def sort():
        nonlocal enabled, outs, ins, levels, enabled1, outs1, ins1, levels1, told1
        enabled, outs, ins, levels = _sort(bank, mem)
        enabled1, outs1, ins1, levels1 = _sort(bank1, mem)
        told1 = outs1 | ins1

    def sample(_):
        nonlocal levels, levels1
        global busy, stopping, lost
        if busy:
            return
        try:
            busy = True  # called by the program's side too, where the callback could come in between
            if mem[en] != enabled or mem[en1] != enabled1:
                sort()
            level = mem[out] & outs
            if ins:
                level |= mem[inp] & ins
            if level != levels:
                levels = level
                _tell(bank, level)
            if told1:
                level = mem[out1] & outs1 | mem[inp1] & ins1
                if level != levels1:
                    levels1 = level
                    _tell(bank1, level)
            for tell in late:
                tell()
            if waiting:
                drain()
        except MemoryError:
            lost += 1
        except KeyboardInterrupt:  # raised in here it would be swallowed; a host repeats Ctrl-C, `say` passes it on
            stopping = True
        finally:
            busy = False

    return sample, sort


def fetch(name, *args):
    """The program's `import`: hands out our `machine` where the chip's will not do, and looks into some libraries."""
    global alive
    if name == "machine" or name == "umachine":
        names = args[2] if len(args) > 2 else None
        if names == ("Pin",):
            return machine
        return load("lovhe.machine", None, None, ("_prepare",))._prepare(names)
    module = load(name, *args)
    if name == "neopixel" or name == "dht":
        load("lovhe.watch_parts", None, None, ("look_into",)).look_into(module)
    elif name == "_thread":
        alive |= 16
    elif name[:13] == "lovhe.drivers":
        sys.modules["lovhe.drivers"]._watch(load)
    return module
