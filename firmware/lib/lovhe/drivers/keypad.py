"""A keypad of rows and columns, such as the 4×4 and 3×4 membrane ones."""

from time import sleep_ms

from machine import Pin
from micropython import const

_STEADY_MS = const(20)  # as long as a key may bounce


class Keypad:
    """Which key is down. `rows` and `columns` are pins from top to bottom and left to right; `keys` names the keys row by row.

    A look takes 0.2 ms. Columns need pins with a pull-up of their own: not 34 to 39. With three keys down at once a fourth may seem to be.
    A missing wire cannot be told from keys that nobody presses. Raises ValueError when there are fewer `keys` than places.

    Source: Parallax 27899 "4x4 Matrix Membrane Keypad" v1.2, "How it works".
    """

    def __init__(self, rows, columns, keys="123A456B789C*0#D"):
        if len(keys) < len(rows) * len(columns):
            raise ValueError("keypad has more keys than names for them")
        # A row is pulled low or let go, never driven high: two keys down must not join two outputs.
        self._rows = [Pin(row, Pin.OPEN_DRAIN, value=1) for row in rows]
        self._columns = [Pin(column, Pin.IN, Pin.PULL_UP) for column in columns]
        self._keys = keys

    def key(self):
        """The key that is down, or None; of several the first."""
        place = 0
        for row in self._rows:
            row(0)
            for column in self._columns:
                if not column():
                    row(1)
                    return self._keys[place]
                place += 1
            row(1)
        return None

    def wait_key(self):
        """Block until a key goes down that was up, and return it."""
        while self._steady():
            pass
        while True:
            key = self._steady()
            if key:
                return key

    def _steady(self):
        """The key that is down, once it is the same for 20 ms."""
        while True:
            key = self.key()
            sleep_ms(_STEADY_MS)
            if self.key() == key:
                return key
