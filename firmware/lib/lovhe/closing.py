"""The end of a run: everything stopped and put back, and the last frame. Loaded when the program has ended."""

import builtins
import gc
import io
import json
import os
import sys
from time import sleep_ms

from lovhe import trace
from lovhe.trace import machine

_MESSAGE = 120  # characters of an exception's message that are sent


def _irq_gpios():
    """Numbers of the pins that have an interrupt set, by their configuration registers."""
    base = trace.banks[0][0] - 0x20
    if base < 0:  # a chip we don't know
        return []
    first, pins = (0x88, 40) if base == 0x3FF44000 else (0x74, 22 if trace.banks[1][5] < 0 else 49)
    first += base
    return [n for n in range(pins) if machine.mem32[first + 4 * n] & 0x380]


def wait():
    """Return when nothing that the program left can act any more. Raises KeyboardInterrupt."""
    while trace.alive or _irq_gpios():
        if trace.stopping:
            raise KeyboardInterrupt
        sleep_ms(20)


def close(error, file, space, modules):
    """End the run: `error` is what the program `file` ended with (None: nothing), `space` its names.

    `modules`: what had been imported before the run. Blocks as long as the line takes for the last frames, up to 0.1 s.
    """
    trace.sample(0)
    trace.on = False
    trace.late.clear()
    builtins.print = trace.print
    builtins.__import__ = trace.load
    _quieten()
    space.clear()
    gc.collect()
    if isinstance(error, KeyboardInterrupt):
        ending = "stopped", "", "", 0
    elif error is None or isinstance(error, SystemExit):
        ending = "done", "", "", 0
    else:
        ending = _explain(error, file)
    _flush()
    trace.put(json.dumps(("end",) + ending)[1:-1])
    _flush()
    _forget(modules)


def _flush():
    while trace.queue or trace.lost:
        trace.room = 114
        trace.drain()


def _quieten():
    """Stop what the program left behind: Timers, PWMs, pin interrupts."""
    for name in ("timer", "pwm", "parts", "reset", "displays"):
        module = sys.modules.get("lovhe.watch_" + name)
        if module:
            module.release()
    for n in range(4):  # ours, and what came before the run
        try:
            machine.Timer(n).deinit()
        except (AttributeError, ValueError):  # the chip has fewer
            break
    trace.timer = None
    for n in _irq_gpios():
        machine.Pin(n).irq(handler=None)


def _explain(error, file):
    """("error", the exception's type, its message, the last line of `file` in its traceback or 0)."""
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
    return "error", type(error).__name__, message, line


def _forget(modules):
    """The next run loads the program's modules anew, asyncio starts without this one's tasks, and the folder is what it was."""
    for module in set(sys.modules) - modules:
        del sys.modules[module]
        parent, _, name = module.rpartition(".")
        if parent in modules and parent.startswith("lovhe"):
            delattr(sys.modules[parent], name)
    if "asyncio" in modules:
        sys.modules["asyncio"].new_event_loop()
    try:
        os.chdir(trace.directory)
    except OSError:  # the program removed it
        pass
