# machine.ADC, ADCBlock, PWM, DAC and TouchPad.

import micropython

import _clock
import _gpio
import _pin
import _world
from _arguments import count, integer, unpack
from _pin import _gpio_of

_CHANNELS_1 = (36, 37, 38, 39, 32, 33, 34, 35)
_CHANNELS_2 = (4, 0, 2, 15, 13, 12, 14, 27, 25, 26)
# Millivolts at raw 0 and at full scale for each attenuation, near ESP-IDF's calibration of a typical chip.
_ZERO_MV = (75, 78, 107, 142)
_FULL_MV = (1100, 1440, 2050, 3166)
_MAX_RAW = 4095
_ADC_US = 60


class ADCBlock:
    @micropython.native
    def __init__(self, id, *, bits=12):
        id = integer(id)
        if id not in (1, 2):
            raise ValueError("invalid block id")
        self._id = id
        self._bits = 12
        self.init(bits=bits)

    @micropython.native
    def init(self, *, bits=12):
        if not 9 <= integer(bits) <= 12:
            raise ValueError("unsupported bits")
        self._bits = bits

    @micropython.native
    def connect(self, *places, **keywords):
        channels = _CHANNELS_1 if self._id == 1 else _CHANNELS_2
        for place in places:
            gpio = channels[place] if type(place) is int and 0 <= place < len(channels) else _gpio_of(place)
        if gpio not in channels:
            raise ValueError("no matching ADC")
        return ADC(gpio, **keywords)

    def __repr__(self):
        return "ADCBlock(%d, bits=%d)" % (self._id, self._bits)


_blocks = (ADCBlock(1), ADCBlock(2))
_adcs = {}


