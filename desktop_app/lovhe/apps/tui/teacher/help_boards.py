"""What F1 shows at the teacher's boards; see `help_texts`."""

from __future__ import annotations

from lovhe.apps.language import key

BOARDS_TITLES: dict[str, str] = {
    "boards": key("Boards"),
    "flash-question": key("Before the flash"),
    "flash-boards": key("Boards are flashed"),
    "board-history": key("One board"),
    "parts-test": key("The test of a board"),
}

BOARDS_HELP: dict[str, str] = {
    "boards": key("""\
# Boards

All boards that this computer knows, by the names on their stickers, and those that are plugged in. The list follows by itself. √ is here.
○ is missing, or not known yet. **!** something is wrong with it; below the list stands what, and what helps.

- **F5** flashes all that are here: MicroPython and the kit's files. Boards without a name get one of your class. **F6** flashes the one
  under the cursor. Before that you choose the firmware, and whether pupils' files stay.
- **F7** is for more boards than sockets: plug in one after another, and unplug each when you are told to.
- **F3** finishes what a power cut has cut off.
- **F8** lets the board under the cursor blink, so that you find it among many.
- **F9** tests the parts that are wired to it.
- **F4** asks boards that do not say who they are; their programs start anew after that.
- **Enter** shows what happened to a board. There you note a fault.
- **Escape** goes back.
"""),
    "flash-question": key("""\
# Before the flash

What is marked as usual is right for most flashes: answer **Yes**, and it begins. The arrow keys go from line to line, **Enter** or a click
on a line with … shows what can be chosen there. Below the line stands what your choice means.

- **Firmware** is the MicroPython that makes the board understand programs. Usual is the newest one that is on this computer for the board's
  chip. Take another one if somebody who knows your boards tells you to. The list has what fits the boards that are to be flashed.
- A board with another chip than the firmware is for is left as it is, and you are told so; the others are flashed.
- **Files:** when everything is made new, all programs on the boards are lost, and the kit's files are whole again. When the files stay,
  only the firmware is written. Make everything new on boards that misbehave, and on boards that are new.
- A board whose files cannot be kept is left as it is, and you are told why.
- **Class:** boards that have no name yet get the next one of this class. Put it on a sticker.

Your choice is offered again until you leave. **Escape** goes back, and nothing is flashed.
"""),
    "flash-boards": key("""\
# Boards are flashed

A line a board: how much is written, and what happened last. **!** means that a board waits for you: below stands what to do.

- *done* means that all was written and read back. *unchanged*: the board had it all already.
- *not done* comes with its reason and with what helps. One board's trouble stops no other.
- Leave the boards plugged in until they are done. A board that came loose goes on when you plug it in again soon.
- **Escape** asks whether to stop. What is not done then is remembered as unfinished, as it is after a power cut: **F3** in the list of
  boards finishes it.
- Where one board is flashed after another, the big sentence says when to unplug and what comes next.
"""),
    "board-history": key("""\
# One board

What is wrong with the board, and below it what happened to it, the newest first: flashes, tests, names, faults.

- **F3** notes a fault in your words, such as a loose socket. It stays until you say that it is mended, also when the board is flashed.
- **F4** says that it is mended. The history keeps what was.
- **F7** forgets a board that will not come back: its name is free for another.
- **Escape** goes back to the list.
"""),
    "parts-test": key("""\
# The test of a board

Each part of the lesson's circuit is tried, one after the other. With a real board you are asked to press, cover or look: do it before the
seconds are over, and answer with **1** for yes and **2** for no. A virtual board needs nobody.

- √ works. x does not work; below stands what was seen, and which wires to look at. ? could not be seen well. - has no test.
- **F9** tests again, **Shift+F5** stops. **Escape** goes back.
- The result of a whole test is kept with the board.
"""),
}

BOARDS_TOPICS: dict[str, str] = {
    "BoardsScreen": "boards",
    "FlashQuestion": "flash-question",
    "FlashScreen": "flash-boards",
    "BoardHistoryScreen": "board-history",
    "PartsTestScreen": "parts-test",
    "LessonChoice": "parts-test",
}
"""See `help_texts.TOPICS`."""
