"""What the trace sees of pins and parts, and that the program does not see the trace."""

from __future__ import annotations

import pytest

BLINK = """
from machine import Pin
import time
led = Pin(2, Pin.OUT)
for i in range(3):
    led.on()
    time.sleep_ms(100)
    led.off()
    time.sleep(0.1)
"""


def test_levels_of_outputs_are_told_within_a_sample(run):
    """Each change of an output is told no later than 5 ms after it happened."""
    levels = run(BLINK).levels(2)
    assert [level for _, level in levels[1:]] == [1, 0] * 3 or [level for _, level in levels] == [1, 0] * 3
    changes = levels[-6:]
    for (t_ms, _), true_ms in zip(changes, (0, 100, 200, 300, 400, 500), strict=True):
        assert 0 <= t_ms - true_ms <= 6


def test_watched_inputs_are_told_and_others_are_not(run):
    """The lesson's pins are told even while they are inputs, in both banks; of the rest only outputs are."""
    result = run("import time\ntime.sleep(1)\n", watch=[4, 34], drive={"4": [[0, 1], [400, 0]], "34": [[0, 0], [700, 1]], "15": [[0, 1]]})
    assert [level for _, level in result.levels(4)] == [1, 0]
    assert [level for _, level in result.levels(34)] == [0, 1]
    assert result.levels(15) == []


def test_the_console_pins_are_never_told(run):
    """Every frame moves the serial line's own pin; telling that would never end."""
    assert run("from machine import Pin\nPin(1, Pin.OUT, value=1)\nimport time\ntime.sleep_ms(50)\n", watch=[1]).of("level") == []


def test_a_pin_that_becomes_an_output_later_is_told(run):
    """Which pins are outputs is looked at with every sample."""
    program = "from machine import Pin\nimport time\ntime.sleep_ms(100)\nPin(33, Pin.OUT, value=1)\ntime.sleep_ms(100)\n"
    ((t_ms, level),) = run(program).levels(33)
    assert 100 <= t_ms <= 106
    assert level == 1


def test_an_adc_is_told_in_sixteen_bits(run):
    """However the program reads, the evidence is the raw value in 16 bits."""
    program = """
from machine import ADC, Pin
import time
a = ADC(Pin(34), atten=ADC.ATTN_11DB)
print(a.read(), a.read_u16(), a.read_uv() // 1000)
time.sleep_ms(30)
a.width(ADC.WIDTH_10BIT)
print(a.read())
"""
    result = run(program, analog={"34": 2048})
    assert result.text == "2048 32776 1638\n512\n"
    assert [gpio for gpio, _ in result.args("adc")] == [34, 34]
    assert all(abs(raw - 32776) < 40 for _, raw in result.args("adc"))


def test_fast_adc_reads_are_told_fifty_times_a_second(run):
    """A program that reads in a tight loop does not fill the line; a jump is told sooner."""
    result = run("from machine import ADC, Pin\na = ADC(Pin(34))\nfor i in range(10000):\n    a.read()\n", analog={"34": 100})
    duration_ms = result.events[-1].t_ms
    assert 500 < duration_ms < 1500
    assert duration_ms / 25 < len(result.of("adc")) <= duration_ms / 20 + 1


def test_a_pwm_is_told_to_its_last_setting(run):
    """A fade faster than the line leaves the last setting as evidence, and its pin's levels are not sampled meanwhile."""
    program = """
from machine import Pin, PWM
import time
p = PWM(Pin(5), freq=1000, duty_u16=0)
for d in range(0, 60001, 100):
    p.duty_u16(d)
    time.sleep_ms(1)
time.sleep_ms(100)
p.freq(440)
p.deinit()
Pin(5, Pin.OUT, value=1)
time.sleep_ms(20)
"""
    result = run(program)
    told = result.args("pwm")
    assert told[0] == [5, 1000, 0]
    assert [5, 1000, 60000] in told
    assert told[-1] == [5, 0, 0]
    assert len(told) < 45
    assert all(t_ms >= 700 for t_ms, _ in result.levels(5)[1:])
    assert result.levels(5)[-1][1] == 1


