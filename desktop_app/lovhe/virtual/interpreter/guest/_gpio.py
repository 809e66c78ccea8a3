# The pads of the chip: who drives them, what they read, and which of their edges interrupt.
#
# All pads are bits of small integers, so that a register read and a pin's level cost next to nothing.

import micropython

import _chip
import _clock
import _edges
import _world

FIRST_INPUT_ONLY = _chip.FIRST_INPUT_ONLY
PADS = _chip.PADS
EXISTING = _chip.EXISTING

out = 0  # output latches
enabled = 0  # output drivers on
readable = 0  # input buffers on
open_drain = 0
pull_up = 0
pull_down = 0
driven = 0  # driven from outside …
driven_high = 0  # … to this level
special = 0  # driven by PWM, RMT or another peripheral instead of the latch, or held
held = 0  # keep what they give until they are let go
dac = 0  # have been given out as DAC channels
levels = 0  # what the pads carry
floating = 0  # pads that nothing holds: they read noise
coupled = 0  # outputs that can change an input …
pending = 0  # … and inputs that such an output may have changed since the world was asked
waving = 0  # pads at which PWM of another pad arrives
next_edge = _clock.NEVER  # when a pad will have its next foretold edge
voltage = {}  # millivolts from outside, by GPIO; None: nothing there
handlers = {}  # GPIO to [function, edges, argument, trigger]; edges: bit 0 rising, bit 1 falling
_EDGES = (0, 1, 2, 3, 2, 1)  # of each trigger; a level is taken as the edge that leads to it
_taps = []  # [bit, function]: peripherals that count edges themselves; the function is called at once with the new level
_tapped = 0
_watched = 0
_noise = 1


def noise_seed(seed):
    global _noise
    _noise = (seed * 2654435761 + 12345) & 0x7FFFFFFF or 1


def state():
    # What a soft reset leaves as it is.
    return "%d,%d,%d,%d,%d,%d,%d" % (out, enabled & ~(special ^ held), readable, open_drain, pull_up, pull_down, dac)


def restore(text):
    global out, enabled, readable, open_drain, pull_up, pull_down, dac
    if text:
        out, enabled, readable, open_drain, pull_up, pull_down, dac = [int(number) for number in text.split(",")]
        for gpio in range(PADS):
            settle(1 << gpio)


@micropython.native
def noise():
    # 15 random bits.
    global _noise
    _noise = (_noise * 1103515245 + 12345) & 0x7FFFFFFF
    return _noise >> 16


@micropython.native
def settle(mask):
    # Work out anew what the pad with this bit carries, and raise the interrupt its edge asks for.
    global levels, floating
    level = 0
    fixed = True
    if enabled & mask and not (open_drain & mask and out & mask):
        level = 0 if open_drain & mask else out & mask
    elif driven & mask:
        level = driven_high & mask
    elif pull_up & mask:
        level = mask
    elif not pull_down & mask:
        fixed = False
    if fixed:
        floating &= ~mask
    else:
        floating |= mask
        level = levels & mask
    if level != levels & mask:
        levels ^= mask
        if _watched & mask:
            _interrupt(mask, level)


@micropython.native
def _interrupt(mask, level):
    for gpio, handler in handlers.items():
        if mask == 1 << gpio and handler[1] & (1 if level else 2):
            _clock.post(handler[0], handler[2])
    if _tapped & mask:
        for tap in _taps:
            if tap[0] == mask:
                tap[1](1 if level else 0)


@micropython.native
def tap(gpio, function):
    # Count this pad's edges with `function`; what `untap` takes comes back.
    global _tapped, _watched
    mask = 1 << gpio
    freshen(mask)
    entry = [mask, function]
    _taps.append(entry)
    _tapped |= mask
    _watched |= mask
    if waving & mask:
        _edges.count(gpio)
    return entry


@micropython.native
def untap(entry):
    global _tapped, _watched
    _taps.remove(entry)
    _tapped = 0
    for other in _taps:
        _tapped |= other[0]
    for gpio in range(PADS):
        if entry[0] == 1 << gpio and gpio not in handlers:
            _watched &= ~entry[0] | _tapped


@micropython.native
def read(mask):
    return read_at(mask, _clock.now)


@micropython.native
def read_at(mask, now):
    # What programs that poll do most: the board's time comes with the question, since looking it up takes longer than the rest.
    if not readable & mask:
        return 0
    if now >= next_edge or (pending | waving) & mask:
        freshen(mask)
    if floating & mask:
        return noise() & 1
    return 1 if levels & mask else 0


@micropython.native
def write(gpio, mask, level):
    global out
    before = out
    if level:
        out |= mask
    else:
        out &= ~mask
    if before != out and enabled & mask and not special & mask:
        settle(mask)
        _world.log(gpio, "level", 1 if level else 0)
        if coupled & mask:
            _world.touched(gpio)


