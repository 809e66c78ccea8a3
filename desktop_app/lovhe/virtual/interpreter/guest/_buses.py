# machine.I2C and SoftI2C, which reach the world's parts, and SPI, UART, I2S and SDCard, which as yet find nobody.

import io

import micropython

import _clock
import _gpio
import _world
from _arguments import integer, unpack
from _pin import _gpio_of

_ENODEV = 19
_I2C_PINS = ((18, 19), (25, 26))


class SoftI2C:
    _name = "SoftI2C"

    @micropython.native
    def __init__(self, *arguments, **keywords):
        scl, sda, freq, timeout = unpack(("scl", "sda", "*freq", "*timeout"), arguments, keywords)
        if scl == () or sda == ():
            raise TypeError("'%s' argument required" % ("scl" if scl == () else "sda"))
        self._begin(_gpio_of(scl), _gpio_of(sda), 400000 if freq == () else integer(freq))

    @micropython.native
    def init(self, *arguments, **keywords):
        SoftI2C.__init__(self, *arguments, **keywords)

    @micropython.native
    def _begin(self, scl, sda, freq):
        self._bus = [scl, sda]
        self._freq = freq
        for gpio in self._bus:
            _gpio.write(gpio, 1 << gpio, 1)
            _gpio.configure(gpio, 7, 2)

    @micropython.native
    def _transfer(self, address, written, size):
        # What the part at `address` answers; OSError when nobody does.
        _clock.now += 60 + 9 * (1 + len(written) + size) * 1000000 // self._freq
        text = "".join("%02x" % byte for byte in written)
        answer = _world.request("i2c", [self._bus, address, text, size, _clock.now])
        if answer is None:
            raise OSError(_ENODEV)
        return bytes(int(answer[place : place + 2], 16) for place in range(0, len(answer), 2))

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
        return self._transfer(integer(addr), b"", integer(nbytes))

    @micropython.native
    def readfrom_into(self, addr, buf, stop=True):
        buf[:] = self._transfer(integer(addr), b"", len(buf))

    @micropython.native
    def writeto(self, addr, buf, stop=True):
        self._transfer(integer(addr), bytes(buf), 0)
        return len(buf)

    @micropython.native
    def writevto(self, addr, vector, stop=True):
        return self.writeto(addr, b"".join(bytes(part) for part in vector))

    @micropython.native
    def readfrom_mem(self, addr, memaddr, nbytes, *, addrsize=8):
        return self._transfer(integer(addr), _register(memaddr, addrsize), integer(nbytes))

    @micropython.native
    def readfrom_mem_into(self, addr, memaddr, buf, *, addrsize=8):
        buf[:] = self._transfer(integer(addr), _register(memaddr, addrsize), len(buf))

    @micropython.native
    def writeto_mem(self, addr, memaddr, buf, *, addrsize=8):
        self._transfer(integer(addr), _register(memaddr, addrsize) + bytes(buf), 0)

    @micropython.native
    def start(self):
        raise OSError("I2C operation not supported")

    stop = start

    @micropython.native
    def readinto(self, buf, nack=True):
        raise OSError("I2C operation not supported")

    @micropython.native
    def write(self, buf):
        raise OSError("I2C operation not supported")

    def __repr__(self):
        return "SoftI2C(scl=%d, sda=%d, freq=%d)" % (self._bus[0], self._bus[1], self._freq)


@micropython.native
def _register(address, bits):
    address = integer(address)
    bits = integer(bits)
    if bits & 7 or not 0 <= bits <= 32:
        raise ValueError("invalid addrsize")
    return bytes(address >> shift & 0xFF for shift in range(bits - 8, -1, -8))


