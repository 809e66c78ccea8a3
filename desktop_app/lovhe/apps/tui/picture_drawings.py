"""The pictures that pupils choose from, as drawings of signs that every console has: three lines of seven."""

from __future__ import annotations

WIDTH = 7

_DRAWINGS = r"""
sun
 \ | /
-- O --
 / | \
cat
 /\_/\
( o.o )
 > ^ <
fish
  ___
><___o>

house
   _
 /___\
 |_#_|
tree
  /\
 /  \
  ||
flower
  _@_
   |
 \\|//
boat
   |\
   |_\
 \____/
car
  ____
_/_|__\
 o   o
key
 __
(__)-+-

cup
 ____
|    |)
|____|
ball
 .---.
( \_/ )
 '---'
glasses

(_)-(_)

"""


def drawing_of(picture_id: str) -> str:
    """The three lines, each WIDTH wide."""
    lines = _DRAWINGS.split("\n")
    begin = lines.index(picture_id) + 1
    return "\n".join(line.ljust(WIDTH) for line in lines[begin : begin + 3])
