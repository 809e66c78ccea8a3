# Runs at every start, before main.py: a short wait in which Ctrl-C keeps main.py from running.
#
# Most programs need no help: Ctrl-C stops them at any time. A program that turned Ctrl-C off
# (micropython.kbd_intr(-1)) and never ends does. For that: reset the board (button EN, or the serial
# port's control lines) and keep sending Ctrl-C; what arrives in the first 3 s, before Python runs, is
# lost, so a host repeats it at least every 50 ms.
#
# How it stops main.py: an exception that leaves boot.py makes MicroPython go to the REPL without running
# main.py (all supported releases; ports/esp32/main.c: `ret != 0`). So nothing is renamed or written, the
# student's program stays as it is, and the next start runs it again.
#
# A soft reset (Ctrl-D, mpremote, Thonny, raw REPL) does not wait: after one, Ctrl-C was heard just before.
import time

import machine

if machine.reset_cause() != machine.SOFT_RESET:
    try:
        time.sleep_ms(120)
    except KeyboardInterrupt:
        print("Ctrl-C at start: main.py was not run.")
        raise
