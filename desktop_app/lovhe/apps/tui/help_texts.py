"""What F1 shows: a short page for each pane and screen, in sentences for a twelve-year-old.

The keys in them are those of a fresh installation; where somebody has others, those take their place when a page is shown.
"""

from __future__ import annotations

from lovhe.apps.language import key
from lovhe.apps.tui.teacher.help_pages import TEACHER_HELP, TEACHER_TITLES, TEACHER_TOPICS

START, KEYS, SILENT = "start", "keys", "silent"

TITLES: dict[str, str] = {
    START: key("First steps"),
    "who": key("Who is here"),
    "secret": key("Your digits or pictures"),
    "lessons": key("The lessons"),
    "skills": key("Skills"),
    "steps": key("The steps of a lesson"),
    "text": key("The text of a step"),
    "answer": key("Your answer"),
    "editor": key("Your program"),
    "find": key("Find and replace"),
    "output": key("The output"),
    "checks": key("The checks"),
    "plot": key("The plot"),
    "board": key("The board"),
    "history": key("The history"),
    "stick": key("A USB stick"),
    "own-editor": key("Your own editor"),
    "menu": key("The menu"),
    "question": key("A question"),
    KEYS: key("Keys"),
    SILENT: key("When the board is silent"),
    "kept": key("What is kept of you"),
    "writer": key("Writing lessons"),
    "draft": key("Preview of a lesson"),
    **TEACHER_TITLES,
}
"""In the order of the list beside the page."""

NOT_FOR_PUPILS = ("writer", "draft", *TEACHER_TITLES)
"""The pages that are not in the list where pupils sit."""