class I2C(SoftI2C):
    @micropython.native
    def __init__(self, *arguments, **keywords):
        id, scl, sda, freq, timeout = unpack(("id", "*scl", "*sda", "*freq", "*timeout"), arguments, keywords)
        id = 0 if id == () else integer(id)
        if not 0 <= id <= 1:
            raise ValueError("I2C(%d) doesn't exist" % id)
        self._id = id
        pins = _I2C_PINS[id]
        scl = pins[0] if scl == () else _gpio_of(scl)
        sda = pins[1] if sda == () else _gpio_of(sda)
        self._begin(scl, sda, 400000 if freq == () else integer(freq))

    @micropython.native
    def init(self, *arguments, **keywords):
        I2C.__init__(self, self._id, *arguments, **keywords)

    def __repr__(self):
        return "I2C(%d, scl=%d, sda=%d, freq=%d)" % (self._id, self._bus[0], self._bus[1], self._freq)


class SoftSPI:
    MSB = 0
    LSB = 1

    @micropython.native
    def __init__(self, *arguments, **keywords):
        self.init(**keywords)

    @micropython.native
    def init(self, baudrate=1000000, *, polarity=0, phase=0, bits=8, firstbit=0, sck=None, mosi=None, miso=None):
        self._baudrate = integer(baudrate)
        for pin in (sck, mosi, miso):
            if pin is not None:
                _gpio_of(pin)

    @micropython.native
    def deinit(self):
        pass

    @micropython.native
    def _spend(self, size):
        _clock.now += 20 + 8000000 * size // self._baudrate

    @micropython.native
    def read(self, nbytes, write=0):
        self._spend(nbytes)
        return bytes(nbytes)

    @micropython.native
    def readinto(self, buf, write=0):
        self._spend(len(buf))
        for place in range(len(buf)):
            buf[place] = 0

    @micropython.native
    def write(self, buf):
        self._spend(len(buf))

    @micropython.native
    def write_readinto(self, write_buf, read_buf):
        if len(write_buf) != len(read_buf):
            raise ValueError("buffers must be the same length")
        self.readinto(read_buf)


class SPI(SoftSPI):
    @micropython.native
    def __init__(self, id, *arguments, **keywords):
        if integer(id) not in (1, 2):
            raise ValueError("SPI(%d) doesn't exist" % id)
        self.init(*arguments, **keywords)


class UART(io.IOBase):
    # Nobody is at the other end: what is written is gone, nothing comes.
    INV_TX = 32
    INV_RX = 4
    INV_RTS = 64
    INV_CTS = 8
    RTS = 1
    CTS = 2
    IRQ_RX = 1
    IRQ_RXIDLE = 4096
    IRQ_BREAK = 128

    @micropython.native
    def __init__(self, id, *arguments, **keywords):
        if not 0 <= integer(id) <= 2:
            raise ValueError("UART(%d) does not exist" % id)
        self.init(*arguments, **keywords)

    @micropython.native
    def init(self, baudrate=115200, bits=8, parity=None, stop=1, **keywords):
        for name in ("tx", "rx", "rts", "cts"):
            if keywords.get(name) is not None:
                _gpio_of(keywords[name])

    @micropython.native
    def deinit(self):
        pass

    @micropython.native
    def any(self):
        return 0

    @micropython.native
    def read(self, nbytes=-1):
        return None

    @micropython.native
    def readinto(self, buf, nbytes=-1):
        return None

    @micropython.native
    def readline(self):
        return None

    @micropython.native
    def write(self, buf):
        return len(buf)

    @micropython.native
    def flush(self):
        pass

    @micropython.native
    def txdone(self):
        return True

    @micropython.native
    def sendbreak(self):
        pass

    @micropython.native
    def irq(self, handler=None, trigger=0, hard=False):
        pass

    @micropython.native
    def ioctl(self, request, argument):
        return argument & 4 if request == 3 else 0


class I2S(io.IOBase):
    RX = 9
    TX = 5
    MONO = 0
    STEREO = 1

    @micropython.native
    def __init__(self, id, **keywords):
        if not 0 <= integer(id) <= 1:
            raise ValueError("invalid id")
        raise OSError(_ENODEV)  # not on virtual boards yet


class SDCard:
    @micropython.native
    def __init__(self, slot=1, **keywords):
        raise OSError(_ENODEV)  # no card in the slot
