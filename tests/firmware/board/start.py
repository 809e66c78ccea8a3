"""Runs a file of firmware/ as the board does when it starts. usage: start.py FILE OPTIONS"""

import json
import sys

file = sys.argv[1]
options = json.loads(sys.argv[2])
sys.path.insert(0, ".")

import fakes

fakes.install(options)

import builtins

import fake_time

space = {"__name__": "__main__"}
if "board" in options:
    import io

    def open_board(path):
        if options["board"] is None:
            raise OSError(2)
        return io.StringIO(options["board"])

    space["open"] = open_board

begun = fake_time.now_us
try:
    builtins.execfile(file, space)
    print("left: normally")
except KeyboardInterrupt:
    print("left: KeyboardInterrupt")
print("took_us:", fake_time.now_us - begun)
