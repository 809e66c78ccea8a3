"""What stands on the pages of the first hour, for a teacher who has never programmed."""

from __future__ import annotations

from typing import NamedTuple

from lovhe.apps.language import key


class Page(NamedTuple):
    """A page of the hour. `do` is what F5 does there, "" for nothing."""

    id: str
    title: str
    sentences: tuple[str, ...]
    do: str = ""


PAGES = (
    Page(
        "what",
        key("What this is"),
        (
            key(
                "In this hour you see a whole lesson with Lövhə, from the teacher's side and from the pupils'. You need no board and no"
                " knowledge of programming: the computer plays the boards."
            ),
            key("You make three boards ready, do the first lesson as a pupil does it, look how your class stands, and save its marks."),
            key("All of it happens in a practice class. Nothing comes among your own classes, and at the end it can be removed."),
            key("Stop whenever you like: Escape leads out, and the next time you go on at the same page."),
            key("F4 turns the page, F3 turns back."),
        ),
    ),
    Page(
        "boards",
        key("Three boards are made ready"),
        (
            key(
                "Before the first lesson each board is flashed: it gets MicroPython, the language of the programs, and the kit's files."
                " That is done once."
            ),
            key(
                "Press F5. The computer starts three boards and flashes all of them at the same time, just as it does with real ones:"
                " with those you plug in the cables first. Here it takes some seconds, with real boards about a minute."
            ),
            key("Each board gets a name, such as 6A-1. With real boards that name goes on a sticker."),
        ),
        key("Flash them"),
    ),
    Page(
        "lesson",
        key("You are the pupil"),
        (
            key(
                "Press F5: the first lesson opens as a pupil sees it, with a board that blinks. In the top line stands what to press next."
            ),
            key("Make a mistake in one of the steps, and press F6: so you see what pupils read then, and how F7 helps them."),
            key("Escape leads back here, also in the middle of the lesson. What you have typed is kept, and F5 opens it again."),
        ),
        key("Open the lesson"),
    ),
    Page(
        "progress",
        key("What the teacher sees"),
        (
            key(
                "Press F5: here you see during a lesson who is at which step, and who is stuck. The computer plays your"
                " classmates: one of them is stuck."
            ),
            key("Enter shows all that you have handed in. There Enter shows one of it as it happened. Escape leads back, step by step."),
        ),
        key("Progress"),
    ),
    Page(
        "marks",
        key("Marks"),
        (
            key("Each step that is passed gives points. Lövhə adds them up for each pupil and lesson; the mark itself is yours to give."),
            key("Press F5: the points of the practice class are saved as a table for Excel or LibreOffice."),
        ),
        key("Save the marks"),
    ),
    Page(
        "monday",
        key("Next Monday"),
        (
            key("○ Add your class: a list of first names is enough."),
            key("○ Plug in your boards and flash them. Put a sticker with its name on each."),
            key("○ Build the circuit of lesson 6-01 once yourself, and run the lesson with it."),
            key("○ In the lesson: pupils choose their names and the lesson 6-01. “Progress” tells you who is stuck."),
            key("○ After the lesson: F10 at each computer, and a copy of the results on a USB stick."),
            key("F5 ends the practice and removes the practice class. Escape keeps it for the next time."),
        ),
        key("Remove the practice"),
    ),
)
