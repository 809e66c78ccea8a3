"""Runs a student's program under trace and always gives the REPL back.

    from lovhe import runner
    runner.run("/main.py", watch=(2, 34))

A program whose own code has ended goes on as long as it left something that acts: a Timer that will fire, a pin
interrupt, a thread. Its evidence is gathered until Ctrl-C ("stopped") or until the last one-shot Timer has fired
("done"); so a button that toggles a light by interrupt is judged like one that polls.
"""

import gc
import io
import json
import os
import sys
import time
from builtins import execfile

import micropython

from lovhe import __version__, chip, trace

_MESSAGE = micropython.const(120)  # characters of an exception's message that are sent


def run(path, name=None, watch=(), sample_ms=5):
    """Run the file `path`; the frames call it `name`. Returns when the program has ended or was stopped.

    `watch`: gpio numbers whose levels are told even while they are inputs.
    """
    _run(lambda space: execfile(path, space), name or path.split("/")[-1], path, watch, sample_ms)


def run_source(name, source, watch=(), sample_ms=5):
    """Like `run`, for a short program given as text."""
    _run(lambda space: exec(compile(source, name, "exec"), space), name, name, watch, sample_ms)


def _run(execute, name, file, watch, sample_ms):
    modules = set(sys.modules)
    directory = os.getcwd()
    space = {"__name__": "__main__"}
    error = None
    status = "stopped"
    gc.collect()
    try:
        trace.start(json.dumps(("begin", __version__, sample_ms, name))[1:-1], chip.registers(), watch, sample_ms)
        execute(space)
        _wait_for_the_rest()
        status = "done"
    except KeyboardInterrupt:
        pass
    except SystemExit:
        status = "done"
    except BaseException as e:
        status = "error"
        error = e
    finally:
        micropython.kbd_intr(-1)  # a host repeats Ctrl-C; the rest is short and must not be cut
        try:
            trace.sample()
            trace.stop()
            _quieten()
            space.clear()
            gc.collect()
            trace.put(json.dumps(("end", status) + _explain(error, file))[1:-1])
            trace.flush()
            _forget(modules, directory)
        finally:
            micropython.kbd_intr(3)


def _wait_for_the_rest():
    while trace.alive or trace.threads or chip.irq_gpios():
        if trace.stopping:
            raise KeyboardInterrupt
        time.sleep_ms(20)


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


def _quieten():
    """Stop what the program left behind: Timers, PWMs, pin interrupts."""
    machine = trace.machine
    pwm = sys.modules.get("lovhe.watch_pwm")
    if pwm:
        pwm.release()
    for n in range(4):
        try:
            machine.Timer(n).deinit()
        except (AttributeError, ValueError):  # the chip has fewer
            break
    for n in chip.irq_gpios():
        machine.Pin(n).irq(handler=None)


def _forget(modules, directory):
    """The next run loads the program's modules anew, and asyncio starts without this one's tasks."""
    for module in set(sys.modules) - modules:
        del sys.modules[module]
    if "asyncio" in modules:
        sys.modules["asyncio"].new_event_loop()
    try:
        os.chdir(directory)
    except OSError:  # the program removed it
        pass
