# What runs before anything of the program's: the guest's counterpart of the chip's start-up code.
#
# Called by the launcher with the settings in sys.argv; it leaves nothing behind in the program's namespace.

import builtins
import os
import sys

import vfs

import _board
import _chance
import _clock
import _console
import _flash
import _gpio
import _help  # noqa: F401 (takes its place among the built-in functions)
import _kept
import _modules
import _stack
import _world
import chip__asyncio
import chip__onewire
import chip__thread
import chip_flashbdev
import chip_gc
import chip_machine
import chip_micropython
import chip_os
import chip_platform
import chip_select
import chip_socket
import chip_sys
import chip_time
import chip_vfs

_MOUNT = "/_guest"
_CHIP = {
    "_asyncio": chip__asyncio,
    "_onewire": chip__onewire,
    "_thread": chip__thread,
    "flashbdev": chip_flashbdev,
    "gc": chip_gc,
    "machine": chip_machine,
    "micropython": chip_micropython,
    "os": chip_os,
    "platform": chip_platform,
    "select": chip_select,
    "socket": chip_socket,
    "sys": chip_sys,
    "time": chip_time,
    "vfs": chip_vfs,
}
_OLD_NAMES = {"uos": "os", "utime": "time", "umachine": "machine", "usys": "sys", "uselect": "select", "usocket": "socket"}
_LATER = (
    "_webrepl", "aioespnow", "apa106", "bluetooth", "btree", "dht", "ds18x20", "esp", "esp32", "espnow", "inisetup", "neopixel", "network",
    "ntptime", "onewire", "umqtt", "umqtt.robust", "umqtt.simple", "upysh", "urequests", "webrepl", "webrepl_setup",
)  # fmt: skip
_table = sys.modules
_path = sys.path
_import = builtins.__import__
_stat = os.stat
_print_exception = sys.print_exception
_unmount = vfs.umount
_mount = vfs.mount
_guest_folder = None
_known = ()
_kernel = {}  # our own modules: out of the program's sight, back while one of ours is loaded


def _load(name, file):
    # Import a guest file as the module `name`, without letting the program see where it came from, nor what it takes. It may import others.
    global _known
    before = _path[:]
    outermost = not _modules.loading
    if outermost:
        taken = chip_gc._taken()
        _mount(_guest_folder, _MOUNT)
        _known = set(_table)
        _table.update(_kernel)
        _modules.loading = True
    _path[:] = [_MOUNT, ".frozen"]
    try:
        module = _import(file)
    finally:
        _path[:] = before
        if outermost:
            _modules.loading = False
            _unmount(_MOUNT)
            for helper in set(_table) - _known:
                if helper in _kernel or helper[0] == "_" and helper not in _modules.lazy:
                    _kernel[helper] = _table.pop(helper)
    _table.pop(file, None)
    _name(module, name)
    if outermost:
        chip_gc._give_back(taken)
    return module


def _name(module, name):
    module.__name__ = name
    del module.__file__


def _settings():
    words = {}
    for word in sys.argv[2:]:
        place = word.find("=")
        words[word[:place]] = word[place + 1 :]
    return words


def _begin(words):
    # Everything from the settings to a running clock; the launcher's order channel comes back.
    global _guest_folder
    _board.mac = bytes(int(words["mac"][place : place + 2], 16) for place in range(0, 12, 2))
    _board.reset_cause = int(words["cause"])
    _board.virtual_time = words["virtual"] == "1"
    _board.seed = int(words["seed"])
    _board.flash = open(int(words["flash"]), "r+b")
    _board.vfs_offset = int(words["vfs_offset"])
    _board.vfs_size = int(words["vfs_size"])
    channel = open(int(words["world"]), "r+b")
    orders = open(int(words["orders"]), "wb")
    _stack.start(int(words["stack"]))
    _gpio.restore(words["pins"])
    _console.start(words["nonce"])
    _world.start(channel)
    for name in ("flush", "request", "touched", "refresh"):
        setattr(_world, name, _stack.wide(getattr(_world, name)))
    _clock.flush = _world.flush
    _chance.start()
    _guest_folder = vfs.VfsPosix(words["guest"])
    _path[:] = ["", ".frozen", "/lib"]
    _unmount("/")
    for name in list(_table):
        _kernel[name] = _table.pop(name)
    for name, module in _CHIP.items():
        _kernel.pop("chip_" + name, None)
        _kernel.pop(name, None)
        _name(module, name)
        _modules.install(name, module)
    for name, new_name in _OLD_NAMES.items():
        _modules.install(name, _CHIP[new_name])
    for name in _LATER:
        _modules.lazy[name] = "chip_" + name.replace(".", "_")
    _modules.lazy["_espnow"] = "chip_espnow"
    _modules.lazy["ubluetooth"] = "chip_bluetooth"
    _modules.chip_sys = chip_sys
    _modules.start(_load)
    _clock.start(_board.virtual_time, words["native"] == "1", int(words["clock"]), orders, channel)
    _kept.restore(words["kept"], int(words["clock"]))
    _world.receive()
    sys.atexit(_leave)
    return orders


@micropython.native
def _leave():
    try:
        _world.say_goodbye()
    except BaseException:
        pass


@micropython.native
def _mount_file_system(orders):
    # A damaged file system stays as it is, for whoever wants to rescue it.
    if _flash.mount():
        return
    orders.write(b"B ")
    try:
        _flash.tell_of_damage()
    except KeyboardInterrupt as error:
        _print_exception(error)


@micropython.native
def _run_file(path, program_globals):
    # Run a start-up file as the chip does; returns what it raised, or None.
    try:
        try:
            _stat(path)
        except OSError:
            return None
        _stack.for_program()
        execfile(path, program_globals)
    except SystemExit as leaving:
        return leaving
    except BaseException as error:
        _print_exception(error)
        return error


@micropython.native
def run(program_globals):
    words = _settings()
    orders = _begin(words)
    chip_gc._start(int(words["heap"]))
    try:
        _mount_file_system(orders)
    except BaseException as error:
        # Without its own file system a program must not go on: the PC's is under it.
        _print_exception(error)
        orders.write(b"F ")
        while True:
            _world.wait_for_end()
    orders.write(b"B ")  # from now on Ctrl-C is heard
    raised = _run_file("boot.py", program_globals)
    if raised is None and words["main"] == "1" and words["raw"] == "0":
        raised = _run_file("main.py", program_globals)
    _stack.for_program(False)
    if type(raised) is SystemExit:
        _leave()
        orders.write(b"X ")
        while True:
            _world.wait_for_end()