@micropython.native
def drive(gpio, level):
    # From outside: 0, 1 or "z".
    global driven, driven_high
    mask = 1 << gpio
    if level == "z":
        driven &= ~mask
    else:
        driven |= mask
        if level:
            driven_high |= mask
        else:
            driven_high &= ~mask
    settle(mask)


@micropython.native
def interrupting(pads):
    return _watched & pads


@micropython.native
def freshen(mask):
    # The pads in this mask are about to be read.
    if pending & mask & ~(enabled & ~open_drain & ~special):
        _world.refresh()
    if _clock.now >= next_edge:
        _edges.apply_due()
    if waving & mask:
        _edges.show(mask)


@micropython.native
def watch(gpio, function, trigger, argument):
    # trigger: as in the chip's register; 4 and 5 are levels.
    global _watched
    mask = 1 << gpio
    freshen(mask)
    edges = _EDGES[trigger] if 0 <= trigger <= 5 else 0
    if function is None or not edges:
        handlers.pop(gpio, None)
        _watched &= ~mask | _tapped
    else:
        handlers[gpio] = [function, edges, argument, trigger]
        _watched |= mask
        if waving & mask:
            _edges.count(gpio)
        if trigger >= 4 and not floating & mask and (levels & mask != 0) == (trigger == 5):
            _clock.post(function, argument)
    _clock.listening = bool(_watched)


@micropython.native
def configure(gpio, direction, pull):
    # direction: bit 0 input, bit 1 output, bit 2 open drain, or None to leave it; pull: bit 0 down, bit 1 up, or None.
    global enabled, readable, open_drain, pull_up, pull_down, special
    mask = 1 << gpio
    if direction is not None:
        special = special & ~mask | held & mask
        readable = readable | mask if direction & 1 else readable & ~mask
        enabled = enabled | mask if direction & 2 else enabled & ~mask
        open_drain = open_drain | mask if direction & 4 else open_drain & ~mask
    if pull is not None:
        # Pads that are inputs alone have no pulls: the chip takes the wish and does nothing.
        pull_up = pull_up | mask if pull & 2 and gpio < FIRST_INPUT_ONLY else pull_up & ~mask
        pull_down = pull_down | mask if pull & 1 and gpio < FIRST_INPUT_ONLY else pull_down & ~mask
    if not held & mask:
        _show(gpio, mask)


@micropython.native
def _show(gpio, mask):
    settle(mask)
    mode = "od" if open_drain & mask else "out" if enabled & mask else "in" if readable & mask else "off"
    _world.log(gpio, "mode", mode, "up" if pull_up & mask else "down" if pull_down & mask else "none")
    if enabled & mask and not special & mask:
        _world.log(gpio, "level", 1 if out & mask else 0)
    if coupled & mask:
        _world.touched(gpio)


@micropython.native
def hold(gpio, wanted):
    # A pad that is held gives what it gave, whatever its registers say.
    global held, special
    mask = 1 << gpio
    if held & mask:
        held &= ~mask
        special &= ~mask
        _show(gpio, mask)
    if wanted and not special & mask:
        held |= mask
        special |= mask


@micropython.native
def take_over(gpio):
    # A peripheral drives the pad from now on.
    global enabled, readable, special
    mask = 1 << gpio
    if not enabled & mask:
        enabled |= mask
        _world.log(gpio, "mode", "out", "up" if pull_up & mask else "down" if pull_down & mask else "none")
    special |= mask


@micropython.native
def give_back(gpio):
    global special
    special &= ~(1 << gpio)


@micropython.native
def emit(gpio, level):
    # A peripheral that has taken the pad over gives this level.
    global levels, floating
    mask = 1 << gpio
    floating &= ~mask
    if (levels & mask != 0) != bool(level):
        levels ^= mask
        if _watched & mask:
            _interrupt(mask, level)
    _world.log(gpio, "level", 1 if level else 0)
    if coupled & mask:
        _world.touched(gpio)


@micropython.native
def rest(gpio, level):
    # A peripheral has stopped and goes on holding its pad.
    global levels
    levels = levels | 1 << gpio if level else levels & ~(1 << gpio)


@micropython.native
def millivolts(gpio):
    # What an ADC sees at the pad; an open one picks up whatever is near.
    mask = 1 << gpio
    if (pending | waving) & mask or _clock.now >= next_edge:
        freshen(mask)
    outside = voltage.get(gpio)
    if enabled & mask and not special & mask and not open_drain & mask:
        return 3300 if out & mask else 0
    if outside is not None:
        return outside
    if driven & mask:
        return 3300 if driven_high & mask else 0
    if pull_up & mask:
        return 3300
    if pull_down & mask:
        return 0
    return 90 + noise() % 260
