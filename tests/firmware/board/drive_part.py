"""Runs one script on a driver and fake wires. usage: drive_part.py LIBRARY SCRIPT; what it prints is the answer."""

import sys

library, script = sys.argv[1:3]
for folder in (library, "."):
    sys.path.insert(0, folder)
if sys.implementation.name != "micropython":
    import cpython_shim  # noqa: F401 - gives CPython what MicroPython has built in
import fake_time
import fake_wires

sys.modules["time"] = fake_time
sys.modules["machine"] = fake_wires
with open(script) as f:
    source = f.read()
exec(compile(source, "script.py", "exec"), {"__name__": "script"})
