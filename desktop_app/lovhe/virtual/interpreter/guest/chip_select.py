# The chip's `select`: waiting takes the board's time, not the PC's, which is what asyncio's sleep rests on.


import _clock
import _console
import _stack
import _waits

POLLIN = 1
POLLOUT = 4
POLLERR = 8
POLLHUP = 16
_POLL = 3  # the ioctl that asks a stream what it is ready for
_INPUT_STEP_US = 2000


class _Poll:
    def __init__(self):
        self._entries = []

    @micropython.native
    def _entry(self, obj):
        for entry in self._entries:
            if entry[0] is obj:
                return entry
        return None

    @micropython.native
    def register(self, obj, eventmask=POLLIN | POLLOUT):
        entry = self._entry(obj)
        if entry:
            entry[1] = eventmask
        else:
            if not hasattr(obj, "ioctl") and not hasattr(obj, "readinto") and not hasattr(obj, "write"):
                raise OSError("stream operation not supported")
            self._entries.append([obj, eventmask])

    @micropython.native
    def unregister(self, obj):
        entry = self._entry(obj)
        if entry:
            self._entries.remove(entry)

    @micropython.native
    def modify(self, obj, eventmask):
        entry = self._entry(obj)
        if not entry:
            raise OSError(2)
        entry[1] = eventmask

    @micropython.native
    def _ready(self):
        found = []
        for entry in self._entries:
            obj = entry[0]
            events = entry[1] & 5
            if hasattr(obj, "ioctl"):
                events = obj.ioctl(_POLL, entry[1])
                if events < 0:
                    raise OSError(-events)
            if events:
                found.append((obj, events))
        return found

    @micropython.native
    def poll(self, timeout=-1, flags=0):
        stack = _stack.widen()
        try:
            return self._poll(timeout, flags)
        finally:
            _stack.back(stack)

    @micropython.native
    def _poll(self, timeout, flags):
        due = _clock.FOREVER if timeout < 0 else _clock.now + 1000 * timeout
        listening = False
        for entry in self._entries:
            if entry[0] is _console.stdin or entry[0] is _console.stdin.buffer:
                listening = True
        _clock.wait_until(_clock.now)
        while True:
            found = self._ready()
            if found or _clock.now >= due:
                break
            if listening:
                step = _clock.now + _INPUT_STEP_US
                _waits.wait_for_input(_console.poller, step if step < due else due)
            else:
                _clock.wait_once(due)
        if flags & 1:
            for obj, _ in found:
                self.modify(obj, 0)
        return found

    @micropython.native
    def ipoll(self, timeout=-1, flags=0):
        stack = _stack.widen()
        try:
            return iter(self._poll(timeout, flags))
        finally:
            _stack.back(stack)


poll = _Poll


@micropython.native
def select(rlist, wlist, xlist, timeout=None):
    poller = _Poll()
    for obj in rlist:
        poller.register(obj, POLLIN)
    for obj in wlist:
        poller.register(obj, POLLOUT)
    found = poller.poll(-1 if timeout is None else int(1000 * timeout))
    return ([obj for obj, events in found if events & POLLIN], [obj for obj, events in found if events & POLLOUT], [])
