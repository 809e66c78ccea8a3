# machine.mem32, mem16 and mem8: the registers of the pads, and memory of no meaning elsewhere.
#
# The three chips have the same registers at other addresses; the C3, with one bank of pads, lacks the second bank's.

import micropython

import _chip
import _gpio
from _arguments import integer

_BASE = _chip.GPIO_BASE
_PINS = _chip.PIN_REGISTERS
_PINS_END = _chip.PIN_REGISTERS + 4 * _chip.PADS
_LATCHES = (4, 8, 0xC, 0x20, 0x24, 0x28) + ((0x10, 0x14, 0x18, 0x2C, 0x30, 0x34) if _chip.BANKS == 2 else ())


@micropython.native
def _inputs():
    _gpio.freshen(-1)
    levels = _gpio.levels & ~_gpio.floating
    open_pads = _gpio.floating & _gpio.readable
    if open_pads:
        levels |= open_pads & (_gpio.noise() | _gpio.noise() << 15 | _gpio.noise() << 30 | _gpio.noise() << 45)
    return levels & _gpio.readable


@micropython.native
def _read_register(address):
    offset = address - _BASE
    if offset == 4:
        return _gpio.out & 0xFFFFFFFF
    if offset == 0x20:
        return _gpio.enabled & 0xFFFFFFFF
    if offset == 0x10:
        return _gpio.out >> 32
    if offset == 0x2C:
        return _gpio.enabled >> 32
    if offset == 0x3C:
        return _inputs() & 0xFFFFFFFF
    if offset == 0x40:
        return _inputs() >> 32
    if _PINS <= offset < _PINS_END and not offset & 3:  # GPIO_PINn_REG: the kind of interrupt in bits 7 to 9
        handler = _gpio.handlers.get((offset - _PINS) // 4)
        return handler[3] << 7 if handler else 0
    return _other_registers.get(address, 0)


@micropython.native
def _write_register(address, value):
    offset = address - _BASE
    value &= 0xFFFFFFFF
    if offset in _LATCHES:
        place = (offset - 4) // 4
        shift = 0 if place < 3 or 7 <= place < 10 else 32
        what = (place - 7 if place >= 7 else place) % 3
        before = _gpio.out if place < 6 else _gpio.enabled
        bits = value << shift
        after = bits | before & ~(0xFFFFFFFF << shift) if what == 0 else before | bits if what == 1 else before & ~bits
        changed = (before ^ after) & _gpio.EXISTING
        gpio = 0
        while changed:
            if changed & 1:
                if place < 6:
                    _gpio.write(gpio, 1 << gpio, after >> gpio & 1)
                else:
                    mask = 1 << gpio
                    direction = (1 if _gpio.readable & mask else 0) | (2 if after & mask else 0) | (4 if _gpio.open_drain & mask else 0)
                    _gpio.configure(gpio, direction, None)
            changed >>= 1
            gpio += 1
    else:
        _other_registers[address] = value


_other_registers = {}


class _Memory:
    def __init__(self, size):
        self._size = size

    @micropython.native
    def __getitem__(self, address):
        size = self._size
        if type(address) is not int:
            address = integer(address)
        if address & (size - 1):
            raise ValueError("address %08x is not aligned to %d bytes" % (address, size))
        value = _read_register(address & ~3)
        if size == 4:
            return value
        return value >> 8 * (address & 3) & ((1 << 8 * size) - 1)

    @micropython.native
    def __setitem__(self, address, value):
        size = self._size
        if address & (size - 1):
            raise ValueError("address %08x is not aligned to %d bytes" % (address, size))
        value = integer(value)
        if size < 4:
            shift = 8 * (address & 3)
            mask = ((1 << 8 * size) - 1) << shift
            value = _read_register(address & ~3) & ~mask | value << shift & mask
        _write_register(address & ~3, value)

    def __repr__(self):
        return "<%d-bit memory>" % (8 * self._size)


mem8 = _Memory(1)
mem16 = _Memory(2)
mem32 = _Memory(4)
