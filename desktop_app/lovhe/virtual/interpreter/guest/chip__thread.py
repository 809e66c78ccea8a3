# The chip's `_thread`. First version: locks work; a second thread cannot be started, and says so as a chip without room for one does.

import _clock as _clock

_LOCK_WAIT_US = 1000


class LockType:
    def __init__(self):
        self._locked = False

    @micropython.native
    def acquire(self, waitflag=1, timeout=-1):
        while self._locked:
            if not waitflag:
                return False
            _clock.wait_until(_clock.now + _LOCK_WAIT_US)
        self._locked = True
        return True

    @micropython.native
    def release(self):
        if not self._locked:
            raise RuntimeError
        self._locked = False

    @micropython.native
    def locked(self):
        return self._locked

    @micropython.native
    def __enter__(self):
        self.acquire()
        return self

    @micropython.native
    def __exit__(self, *error):
        self.release()


@micropython.native
def allocate_lock():
    return LockType()


@micropython.native
def get_ident():
    return 1


@micropython.native
def stack_size(size=0):
    return 4096


@micropython.native
def exit():
    raise SystemExit


@micropython.native
def start_new_thread(function, args, kwargs=None):
    raise OSError("can't create thread")
