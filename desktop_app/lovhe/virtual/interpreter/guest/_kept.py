# What outlives a reset: the host hands it from one life of the chip to the next, as text that it does not look into.

import json

import _dates
import _world

hard = {}  # outlives every reset but a loss of power: the real-time clock and its memory, why the chip woke
soft = {}  # outlives soft resets alone: what the chip's own code keeps in its variables
on_restore = []  # functions to call once this is known …
on_leave = []  # … and before it is told


def restore(text, clock_us):
    # At the start of a life whose clock begins at `clock_us`.
    try:
        kept = json.loads(text)
        _dates.start_at(kept[0].pop("rtc_us"), clock_us)
        hard.update(kept[0])
        soft.update(kept[1])
    except (ValueError, KeyError, TypeError):
        pass  # the power has come on
    for function in on_restore:
        function()
    on_restore.clear()


def text(is_soft):
    # At the end of a life; the next one's clock goes on after a soft reset alone.
    for function in on_leave:
        function()
    hard["rtc_us"] = _dates.now_us()
    return json.dumps([hard, soft if is_soft else {}])


_world.last_words = text
