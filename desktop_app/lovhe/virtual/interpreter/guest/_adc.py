# machine.ADC and ADCBlock.
#
# As in MicroPython 1.28: blocks have the ids 0 and 1 whatever the documentation says, and ADCBlock() wants `bits`.

import micropython

import _board
import _chip
import _clock
import _gpio
from _arguments import count, integer, unpack
from _pin import _gpio_of

_BITS = 12
_MAX_RAW = 4095
_LEAST_BITS = _chip.ADC_LEAST_BITS
_CHANNELS = _chip.ADC_CHANNELS
_ZERO_MV = _chip.ADC_ZERO_MV
_FULL_MV = _chip.ADC_FULL_MV
_ADC_US = 60
_EPERM = 1
_INVALID_ARG = (-258, "ESP_ERR_INVALID_ARG")


class ADCBlock:
    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if cls is not ADCBlock:
            return object.__new__(cls)
        count(len(arguments), 1, 9)
        return _block_of(arguments[0])

    @micropython.native
    def __init__(self, id, *arguments, **keywords):
        self._id = _block_of(id)._id
        self.init(*arguments, **keywords)

    @micropython.native
    def init(self, *arguments, **keywords):
        (bits,) = unpack(("*bits",), arguments, keywords)
        self._set_bits(-1 if bits == () else integer(bits))

    @micropython.native
    def _set_bits(self, bits):
        if not _LEAST_BITS <= bits <= _BITS:
            raise ValueError("invalid bit-width")
        self._bits = bits

    @micropython.native
    def connect(self, *places, **keywords):
        count(len(places) + 1, 2, 99)
        if len(places) > 2:
            raise TypeError("too many positional args")
        channels = _CHANNELS[self._id]
        channel, gpio = -1, -1
        if len(places) == 2:
            channel, gpio = integer(places[0]), _gpio_of(places[1])
        elif type(places[0]) is int:
            channel = places[0]
        else:
            gpio = _gpio_of(places[0])
        for place, pad in enumerate(channels):
            if channel in (-1, place) and gpio in (-1, pad):
                return ADC(pad, **keywords)
        raise ValueError("no matching ADC")

    def __repr__(self):
        return "ADCBlock(%d, bits=%d)" % (self._id, self._bits)


_blocks = []


def _make_blocks():
    for number in range(len(_CHANNELS)):
        block = object.__new__(ADCBlock)
        block._id = number
        block._bits = _BITS
        block._ready = False
        _blocks.append(block)


@micropython.native
def _block_of(id):
    number = integer(id)
    if not 0 <= number < len(_blocks):
        raise ValueError("invalid block id")
    return _blocks[number]


_make_blocks()
_adcs = {}


class ADC:
    ATTN_0DB = 0
    ATTN_2_5DB = 1
    ATTN_6DB = 2
    ATTN_11DB = 3
    if _LEAST_BITS <= 9:
        WIDTH_9BIT = 9
        WIDTH_10BIT = 10
        WIDTH_11BIT = 11
    WIDTH_12BIT = 12

    @micropython.native
    def __new__(cls, *arguments, **keywords):
        if cls is not ADC:
            return object.__new__(cls)
        count(len(arguments), 1, 9)
        gpio = _gpio_of(arguments[0])
        adc = _adcs.get(gpio)
        if adc is None:
            adc = object.__new__(cls)
            _adcs[gpio] = adc
        return adc

    @micropython.native
    def __init__(self, pin, *arguments, **keywords):
        gpio = _gpio_of(pin)
        for block in _blocks:
            if gpio in _CHANNELS[block._id]:
                break
        else:
            raise ValueError("invalid pin")
        self._gpio = gpio
        self._block = block
        self.init(*arguments, **keywords)

    @micropython.native
    def init(self, *arguments, **keywords):
        (atten,) = unpack(("*atten",), arguments, keywords)
        atten = 3 if atten == () else integer(atten)
        if self._block._id and not _chip.ADC2_WORKS:
            raise OSError(*_INVALID_ARG)
        self._block._ready = True
        self._set_atten(3 if atten == -1 else atten)
        self._block._bits = _BITS
        self._apply()

    @micropython.native
    def _set_atten(self, atten):
        if not 0 <= atten <= 3:
            raise ValueError("invalid attenuation")
        self._atten = atten

    @micropython.native
    def _apply(self):
        self._guard()
        # The chip takes the pad away from the digital side.
        _gpio.configure(self._gpio, 0, 0)

    @micropython.native
    def _guard(self):
        if not self._block._ready:
            raise OSError(_EPERM)

    @micropython.native
    def deinit(self):
        self._block._ready = False

    @micropython.native
    def atten(self, atten):
        self._set_atten(integer(atten))
        self._apply()

    @micropython.native
    def width(self, bits):
        self._block._set_bits(integer(bits))
        self._apply()

    @micropython.native
    def block(self):
        return self._block

    @micropython.native
    def read(self):
        # In the block's bits.
        _clock.now += _ADC_US
        block = self._block
        if not block._ready:
            raise OSError(_EPERM)
        if block._id and _board.wifi_active and _LEAST_BITS == 9:
            return 0  # the radio has the ESP32's second ADC, and the port overlooks that its reading failed
        zero = _ZERO_MV[self._atten]
        millivolts = _gpio.millivolts(self._gpio)
        raw = round((millivolts - zero) * _MAX_RAW / (_FULL_MV[self._atten] - zero))
        raw += _gpio.noise() % 7 + _gpio.noise() % 7 - 6
        raw = 0 if raw < 0 else _MAX_RAW if raw > _MAX_RAW else raw
        return raw >> (_BITS - block._bits)

    @micropython.native
    def read_u16(self):
        raw = ADC.read(self)
        bits = self._block._bits
        return (raw << (16 - bits) | raw >> (2 * bits - 16)) & 0xFFFF

    @micropython.native
    def read_uv(self):
        raw = ADC.read(self) << (_BITS - self._block._bits)
        zero = _ZERO_MV[self._atten]
        return 1000 * (zero + raw * (_FULL_MV[self._atten] - zero) // _MAX_RAW)

    @micropython.native
    def __repr__(self):
        return "ADC(Pin(%d), atten=%d)" % (self._gpio, self._atten)
