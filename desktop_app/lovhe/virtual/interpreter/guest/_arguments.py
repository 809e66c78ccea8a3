# How the chip's C functions look at their arguments: the same exceptions and messages.

import micropython


@micropython.native
def integer(value):
    # A whole number; True counts as 1.
    if type(value) is int:
        return value
    if value is True or value is False:
        return 1 if value else 0
    raise TypeError("can't convert %s to int" % type(value).__name__)


@micropython.native
def count(given, least, most):
    # The check of how many positional arguments came.
    if given < least:
        raise TypeError("function missing %d required positional arguments" % (least - given))
    if given > most:
        raise TypeError("function expected at most %d arguments, got %d" % (most, given))


@micropython.native
def positional(arguments, keywords, least, most):
    # The check of a C function that takes no keywords. `arguments` are those without `self`.
    if keywords:
        raise TypeError("function doesn't take keyword arguments")
    given = len(arguments)
    if least == most and given != most:
        raise TypeError("function takes %d positional arguments but %d were given" % (most, given))
    count(given, least, most)


@micropython.native
def listed(value, length=None):
    # A tuple's or list's items, of which there must be `length`.
    if type(value) is not tuple and type(value) is not list:
        raise TypeError("object '%s' isn't a tuple or list" % type(value).__name__)
    if length is not None and len(value) != length:
        raise ValueError("requested length %d but object has length %d" % (length, len(value)))
    return value


@micropython.native
def unpack(names, given, keywords):
    # Values for `names` from positional and keyword arguments; () where nothing was given.
    values = [()] * len(names)
    place = 0
    for value in given:
        if place >= len(names) or names[place][0] == "*":
            raise TypeError("extra positional arguments given")
        values[place] = value
        place += 1
    used = 0
    place = 0
    for name in names:
        name = name.lstrip("*")
        if name in keywords and values[place] == ():
            values[place] = keywords[name]
            used += 1
        place += 1
    if used < len(keywords):
        raise TypeError("extra keyword arguments given")
    return values


@micropython.native
def require(names, values):
    # The check of those of `unpack`'s values that must be given.
    for place in range(len(values)):
        if values[place] == ():
            raise TypeError("'%s' argument required" % names[place].lstrip("*"))
