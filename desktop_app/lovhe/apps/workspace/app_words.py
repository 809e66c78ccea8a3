"""What to do next, where the command line would name a command: in the app it is a key, the menu, or the teacher.

Services and adapters know one next step, which names a command. The app says the sentence here instead; both stand in the catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from lovhe.apps.language import key
from lovhe.core.messages import Message

_FLASH = key("Choose “Flash this board” in the menu (F2), then try again.")
_FETCH = key("Call your teacher: the firmware has to be fetched on the command line first.")
FETCH_FIRST = key(
    "Where there is internet, close the app and give `lovhe firmware fetch` on the command line, once. Or bring the firmware's file on a "
    "USB stick: `lovhe firmware add FILE` takes it in."
)
"""What the teacher does whom a pupil calls then."""
_WRITE_FIRST = key("Write the program first. F3 goes back to the steps before.")

IN_APP: Mapping[str, str] = {
    "Flash the board with “lovhe flash”, then try again.": _FLASH,
    "Flash the board with “lovhe flash”, which also renews its library, then try again.": _FLASH,
    "Write it with `lovhe flash {board}`, then try again.": _FLASH,
    "Try again; if it stays so, flash the board with `lovhe flash`.": key(
        "Try again. If it stays so, choose “Flash this board” in the menu (F2)."
    ),
    "Press its button RESET and try again; if it stays so, flash it with `lovhe flash`.": key(
        "Press the board's button RESET and try again. If it stays so, choose “Flash this board” in the menu (F2)."
    ),
    (
        "Press the RESET button of the board and try again. If it stays silent, flash it with “lovhe flash”. If it is silent even "
        "then, look whether its BOOT button is stuck or a wire joins the pin of that button to GND."
    ): key(
        "Press the RESET button of the board and try again. If it stays silent, choose “Flash this board” in the menu (F2). If it is "
        "silent even then, look whether its BOOT button is stuck or a wire joins the pin of that button to GND."
    ),
    (
        "Look whether the board is plugged in with a cable that carries data, then see what “lovhe boards” lists. If it is not there, the "
        "driver of the USB chip (CP210x or CH340) may be missing."
    ): key(
        "Look whether the board is plugged in with a cable that carries data. If it still does not come, call your teacher: the driver of "
        "its USB chip (CP210x or CH340) may be missing."
    ),
    "Write it like rfc2217://127.0.0.1:4000, or look at the list that “lovhe boards” prints.": key(
        "Choose a board in the panel “Board” (Shift+F8)."
    ),
    "`lovhe boards` shows the boards there are, with their names and serial ports.": key("Choose a board in the panel “Board” (Shift+F8)."),
    "Plug one in with a USB cable that carries data, or start a virtual one with `lovhe board start`.": key(
        "Plug one in with a USB cable that carries data, or start a virtual one in the panel “Board” (Shift+F8)."
    ),
    "`lovhe board start` starts one.": key("Start one in the panel “Board” (Shift+F8)."),
    "Start one that has it, with `lovhe board start --lesson LESSON` or `--circuit FILE`, then test that.": key(
        "Start a virtual board with the lesson's parts: “Another board” in the panel “Board” (Shift+F8)."
    ),
    "Start a virtual board with the lesson's circuit, `lovhe board start --lesson LESSON`, and run the same program there.": key(
        "Start a virtual board in the panel “Board” (Shift+F8), and run the same program there."
    ),
    "Run `lovhe doctor`: it says whether this PC can run virtual boards, and where the log file is.": key(
        "Plug in a real board. Or call your teacher: the command `lovhe doctor` says why this computer cannot start virtual ones."
    ),
    "Run “lovhe doctor” to see what is missing.": key("Call your teacher: the command `lovhe doctor` says what is missing."),
    "There is no MicroPython on this board yet. Call your teacher: it has to be flashed, here or with `lovhe flash`.": key(
        "There is no MicroPython on this board yet. Call your teacher: it has to be flashed with the button here."
    ),
    "The flash of this board was cut off. Call your teacher: it has to be flashed again, here or with `lovhe flash`.": key(
        "The flash of this board was cut off. Call your teacher: it has to be flashed again with the button here."
    ),
    "Finish it with `lovhe flash --resume`, which writes the files anew. Nothing was written to it now.": key(
        "“Finish” (F3) in the list of boards writes its files anew. Nothing was written to it now."
    ),
    "Copy what you want to keep off the board, then flash it without --keep-files. Nothing was written to it.": key(
        "Copy what you want to keep off the board, then flash it so that everything is made new. Nothing was written to it."
    ),
    "Its files are kept, so it does not know its name {name} itself: a flash without --keep-files tells it.": key(
        "Its files stayed, so it does not know its name {name} itself. A flash that makes everything new tells it."
    ),
    "Choose a MicroPython release for {chip} with --firmware FILE. Nothing was written to the board.": key(
        "Flash it with “what suits each board”, or with a MicroPython release for {chip}. Nothing was written to the board."
    ),
    "Name a firmware file with --firmware FILE.": key("Choose a firmware for this chip before you flash; what is here is offered there."),
    "Flash it again. If it happens again, show somebody the log file, which `lovhe doctor` names.": key(
        "Flash it again. If it happens again, call your teacher: the command `lovhe doctor` names the log file."
    ),
    (
        "Where there is internet, `lovhe firmware fetch {release}` gets it. Or fetch {file} from {page} on another computer and take it in "
        "with `lovhe firmware add FILE`, which puts it into {folder}."
    ): _FETCH,
    "Fetch it again with `lovhe firmware fetch`.": _FETCH,
    "Take another class name, or forget boards that are gone with `lovhe board forget`.": key("Take another class name."),
    "Unplug the boards one after another, and see each time with `lovhe boards` which one is gone.": key(
        "Unplug the boards one after another, and see each time in the list which one is gone."
    ),
    "Stopping in good order, please wait. Ctrl+C once more ends at once.": key("Stopping in good order, please wait."),
    "done: {done}, not done: {failed}. Ctrl+C ends.": key("done: {done}, not done: {failed}. Escape ends."),
    "Fetch it again with `lovhe firmware fetch`, or copy it again from where it is whole.": _FETCH,
    "Fetch it again with `lovhe firmware fetch`. If you changed it yourself, say so with `lovhe firmware add {path}`.": _FETCH,
    "Take the full firmware file (.bin), not one for updates; with internet, `lovhe firmware fetch` gets it.": _FETCH,
    "Install it again: `lovhe lesson install FILE`. If it is not needed any more: `lovhe lesson remove {id}`.": key(
        "Call your teacher: these lessons have to be installed again (`lovhe lesson install FILE`), or removed "
        "(`lovhe lesson remove {id}`). All other lessons work."
    ),
    "Copy program, line and becomes from what `lovhe lesson mutate` shows, or delete the entry.": key(
        "Copy program, line and becomes from what the mutation of this lesson shows, or delete the entry."
    ),
    "Give the program's file: lovhe check {lesson} main.py": _WRITE_FIRST,
    "Give the program's file: lovhe check {lesson} main.py --step {id}": _WRITE_FIRST,
    "Give --answer “{example}”, or the program's file.": key("Answer first, then press F6."),
    "`lovhe class list` shows the classes that there are.": key("Go back: the list shows the classes that there are."),
    "Write it and save the file, then try again.": key("Write it, then try again."),
    "Give the copies from the other computers, as `lovhe results backup` writes them.": key(
        "Mark the copies from the other computers: there, “Copy to a stick” makes them."
    ),
    "Look at the name, and at the folder you are in; then try again.": key("Is the stick plugged in? Look at its name, and try again."),
    "Changes by hand are not as they were written: `lovhe results audit` shows which, here and on that computer.": key(
        "Changes by hand are not as they were written: “Pupils' data” shows which, here and on that computer."
    ),
    "What was here before is in {file}; `lovhe results restore` brings it back.": key(
        "What was here before is in {file}; it is in the list of “Copies”, and Enter there puts it back."
    ),
    "The program did not listen to Ctrl-C; the board was reset.": key("The program did not stop when it was told to; the board was reset."),
}
"""By the command line's English sentence, the app's."""

FOR_TEACHERS: Mapping[str, str] = {
    "Flash it again. If it happens again, show somebody the log file, which `lovhe doctor` names.": key(
        "Flash it again. If it happens again, show somebody the log file: `lovhe doctor` on the command line names it."
    ),
    (
        "Look whether the board is plugged in with a cable that carries data, then see what “lovhe boards” lists. If it is not there, the "
        "driver of the USB chip (CP210x or CH340) may be missing."
    ): key(
        "Look whether the board is plugged in with a cable that carries data. If it still does not come, the driver of its USB chip "
        "(CP210x or CH340) may be missing: `lovhe doctor` on the command line says so."
    ),
    "Run `lovhe doctor`: it says whether this PC can run virtual boards, and where the log file is.": key(
        "Plug in a real board. Why this computer cannot start virtual ones, `lovhe doctor` on the command line says."
    ),
    "Run “lovhe doctor” to see what is missing.": key("What is missing, `lovhe doctor` on the command line says."),
    "There is no MicroPython on this board yet. Call your teacher: it has to be flashed, here or with `lovhe flash`.": key(
        "There is no MicroPython on this board yet. Flash it in “Boards”."
    ),
    "The flash of this board was cut off. Call your teacher: it has to be flashed again, here or with `lovhe flash`.": key(
        "The flash of this board was cut off. “Finish” (F3) in “Boards” finishes it."
    ),
    "Install it again: `lovhe lesson install FILE`. If it is not needed any more: `lovhe lesson remove {id}`.": key(
        "Install it again on the command line: `lovhe lesson install FILE`. If it is not needed any more: `lovhe lesson remove {id}`."
    ),
}
"""Instead of words that call the teacher; where those are `_FETCH`, it is `FETCH_FIRST`."""


def for_teachers(text: Message) -> Message:
    """As `in_app`, to somebody who has no teacher to call."""
    own = FETCH_FIRST if IN_APP.get(text.text) == _FETCH else FOR_TEACHERS.get(text.text)
    return msgspec.structs.replace(text, text=own) if own is not None else in_app(text)


def in_app(text: Message) -> Message:
    """What the app says instead of `text`; mostly `text` itself."""
    own = IN_APP.get(text.text)
    return msgspec.structs.replace(text, text=own) if own is not None else text