HELP: dict[str, str] = {
    START: key("""\
# First steps

Lövhə means *board*. Here you write small programs, and a board with lights and sensors does what they say.

1. **Say who you are**, and press Enter. Or go in as a guest.
2. **Choose a lesson.** The arrow keys move, Enter opens.
3. **Read the step**, and do what it asks for. If text and work do not stand side by side, **F9** goes from one to the other.
4. **F5 runs** your program. **Shift+F5 stops** it.
5. **F6 checks** what you did. **F7** gives a hint if a check failed.
6. **F4** goes to the next step.

You need not save: everything you type is kept at once. Nothing that you do here can break the computer.
There is no board? Press F5 or F6 all the same: Enter then starts a virtual one, which the computer plays. **Shift+F8** shows it.
"""),
    "who": key("""\
# Who is here

Type the beginning of your name, or your number in the class list, and press Enter. Up to three of you can work together: add the others
in the same way. Then press Enter once more, or **Start**.

- A wrong name? Choose it under “You are:”, and it goes.
- **Escape** clears the search.
- A guest needs no name; what a guest typed is removed when the guest leaves or closes Lövhə.
- **F3** changes the language.

When you go, press **F10**, so that nobody works in your name.
"""),
    "secret": key("""\
# Your digits or pictures

So that nobody works in your name, you show that it is you.

- **Four digits:** type them. **Three pictures:** go to each with the arrow keys and press Enter, in your order. The mouse does both, too.
- **Backspace** takes the last one back, **Escape** leads back to the names.
- The first time you choose them yourself, twice the same. Tell them to nobody.
- After a wrong try you wait a little. Forgotten? Your teacher can let you choose anew.
"""),
    "lessons": key("""\
# The lessons

The first line brings you back to where you were. Below are the lessons by grade.

- **Enter** or a click opens a lesson, and folds or opens a grade.
- **Type a word** to search in titles, goals and words. Escape clears the search.
- **F4** shows which skills you have gained. **F3** changes the language.
- **F10**: somebody else sits down.

√ checked: the goal of the lesson is passed. ~ begun: something was handed in. ○ new. The points are those of all steps. Where two or
three of you work together, the list shows what all of you have.
"""),
    "skills": key("""\
# Skills

Each lesson trains some skills. A bar fills as you pass the goals of lessons that train it. **Escape** goes back.
"""),
    "steps": key("""\
# The steps of a lesson

The top line shows the lesson and its steps by number. The one in [ ] is open.

- √ passed, ~ tried, ○ not yet, - only to be read.
- **F3** goes back, **F4** goes on, a click goes to any step. You may go as you like.
- **Escape** goes back to the list of lessons; this place is remembered.
"""),
    "text": key("""\
# The text of a step

Here stands what to do. PgUp and PgDn, the arrow keys or the mouse wheel move the text. **F9** hides it, so that there is more room for
your program, and shows it again.

- **Shift+F9** shows the text in another language; it stays so in the next steps.
- The mouse selects a piece of it, and **Ctrl+C** copies that. **Ctrl+V** puts it into your program.
"""),
    "answer": key("""\
# Your answer

- **A question with choices:** move with the arrow keys, choose with Enter or Space.
- **A number:** type it.
- **Lines to be put in order:** choose a line and move it up or down, with the keys shown below it or with the mouse.
- **Gaps:** type into each gap; Tab goes to the next one.
- **A circuit to be built:** build it as the text shows it. The button tests it, one part after another.

**F6** checks your answer.
"""),
    "editor": key("""\
# Your program

Type here. Everything is kept as you type.

- **F5** runs it, **Shift+F5** stops it, **F6** checks it.
- **Ctrl+Z** undoes, **Ctrl+Y** does it again.
- **Tab** moves lines to the right, **Shift+Tab** to the left.
- **Ctrl+C**, **Ctrl+X**, **Ctrl+V** copy, cut and paste. **Ctrl+F** finds.
- **Ctrl+/** makes lines a comment, so that they do nothing.

Where something is wrong, its line is marked, and the sentence below says what. The menu (**F2**) has the history of this step and the way
back to its beginning.
"""),
    "find": key("""\
# Find and replace

- **The upper line:** type what you look for, and press Enter. The place is marked; Enter again goes to the next one.
- **The lower line:** type what is to stand there instead. Enter replaces what is marked, **All** replaces it everywhere.
- **Escape** closes both lines and leads back to your program. **Ctrl+Z** undoes what was replaced.
"""),
    "output": key("""\
# The output

What your program prints stands here. If the program asks for something with `input()`, type it into the line below and press Enter.
The arrow keys and PgUp, PgDn move the text. **F8** hides the lower part and shows it again.
"""),
    "checks": key("""\
# The checks

**F6** runs your program and looks whether it does what the step asks for. Each check is waiting, passed, failed, or unclear.

- *Failed* tells what was expected and what was seen. **F7** gives a hint; press it again for the next one.
- *Unclear* means that Lövhə could not see it well. Nothing is wrong with your program yet: check once more.
- If you are asked to do something (“Cover the sensor”), do it before the seconds are over.
- If a question comes, answer with **1** for yes and **2** for no.
"""),
    "plot": key("""\
# The plot

A program that prints lines such as `light: 320` draws a line here, one for each name, while it runs. Each line has its own sign; the list
on the right says whose sign it is.

- **+** and **-**, or the mouse wheel: closer, farther away.
- **Left**, **Right**: earlier, later. **PgUp**, **PgDn**: by a whole picture.
- **Up**, **Down**: higher, lower. With **Shift**: taller, flatter.
- **Home**: all readings. **End**: the newest ones.
- **Pause** stops the picture, not the program: all readings are kept.
- **Save** makes a table (CSV) and two pictures (PNG, SVG), and says where they are.

These keys go to the plot when it has the focus: “Show the plot” in the menu (**F2**) leads there.
"""),
    "board": key("""\
# The board

Here you see which board is in use, its pins, and the parts at them.

- **There is no board?** Plug one in, or start a virtual one: the computer plays it with the parts of this lesson.
- On a virtual board the sliders are the world around it: the arrow keys make it darker, warmer, nearer.
- **Another board** takes another one, if there is more than one.
- **F12** takes the program home: the board then runs it by itself, also from a battery.
"""),
    "history": key("""\
# The history

What you typed before, the newest first. Choose one to see it. “Take this one” brings it back; what stands there now is kept, too.
**Escape** goes back.
"""),
    "stick": key("""\
# A USB stick

Your programs and answers are copied to a stick as plain files, so that you can take them home, and fetched from it again. Plug in the
stick, choose it in the list, and wait until it is told that all is copied.
"""),
    "own-editor": key("""\
# Your own editor

The step becomes a file on this computer. Open it in the editor that you like. Whenever you save it there, Lövhə takes it in, runs it and
checks it.
"""),
    "menu": key("""\
# The menu

**F2** lists everything that can be done here, with its key. Type a word to find it; any keyboard layout will do.
Enter does it, Escape closes the menu.
"""),
    "question": key("""\
# A question

Lövhə asks before something is lost. Read the sentences first. The arrow keys go from one answer to the other, **Enter** takes the one that
is marked. **Escape** leaves everything as it is.
"""),
    KEYS: key("""\
# Keys

| Key | What it does |
|---|---|
| F1 | help for the place where you are |
| F2 | the menu: everything that can be done |
| F3, F4 | the step before, the next step |
| F5, Shift+F5 | run, stop |
| F6, F7 | check, hint |
| F8, F9 | hide the lower part, hide the text |
| F10 | somebody else sits down |
| F12 | take the program home |
| Tab, Shift+Tab | the next place, the one before; in a program: further right, further left |
| Escape | back |
| Ctrl+Q | close Lövhə |

A key does not work? Some terminals keep a few of these keys for themselves: everything is in the menu, too, and “Keys” in the menu gives
it another key.
"""),
    SILENT: key("""\
# When the board is silent

Try these one after the other:

1. **The cable.** Many cables only charge. Take one that carries data, and push both ends in.
2. **Another USB socket** of the computer, without a hub.
3. **The button EN or RST** on the board: press it once.
4. **Another program** may hold the board: close Thonny, the Arduino IDE, or a second Lövhə.
5. **A wire** may join 3V3 or 5V with GND: pull the wires out. Is the board warm? Unplug it and tell your teacher.
6. **A virtual board** lets you go on meanwhile: F2, “Start a virtual board”.

For the teacher: `lovhe doctor` looks what is wrong with this computer, and `lovhe flash` makes a board new.
"""),
    "kept": key("""\
# What is kept of you

Lövhə keeps little of you, and only on this computer:

- your **class**, your **number** and your **first name**;
- what you **type**, also how it was before, and how many hints you took;
- what you **hand in** with F6: when, with whom, what the board did and measured, and the points;
- of your digits or pictures only a code that tells whether they are right.

Your surname, address, telephone number or photo is not asked for. Do not type them into a program either.

Nothing is sent anywhere. Your teacher sees all of it, you see your own work. A guest's work goes when the guest leaves; what a guest
handed in stays, without a name.

Do you want to see it, or shall it be erased? Ask your teacher: `lovhe class privacy` prints a page for your parents, `lovhe class export`
gives you all of your work as a file, and `lovhe class erase` erases it.
"""),
    "writer": key("""\
# Writing lessons

For those who write lessons. Work on their files in your own editor, and leave this open beside it: all here follows the files by itself.

- **Above:** your lessons. *Files* is what is to be mended in them, *Tests* how many programs were judged as they should be, *Mutation*
  how many small changes to the solutions the checks have caught.
- **Below:** all that is known of the lesson under the cursor. **Enter** on a line opens its file there in your editor: the one that the
  variable VISUAL or EDITOR names, else VS Code if it is there. **Tab** goes from one list to the other.
- **F5** runs the tests of this lesson, **F6** its mutation, **Shift+F5** stops. The menu (**F2**) does it for all lessons, and opens
  another folder.
- **F4** shows the lesson as pupils will see it. **Escape** goes back.

√ all is well. x something is wrong. ? something could be better. ► being found out. ○ not run yet. ~ programs or checks have changed
since: run it again.
"""),
    "draft": key("""\
# Preview of a lesson

Each page as pupils will see it, with the program or the question of its step. It changes as soon as you save a file.

- **F3** and **F4** turn the pages. PgUp, PgDn, the arrow keys and the mouse wheel move the text; all languages go along.
- The terminal has 120 columns or more: three languages side by side, **Tab** goes from one to the next. Else **Shift+F9** or a click
  shows the next one.
- **Enter** opens the file of this language in your editor, at this page. Where a page cannot be shown, you read what is wrong instead,
  and **Enter** opens that line.
- **Escape** goes back to the lessons.
"""),
    **TEACHER_HELP,
}

