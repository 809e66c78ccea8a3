# What this board is: set once at start.

mac = b""
chip = "esp32"
reset_cause = 1
virtual_time = False
seed = 0
flash = None  # file object over the whole flash
vfs_offset = 0
vfs_size = 0
flash_size = 0
VERSION = "1.28.0"
BUILD = "v1.28.0-lovhe"
DATE = "2026-11-21"
MACHINE = "Generic ESP32 module with ESP32"
