"""A small ESP32 for tests: as much of `machine` as the board runtime touches, on MicroPython and on CPython.

`drive` and `analog` say what is wired to the pins. Pin interrupts are kept, never raised.
"""

import fake_time

drive = {}  # gpio to [[ms since the start, level], …]
analog = {}  # gpio to 12-bit raw value
i2c_devices = [0x3C]
timer_count = 4
cause = 1
start_us = fake_time.now_us

PWRON_RESET = 1
HARD_RESET = 2
SOFT_RESET = 5


class Pin:
    IN = 1
    OUT = 3
    OPEN_DRAIN = 7
    PULL_UP = 2
    PULL_DOWN = 1
    IRQ_RISING = 1
    IRQ_FALLING = 2
    pins = {}

    def __init__(self, gpio, mode=None, pull=None, value=None):
        self.gpio = gpio
        self.state = Pin.pins.setdefault(gpio, {"mode": 0, "out": 0, "irq": 0, "handler": None})
        if value is not None:
            self.value(value)
        if mode is not None:
            self.state["mode"] = mode

    def __repr__(self):
        return "Pin(%d)" % self.gpio

    def value(self, *level):
        if level:
            self.state["out"] = 1 if level[0] else 0
            return None
        return level_in(self.gpio)

    __call__ = value

    def on(self):
        self.value(1)

    def off(self):
        self.value(0)

    def toggle(self):
        self.value(1 - self.state["out"])

    def irq(self, handler=None, trigger=3):
        self.state["irq"] = trigger if handler else 0
        self.state["handler"] = handler


def level_in(gpio):
    state = Pin.pins.get(gpio)
    if state and state["mode"] & 2:
        return state["out"]
    level = 0
    for ms, new in drive.get(gpio, ()):
        if fake_time.now_us >= start_us + ms * 1000:
            level = new
    return level


class _Mem32:
    def __getitem__(self, address):
        offset = address - 0x3FF44000
        if offset in (0x3C, 0x40):
            return sum(level_in(n) << n % 32 for n in range(40) if n // 32 == (offset == 0x40))
        if 0x88 <= offset < 0x88 + 160:
            state = Pin.pins.get((offset - 0x88) // 4)
            return state["irq"] << 7 if state else 0
        high = offset in (0x10, 0x2C)
        if offset in (0x04, 0x10):
            return sum(s["out"] << n % 32 for n, s in Pin.pins.items() if n // 32 == high)
        if offset in (0x20, 0x2C):
            return sum((s["mode"] >> 1 & 1) << n % 32 for n, s in Pin.pins.items() if n // 32 == high)
        raise ValueError(hex(address))


mem32 = _Mem32()


class ADC:
    ATTN_11DB = 3
    WIDTH_10BIT = 10

    def __init__(self, pin, atten=0):
        self.pin = pin
        self.bits = 12

    def __repr__(self):
        return "ADC(%r, atten=3)" % self.pin

    def width(self, bits):
        self.bits = bits

    def read(self):
        fake_time.advance(60)
        return analog.get(self.pin.gpio, 0) >> 12 - self.bits

    def read_u16(self):
        raw = self.read() << 12 - self.bits
        return raw << 4 | raw >> 8

    def read_uv(self):
        return self.read_u16() * 50


class PWM:
    running = {}

    def __init__(self, pin, freq=5000, duty=None, duty_u16=32768):
        if not isinstance(pin, Pin):
            raise ValueError("invalid pin")
        self.pin = pin
        self._freq = freq
        self._duty = duty_u16 if duty is None else duty << 6
        self.pin.state["mode"] = 3
        PWM.running[pin.gpio] = True

    def __repr__(self):
        return "PWM(%r, freq=%d, duty_u16=%d)" % (self.pin, self._freq, self._duty)

    def init(self, freq=None, duty_u16=None):
        self._freq = freq or self._freq
        self._duty = self._duty if duty_u16 is None else duty_u16

    def freq(self, *value):
        if not value:
            return self._freq
        if not 1 <= value[0] <= 40_000_000:
            raise ValueError("frequency must be from 1Hz to 40MHz")
        self._freq = value[0]

    def duty_u16(self, *value):
        if not value:
            return self._duty
        self._duty = value[0]
        self.pin.toggle()  # its pad moves

    def duty(self, *value):
        if not value:
            return self._duty >> 6
        self._duty = value[0] << 6

    def deinit(self):
        PWM.running[self.pin.gpio] = False


class Timer:
    ONE_SHOT = 0
    PERIODIC = 1
    next_us = None

    def __init__(self, id, **settings):
        if not 0 <= id < timer_count:
            raise ValueError("invalid Timer number")
        for other in fake_time.timers[:]:  # the same number is the same timer
            if other.id == id:
                fake_time.timers.remove(other)
        self.id = id
        fake_time.timers.append(self)
        if settings:
            self.init(**settings)

    def init(self, mode=PERIODIC, period=0, freq=None, callback=None):
        self.period_us = int(1_000_000 / freq) if freq else period * 1000
        self.repeat = mode
        self.callback = callback
        self.next_us = fake_time.now_us + self.period_us
        if self not in fake_time.timers:
            fake_time.timers.append(self)

    def fire(self):
        self.next_us = self.next_us + self.period_us if self.repeat else None
        # the chip hands out its own object, not one of a subclass
        self.callback(self if type(self) is Timer else object())

    def deinit(self):
        self.next_us = None


class I2C:
    def __init__(self, id=0, scl=None, sda=None, freq=400_000):
        self.pins = scl.gpio if scl else 18, sda.gpio if sda else 19

    def __repr__(self):
        return "I2C(0, scl=%d, sda=%d, freq=400000, timeout=50000)" % self.pins

    def scan(self):
        return list(i2c_devices)

    def writeto(self, address, data, stop=True):
        if address not in i2c_devices:
            raise OSError(19)
        return len(data)

    def writeto_mem(self, address, memory, data, addrsize=8):
        return None

    def readfrom_mem(self, address, memory, count, addrsize=8):
        return bytes(count)


SoftI2C = I2C


def reset_cause():
    return cause