TOPICS: dict[str, str] = {
    "WhoScreen": "who",
    "SecretScreen": "secret",
    "LessonsScreen": "lessons",
    "SkillsScreen": "skills",
    "KeysScreen": KEYS,
    "HistoryScreen": "history",
    "StickScreen": "stick",
    "OwnEditorScreen": "own-editor",
    "StepBar": "steps",
    "Instructions": "text",
    "CodeEditor": "editor",
    "TextArea": "editor",
    "FindBar": "find",
    "StepForm": "answer",
    "OutputPane": "output",
    "ChecksPane": "checks",
    "AskBox": "checks",
    "ProblemBox": SILENT,
    "BoardLine": "board",
    "BoardPane": "board",
    "ChooseBoard": "board",
    "PlotPane": "plot",
    "WorkspaceScreen": "steps",
    "MenuScreen": "menu",
    "Letter": "question",
    "WriterScreen": "writer",
    "FolderScreen": "writer",
    "DraftScreen": "draft",
    **TEACHER_TOPICS,
}
"""The page for a widget or screen, by the name of its class or of one that it is made from."""

SCOPES = {name: name.replace("-", "_") for name in ("lessons", "writer", "draft", *TEACHER_TITLES)}
"""The pages whose keys are those of another screen than the workspace, with that screen's scope of keys."""


def topic_for(classes: list[list[str]]) -> str:
    """The page for a place: `classes` has the names of each node's classes, from the focus up to the screen, each the nearest first."""
    return next((TOPICS[name] for names in classes for name in names if name in TOPICS), START)
