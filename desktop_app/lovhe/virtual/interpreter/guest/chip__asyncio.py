# asyncio's tasks and their queue, in place of the built-in ones, which look at the PC's clock.

import _clock

_TICKS_MASK = 0x3FFFFFFF
_HALF = 0x20000000


@micropython.native
def _ticks():
    _clock.keep_up()
    return _clock.now // 1000 & _TICKS_MASK


@micropython.native
def _is_before(ticks1, ticks2):
    return (ticks1 - ticks2 + _HALF & _TICKS_MASK) < _HALF


class TaskQueue:
    # Tasks by the time at which they are due, those of the same time in the order they came.
    def __init__(self):
        self._tasks = []

    @micropython.native
    def peek(self):
        return self._tasks[0] if self._tasks else None

    @micropython.native
    def push(self, task, key=None):
        task.data = None
        task.ph_key = _ticks() if key is None else key
        tasks = self._tasks
        place = len(tasks)
        while place and _is_before(task.ph_key, tasks[place - 1].ph_key):
            place -= 1
        tasks.insert(place, task)

    @micropython.native
    def pop(self):
        if not self._tasks:
            raise IndexError("empty heap")
        return self._tasks.pop(0)

    @micropython.native
    def remove(self, task):
        if task in self._tasks:
            self._tasks.remove(task)


class Task:
    # `state`: True runs, not waited for; a TaskQueue: of those who wait; None: done, not waited for; False: done, waited for.
    # `data`: the queue or task it waits in, or what it ended with.
    _context = None

    def __init__(self, coro, globals=None):
        self.coro = coro
        self.data = None
        self.state = True
        self.ph_key = 0
        if globals is not None:
            Task._context = globals

    @micropython.native
    def __iter__(self):
        if not self.state:
            self.state = False
        elif self.state is True:
            self.state = TaskQueue()
        elif type(self.state) is not TaskQueue:
            raise RuntimeError("can't wait")
        return self

    @micropython.native
    def __next__(self):
        if not self.state:
            raise self.data
        waiting = Task._context["cur_task"]
        self.state.push(waiting)
        waiting.data = self

    @micropython.native
    def done(self):
        return not self.state

    @micropython.native
    def cancel(self):
        if not self.state:
            return False
        if self is Task._context["cur_task"]:
            raise RuntimeError("can't cancel self")
        task = self
        while type(task.data) is Task:
            task = task.data
        running = Task._context["_task_queue"]
        if hasattr(task.data, "remove"):
            task.data.remove(task)
            running.push(task)
        elif _is_before(_ticks() + 1, task.ph_key):
            running.remove(task)
            running.push(task)
        task.data = Task._context["CancelledError"]
        return True
