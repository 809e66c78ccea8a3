"""Runs one program on the board runtime with the fake chip; for MicroPython and CPython alike.

usage: drive.py LIBRARY PROGRAM [OPTIONS as JSON]
LIBRARY: folder that holds the package `lovhe` (.py or .mpy). What the program prints and the frames go to stdout; the
last line is `after:` and JSON about what was left behind.
"""

import builtins
import json
import sys

library, program = sys.argv[1:3]
options = json.loads(sys.argv[3]) if len(sys.argv) > 3 else {}
sys.path.insert(0, library)
sys.path.insert(0, options["here"])

if sys.implementation.name != "micropython":
    import cpython_shim  # noqa: F401 - gives CPython what MicroPython has built in

import fake_machine
import fake_sys
import fake_time

fake_sys.implementation._machine = options.get("machine", fake_sys.implementation._machine)
sys.modules["sys"] = fake_sys
sys.modules["time"] = fake_time
sys.modules["machine"] = fake_machine
if "neopixel" not in sys.modules:
    import fake_neopixel

    sys.modules["neopixel"] = fake_neopixel
    import fake_dht

    sys.modules["dht"] = fake_dht
if options.get("stop_ms"):
    fake_time.stop_us = fake_time.now_us + options["stop_ms"] * 1000
fake_machine.timer_count = options.get("timers", 4)
for gpio, steps in options.get("drive", {}).items():
    fake_machine.drive[int(gpio)] = steps
for gpio, raw in options.get("analog", {}).items():
    fake_machine.analog[int(gpio)] = raw

from lovhe import runner

before = builtins.print, builtins.__import__, sorted(sys.modules)
if options.get("source"):
    with open(program) as f:
        runner.run_source("main.py", f.read(), tuple(options.get("watch", ())))
else:
    runner.run(program, "main.py", tuple(options.get("watch", ())))
print(
    "after:"
    + json.dumps(
        {
            "restored": before == (builtins.print, builtins.__import__, sorted(sys.modules)),
            "timers": [t.id for t in fake_time.timers if t.next_us is not None],
            "log": fake_machine.log,
            "machine": sys.modules["machine"] is fake_machine,
        }
    )
)
