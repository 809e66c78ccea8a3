"""The process a virtual board's interpreter lives in: a thin launcher round MicroPython's own `main`.

Run by `unix_engine` as a script (`python -I -S engine_host.py key=value …`), never imported by the rest, so it keeps to the few
modules that start in milliseconds. MicroPython takes the main thread for good; one helper thread carries the client's bytes,
turns Ctrl-C into a pending KeyboardInterrupt and wakes the interpreter while its REPL waits.

Signals: SIGINT is never sent. MicroPython sets a handler for it while code runs and takes it away while the REPL reads or the
program asked for `micropython.kbd_intr(-1)`; looking at that disposition tells what byte 0x03 means. SIGUSR2 does nothing but
make a blocking system call return, so that MicroPython looks at what is pending.
"""

import _thread
import ctypes
import fcntl
import os
import select
import signal
import sys
import termios
from types import ModuleType

EXIT_SOFT_RESET = 70
EXIT_SOFT_RESET_RAW = 71
EXIT_PARENT_GONE = 72
EXIT_FAILED = 73

_CTRL_C = 0x03
_STDIN = 0
_HOOK, _INTERRUPTED, _PROMPT = 0, 1, 2  # why the guest's reviver is called
_PERIOD_MS = 20
_QUIET_PERIOD_MS = 250
_HOLD_MS = 1
_NUDGES = 25
_STACK_BYTES = 80_000
_GUEST_HEAP_BYTES = 400_000  # more than the guest's own modules ever take; what is left over the guest keeps from the program
_STDIN_LIMIT = 1 << 20
_BOOT = b"__import__('sys').path.insert(0, __import__('sys').argv[1]); __import__('_boot').run(globals())"


class Feeder:
    """The helper thread: client's bytes to MicroPython's standard input, interrupts, wake-ups, and orders from the guest."""

    def __init__(self, lib: ctypes.CDLL, client_fd: int, stdin_write_fd: int, orders_fd: int, virtual_time: bool) -> None:
        self._lib = lib
        self._client_fd = client_fd
        self._stdin_write_fd = stdin_write_fd
        self._orders_fd = orders_fd
        self._virtual_time = virtual_time
        self._main_thread = _thread.get_ident()
        self._held = bytearray()
        self._booted = False
        self._reviver: ctypes.c_void_p | None = None
        self._reviver_waits = False
        self._prompt_waits = False
        self._nudges = 0
        self._quiet = False
        self._cr_waits = False
        self._sigaction = (ctypes.c_void_p * 64)()
        self._libc = ctypes.CDLL(None)
        os.set_blocking(stdin_write_fd, False)

    def run(self) -> None:
        """Serve until the client's side is closed; then nothing may be left of this process."""
        poll = select.poll()
        poll.register(self._client_fd, select.POLLIN)
        poll.register(self._orders_fd, select.POLLIN)
        timeout_ms = _PERIOD_MS
        while True:
            ready = poll.poll(timeout_ms)
            for fd, _ in ready:
                data = os.read(fd, 65536)
                if fd == self._orders_fd:
                    self._obey(data)
                elif not data:
                    os._exit(EXIT_PARENT_GONE)
                else:
                    self._quiet = False
                    self._held += data
                    del self._held[_STDIN_LIMIT:]
            if not ready and self._booted:
                self._wake()
            self._feed()
            timeout_ms = _HOLD_MS if self._held or self._prompt_waits else _QUIET_PERIOD_MS if self._quiet else _PERIOD_MS

    def _code_runs(self) -> bool:
        """Whether MicroPython would be interrupted by Ctrl-C now."""
        self._libc.sigaction(int(signal.SIGINT), None, self._sigaction)
        return bool(self._sigaction[0])

    def _feed(self) -> None:
        while self._held:
            at = self._held.find(_CTRL_C)
            if at == 0 and (self._code_runs() or not self._booted):
                if self._booted:
                    self._interrupt()
                del self._held[:1]
                continue
            if at == 0:
                if self._unread():
                    return  # the REPL has not come to what was sent before this Ctrl-C
                at = 1
            piece = self._lines_for_prompt(bytes(self._held[: at if at > 0 else 65536]))
            if not piece:
                return
            try:
                del self._held[: os.write(self._stdin_write_fd, piece)]
            except BlockingIOError:
                return

    def _lines_for_prompt(self, piece: bytes) -> bytes:
        """Line ends as in Windows' files, for a REPL: what is read there has each LF made a CR, so that CR LF would be two line ends.

        A space takes the place of one of them, since who sends in raw-paste mode counts the bytes. A CR at the end waits a moment
        for its LF.
        """
        if self._code_runs():
            return piece
        if piece.endswith(b"\r") and not self._cr_waits:
            self._cr_waits = True
            piece = piece[:-1]
        else:
            self._cr_waits = False
        return piece.replace(b"\r\n", b" \r")

    def _unread(self) -> bool:
        count = bytearray(4)
        fcntl.ioctl(_STDIN, termios.FIONREAD, count)
        return any(count)

    def _interrupt(self) -> None:
        self._lib.mp_sched_keyboard_interrupt()
        if self._virtual_time and self._reviver:
            self._lib.mp_sched_schedule(self._reviver, ctypes.c_void_p(2 * _INTERRUPTED + 1))
        signal.pthread_kill(self._main_thread, signal.SIGUSR2)
        # It may have come just before a system call that waits: nudge again for a while.
        self._nudges = _NUDGES

    def _wake(self) -> None:
        """Every 20 ms: let timers run while the REPL waits (in real time), and have the clock's hook looked after while code runs."""
        runs = self._code_runs()
        if runs or not self._virtual_time:
            self._call_reviver(_HOOK if runs else _PROMPT)
        self._prompt_waits = self._reviver_waits and not runs and not self._virtual_time
        if runs and self._nudges:
            self._nudges -= 1
            signal.pthread_kill(self._main_thread, signal.SIGUSR2)
        if self._prompt_waits:
            # One callback is run a signal, and the hook comes first: signal until it is the reviver's turn.
            signal.pthread_kill(self._main_thread, signal.SIGUSR2)

    def _call_reviver(self, reason: int) -> None:
        if self._reviver and not self._reviver_waits:
            small_int = ctypes.c_void_p(2 * reason + 1)  # as MicroPython has it
            self._reviver_waits = bool(self._lib.mp_sched_schedule(self._reviver, small_int))

    def _obey(self, orders: bytes) -> None:
        """Orders of the guest: K interrupt again, B booted, X leave for a soft reset, F leave because of a failure,
        R<address> the hook's reviver, A it has run, Q it has and the prompt has nothing to wait for, U unlock the scheduler.
        """
        for order in orders.split():
            if order == b"K":
                self._interrupt()
            elif order == b"B":
                self._booted = True
            elif order == b"X":
                os._exit(EXIT_SOFT_RESET)
            elif order == b"F":
                os._exit(EXIT_FAILED)
            elif order == b"U":
                self._lib.mp_sched_unlock()
            elif order in (b"A", b"Q"):
                self._reviver_waits = self._prompt_waits = False
                self._quiet = order == b"Q"
            elif order.startswith(b"R"):
                self._reviver = ctypes.c_void_p(int(order[1:]))


