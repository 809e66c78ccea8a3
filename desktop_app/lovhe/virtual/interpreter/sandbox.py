"""Shuts the interpreter's process in, so that a student's program reaches its flash file and nothing else of the PC.

The guest modules hide what the chip does not have, but whoever digs finds MicroPython's own `os.system` or `uctypes` below
them; the wall that holds is the operating system's. Each measure that the kernel lacks is left out silently: what is
left is a program that still cannot do more than the user could. Run inside the interpreter's process before any program; imports
only what starts in milliseconds, through `ctypes` because the standard library has no call for these.

Source: landlock(7), seccomp(2), prctl(2), linux/landlock.h, linux/seccomp.h.
"""

import ctypes
import os
import resource
import signal
import sys

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2

_LANDLOCK_CREATE_RULESET, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT_SELF = 444, 445, 446
_LANDLOCK_RULE_PATH_BENEATH = 1
_LANDLOCK_VERSION_QUERY = 1
_FS_READ_FILE, _FS_READ_DIR = 1 << 2, 1 << 3
_FS_RIGHTS_BY_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many of the file system rights, counted from bit 0, each version of Landlock knows."""
_NET_SINCE_ABI, _NET_RIGHTS = 4, 0b11
_SCOPE_SINCE_ABI, _SCOPES = 6, 0b11

_MEMORY_BYTES = 1 << 30
_OPEN_FILES = 64

_X86_64_FORBIDDEN = (
    41, 42, 43, 49, 50, 53,  # socket, connect, accept, bind, listen, socketpair
    56, 57, 58, 59, 322, 435,  # clone, fork, vfork, execve, execveat, clone3
    101, 165, 310, 311, 321, 425,  # ptrace, mount, process_vm_readv, process_vm_writev, bpf, io_uring_setup
)  # fmt: skip
_AUDIT_ARCH_X86_64 = 0xC000003E
_EPERM = 1
_CLONE, _CLONE3 = 56, 435
_CLONE_THREAD = 0x00010000
_ENOSYS = 38


def die_with_parent(parent_pid: int) -> None:
    """Have the kernel end this process when its parent goes, however the parent goes (Linux; elsewhere a closed pipe does it)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent_pid:
        os._exit(1)  # it went before we could ask


def lock_up(readable: str, file_bytes: int) -> None:
    """Take away, for good, all that a board's program may not use.

    Afterwards no file can be opened but those below the folder `readable`, and those for reading only; no program can be
    started, no socket opened; files cannot grow beyond `file_bytes`, memory not beyond 1 GiB. Files already open stay usable.
    """
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: file_bytes,
        resource.RLIMIT_NOFILE: _OPEN_FILES,
    }
    if sys.platform.startswith("linux"):
        limits[resource.RLIMIT_AS] = _MEMORY_BYTES
    for limit, value in limits.items():
        hard = resource.getrlimit(limit)[1]
        if hard == resource.RLIM_INFINITY or hard > value:
            resource.setrlimit(limit, (value, value))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
            _restrict_files(libc, readable)
            _restrict_calls(libc)


class _RulesetAttr(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneathAttr(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


def _restrict_files(libc: ctypes.CDLL, readable: str) -> None:
    """Landlock: handle every right there is, grant reading below one folder."""
    abi = libc.syscall(_LANDLOCK_CREATE_RULESET, None, ctypes.c_size_t(0), _LANDLOCK_VERSION_QUERY)
    if abi < 1:
        return
    attr = _RulesetAttr(fs=(1 << _FS_RIGHTS_BY_ABI[min(abi, 5)]) - 1)
    size = 8
    if abi >= _NET_SINCE_ABI:
        attr.net, size = _NET_RIGHTS, 16
    if abi >= _SCOPE_SINCE_ABI:
        attr.scoped, size = _SCOPES, 24
    ruleset_fd = libc.syscall(_LANDLOCK_CREATE_RULESET, ctypes.byref(attr), ctypes.c_size_t(size), 0)
    if ruleset_fd < 0:
        return
    folder_fd = os.open(readable, os.O_PATH | os.O_CLOEXEC)
    rule = _PathBeneathAttr(allowed=_FS_READ_FILE | _FS_READ_DIR, parent_fd=folder_fd)
    libc.syscall(_LANDLOCK_ADD_RULE, ruleset_fd, _LANDLOCK_RULE_PATH_BENEATH, ctypes.byref(rule), 0)
    libc.syscall(_LANDLOCK_RESTRICT_SELF, ruleset_fd, 0)
    os.close(folder_fd)
    os.close(ruleset_fd)


class _Instruction(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("if_true", ctypes.c_uint8), ("if_false", ctypes.c_uint8), ("k", ctypes.c_uint32)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction))]


def _restrict_calls(libc: ctypes.CDLL) -> None:
    """seccomp: refuse sockets, new processes and other ways out with EPERM; threads may be started."""
    if os.uname().machine != "x86_64":
        return
    load, jump_if_equal, jump_if_bits, answer = 0x20, 0x15, 0x45, 0x06
    number_at, arch_at, first_argument_at = 0, 4, 16
    allow, refuse, no_such = 0x7FFF0000, 0x00050000 | _EPERM, 0x00050000 | _ENOSYS
    forbidden = [number for number in _X86_64_FORBIDDEN if number not in (_CLONE, _CLONE3)]
    code = [
        (load, 0, 0, arch_at),
        (jump_if_equal, 1, 0, _AUDIT_ARCH_X86_64),
        (answer, 0, 0, refuse),
        (load, 0, 0, number_at),
        (jump_if_equal, 0, 1, _CLONE3),
        (answer, 0, 0, no_such),  # the C library then falls back to clone, whose flags can be looked at
        (jump_if_equal, 0, 4, _CLONE),
        (load, 0, 0, first_argument_at),
        (jump_if_bits, 0, 1, _CLONE_THREAD),
        (answer, 0, 0, allow),
        (answer, 0, 0, refuse),
    ]
    for place, number in enumerate(forbidden):
        code.append((jump_if_equal, len(forbidden) - place, 0, number))
    code += [(answer, 0, 0, allow), (answer, 0, 0, refuse)]
    instructions = (_Instruction * len(code))(*[_Instruction(*words) for words in code])
    program = _Program(len(code), instructions)
    libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)
