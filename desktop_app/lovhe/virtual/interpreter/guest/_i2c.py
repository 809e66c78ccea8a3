# machine.I2C and SoftI2C. Sources: extmod/machine_i2c.c and ports/esp32/machine_i2c.c of MicroPython 1.28.
#
# The world answers whole transfers. What it can't know is done here: the two wires must be high before a transfer, which nothing
# but a pull-up brings about: the peripheral switches the chip's own on, SoftI2C doesn't.

from binascii import hexlify, unhexlify

import micropython

import _board
import _clock
import _gpio
import _pin
import _waits
import _world
from _arguments import integer, listed, require, unpack
from _buffers import fresh, octets, writable

_ENODEV = 19
_ETIMEDOUT = 116
_TIMEOUT_US = 50000
_READ = 1
_LONGEST = 8000  # bytes that one message to the world can hold; on the chip they would take longer than the timeout
_CALL_US = 20
_PORT_US = 60  # what a transfer of the peripheral costs besides its bits
_PINS = {"esp32": ((18, 19), (25, 26)), "esp32s3": ((9, 8), (9, 8)), "esp32c3": ((9, 8),)}[_board.chip]
_UNSUPPORTED = "I2C operation not supported"
_UNKNOWN = -1
_NOTHING = ()
_MEMORY_NAMES = ("addr", "memaddr", "arg", "*addrsize")  # the third is `arg`, whatever it is
_BUS_NAMES = ("scl", "sda", "*freq", "*timeout")
_ports = {}


class _Bus:
    @micropython.native
    def _transfer(self, address, written, size):
        # What the part at `address` answers to a write and then a read.
        _clock.now += _CALL_US
        scl, sda = self._bus
        self._check_wires()
        address &= 0x7F
        count = 1 + len(written) + size + (1 if written and size else 0)
        _clock.now += 9 * count * 1000000 // self._freq
        if count > _LONGEST:
            raise OSError(_ETIMEDOUT)
        answer = None
        if _pin_drives(scl) and _pin_drives(sda):
            text = hexlify(written).decode()
            answer = _world.request("i2c", [self._bus, address, text, size, _clock.now])
        if answer is None:
            raise OSError(_ENODEV)
        return unhexlify(answer)

    @micropython.native
    def scan(self):
        found = []
        for address in range(8, 120):
            try:
                self._transfer(address, b"", 0)
                found.append(address)
            except OSError:
                pass
        return found

    @micropython.native
    def readfrom(self, addr, nbytes, stop=True):
        addr = integer(addr)
        buffer = fresh(integer(nbytes))
        buffer[:] = self._transfer(addr, b"", len(buffer))
        return bytes(buffer)

    @micropython.native
    def readfrom_into(self, addr, buf, stop=True):
        addr = integer(addr)
        memory = writable(buf)
        memory[:] = self._transfer(addr, b"", len(memory))

    @micropython.native
    def writeto(self, addr, buf, stop=True):
        addr = integer(addr)
        written = octets(buf)
        self._transfer(addr, written, 0)
        return len(written)

    @micropython.native
    def writevto(self, addr, vector, stop=True):
        addr = integer(addr)
        written = b"".join([octets(part) for part in listed(vector)])
        self._transfer(addr, written, 0)
        return len(written)

    @micropython.native
    def readfrom_mem(self, *arguments, **keywords):
        addr, memaddr, size, addrsize = _memory_arguments(arguments, keywords)
        buffer = fresh(integer(size))
        buffer[:] = self._transfer(addr, _register(memaddr, addrsize), len(buffer))
        return bytes(buffer)

    @micropython.native
    def readfrom_mem_into(self, *arguments, **keywords):
        addr, memaddr, buf, addrsize = _memory_arguments(arguments, keywords)
        memory = writable(buf)
        memory[:] = self._transfer(addr, _register(memaddr, addrsize), len(memory))

    @micropython.native
    def writeto_mem(self, *arguments, **keywords):
        addr, memaddr, buf, addrsize = _memory_arguments(arguments, keywords)
        written = octets(buf)
        self._transfer(addr, _register(memaddr, addrsize) + written, 0)

    @micropython.native
    def init(self, *arguments, **keywords):
        raise OSError(_UNSUPPORTED)

    @micropython.native
    def start(self):
        raise OSError(_UNSUPPORTED)

    @micropython.native
    def stop(self):
        raise OSError(_UNSUPPORTED)

    @micropython.native
    def readinto(self, buf, nack=True):
        raise OSError(_UNSUPPORTED)

    @micropython.native
    def write(self, buf):
        raise OSError(_UNSUPPORTED)


@micropython.native
def _memory_arguments(arguments, keywords):
    addr, memaddr, last, addrsize = unpack(_MEMORY_NAMES, arguments, keywords)
    require(_MEMORY_NAMES, (addr, memaddr, last))
    return integer(addr), integer(memaddr), last, 8 if addrsize is _NOTHING else integer(addrsize)


@micropython.native
def _register(address, bits):
    bits &= 0xFF
    if bits & 7 or bits > 32:
        raise ValueError("invalid addrsize")
    return bytes(address >> shift & 0xFF for shift in range(bits - 8, -1, -8))


@micropython.native
def _pin_drives(gpio):
    return gpio < _gpio.FIRST_INPUT_ONLY


@micropython.native
def _is_high(gpio):
    # A wire that nothing pulls up stays low once it has been low.
    mask = 1 << gpio
    _gpio.freshen(mask)
    return _gpio.levels & mask and not _gpio.floating & mask


