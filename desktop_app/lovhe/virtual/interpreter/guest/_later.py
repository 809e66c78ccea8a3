# Our own modules that few programs need: loaded when one does, so that they don't take every program's memory.

import _modules
import _stack

_loaded = {}


@micropython.native
def fetch(file):
    module = _loaded.get(file)
    if module is None:
        stack = _stack.widen()
        try:
            module = _modules._load(file, file)
        finally:
            _stack.back(stack)
        _loaded[file] = module
    return module
