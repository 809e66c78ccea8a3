# The board's clock, and all that happens at its times: timers, pin interrupts, scheduled functions.
#
# `now` is the board's time in microseconds. Calls and loop turns add what they cost on the chip. In virtual time nothing
# else moves it but waiting, which jumps; in real time it is held to the PC's clock, so that a program runs neither
# faster than on the chip nor eats a whole processor core.
#
# What is between two jumps costs nothing, since nobody tells of it. A loop that waits, reads a pin or counts takes about what it does
# on an ESP32 at its 160 MHz; a program that reckons much is up to five times too fast: Pystone's 500 passes take 133 ms here and
# 470 to 740 ms there (from 312 to 493 ms at 240 MHz, github.com/micropython/micropython, issue 6565).
#
# `_tick` is called by the virtual machine at jumps, as long as it schedules itself again: the only place where a program that
# calls nothing can be reached. Functions here are native code for two reasons: jumps in them don't tick, and they leave
# no lines in a traceback, as the chip's own functions don't.

import select
import sys
import time

import micropython

import _stack

SLICE_US = 1000
_QUEUE_LENGTH = 8
_INTERRUPTED = 1  # why the launcher calls us: Ctrl-C while code runs; the REPL waits; else to see whether the hook lives
_PROMPT = 2
NEVER = 1 << 60
FOREVER = 1 << 59
_MOST_LATE_US = 100000

_schedule = micropython.schedule
_pc_us = time.ticks_us
_pc_sleep_us = time.sleep_us
_handle_pending = time.sleep_ms

now = 0
limit = 0  # when `_tick` has to look closer
until = 0  # virtual time: how far the world lets us go
real = True
irq_enabled = True
listening = False  # some pin's edges interrupt
free = False  # virtual time: the world may set another horizon before this one is reached
hold_until = 0  # real time: edges until then shall be met one by one, even if the PC is late

_pc_zero = 0
_last_poll = 0
_generation = 0
_alive = False  # the hook has run since we last looked
_revived = False  # the launcher's callback, or a hook that is over, has run since
_hooked = False  # inside the hook: the scheduler is locked
busy = False  # inside a callback: others wait
_firing = False  # inside _fire, which the hook may meet when this file is byte code
_queue = []  # functions and arguments due to be called
_events = []  # [due, period, function, argument], unsorted: there are never many
_hook = None
_orders = None
_poller = None

# Set by _world: look for messages without waiting; wait for one; tell the world and wait for more time; tell the world what the pins did.
receive = None
receive_one = None
ask_for_time = None
flush = None


def start(virtual, native, clock_us, orders, channel):
    global real, now, _pc_zero, _orders, _poller, _hook
    _hook = _tick if native else _guarded_tick
    real = not virtual
    now = clock_us
    _pc_zero = _pc_us() - clock_us
    _orders = orders
    _poller = select.poll()
    _poller.register(channel, select.POLLIN)
    orders.write(b"R%d " % id(_revive))
    _arm()


@micropython.native
def _tick(generation):
    global now, _alive, _revived
    if generation == _generation:
        _schedule(_hook, generation)
        _alive = True
        moment = now + 7
        now = moment
        if moment >= limit:
            _look()
    else:
        _revived = True  # a hook whose time is over: at least the scheduler is not locked


def _guarded_tick(generation):
    # As byte code, each `if` of ours can meet a KeyboardInterrupt. Leaving by `return` is not a jump.
    try:
        _tick(generation)
    except KeyboardInterrupt:
        interrupt_again()
        return


@micropython.native
def run_free():
    # After Ctrl-C the horizon no longer holds, until the world sets a new one.
    global until
    until = NEVER
    set_limit()


@micropython.native
def _revive(reason):
    # The launcher puts this in the place of a tick now and then, so it counts as one. A stack overflow ends the hook: start it again.
    global now, _alive, _revived
    _revived = True
    if reason == _INTERRUPTED:
        run_free()
    else:
        _orders.write(b"A " if _events or listening or reason != _PROMPT else b"Q ")
        if reason == _PROMPT:
            keep_up()
    if not _alive:
        _arm()
    _alive = False
    now += 7
    if now >= limit:
        _look()


@micropython.native
def _arm():
    # Should the old hook live after all, it ends by itself: its generation is over.
    global _generation
    _generation += 1
    _schedule(_hook, _generation)


@micropython.native
def check_hook():
    # Let pending callbacks run, one at a time, until the hook has, if it lives. A stack overflow in it ends it, and may leave the
    # scheduler locked. Others in the queue are the launcher's and hooks whose time is over.
    global _alive, _revived
    if _hooked:
        return
    tries = _QUEUE_LENGTH
    _revived = True
    while tries and _revived:
        tries -= 1
        _alive = _revived = False
        _handle_pending(0)
        if _alive:
            return
    _arm()
    _alive = _revived = False
    _handle_pending(0)
    if not _alive and not _revived:
        _orders.write(b"U ")
        tries = 100
        while tries and not _alive and not _revived:
            tries -= 1
            _pc_sleep_us(200)
            _handle_pending(0)