def test_errors_of_the_chip_pass_through(run):
    """A wrapped class refuses what the chip refuses, with the same exception."""
    program = """
from machine import Pin, PWM, Timer, I2C
def refused(f):
    try:
        f()
        print('taken')
    except Exception as e:
        print(type(e).__name__, e.args)
refused(lambda: PWM('a'))
refused(lambda: PWM(Pin(5)).freq(0))
refused(lambda: Timer(-1))
refused(lambda: I2C(0).writeto(9, b'x'))
"""
    assert run(program).text.splitlines() == [
        "ValueError ('invalid pin',)",
        "ValueError ('frequency must be from 1Hz to 40MHz',)",
        "ValueError ('invalid Timer number',)",
        "OSError (19,)",
    ]


@pytest.mark.parametrize("number", [0, 3])
def test_the_sampler_gives_up_the_timer_a_program_wants(run, number):
    """Whichever timer the program takes, its callback gets its own Timer, and its pins are sampled every 5 ms."""
    program = f"""
from machine import Pin, Timer
import time
led = Pin(2, Pin.OUT)
t = Timer({number})
def turn(timer):
    if timer is t:
        led.toggle()
t.init(period=50, mode=Timer.PERIODIC, callback=turn)
time.sleep_ms(500)
t.deinit()
"""
    result = run(program)
    changes = result.levels(2)[1:]
    assert len(changes) in (9, 10)
    assert all(t_ms % 50 <= 6 for t_ms, _ in changes)
    assert result.of("less") == []
    assert result.end[0] == "done"


def test_a_program_that_needs_all_timers_runs_and_is_traced_as_far_as_can_be(run):
    """Without a timer of its own the sampler uses the program's callbacks, and says so."""
    program = """
from machine import Pin, Timer
import time
led = Pin(2, Pin.OUT)
count = 0
def work(t):
    global count
    count += 1
timers = [Timer(n, period=20 + n, callback=work) for n in range(3)]
blink = Timer(3, period=100, callback=lambda t: led.toggle())
time.sleep(1)
for t in timers:
    t.deinit()
blink.deinit()
print('count', count)
"""
    result = run(program)
    assert result.args("less") == [["timers"]]
    assert len(result.levels(2)) in (9, 10, 11)
    assert int(result.text.split()[1]) in range(135, 145)


def test_a_chip_with_two_timers_is_served(run):
    """The C3 has Timer 0 and 1 only."""
    result = run(BLINK, timers=2)
    assert len(result.levels(2)) >= 6
    assert result.of("less") == []


def test_an_unknown_chip_is_told_and_the_program_runs(run):
    """Where the registers are not known the trace says that it sees less, and reads nothing."""
    result = run(BLINK + "print('ran')\n", machine="Some board with RP2040")
    assert result.args("less") == [["chip"]]
    assert result.text == "ran\n"
    assert result.of("level") == []


def test_i2c_transfers_are_told(run):
    """Address and byte counts of scans, writes and register reads; the bus's own pins are not sampled."""
    program = """
from machine import I2C, Pin, SoftI2C
import time
i = I2C(0, scl=Pin(22), sda=Pin(21))
print(i.scan())
time.sleep_ms(30)
i.writeto(0x3C, b'abc')
time.sleep_ms(30)
i.readfrom_mem(0x3C, 7, 5)
time.sleep_ms(30)
i.writeto_mem(0x3C, 7, b'ab')
time.sleep_ms(30)
SoftI2C(scl=Pin(22), sda=Pin(21)).writeto(0x3C, bytes(9))
"""
    result = run(program, watch=[21, 22])
    assert result.args("i2c") == [[60, 0, 0], [60, 3, 0], [60, 1, 5], [60, 3, 0], [60, 9, 0]]


def test_neopixel_colours_are_told_as_rrggbb(run):
    """Colours in the order people say them, once for every change."""
    program = """
from machine import Pin
import neopixel
strip = neopixel.NeoPixel(Pin(13), 2)
strip[0] = (255, 128, 1)
strip.write()
strip.write()
strip[1] = (0, 0, 16)
strip.write()
"""
    assert run(program).args("neo") == [[13, "ff8001000000"], [13, "ff8001000010"]]