def _load(path: str) -> ctypes.CDLL:
    lib = ctypes.CDLL(path)
    lib.mp_sched_schedule.restype = ctypes.c_bool
    lib.mp_sched_schedule.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    return lib


def _stack_limit_address(lib: ctypes.CDLL) -> int:
    """Where MicroPython keeps the limit just set, the second word of the thread's state; 0 if it is not there."""
    lib.mp_thread_get_state.restype = ctypes.c_void_p
    address: int = lib.mp_thread_get_state() + ctypes.sizeof(ctypes.c_void_p)
    return address if ctypes.c_size_t.from_address(address).value == _STACK_BYTES else 0


def _standard_streams(output_fd: int) -> int:
    """Put pipes where MicroPython reads and prints; return where to write what it shall read. The chip has no stderr."""
    stdin_read_fd, stdin_write_fd = os.pipe()
    null_fd = os.open(os.devnull, os.O_RDWR)
    os.dup2(stdin_read_fd, _STDIN)
    os.dup2(output_fd, 1)
    os.dup2(null_fd, 2)
    for fd in (stdin_read_fd, output_fd, null_fd):
        os.close(fd)
    return stdin_write_fd


def _import_neighbour(name: str) -> ModuleType:
    """A module of this folder: run as a script in isolated mode, this file has no package."""
    sys.path.insert(0, __file__.rpartition("/")[0])
    try:
        return __import__(name)
    finally:
        del sys.path[0]


def main(arguments: list[str]) -> None:
    """Run one life of the chip and leave with the exit code that says how it ended."""
    config = dict(argument.split("=", 1) for argument in arguments)
    sandbox = _import_neighbour("sandbox")
    chip_errno = _import_neighbour("chip_errno")
    chip_floats = _import_neighbour("chip_floats")
    sandbox.die_with_parent(int(config["parent"]))
    lib = _load(config["interpreter"])
    chip_errno.use_the_chips_numbers(lib)
    chip_floats.use_the_chips_floats(lib)
    flash_fd = os.open(config["flash"], os.O_RDWR | os.O_CLOEXEC)
    orders_read_fd, orders_write_fd = os.pipe()
    stdin_write_fd = _standard_streams(int(config["output"]))
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGUSR2, lambda *_: None)
    for name in ("HOME", "MICROPYPATH", "MICROPYINSPECT"):
        os.environ.pop(name, None)
    os.environ["MICROPYPATH"] = ".frozen:/lib"
    sandbox.lock_up(readable=config["guest"], file_bytes=os.fstat(flash_fd).st_size)

    virtual_time = config["virtual"] == "1"
    feeder = Feeder(lib, int(config["client"]), stdin_write_fd, orders_read_fd, virtual_time)
    _thread.start_new_thread(feeder.run, ())

    config["flash"] = str(flash_fd)
    config["orders"] = str(orders_write_fd)
    heap_bytes = _GUEST_HEAP_BYTES + 2 * int(config["heap"])  # what takes 4 bytes on the chip takes 8 here
    lib.mp_thread_init()
    lib.mp_cstack_init_with_sp_here(ctypes.c_size_t(_STACK_BYTES))
    config["stack"] = str(_stack_limit_address(lib))
    words = [b"micropython", b"-X", b"heapsize=%d" % heap_bytes, b"-i", b"-c", _BOOT, config["guest"].encode()]
    words += [f"{key}={value}".encode() for key, value in config.items()]
    argv = (ctypes.c_char_p * (len(words) + 1))(*words, None)
    mode = ctypes.c_int.in_dll(lib, "pyexec_mode_kind")
    mode.value = int(config["raw"])
    # Called from `sorted` so that its frame lies deeper than the stack top just noted: the collector scans up to there.
    sorted([len(words)], key=lambda count: lib.main_(count, argv))
    os._exit(EXIT_SOFT_RESET_RAW if mode.value & 0xFF else EXIT_SOFT_RESET)


if __name__ == "__main__":
    main(sys.argv[1:])
