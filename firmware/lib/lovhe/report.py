"""Named readings from a student's program to the kit.

from lovhe.report import show
show(temperature=23.4, humidity=51)
"""

import sys


def _plain(value):
    """The value as JSON can hold it: there is no "not a number" and no infinity in it, and no other types."""
    if isinstance(value, float) and (value != value or value - value != 0):
        return None
    return value if value is None or isinstance(value, (int, float, str)) else str(value)


def show(**readings):
    """Send named readings; without a trace, print each as a `name:value` line (what plotters understand).

    Values are numbers, texts, True, False or None; anything else is sent as its text.
    """
    trace = sys.modules.get("lovhe.trace")
    if trace and trace.on:
        import json

        trace.put('"show",' + json.dumps({name: _plain(readings[name]) for name in readings}))
    else:
        for name in readings:
            print("%s:%s" % (name, readings[name]))
