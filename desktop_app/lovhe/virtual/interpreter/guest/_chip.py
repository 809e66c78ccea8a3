# What the chips differ in, as MicroPython 1.28's generic builds show it: one table, of which the board keeps its own chip's part.
#
# Sources: the port's machine_pin.h, machine_adc.c, machine_pwm.c, machine_touchpad.c and board files at v1.28.0; Espressif's technical
# reference manuals ("GPIO and IO MUX") for registers, data sheets for strapping pins, ESP-IDF's "ADC calibration" for voltages.

import _board


def _bits(*pads):
    # A mask from pads and (first, last) spans.
    mask = 0
    for pad in pads:
        first, last = pad if type(pad) is tuple else (pad, pad)
        for gpio in range(first, last + 1):
            mask |= 1 << gpio
    return mask


name = _board.chip

PIN_REGISTERS = 0x74  # offset of the pads' configuration, a word each
BANKS = 2  # of 32 pads
LINE = 0  # pads without which the PC is not heard or does not hear; the S3 and the C3 have their USB beside them
FIRST_INPUT_ONLY = 64  # none
DAC = ()
PWM_GROUPS = 1
PWM_CHANNELS = 8  # in a group
PWM_TIMERS = 4  # in a group
PWM_BITS = 14  # of a timer
PWM_SLOW_HZ = 0  # below this the timer runs from 1 MHz
ADC_LEAST_BITS = 12
ADC2_WORKS = True
CPU_MHZ = (20, 40, 80, 160, 240)
# Pads that IRQs may name for waking; the C3's build has the ESP32's list.
LEVEL_WAKE = (0, 2, 4, 12, 13, 14, 15, 25, 26, 27, 32, 33, 34, 35, 36, 37, 38, 39)
MPY_ARCHITECTURE = 10  # xtensawin
PROCESSOR = "xtensa"

if name == "esp32s3":
    MACHINE = "Generic ESP32S3 module with ESP32S3"
    BUILD = "ESP32_GENERIC_S3"
    PADS = 49
    EXISTING = _bits((0, 21), (33, 48))
    FLASH = _bits((26, 32))
    GPIO_BASE = 0x60004000
    ADC_CHANNELS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), (11, 12, 13, 14, 15, 16, 17, 18, 19, 20))
    ADC_ZERO_MV = (0, 0, 0, 0)
    ADC_FULL_MV = (1070, 1440, 2020, 3130)
    TOUCH = tuple(range(1, 15))
    TOUCH_IDLE = 22000
    LEVEL_WAKE = tuple(range(22))
elif name == "esp32c3":
    MACHINE = "ESP32C3 module with ESP32C3"
    BUILD = "ESP32_GENERIC_C3"
    PADS = 22
    BANKS = 1
    EXISTING = _bits((0, 13), 20, 21)  # 18 and 19 are the USB's
    FLASH = _bits((12, 17))
    GPIO_BASE = 0x60004000
    ADC_CHANNELS = ((0, 1, 2, 3, 4), (5,))
    ADC_ZERO_MV = (0, 0, 0, 0)
    ADC_FULL_MV = (819, 1126, 1536, 2805)
    ADC2_WORKS = False  # ESP-IDF 5 refuses it: see the chip's errata
    PWM_CHANNELS = 6
    TOUCH = ()
    CPU_MHZ = (20, 40, 80, 160)
    MPY_ARCHITECTURE = 11  # rv32imc
    PROCESSOR = "riscv"
else:
    MACHINE = "Generic ESP32 module with ESP32"
    BUILD = "ESP32_GENERIC"
    PADS = 40
    EXISTING = _bits((0, 23), (25, 27), (32, 39))
    FIRST_INPUT_ONLY = 34
    FLASH = _bits((6, 11))
    LINE = _bits(1, 3)
    GPIO_BASE = 0x3FF44000
    PIN_REGISTERS = 0x88
    ADC_CHANNELS = ((36, 37, 38, 39, 32, 33, 34, 35), (4, 0, 2, 15, 13, 12, 14, 27, 25, 26))
    # Millivolts at raw 0 and at full scale for each attenuation, near ESP-IDF's calibration of a typical chip.
    ADC_ZERO_MV = (75, 78, 107, 142)
    ADC_FULL_MV = (1100, 1440, 2050, 3166)
    ADC_LEAST_BITS = 9
    DAC = (25, 26)
    PWM_GROUPS = 2
    PWM_BITS = 20
    PWM_SLOW_HZ = 10
    TOUCH = (4, 0, 2, 15, 13, 12, 14, 27, 33, 32)
    TOUCH_IDLE = 480
