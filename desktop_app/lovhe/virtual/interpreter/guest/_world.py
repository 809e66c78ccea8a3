# The channel to the world outside the chip: JSON arrays (see lovhe.virtual.surroundings.world), ours one a line, the world's each after its
# length in six digits.
#
# What the pins did is gathered and sent in batches. In virtual time the world's answer to "sync" says how far the clock may go:
# until then no input changes ("till" brings that time nearer). An output that can change an input is told before such an input is read.

import json

import micropython

import _clock
import _edges
import _gpio
import _waits

_NEVER = 1 << 60
_BATCH = 80
_HEADER_BYTES = 6
_MESSAGE_BYTES = 2048

_channel = None
_header = bytearray(_HEADER_BYTES)
_buffer = bytearray(_MESSAGE_BYTES)
_view = memoryview(_buffer)
_log = []
_went = False
_requests = 0
last_words = None  # set by _kept: what the next life shall know, of a soft reset (True) or a hard one
_answers = {}
_reached = {}  # GPIO to the pads that it can change


def start(channel):
    global _channel
    _channel = channel
    _clock.receive = receive
    _clock.receive_one = _take
    _clock.ask_for_time = ask_for_time
    _clock.flush = flush


@micropython.native
def send(message):
    _channel.write(json.dumps(message, separators=(",", ":")) + "\n")


@micropython.native
def log(gpio, what, first, second=None):
    if second is None:
        _log.append((_clock.now, gpio, what, first))
    else:
        _log.append((_clock.now, gpio, what, first, second))
        if what == "pwm" and gpio in _reached:
            touched(gpio)
    if len(_log) >= _BATCH or _clock.until == _NEVER:
        flush()  # in virtual time without a horizon nothing else would make us tell, and the heap is small


@micropython.native
def flush():
    while _log:
        size = 0
        count = 0
        for entry in _log:
            count += 1
            size += 100 + (len(entry[3]) if entry[2] == "neo" else 0)
            if count == _BATCH or size > 8000:
                break
        batch = _log[:count]
        _log[:count] = []
        send(["log", batch])


@micropython.native
def receive():
    # Take what has come, without waiting.
    while _clock.message_waits():
        _take()


@micropython.native
def ask_for_time():
    # Virtual time: tell what happened, and wait until the world lets us go on.
    receive()
    if _clock.now >= _clock.until:
        _sync()


@micropython.native
def _sync():
    global _went
    flush()
    send(["sync", _clock.now])
    _went = False
    try:
        while not _went:
            _take()
        _gpio.pending = 0
    except KeyboardInterrupt as interrupt:
        _clock.run_free()  # who is stopped must be able to come to its end
        raise interrupt


@micropython.native
def request(kind, arguments):
    # Ask a part; its answer, or None if there is none.
    global _requests
    flush()
    _requests += 1
    number = _requests
    send([kind, number] + arguments)
    _answers.clear()
    while number not in _answers:
        _take()
    _gpio.pending = 0
    return _answers.pop(number)


@micropython.native
def touched(gpio):
    # An output that can change inputs may have changed: ask for those before they are read, or at once if they interrupt.
    pads = _reached[gpio]
    _gpio.pending |= pads
    if _gpio.interrupting(pads):
        refresh()


@micropython.native
def refresh():
    # Have all inputs as they are by now.
    request("look", [_clock.now])


@micropython.native
def _take():
    global _went
    if _channel.readinto(_header) != _HEADER_BYTES:
        raise OSError(5)  # the host has gone; the launcher ends us
    size = int(_header)
    body = _view[:size] if size <= _MESSAGE_BYTES else bytearray(size)
    _channel.readinto(body)
    message = json.loads(body)
    kind = message[0]
    if kind == "in":
        for gpio, level in message[1].items():
            _gpio.drive(int(gpio), level)
    elif kind == "mv":
        for gpio, millivolts in message[1].items():
            _gpio.voltage[int(gpio)] = millivolts
    elif kind == "go":
        _clock.until = message[1] if message[1] >= 0 else _NEVER
        _clock.free = len(message) > 2
        _clock.set_limit()
        _went = True
    elif kind == "typed":  # at this very moment of the board's time; without a text what is left of it is forgotten
        if message[1]:
            _waits.typed.extend([bytes([byte]) for byte in message[1].encode()])
        else:
            _waits.typed.clear()
    elif kind == "till":
        if message[1] < _clock.until:
            _clock.until = message[1]
            _clock.set_limit()
    elif kind == "wave":
        _edges.wave(message[1])
    elif kind == "edges":
        _edges.foretell(message[1])
    elif kind == "re":
        _answers[message[1]] = message[2]
    elif kind == "couple":
        _couple(message[1])
    elif kind == "mode":
        _gpio.noise_seed(message[2])


@micropython.native
def _couple(reached):
    _reached.clear()
    _gpio.coupled = 0
    for name, gpios in reached.items():
        pads = 0
        for gpio in gpios:
            pads |= 1 << gpio
        _reached[int(name)] = pads
        _gpio.coupled |= 1 << int(name)


@micropython.native
def leave_line(gpio):
    # A pin of the line to the PC is the program's now: until a hard reset nothing goes out there, or comes in.
    flush()
    send(["pad", gpio])


@micropython.native
def reset(cause):
    # A hard reset: the host ends this process.
    flush()
    send(["reset", cause, _clock.now, last_words(False)])
    while True:
        try:
            wait_for_end()
        except KeyboardInterrupt:
            pass


@micropython.native
def wait_for_end():
    # Somebody is about to end this process.
    _take()


@micropython.native
def say_goodbye():
    flush()
    send(["bye", _clock.now, _gpio.state(), last_words(True)])
