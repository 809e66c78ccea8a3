"""The chip without its processor: flash, ROM loader, and what happens between a reset and MicroPython's first line."""
