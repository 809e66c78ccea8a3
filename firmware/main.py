# The board's first program: says who the board is and leaves the REPL to you. Put your own here.
import json

try:
    with open("/board.json") as f:
        board = json.load(f)
    print("Lövhə %s: %s" % (board["kit"], board["name"]))
except (OSError, ValueError, KeyError, TypeError):  # never named, or the file is broken
    print("Lövhə: a board without a name")
