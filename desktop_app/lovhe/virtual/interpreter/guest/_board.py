# What this board is: set once at start. `chip` is known before the rest, since other modules are made after it.

import sys

mac = b""
chip = "esp32"
for _word in sys.argv:
    if _word.startswith("chip="):
        chip = _word[5:]
reset_cause = 1
virtual_time = False
seed = 0
flash = None  # file object over the whole flash
vfs_offset = 0
vfs_size = 0
VERSION = "1.28.0"
BUILD = "v1.28.0-lovhe"
DATE = "2026-11-21"
wifi_active = False  # then the ESP32's second ADC is the radio's
