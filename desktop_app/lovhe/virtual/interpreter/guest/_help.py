# help(): what is of use at the prompt of this board, and what the chip has to import.

import builtins

import _chip
import _modules
from _console import print_function

_HELP = """This is MicroPython on a virtual board of Lovhe: %s.

A program named main.py runs when the board starts.  Handy lines to try here:

  from machine import Pin, ADC, PWM, Timer    what the pins can do
  Pin(2, Pin.OUT).on()                        pin 2 gives 3.3 V
  import os; os.listdir()                     the files on the board
  help("modules")                             what can be imported
  help(Pin)                                   what a thing can do

Ctrl-A starts the raw REPL, for other programs; Ctrl-B ends it
Ctrl-C stops a running program
Ctrl-D starts the board anew
Ctrl-E begins a paste of several lines"""

_MODULES = """__main__ _asyncio _espnow _thread _webrepl aioespnow apa106 array asyncio/__init__ asyncio/core asyncio/event
asyncio/funcs asyncio/lock asyncio/stream binascii bluetooth btree builtins cmath collections cryptolib deflate dht ds18x20 errno esp esp32
espnow flashbdev framebuf gc hashlib heapq inisetup io json machine math micropython mip/__init__ neopixel network ntptime onewire
os platform random re requests/__init__ select socket ssl struct sys time tls uasyncio uctypes umqtt/robust umqtt/simple upysh
urequests vfs webrepl webrepl_setup websocket"""
_COLUMNS = 4

_help = builtins.help
_FUNCTIONS = (type(lambda: None), type(_help), type(print_function))


@micropython.native
def _show_modules():
    names = _MODULES.split()
    rows = (len(names) + _COLUMNS - 1) // _COLUMNS
    for row in range(rows):
        line = ""
        for place in range(row, len(names), rows):
            line += "%-18s" % names[place]
        print_function(line.rstrip())
    print_function("Plus any modules on the filesystem")


@micropython.native
def _is_ours(thing):
    kind = thing if isinstance(thing, type) else type(thing)
    if kind is type(builtins):
        return thing in _modules.chip_modules()
    module = getattr(kind, "__module__", "")
    return module[:1] == "_" and module != "__main__" or module[:5] == "chip_" or module == "machine"


@micropython.native
def _describe(thing):
    # As for what is C code: no names of our own, no places in the PC's memory.
    print_function("object %s is of type %s" % (thing, type(thing).__name__))
    if type(thing) is type(builtins):
        print_function("  __name__ -- %s" % thing.__name__)
    for name in sorted(dir(thing)):
        if name[0] != "_":
            value = getattr(thing, name)
            print_function("  %s -- %s" % (name, "<function>" if callable(value) and not isinstance(value, type) else repr(value)))


@micropython.native
def help_function(*things):
    if not things:
        print_function(_HELP % _chip.MACHINE)
    elif things[0] == "modules":
        _show_modules()
    elif type(things[0]) in _FUNCTIONS:
        print_function("object <function> is of type function")
    elif _is_ours(things[0]):
        _describe(things[0])
    else:
        _help(things[0])


builtins.help = help_function
