"""Runs a student's program under trace and always gives the REPL back.

    from lovhe import runner
    runner.run("/main.py", watch=(2, 34))

A program whose own code has ended goes on as long as it left something that acts: a Timer that will fire, a pin
interrupt, a thread. Its evidence is gathered until Ctrl-C ("stopped") or until the last one-shot Timer has fired
("done"); so a button that toggles a light by interrupt is judged like one that polls.
"""

import gc
import sys
from builtins import execfile

from micropython import kbd_intr

from lovhe import trace


def run(path, name=None, watch=(), sample_ms=5):
    """Run the file `path`; the frames call it `name`. Returns when the program has ended or was stopped.

    `watch`: gpio numbers whose levels are told even while they are inputs.
    """
    _run(execfile, path, path, name or path.split("/")[-1], watch, sample_ms)


def run_source(name, source, watch=(), sample_ms=5):
    """Like `run`, for a short program given as text."""
    _run(lambda source, space: exec(compile(source, name, "exec"), space), source, name, name, watch, sample_ms)


def _run(execute, program, file, name, watch, sample_ms):
    modules = set(sys.modules)
    space = {"__name__": "__main__"}
    error = None
    try:
        from lovhe import opening

        opening.start(name, watch, sample_ms)
        opening = None
        del sys.modules["lovhe.opening"], sys.modules["lovhe"].opening
        gc.collect()
        execute(program, space)
        trace.load("lovhe.closing", None, None, ("wait",)).wait()
    except BaseException as e:
        error = e
    finally:
        kbd_intr(-1)  # a host repeats Ctrl-C; the rest is short and must not be cut
        try:
            try:
                from lovhe import closing
            except MemoryError:  # the program has it all
                space.clear()
                gc.collect()
                from lovhe import closing

            closing.close(error, file, space, modules)
        finally:
            kbd_intr(3)
