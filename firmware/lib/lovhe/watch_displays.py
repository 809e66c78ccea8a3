"""Displays that tell what they show: the drivers' classes get methods of ours for the run.

A text is told when it has stood for 30 ms, for programs clear a display and then write it row by row; an empty display after 200 ms;
and of a display that never stands still the longest text of each 200 ms.
"""

import sys
from json import dumps
from time import ticks_diff, ticks_ms

from micropython import const

from lovhe import trace

_STANDS_MS = const(30)
_AT_LAST_MS = const(200)
_TEXT = const(0)  # of a display: what it shows
_CAME = const(1)  # since when
_SINCE = const(2)  # since when there is something to tell; None: nothing
_LONGEST = const(3)  # text since then
_TOLD = const(4)

_undo = []  # (class, name, its own method or None for one that it inherited)
_displays = {}  # ("i2c", address) or ("pin", gpio of CLK) to its display


def shows(bus, number, text):
    """A display has this text now."""
    now = ticks_ms()
    display = _displays.setdefault((bus, number), [None, now, None, "", None])
    if text == display[_TEXT]:
        return
    display[_CAME] = now
    display[_TEXT] = text
    if text == display[_TOLD]:
        display[_SINCE] = None
    elif display[_SINCE] is None:
        display[_LONGEST] = text
        display[_SINCE] = now
    elif len(text) >= len(display[_LONGEST]):
        display[_LONGEST] = text


def _late(all_of_it=False):
    """Tell what has stood long enough. Called with each sample."""
    now = ticks_ms()
    for place in _displays:
        display = _displays[place]
        if display[_SINCE] is None:
            continue
        text = display[_TEXT]
        when = display[_CAME]
        if ticks_diff(now, when) < (_STANDS_MS if text else _AT_LAST_MS):
            if ticks_diff(now, display[_SINCE]) < _AT_LAST_MS and not all_of_it:
                continue
            text = display[_LONGEST]
        if text != display[_TOLD]:
            trace.put('"draw","%s",%d,%s' % (place[0], place[1], dumps(text)), when)
            display[_TOLD] = text
        display[_SINCE] = None if text == display[_TEXT] else now
        display[_LONGEST] = display[_TEXT]


def release():
    """After the run: the last texts told, and the classes as they were."""
    _late(True)
    _displays.clear()
    while _undo:
        owner, name, method = _undo.pop()
        if method:
            setattr(owner, name, method)
        else:
            delattr(owner, name)


def look_into():
    """Watch the display drivers that have been loaded; once a run is enough."""
    for name, driver in (("lcd1602", "Lcd1602"), ("tm1637", "Tm1637"), ("ssd1306", "Ssd1306")):
        module = sys.modules.get("lovhe.drivers." + name)
        owner = getattr(module, driver, None)
        if not owner or any(known is owner for known, _, _ in _undo):
            continue
        if name == "lcd1602":
            _watch_letters(owner, module)
        elif name == "tm1637":
            _watch_digits(owner, module)
        else:
            trace.load("lovhe.watch_oled", None, None, ("watch",)).watch(owner)
        if _late not in trace.late:
            trace.late.append(_late)


def after(owner, name, tell, inherited=False, before=None):
    """Have `tell` called after each call of a method, and `before` before it, with the method's arguments."""
    method = None if inherited else getattr(owner, name)

    def and_tell(self, *args, **kwargs):
        if before:
            before(self, *args, **kwargs)
        result = method(self, *args, **kwargs) if method else getattr(super(owner, self), name)(*args, **kwargs)
        tell(self, *args, **kwargs)
        return result

    _undo.append((owner, name, method))
    setattr(owner, name, and_tell)


def _watch_letters(owner, module):
    def tell(self, *_, **__):
        text = ""
        for place, code in enumerate(self._shown):
            if place and place % self._columns == 0:
                text = text.rstrip(" ") + "\n"
            other = module._ROM_CODES.find(bytes((code,)))
            text += self._drawn[code] if code < 8 else module._ROM[other] if other >= 0 else chr(code)
        shows("i2c", self._address, text.rstrip())

    after(owner, "write", tell)
    after(owner, "clear", tell)


def _watch_digits(owner, module):
    def tell(self, value):
        letters = str(value)
        if not isinstance(value, str) and len(letters.split(".")[0]) > 4:
            letters = "----"
        text = ""
        count = 0
        for letter in letters:
            point = count and letter in ":."
            count += not point
            if count > 4:
                break
            text += letter if point or letter.upper() in module._CHARACTERS else " "
        pin = repr(self._clk)  # Pin(18)
        shows("pin", int(pin[4 : pin.find(")")]), text.strip())

    after(owner, "show", tell)
