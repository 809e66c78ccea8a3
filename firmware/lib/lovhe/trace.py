"""Evidence of what a program does, as frames in its own output; the runner switches it on and off.

A frame is 0x1E, a JSON array `[seq, ticks_ms, kind, …]` and a line end. Frames wait in a queue of at most
`_QUEUE` characters and leave a few at a time, as many as the serial line carries in one sample, so that the
UART's 128-byte FIFO never makes the program wait. What finds no room is counted and told by a "lost" frame.

Pin levels are read from the chip's GPIO registers by a hardware timer's callback: `Pin` stays the chip's own
class, and it does not matter how the program moves its pins. ADC, PWM, Timer, I2C, NeoPixel and DHT are seen
through thin wrappers, loaded when the program imports them (`lovhe.machine`, `lovhe.watch_*`).

Timer callbacks run between two bytecodes of the program, never inside one another, so a call into C is atomic:
`queue.append` needs no lock, and `busy` keeps the callback off the line while the program's side uses it.
"""

import builtins
import sys
from time import ticks_diff, ticks_ms

import machine
from micropython import const

_QUEUE = const(1000)  # characters that may wait
_FIFO = const(114)  # characters that the UART's FIFO takes for sure
_STAMP_MS = const(20)  # text is dated to within this

on = False
queue = []
late = None  # set by lovhe.watch_pwm: sends what it held back
used = 0  # hardware timers the program has, a bit each
alive = 0  # of those, the ones that will fire
sampled = 0  # when the program's own Timer callback sampled last
threads = False
stopping = False  # Ctrl-C came while our callback ran
undo = []  # (object, name, value) to put back after the run
timer = None
timer_id = -1
_real_print = print


def put(body, t=None):
    """Queue a frame: `body` is the kind and its arguments as JSON, `t` its ticks_ms (default: now)."""
    global size, lost
    try:
        body = "%d,%s" % (ticks_ms() if t is None else t, body)
        if size + len(body) > _QUEUE:
            lost += 1
        else:
            size += len(body)
            queue.append(body)
    except MemoryError:
        lost += 1


def _send(body):
    global seq, sent
    n = seq
    seq += 1
    sent = ticks_ms()
    sys.stdout.write("\x1e[%d,%s]\n" % (n, body))


def drain():
    """Send what the line takes without waiting: `rate` characters a call, saved up to what the FIFO holds."""
    global room, size, lost
    room = min(room + rate, _FIFO)
    while queue:
        n = len(queue[0]) + 8
        if room < n and room < _FIFO:
            return
        room -= n
        _send(queue.pop(0))
    size = 0
    if lost:
        n, lost = lost, 0
        _send('%d,"lost",%d' % (ticks_ms(), n))


def flush():
    """Send all that waits, blocking as long as the line takes (up to 0.1 s)."""
    global busy, room
    busy = True
    while queue or lost:
        room = _FIFO
        drain()
    busy = False


def _stamped_print(*args, **kwargs):
    """The program's `print`: a frame goes first if none was sent lately, so that the text can be dated."""
    global busy, stopping
    if stopping:
        stopping = False
        raise KeyboardInterrupt
    if timer is None:
        sample()
    if not busy and ticks_diff(ticks_ms(), sent) >= _STAMP_MS:
        busy = True
        drain()
        if ticks_diff(ticks_ms(), sent) >= _STAMP_MS:
            _send('%d,"print"' % ticks_ms())
        busy = False
    _real_print(*args, **kwargs)


def _remask():
    """The output enables have changed: which bits to take from the outputs, which from the inputs."""
    global enabled, enabled1, outs, outs1, ins, ins1
    m = machine.mem32
    enabled = m[regs[0]]
    outs = enabled & ~hidden
    ins = watch & ~enabled & ~hidden
    if regs[3]:
        enabled1 = m[regs[3]]
        outs1 = enabled1 & ~hidden1
        ins1 = watch1 & ~enabled1 & ~hidden1


def _changed(v, w):
    """Tell the pins whose level differs from the last sample, and those that were not looked at then."""
    global levels, levels1, known, known1
    now, now1 = outs | ins, outs1 | ins1
    text = ""
    for diff, level, gpio in (((v ^ levels) & now | now & ~known, v, 0), ((w ^ levels1) & now1 | now1 & ~known1, w, 32)):
        while diff:
            if diff & 1:
                text += ",%d,%d" % (gpio, level & 1)
            diff >>= 1
            level >>= 1
            gpio += 1
    levels, levels1, known, known1 = v, w, now, now1
    if text:
        put('"level"' + text)