class ADC:
    ATTN_0DB = 0
    ATTN_2_5DB = 1
    ATTN_6DB = 2
    ATTN_11DB = 3
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
        if gpio not in _CHANNELS_1 and gpio not in _CHANNELS_2:
            raise ValueError("invalid pin")
        self._gpio = gpio
        self._block = _blocks[0 if gpio in _CHANNELS_1 else 1]
        self.init(*arguments, **keywords)

    @micropython.native
    def init(self, *arguments, **keywords):
        (atten,) = unpack(("*atten",), arguments, keywords)
        self._block._bits = 12
        self.atten(3 if atten == () or atten == -1 else atten)
        # The chip takes the pad away from the digital side.
        _gpio.configure(self._gpio, 0, 0)

    @micropython.native
    def deinit(self):
        pass

    @micropython.native
    def atten(self, atten):
        atten = integer(atten)
        if not 0 <= atten <= 3:
            raise ValueError("invalid attenuation")
        self._atten = atten

    @micropython.native
    def width(self, bits):
        bits = integer(bits)
        if not 9 <= bits <= 12:
            raise ValueError("invalid bit-width")
        self._block._bits = bits

    @micropython.native
    def block(self):
        return self._block

    @micropython.native
    def _raw(self):
        _clock.now += _ADC_US
        zero = _ZERO_MV[self._atten]
        millivolts = _gpio.millivolts(self._gpio)
        raw = round((millivolts - zero) * _MAX_RAW / (_FULL_MV[self._atten] - zero))
        raw += _gpio.noise() % 7 + _gpio.noise() % 7 - 6
        return 0 if raw < 0 else _MAX_RAW if raw > _MAX_RAW else raw

    @micropython.native
    def read(self):
        return self._raw() >> (12 - self._block._bits)

    @micropython.native
    def read_u16(self):
        bits = self._block._bits
        raw = self._raw() >> (12 - bits)
        return (raw << (16 - bits) | raw >> (2 * bits - 16)) & 0xFFFF

    @micropython.native
    def read_uv(self):
        zero = _ZERO_MV[self._atten]
        return 1000 * (zero + self._raw() * (_FULL_MV[self._atten] - zero) // _MAX_RAW)

    @micropython.native
    def __repr__(self):
        return "ADC(Pin(%d), atten=%d)" % (self._gpio, self._atten)


_PWM_US = 40
_PWM_NAMES = ("freq", "*duty", "*duty_u16", "*duty_ns", "*invert", "*lightsleep")
_PWM_CHANNELS = 16
_PWM_TIMERS = 8
_channels = {}  # GPIO to [frequency in Hz, duty from 0 to 65536, inverted]


@micropython.native
def _release_pwm(gpio):
    if _channels.pop(gpio, None) is not None:
        _gpio.give_back(gpio)
        _world.log(gpio, "pwm", 0, 0)


_pin._releases.append(_release_pwm)


@micropython.native
def _check_frequency(frequency):
    if not 1 <= frequency <= 40000000:
        raise ValueError("frequency must be from 1Hz to 40MHz")
    return frequency


class PWM:
    @micropython.native
    def __init__(self, *arguments, **keywords):
        count(len(arguments), 1, 2)
        self._gpio = _gpio_of(arguments[0])
        self._scale = 0
        self.init(*arguments[1:], **keywords)

    @micropython.native
    def init(self, *arguments, **keywords):
        gpio = self._gpio
        frequency, duty, duty_u16, duty_ns, invert, _ = unpack(_PWM_NAMES, arguments, keywords)
        channel = _channels.get(gpio)
        if frequency == () or frequency == -1:
            frequency = channel[0] if channel else 5000
        else:
            _check_frequency(integer(frequency))
        width = channel[1] if channel and self._scale else 32768
        if duty_u16 != ():
            width = self._from_u16(integer(duty_u16))
        elif duty_ns != ():
            width = self._from_ns(integer(duty_ns), frequency)
        elif duty != ():
            width = self._from_u10(integer(duty))
        elif not self._scale:
            self._scale = 16
        if gpio >= _gpio.FIRST_INPUT_ONLY:
            raise OSError(-258, "ESP_ERR_INVALID_ARG")
        if channel is None:
            if len(_channels) >= _PWM_CHANNELS:
                raise RuntimeError("out of PWM channels:16")
            channel = [0, 0, False]
        if invert != ():
            channel[2] = bool(invert)
        self._apply(channel, frequency, width)

    @micropython.native
    def _apply(self, channel, frequency, width):
        gpio = self._gpio
        _clock.now += _PWM_US
        used = {frequency}
        for other, settings in _channels.items():
            if other != gpio:
                used.add(settings[0])
        if len(used) > _PWM_TIMERS:
            raise RuntimeError("out of PWM timers:8")
        channel[0] = frequency
        channel[1] = width
        _channels[gpio] = channel
        _gpio.take_over(gpio)
        shown = 65536 - width if channel[2] else width
        _world.log(gpio, "pwm", frequency, 65535 if shown > 65535 else shown)

    @micropython.native
    def _active(self):
        channel = _channels.get(self._gpio)
        if channel is None or not self._scale:
            raise RuntimeError("PWM is inactive")
        return channel

    @micropython.native
    def deinit(self):
        _release_pwm(self._gpio)
        self._scale = 0

    @micropython.native
    def freq(self, frequency=()):
        channel = self._active()
        if frequency == ():
            return channel[0]
        frequency = _check_frequency(integer(frequency))
        if frequency != channel[0]:
            self._apply(channel, frequency, channel[1])

    @micropython.native
    def duty_u16(self, duty=()):
        channel = self._active()
        if duty == ():
            return 65535 if channel[1] > 65535 else channel[1]
        self._apply(channel, channel[0], self._from_u16(integer(duty)))

    @micropython.native
    def duty(self, duty=()):
        channel = self._active()
        if duty == ():
            return self.duty_u16() >> 6
        self._apply(channel, channel[0], self._from_u10(integer(duty)))

    @micropython.native
    def duty_ns(self, duty=()):
        channel = self._active()
        if duty == ():
            return 1000000000 * self.duty_u16() // (65536 * channel[0])
        self._apply(channel, channel[0], self._from_ns(integer(duty), channel[0]))

    @micropython.native
    def _from_u16(self, duty):
        if not 0 <= duty <= 65535:
            raise ValueError("duty_u16 must be from 0 to 65536")
        self._scale = 16
        return 65536 if duty == 65535 else duty

    @micropython.native
    def _from_u10(self, duty):
        if not 0 <= duty <= 1023:
            raise ValueError("duty must be from 0 to 1023")
        self._scale = 10
        return 65536 if duty == 1023 else duty << 6

    @micropython.native
    def _from_ns(self, duty, frequency):
        longest = 1000000000 // frequency
        if not 0 <= duty <= longest:
            raise ValueError("duty_ns must be from 0 to %d ns" % longest)
        self._scale = 1
        return (65536 * duty + longest // 2) // longest

    @micropython.native
    def __repr__(self):
        channel = _channels.get(self._gpio)
        text = "PWM(Pin(%d)" % self._gpio
        if channel:
            text += ", freq=%d" % channel[0]
            if self._scale == 10:
                text += ", duty=%d" % self.duty()
            elif self._scale == 1:
                text += ", duty_ns=%d" % self.duty_ns()
            else:
                text += ", duty_u16=%d" % self.duty_u16()
            if channel[2]:
                text += ", invert=True"
        return text + ")"


class DAC:
    # First version: the voltage reaches an ADC on the same pad, not yet the parts.

    @micropython.native
    def __init__(self, pin):
        gpio = _gpio_of(pin)
        if gpio not in (25, 26):
            raise ValueError("invalid Pin for DAC")
        self._gpio = gpio
        _gpio.configure(gpio, 0, 0)
        self.write(0)

    @micropython.native
    def write(self, value):
        value = integer(value)
        if not 0 <= value <= 255:
            raise ValueError("value out of range")
        _gpio.voltage[self._gpio] = 80 + value * 3060 // 255

    @micropython.native
    def deinit(self):
        _gpio.voltage[self._gpio] = None

    def __repr__(self):
        return "DAC(Pin(%d))" % self._gpio


class TouchPad:
    # First version: nobody touches the pads.

    @micropython.native
    def __init__(self, pin):
        gpio = _gpio_of(pin)
        if gpio not in (0, 2, 4, 12, 13, 14, 15, 27, 32, 33):
            raise ValueError("invalid pin for touchpad")
        self._gpio = gpio

    @micropython.native
    def config(self, value):
        integer(value)

    @micropython.native
    def read(self):
        _clock.now += 500
        return 480 + _gpio.noise() % 20
