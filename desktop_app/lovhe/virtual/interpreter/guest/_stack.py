# How deep functions may call each other: as deep as on the chip, whose task has a stack of 16 KB.
#
# A frame of ours on the PC is larger than one of the chip's, and our own modules, which are C code there, need room on top of the
# program's. So the interpreter's limit is the program's while it runs, and wide while one of ours is at work that goes deep.
# In the same way a locked heap is the program's: what is C code on the chip needs no heap there.
#
# How deep the chip gets: `def f(n): print(n); f(n + 1)` came to 153 with a stack of 50 KB (github.com/micropython/micropython, issue
# 4840), 323 bytes a call; of 16 KB it may use 15,360, of which 720 are gone before the program (mem_info at its prompt): 45 calls.
# Here a call takes 400 bytes. Functions with many variables take up to twice what they take there, so the room is a little
# wider than 45 such calls: what runs on the chip runs here.

import uctypes
from micropython import heap_lock, heap_unlock, stack_use

PROGRAM_BYTES = 20000
_IMPORT_BYTES = 4000  # that an import takes on the PC beyond the chip: MICROPY_ALLOC_PATH_MAX is 4096 there, 128 here
_PROMPT_BYTES = 6000  # what is on the stack when a program typed at the prompt starts
WHOLE_BYTES = _PROMPT_BYTES + PROGRAM_BYTES
locks = 0  # how often the program has locked the heap
_state = None  # the interpreter's own record of the limit
_wide = 0
_depth = 0  # how many of ours are inside each other


def start(address):
    global _state, _wide
    if not address:
        return
    _state = uctypes.struct(address, {"limit": uctypes.UINT32 | 0})
    _wide = _state.limit


@micropython.native
def for_program(nested=True):
    # From now on the program runs: one that was called from here, or what will come from the prompt.
    if _state is not None:
        _state.limit = stack_use() + PROGRAM_BYTES if nested else WHOLE_BYTES


@micropython.native
def widen():
    # Take the wide limit and open the heap; what `back` needs comes back.
    global _depth
    if _depth == 0 and locks:
        for _ in range(locks):
            heap_unlock()
    _depth += 1
    if _state is None:
        return 0
    before = _state.limit
    _state.limit = _wide
    return before


@micropython.native
def deepen():
    # Room for one import more, which may import in its turn; the limit for `restore` comes back.
    if _state is None:
        return 0
    before = _state.limit
    if before < _wide:
        _state.limit = before + _IMPORT_BYTES
    return before


@micropython.native
def restore(before):
    if before:
        _state.limit = before


@micropython.native
def back(before):
    global _depth
    _depth -= 1
    if before:
        _state.limit = before
    if _depth == 0 and locks:
        for _ in range(locks):
            heap_lock()


def wide(function):
    # The same function with the wide limit.
    @micropython.native
    def call(*arguments):
        before = widen()
        try:
            return function(*arguments)
        finally:
            back(before)

    return call
