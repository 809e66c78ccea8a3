"""Runs one program on the board runtime with the fake chip; for MicroPython and CPython alike.

usage: drive.py LIBRARY PROGRAM [OPTIONS as JSON]
LIBRARY: folder that holds the package `lovhe` (.py or .mpy). What the program prints and the frames go to stdout; the
last line is `after:` and JSON about what was left behind. Start it in its own folder.
"""

import json
import sys

library, program = sys.argv[1:3]
options = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
sys.path.insert(0, library)
sys.path.insert(0, ".")

import fakes

fakes.install(options)

import lovhe
from lovhe import runner


def state():
    return print, __import__, sorted(sys.modules), dir(lovhe)


before = state()
for _ in range(options.get("times", 1)):
    if options.get("source"):
        with open(program) as f:
            runner.run_source("main.py", f.read(), tuple(options.get("watch", ())))
    else:
        runner.run(program, "main.py", tuple(options.get("watch", ())))
print("after:" + json.dumps(dict(fakes.left_behind(), restored=before == state())))
