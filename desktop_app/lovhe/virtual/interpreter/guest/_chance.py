# Chance: the PC's own in real time; in virtual time all of it comes from the seed, so that runs are alike.

import hashlib
import os
import random

import _board
import _gpio

_counter = 0


def start():
    if _board.virtual_time:
        random.seed(_board.seed)
        _gpio.noise_seed(_board.seed)
    else:
        seed = int.from_bytes(os.urandom(4), "little")
        random.seed(seed)
        _gpio.noise_seed(seed)


_pc_urandom = os.urandom


@micropython.native
def some_bytes(count):
    global _counter
    if not _board.virtual_time:
        return _pc_urandom(count)
    data = b""
    while len(data) < count:
        _counter += 1
        data += hashlib.sha256(b"%d %d" % (_board.seed, _counter)).digest()
    return data[:count]