def sample(_=None):
    """Look at the pins, and let the line have its share. The timer's callback."""
    global stopping, lost
    if busy:
        return
    try:
        if regs:
            m = machine.mem32
            en, out, inp, en1, out1, inp1 = regs
            if m[en] != enabled or en1 and m[en1] != enabled1:
                _remask()
            v = m[out] & outs
            if ins:
                v |= m[inp] & ins
            w = 0
            if outs1:
                w = m[out1] & outs1
            if ins1:
                w |= m[inp1] & ins1
            if v != levels or w != levels1 or known != outs | ins or known1 != outs1 | ins1:
                _changed(v, w)
        if late:
            late()
        if queue or lost:
            drain()
    except MemoryError:
        lost += 1
    except KeyboardInterrupt:  # raised in here it would be swallowed; the host repeats Ctrl-C, `print` tells it too
        stopping = True


def hide(gpio, yes):
    """Leave a pin out of the samples (PWM and I2C move it faster than they can see), or take it in again."""
    global hidden, hidden1
    if gpio >= 32:
        bit = 1 << gpio - 32
        hidden1 = hidden1 | bit if yes else hidden1 & ~bit
    elif gpio >= 0:
        bit = 1 << gpio
        hidden = hidden | bit if yes else hidden & ~bit
    if regs:
        _remask()


def gpio_of(thing):
    """The gpio number in what `thing` is shown as ("Pin(34)", "ADC(Pin(34), atten=3)"); -1 if there is none."""
    text = repr(thing)
    i = text.find("Pin(")
    try:
        return int(text[i + 4 : text.find(")", i)])
    except ValueError:
        return -1


def take_timer():
    """Put the sampler on a hardware timer that the program does not want; without one, its own callbacks must do."""
    global timer, timer_id
    if timer:
        timer.deinit()
        timer = None
        timer_id = -1
    for n in (3, 2, 1, 0):
        if not used & 1 << n:
            try:
                t = machine.Timer(n)
                t.init(period=sample_ms, mode=machine.Timer.PERIODIC, callback=sample)
                timer = t
                timer_id = n
                return
            except (AttributeError, ValueError):  # the C3 has two timers, an unknown board perhaps none
                pass
    put('"less","timers"')


def _import(name, *args):
    """`import` during the run: hands out our `machine` and looks into some libraries once they are loaded."""
    global threads
    if name == "machine" or name == "umachine":
        from lovhe import machine as ours

        names = args[2] if len(args) > 2 else None
        if names:
            ours.prepare(names)
        return ours
    module = _real_import(name, *args)
    if name == "neopixel" or name == "dht":
        from lovhe import watch_parts

        watch_parts.look_into(module)
    elif name == "_thread":
        threads = True
    return module


def start(begin, chip, watch_gpios, ms):
    """Begin to trace, a sample every `ms`.

    `begin`: the first frame; `chip`: what `lovhe.chip.registers()` says; `watch_gpios`: pins to tell even while they are inputs.
    """
    global on, seq, sent, size, lost, room, rate, busy, sample_ms, regs, watch, watch1, hidden, hidden1
    global enabled, enabled1, outs, outs1, ins, ins1, levels, levels1, known, known1, used, alive, threads, stopping
    global _real_print, _real_import
    seq = size = lost = used = alive = 0
    outs = outs1 = ins = ins1 = levels = levels1 = known = known1 = watch = watch1 = 0
    enabled = enabled1 = -1
    busy = threads = stopping = False
    on = True
    queue.clear()
    sample_ms = ms
    rate = room = ms * 57 // 5  # 115,200 baud
    sent = ticks_ms()
    regs, hidden, hidden1 = chip
    put(begin)
    if not regs:
        put('"less","chip"')
    for gpio in watch_gpios:
        if gpio < 32:
            watch |= 1 << gpio
        else:
            watch1 |= 1 << gpio - 32
    _real_print, builtins.print = builtins.print, _stamped_print
    _real_import, builtins.__import__ = builtins.__import__, _import
    flush()
    take_timer()
    sample()


def stop():
    """End the trace and put everything back as it was. Frames that wait stay until `flush`."""
    global on, timer, timer_id, late
    on = False
    if timer:
        timer.deinit()
        timer = None
        timer_id = -1
    late = None
    builtins.print = _real_print
    builtins.__import__ = _real_import
    while undo:
        setattr(*undo.pop())
