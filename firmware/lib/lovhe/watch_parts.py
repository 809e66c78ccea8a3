"""NeoPixel and DHT libraries that tell what was shown and measured: their classes get one method of ours for the run.

A strip's colours are told at most every 20 ms, but always the last ones: a program that writes pixel by pixel would fill the queue.
"""

from time import ticks_add, ticks_diff, ticks_ms

from lovhe import trace
from lovhe.machine import _gpio_of

_MOST = 32  # pixels of a strip that are told
_undo = []  # (class, name, its own method)
_strips = {}  # gpio to [when told, bytes written last, when, whether they are still to be told, order, bytes a pixel]


def _replace(owner, name, method):
    _undo.append((owner, name, getattr(owner, name)))
    setattr(owner, name, method)


def release():
    """After the run: what was held back is told, and the libraries are as they were."""
    _late(True)
    while _undo:
        setattr(*_undo.pop())


def _late(all_of_it=False):
    """Tell the colours that were held back. Called with each sample."""
    for gpio in _strips:
        _tell(gpio, all_of_it)


def _tell(gpio, all_of_it=False):
    strip = _strips[gpio]
    if strip[3] and (all_of_it or ticks_diff(ticks_ms(), strip[0]) >= 20):
        strip[3] = False
        strip[0] = ticks_ms()
        trace.put('"neo",%d,"%s"' % (gpio, _colours(strip[1], strip[4], strip[5])), strip[2])


def _colours(data, order, size):
    """RRGGBB a pixel, whatever order the strip wants them in."""
    return "".join(["%02x" % data[i + order[colour]] for i in range(0, len(data), size) for colour in range(3)])


def look_into(module):
    """Watch the classes of the freshly imported `neopixel` or `dht`; once a run is enough."""
    strip = getattr(module, "NeoPixel", None)
    sensor = getattr(module, "DHTBase", None)
    if any(owner is strip or owner is sensor for owner, _, _ in _undo):
        return
    if strip:
        write = strip.write

        def write_and_tell(self):
            write(self)
            gpio = _gpio_of(self.pin)
            data = bytes(memoryview(self.buf)[: _MOST * self.bpp])
            now = ticks_ms()
            if gpio >= 0 and (gpio not in _strips or _strips[gpio][1] != data):
                told = _strips[gpio][0] if gpio in _strips else ticks_add(now, -20)
                _strips[gpio] = [told, data, now, True, self.ORDER, self.bpp]
                if _late not in trace.late:
                    trace.late.append(_late)
                _tell(gpio)

        _replace(strip, "write", write_and_tell)
    if sensor:
        measure = sensor.measure

        def measure_and_tell(self):
            measure(self)
            gpio = _gpio_of(self.pin)
            if gpio >= 0:
                trace.put('"dht",%d,%s,%s' % (gpio, self.temperature(), self.humidity()))

        _replace(sensor, "measure", measure_and_tell)
