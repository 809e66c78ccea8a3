"""The end of a run: everything stopped and put back, and the last frame. Loaded when the program has ended."""

import builtins
import io
import json
import os
import sys

from lovhe import trace
from lovhe.trace import machine

_MESSAGE = 120  # characters of an exception's message that are sent


def irq_gpios():
    """Numbers of the pins that have an interrupt set, by their configuration registers."""
    base = trace.banks[0][0] - 0x20
    if base < 0:  # a chip we don't know
        return []
    pins = 22 if trace.banks[1][5] < 0 else 40
    first = base + (0x88 if base == 0x3FF44000 else 0x74)
    return [n for n in range(pins) if machine.mem32[first + 4 * n] & 0x380]


def _explain(error, file):
    """The exception's type and message, and the last line of `file` in its traceback (0: none)."""
    if error is None:
        return "", "", 0
    line = 0
    message = ""
    try:
        message = str(error)[:_MESSAGE]
        text = io.StringIO()
        sys.print_exception(error, text)
        mark = 'File "%s", line ' % file
        text = text.getvalue()
        i = text.rfind(mark) + len(mark)
        if i >= len(mark):
            while text[i].isdigit():
                line = 10 * line + int(text[i])
                i += 1
    except Exception:  # an exception of the student's own that cannot be shown: its type must do
        pass
    return type(error).__name__, message, line


def stop():
    """Take the last sample, end the trace, and stop what the program left behind: Timers, PWMs, pin interrupts."""
    trace.sample(0)
    trace.on = False
    trace.late = None
    builtins.print = trace.print
    builtins.__import__ = trace.load
    for name in ("pwm", "parts"):
        module = sys.modules.get("lovhe.watch_" + name)
        if module:
            module.release()
    trace.timer = None
    for n in range(4):
        try:
            machine.Timer(n).deinit()
        except (AttributeError, ValueError):  # the chip has fewer
            break
    for n in irq_gpios():
        machine.Pin(n).irq(handler=None)


def tell(status, error, file):
    """Send the last frame, and all that waits before it; blocks as long as the line takes (up to 0.1 s)."""
    trace.size = 0
    trace.put(json.dumps(("end", status) + _explain(error, file))[1:-1])
    while trace.queue or trace.lost:
        trace.room = 114
        trace.drain()


def forget(modules, directory):
    """The next run loads the program's modules anew, and asyncio starts without this one's tasks."""
    for module in set(sys.modules) - modules:
        del sys.modules[module]
        if module.startswith("lovhe."):
            delattr(sys.modules["lovhe"], module[6:])
    if "asyncio" in modules:
        sys.modules["asyncio"].new_event_loop()
    try:
        os.chdir(directory)
    except OSError:  # the program removed it
        pass