def test_a_strip_that_is_written_pixel_by_pixel_fills_no_queue(run):
    """Of colours that change faster than every 20 ms the last ones are told, also when the program ends or waits just after them."""
    program = """
from machine import Pin
import neopixel, time
strip = neopixel.NeoPixel(Pin(13), 32)
for turn in (16, 32):
    for pixel in range(32):
        strip[pixel] = (turn, 0, 0)
        strip.write()
    {pause}
"""
    for pause in ("pass", "time.sleep_ms(100)"):
        result = run(program.format(pause=pause))
        told = result.args("neo")
        assert told[0] == [13, "100000" + "000000" * 31]
        assert told[-1] == [13, "200000" * 32]
        assert len(told) <= 6
        assert not result.args("lost")
        times = [event.t_ms for event in result.events if event.kind == "neo"]
        assert times == sorted(times)


def test_dht_measurements_are_told(run):
    """Temperature and humidity as the library works them out."""
    assert run("import dht\nfrom machine import Pin\ndht.DHT11(Pin(15)).measure()\n").args("dht") == [[15, 23, 40]]


def test_text_is_dated_by_a_frame_before_it(run):
    """After 20 ms without a frame a print is preceded by one; a burst of prints is not."""
    result = run("import time\nfor i in range(5):\n    time.sleep_ms(300)\n    for j in range(20):\n        print(i, j)\n")
    assert [round(event.t_ms, -2) for event in result.of("text") if " 0\n" in event.args[0]] == [300, 600, 900, 1200, 1500]
    assert result.output.count(b'"print"') == 5


def test_print_is_still_print(run):
    """Its arguments do what they always do."""
    assert run("print(1, 'a', sep='-', end='!')\nprint()\n").text == "1-a!\n"


FLOOD = """
from machine import Pin
import time
pins = [Pin(n, Pin.OUT) for n in (2, 4, 5, 12, 13, 14, 15, 18, 19, 21, 22, 23, 25, 26, 27)]
for i in range(400):
    for p in pins:
        p.toggle()
    time.sleep_ms(5)
"""


def test_a_flood_costs_evidence_and_not_the_line(run):
    """More than the line carries is counted as lost; the frames keep below 115,200 baud and none is missing by number."""
    result = run(FLOOD)
    lost = sum(count for (count,) in result.args("lost"))
    assert lost > 0
    assert result.of("gap") == []
    assert lost + len(result.of("level")) == 400  # each of the program's changes is told or counted
    assert len(result.output) < 11_520 * 2 + 1500
    assert result.end[0] == "done"


@pytest.mark.parametrize(
    "line",
    [
        "from machine import *",
        "from umachine import Pin, ADC, PWM, Timer",
        "import machine\nPin, ADC, PWM, Timer = machine.Pin, machine.ADC, machine.PWM, machine.Timer",
        "from machine import Pin\nfrom machine import ADC, PWM, Timer",
    ],
)
def test_machine_can_be_imported_in_every_way(run, line):
    """Whatever the import looks like: `Pin` is the chip's own class, the watched classes are seen, constants are there."""
    program = f"""{line}
import machine as m
print(isinstance(ADC(Pin(34)), ADC), Timer.PERIODIC, Timer.ONE_SHOT, m.Pin is Pin, m.ADC is ADC, m.reset_cause())
class Lamp(PWM):
    def __init__(self, n):
        super().__init__(Pin(n), freq=500)
    def full(self):
        self.duty_u16(65535)
lamp = Lamp(5)
lamp.full()
print(lamp.freq(), isinstance(lamp, PWM))
import time
time.sleep_ms(50)
"""
    result = run(program)
    assert result.text == "True 1 0 True True 1\n500 True\n"
    assert result.args("pwm")[-1] == [5, 500, 65535]


def test_a_name_that_machine_lacks_is_an_import_error(run):
    """As on the chip, and with the chip's words."""
    result = run("from machine import Pim\n")
    assert result.end == ["error", "ImportError", "can't import name Pim", 1]


def test_readings_shown_under_trace_are_frames(run):
    """`show` sends numbers and texts; what JSON cannot hold is sent as text."""
    result = run(
        "from lovhe.report import show\nshow(temperature=23.5, humidity=51, ok=True, place='sinif ə', odd=float('nan'), it=None)\n"
    )
    shown = {"temperature": 23.5, "humidity": 51, "ok": True, "place": "sinif ə", "odd": "nan", "it": "None"}
    assert result.args("show") == [[shown]]
    assert result.text == ""
