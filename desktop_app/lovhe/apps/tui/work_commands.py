"""The entries of the menu that belong to what is typed, and to the board it runs on."""

from __future__ import annotations

from lovhe.apps.language import key
from lovhe.apps.tui.menu_provider import ActionProvider

_ENTRIES = (
    ("history", key("History of this step"), key("What you typed before, and the way back to it.")),
    ("begin_again", key("Begin this step again"), key("What the step began with; what you typed is kept.")),
    ("find", key("Find and replace"), key("In the program of this step (Ctrl+F).")),
    ("go_to_error", key("Go to the line with the error"), key("Puts the cursor there.")),
    ("text_language", key("Text in another language"), key("Only the lesson's text; the rest stays as it is (Shift+F9).")),
    ("show_task", key("Show the task"), key("What is to be done in this step.")),
    ("show_story", key("Show the story"), key("What the lesson is about, and its goal.")),
    ("show_words", key("Show the words to know"), key("The lesson's new words.")),
    ("show_stretch", key("Show what there is for the quick ones"), key("Tasks for those who are early.")),
    ("own_editor", key("Use my own editor"), key("The step as a file; it is run and checked when you save it.")),
    ("copy_to_stick", key("Copy my work to a USB stick"), key("Programs and answers of all lessons, as plain files.")),
    ("fetch_from_stick", key("Fetch work from a USB stick"), key("What is here now is kept in the history.")),
    ("take_home", key("Take it home"), key("The board runs this program by itself, also from a battery (F12).")),
    ("show_board", key("Show the board"), key("Its pins and parts, and what surrounds it.")),
    ("show_plot", key("Show the plot"), key("The readings of the program as lines.")),
    ("pause_plot", key("Pause the plot, or let it go on"), key("The readings are kept all the same.")),
    ("all_of_plot", key("Plot: all readings"), key("From the first to the newest.")),
    ("newest_of_plot", key("Plot: the newest readings"), key("The picture goes along with them.")),
    ("save_plot", key("Save the plot"), key("As a table (CSV) and as pictures (PNG, SVG), with date and time.")),
    ("save_plot_csv", key("Save the plot as CSV"), key("A table for a spreadsheet, with all readings.")),
    ("save_plot_png", key("Save the plot as PNG"), key("A picture for a report.")),
    ("save_plot_svg", key("Save the plot as SVG"), key("A picture that stays sharp at any size.")),
    ("start_board", key("Start a virtual board"), key("This PC plays it, with the parts of this lesson.")),
    ("choose_board", key("Choose another board"), key("Of all boards that are here.")),
    ("flash_board", key("Flash this board"), key("MicroPython and the kit's files; all programs on the board are lost.")),
)


class WorkCommands(ActionProvider):
    """Those of them that the screen can do."""

    actions = _ENTRIES
