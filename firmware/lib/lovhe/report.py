"""Named readings from a student's program to the kit.

from lovhe.report import show
show(temperature=23.4, humidity=51)
"""

import sys


def show(**readings):
    """Send named readings; without a trace, print each as a `name:value` line (what plotters understand).

    Values are numbers, texts, True or False; anything else is sent as its text.
    """
    trace = sys.modules.get("lovhe.trace")
    traced = trace and trace.on
    for name in readings:
        value = readings[name]
        if not traced:
            print("%s:%s" % (name, value))
        # a frame holds True, False, integers of 63 bits, finite numbers and short texts
        elif not (isinstance(value, float) and value - value == 0 or isinstance(value, (int, bool)) and -1 << 62 < value < 1 << 62):
            readings[name] = str(value)[:100]
    if traced:
        import json

        trace.put('"show",' + json.dumps(readings))