@micropython.native
def _open(gpio, pull):
    _pin._spare_flash(gpio)
    _pin._release(gpio)
    _gpio.write(gpio, 1 << gpio, 1)
    _gpio.configure(gpio, 7, pull)


class I2C(_Bus):
    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if arguments and arguments[0] == -1:
            print("Warning: I2C(-1, ...) is deprecated, use SoftI2C(...) instead")
            return SoftI2C(*arguments[1:], **keywords)
        if cls is not I2C:
            return object.__new__(cls)
        number = arguments[0] if arguments else keywords.get("id", 0)
        port = _ports.get(number) if type(number) is int else None
        return object.__new__(cls) if port is None else port

    @micropython.native
    def __init__(self, *arguments, **keywords):
        number, scl, sda, freq, timeout = unpack(("id", "*scl", "*sda", "*freq", "*timeout"), arguments, keywords)
        number = 0 if number is _NOTHING else integer(number)
        if not 0 <= number < len(_PINS):
            raise ValueError("I2C(%d) doesn't exist" % number)
        freq = -1 if freq is _NOTHING else integer(freq)
        timeout = -1 if timeout is _NOTHING else integer(timeout)
        if number not in _ports:
            self._id = number
            self._bus = list(_PINS[number])
            self._freq = 400000
            self._timeout = _TIMEOUT_US
        elif _ports[number] is not self:  # of a subclass: another object for the same port
            port = _ports[number]
            self._id, self._bus, self._freq, self._timeout = number, port._bus, port._freq, port._timeout
        bus = [
            self._bus[0] if scl is _NOTHING else _pin._gpio_of(scl),
            self._bus[1] if sda is _NOTHING else _pin._gpio_of(sda),
        ]
        _ports[number] = self
        self._bus = bus
        if freq != -1:
            self._freq = max(freq, 1)
        if timeout != -1:
            self._timeout = timeout
        for gpio in bus:
            _open(gpio, 2)

    @micropython.native
    def _check_wires(self):
        # The peripheral takes a wire that is held low for a lost arbitration.
        _clock.now += _PORT_US
        if not _is_high(self._bus[0]) or not _is_high(self._bus[1]):
            _waits.wait_quietly(_clock.now + self._timeout)
            raise OSError(_ETIMEDOUT)

    def __repr__(self):
        return "I2C(%d, scl=%d, sda=%d, freq=%d, timeout=%d)" % (self._id, self._bus[0], self._bus[1], self._freq, self._timeout)


class SoftI2C(_Bus):
    @micropython.native
    def __init__(self, *arguments, **keywords):
        self.init(*arguments, **keywords)

    @micropython.native
    def init(self, *arguments, **keywords):
        scl, sda, freq, timeout = unpack(_BUS_NAMES, arguments, keywords)
        require(_BUS_NAMES, (scl, sda))
        freq = 400000 if freq is _NOTHING else integer(freq)
        timeout = _TIMEOUT_US if timeout is _NOTHING else integer(timeout)
        self._bus = [_pin._gpio_of(scl), _pin._gpio_of(sda)]
        self._timeout = timeout
        self._delay = max(500000 // freq, 1)
        self._freq = 500000 // (self._delay + 1)  # switching a pin takes its time, too
        self._address = _UNKNOWN
        self._written = b""
        for gpio in self._bus:
            _open(gpio, None)

    @micropython.native
    def _check_wires(self):
        if not _is_high(self._bus[0]):
            _waits.wait_quietly(_clock.now + self._timeout)
            raise OSError(_ETIMEDOUT)

    @micropython.native
    def _transfer(self, address, written, size):
        self._end()
        self._check_wires()
        if not _is_high(self._bus[1]):
            return bytes(size)  # a data wire that stays low looks like an acknowledgement, and then like zeros
        return _Bus._transfer(self, address, written, size)

    # The four steps of a transfer, one by one. What was written goes to the part when the transfer turns or ends.

    @micropython.native
    def start(self):
        self._end()
        self._check_wires()
        self._address = _UNKNOWN
        _clock.now += 2 * self._delay + _CALL_US

    @micropython.native
    def stop(self):
        self._end()
        self._check_wires()
        _clock.now += 3 * self._delay + _CALL_US

    @micropython.native
    def _end(self):
        if self._written:
            written, self._written = self._written, b""
            try:
                _Bus._transfer(self, self._address >> 1, written, 0)
            except OSError:
                pass
        self._address = _UNKNOWN

    @micropython.native
    def write(self, buf):
        acknowledged = 0
        for byte in octets(buf):
            if self._address == _UNKNOWN:
                self._address = byte
                try:
                    _Bus._transfer(self, byte >> 1, b"", 0)
                except OSError as error:
                    if error.errno == _ETIMEDOUT:
                        raise error
                    break
            else:
                _clock.now += 9 * 1000000 // self._freq
                if self._address & _READ:
                    break  # a part that is read acknowledges nothing
                self._written += bytes([byte])
            acknowledged += 1
        return acknowledged

    @micropython.native
    def readinto(self, buf, nack=True):
        memory = writable(buf)
        self._check_wires()
        answer = None
        if self._address != _UNKNOWN and self._address & _READ:
            try:
                answer = _Bus._transfer(self, self._address >> 1, b"", len(memory))
            except OSError:
                pass
        for place in range(len(memory)):
            memory[place] = 0xFF if answer is None else answer[place]

    def __repr__(self):
        return "SoftI2C(scl=%d, sda=%d, freq=%d)" % (self._bus[0], self._bus[1], 500000 // self._delay)
