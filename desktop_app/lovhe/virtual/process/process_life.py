"""Whether a process still lives, and is the one that was meant: ids are used again, start times are not.

Signals are no way to ask: on Windows `os.kill(pid, 0)` ends the process.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def start_marker(pid: int) -> str | None:
    """When the process `pid` was started, as text that only serves to compare; None when there is no such process.

    Takes well under a millisecond on Linux and Windows, some ten elsewhere.
    """
    if pid <= 0:
        return None
    if sys.platform == "win32":
        return _windows_marker(pid)
    elif sys.platform == "linux":  # noqa: RET505 (the type checker follows the platform only so)
        return _linux_marker(pid)
    else:
        return _ps_marker(pid)


def lives(pid: int, marker: str) -> bool:
    """Whether the process that had this marker is still there."""
    return start_marker(pid) == marker


def _linux_marker(pid: int) -> str | None:
    """Source: proc_pid_stat(5), fields 3 (state) and 22 (start time in clock ticks); the name in field 2 may hold anything."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:
        return None
    return None if len(fields) < 20 or fields[0] in (b"Z", b"X") else fields[19].decode("ascii")


def _ps_marker(pid: int) -> str | None:
    try:
        answer = subprocess.run(
            ["ps", "-o", "stat=", "-o", "lstart=", "-p", str(pid)],
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
            env={"LC_ALL": "C", "PATH": "/bin:/usr/bin"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    state, _, started = answer.stdout.strip().partition(" ")
    return None if answer.returncode or state.startswith("Z") else " ".join(started.split())


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY_LIMITED_INFORMATION = 0x1000
    _STILL_ACTIVE = 259
    _kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel32.OpenProcess.restype = wintypes.HANDLE
    _kernel32.OpenProcess.argtypes = [wintypes.DWORD, wintypes.BOOL, wintypes.DWORD]
    _kernel32.CloseHandle.argtypes = [wintypes.HANDLE]
    _kernel32.GetExitCodeProcess.argtypes = [wintypes.HANDLE, ctypes.POINTER(wintypes.DWORD)]
    _kernel32.GetProcessTimes.argtypes = [wintypes.HANDLE, *[ctypes.POINTER(wintypes.FILETIME)] * 4]

    def _windows_marker(pid: int) -> str | None:
        """Source: Microsoft, "GetProcessTimes function": creation time in units of 100 ns."""
        handle = _kernel32.OpenProcess(_QUERY_LIMITED_INFORMATION, False, pid)
        if not handle:
            return None
        try:
            code = wintypes.DWORD()
            times = [wintypes.FILETIME() for _ in range(4)]
            if not _kernel32.GetExitCodeProcess(handle, ctypes.byref(code)) or code.value != _STILL_ACTIVE:
                return None
            if not _kernel32.GetProcessTimes(handle, *[ctypes.byref(each) for each in times]):
                return None
            return str(times[0].dwHighDateTime << 32 | times[0].dwLowDateTime)
        finally:
            _kernel32.CloseHandle(handle)
