# machine.Counter and Encoder, which the port writes in Python over esp32.PCNT; so do we.

import micropython

from _pcnt import PCNT

_RANGE = 32000  # of the PCNT unit below, which sets itself back there
_instances = {}  # by unit, Counters and Encoders alike


class _Base:
    @micropython.native
    def __new__(cls, unit_id, *arguments, **keywords):
        instance = _instances.get(unit_id)
        if instance is None:
            instance = object.__new__(cls)
            instance._unit = None
            _instances[unit_id] = instance
        elif not isinstance(instance, cls):
            raise ValueError("PCNT in use")
        return instance

    @micropython.native
    def __init__(self, unit_id, *arguments, filter_ns=0, **keywords):
        self._unit_id = unit_id
        if self._unit is None:
            self._unit = PCNT(unit_id, min=-_RANGE, max=_RANGE)
        elif not arguments and not keywords:
            return  # what is there, as it is
        self._configure(*arguments, **keywords)
        self._unit.init(filter=min(max(0, filter_ns * 80 // 1000), 1023), value=0)
        self._zero = self._unit._total
        self._unit.start()

    @micropython.native
    def init(self, *arguments, **keywords):
        self.__init__(self._unit_id, *arguments, **keywords)

    @micropython.native
    def deinit(self):
        if self._unit is not None:
            self._unit.deinit()
            self._unit = None

    @micropython.native
    def value(self, value=None):
        if self._unit is None:
            raise RuntimeError("not initialised")
        self._unit.value()  # brings the pads up to date
        result = self._unit._total - self._zero
        if value is not None:
            self._zero = self._unit._total - value
        return result


class Counter(_Base):
    RISING = 1
    FALLING = 2
    UP = 1
    DOWN = 2

    @micropython.native
    def _configure(self, src, edge=1, direction=1):
        self._unit.init(channel=0, pin=src, rising=direction if edge & 1 else 0, falling=direction if edge & 2 else 0)


class Encoder(_Base):
    @micropython.native
    def _configure(self, phase_a, phase_b, phases=1):
        if phases not in (1, 2, 4):
            raise ValueError("phases")
        unit = self._unit
        low = PCNT.HOLD if phases == 1 else PCNT.REVERSE
        unit.init(channel=0, pin=phase_a, falling=PCNT.INCREMENT, rising=PCNT.DECREMENT, mode_pin=phase_b, mode_low=low)
        if phases == 4:
            unit.init(channel=1, pin=phase_b, falling=PCNT.DECREMENT, rising=PCNT.INCREMENT, mode_pin=phase_a, mode_low=PCNT.REVERSE)
        else:
            unit.init(channel=1, pin=None, rising=PCNT.IGNORE)
        self._phases = phases

    @micropython.native
    def phases(self):
        return self._phases