@micropython.native
def _look():
    # The time has come for something: an event, a message, the end of what the world allowed.
    global _hooked
    _hooked = True
    stack = _stack.widen()
    try:
        _keep_time()
        _fire()
        run_callbacks()
    except KeyboardInterrupt:
        interrupt_again()
    finally:
        _hooked = False
        set_limit()
        _stack.back(stack)


@micropython.native
def _keep_time():
    global now, _last_poll
    if real:
        ahead = now - (_pc_us() - _pc_zero)
        if ahead > SLICE_US:
            flush()
            if _poller.poll(ahead // 1000):
                receive()
        elif ahead < 0:
            keep_up()
        if now - _last_poll >= SLICE_US:
            _last_poll = now
            receive()
            flush()
    elif now >= until:
        ask_for_time()
    elif until == NEVER:
        receive()


@micropython.native
def set_limit():
    global limit
    due = now + SLICE_US if real or until == NEVER else until
    if _queue and irq_enabled and not busy:
        due = now
    for event in _events:
        if event[0] < due:
            due = event[0]
    limit = due


@micropython.native
def interrupt_again():
    # A KeyboardInterrupt came up in our code instead of the program's: ask for it once more, and wait till it is pending
    # (its signal cuts the nap short), so that the program meets it before it meets us again.
    _orders.write(b"K ")
    _pc_sleep_us(5000)


# Events and callbacks


@micropython.native
def at(due, period, function, argument):
    # Call function(argument) at `due`, then every `period` (0: never again). The function may only call `post`.
    global limit
    event = [due, period, function, argument]
    _events.append(event)
    if due < limit:
        limit = due
    return event


@micropython.native
def cancel(event):
    if event in _events:
        _events.remove(event)


@micropython.native
def _fire():
    global _firing
    if _firing:
        return
    _firing = True
    try:
        for event in _events[:]:
            due = event[0]
            if due <= now:
                period = event[1]
                if period:
                    due += period
                    if due <= now:
                        due += (now - due) // period * period + period if real else 0
                    event[0] = due
                else:
                    cancel(event)
                event[2](event[3])
    finally:
        _firing = False


@micropython.native
def post(function, argument):
    # What an interrupt does: put a callback in the queue; a full queue loses it.
    global limit
    if len(_queue) >= _QUEUE_LENGTH:
        return False
    _queue.append((function, argument))
    limit = now
    return True


@micropython.native
def run_callbacks():
    global busy
    if busy or not irq_enabled:
        return
    count = len(_queue)
    while count > 0:
        count -= 1
        call = _queue.pop(0)
        busy = True
        try:
            call[0](call[1])
        except KeyboardInterrupt:
            interrupt_again()
        except BaseException as error:
            sys.print_exception(error)
        finally:
            busy = False


# Waiting


@micropython.native
def wait_until(due):
    # Let time pass until `due`, running what comes up meanwhile.
    stack = _stack.widen()
    try:
        check_hook()
        while not wait_once(due) or now < due:
            pass
    finally:
        _stack.back(stack)


@micropython.native
def wait_once(due):
    # Wait for the next thing that happens, but not beyond `due`; whether `due` has come.
    done = _wait_real(due) if real else _wait_virtual(due)
    run_callbacks()
    set_limit()
    return done


@micropython.native
def peek(poller, pc_ms):
    # Whether there is something to read. Polling lets the hook run; in virtual time that must not count.
    global now, limit
    if real:
        return poller.poll(pc_ms)
    before = now
    limit = NEVER
    try:
        return poller.poll(pc_ms)
    finally:
        now = before
        set_limit()


@micropython.native
def message_waits():
    return peek(_poller, 0)


@micropython.native
def _wait_virtual(due):
    # Jump to the next thing that happens; True when `due` has come.
    global now
    if until == NEVER or free:
        receive()  # the world may want to set a horizon
    target = due
    for event in _events:
        if event[0] < target:
            target = event[0]
    if target > until:
        if now < until:
            now = until
        ask_for_time()
        return False
    if target >= FOREVER:
        receive_one()  # nothing is left that could happen but a message, or Ctrl-C
        return False
    if now < target:
        now = target
    _fire()
    return now >= due


@micropython.native
def _wait_real(due):
    global now
    flush()
    target = due
    for event in _events:
        if event[0] < target:
            target = event[0]
    ahead = target - (_pc_us() - _pc_zero)
    if ahead >= 1000:
        if _poller.poll(min(ahead // 1000, 1000)):
            receive()
    elif ahead > 0:
        _pc_sleep_us(ahead)
    else:
        receive()
    if now < target <= _pc_us() - _pc_zero and now < hold_until:
        now = target
    keep_up()
    _fire()
    return now >= due


@micropython.native
def keep_up():
    # In real time, never be behind the PC's clock; but foretold edges are not leapt over because the PC was busy.
    global now
    if real:
        behind = _pc_us() - _pc_zero - now
        if behind > 0 and (now >= hold_until or behind > _MOST_LATE_US):
            now += behind
