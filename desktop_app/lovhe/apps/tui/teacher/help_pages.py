"""What F1 shows on the teacher's side: a short page for each screen, in sentences for somebody who never programmed.

See `help_texts` for the keys in them.
"""

from __future__ import annotations

from lovhe.apps.language import key
from lovhe.apps.tui.teacher.help_boards import BOARDS_HELP, BOARDS_TITLES, BOARDS_TOPICS
from lovhe.apps.tui.teacher.help_classes import CLASS_HELP, CLASS_TITLES, CLASS_TOPICS

TEACHER_TITLES: dict[str, str] = {
    "passphrase": key("The passphrase"),
    "teacher": key("The teacher's side"),
    "first-hour": key("The first hour"),
    "progress": key("Progress"),
    "replay": key("An attempt as it happened"),
    "marks": key("Marks"),
    "pupil-data": key("Pupils' data"),
    "copies": key("Copies of the results"),
    "other-pcs": key("Other computers"),
    **CLASS_TITLES,
    **BOARDS_TITLES,
    "settings": key("Settings"),
}
"""In the order of the list beside the page."""

TEACHER_HELP: dict[str, str] = {
    "passphrase": key("""\
# The passphrase

For teachers. Behind it are progress, marks, class lists and boards, which are no business of pupils.

- The first time you choose it yourself, twice the same: two or three words that pupils would not guess. Tell it to nobody.
- After five wrong ones you wait, each time longer.
- Forgotten? Nothing is lost: on this computer's command line `lovhe class passphrase` lets you choose another one.
- **Escape** leads back to the names.

It keeps pupils out of this part of Lövhə. Who can open a command line on this computer can read the files all the same: give pupils an
account of their own where you can.
"""),
    "teacher": key("""\
# The teacher's side

Choose a place with the arrow keys and **Enter**. Each says what is done there; **F1** tells more.

- **Escape** goes back to this list.
- **F10** leaves, so that pupils can sit down here. Press it whenever you go. After a while without a key it closes by itself; “Settings”
  says after how long.
"""),
    "progress": key("""\
# Progress

How the class stands. It follows by itself while pupils work.

- Those who are stuck come first: **!** with how many tries, for how many minutes, and at which check. √ passed. ~ not right yet.
  ○ nothing yet. A date says that the last try was on another day.
- **F4** shows all lessons with their points, and this lesson again. **F3** takes another class.
- **Enter** shows all that a pupil has handed in; there **Enter** shows an attempt as it happened.
- **Escape** goes back.
"""),
    "replay": key("""\
# An attempt as it happened

All of it comes from what was recorded: nothing is run again.

- **F5** plays it as fast as it was, and stops. **Left** and **Right** go to what happened before and next, **PgUp** and **PgDn** by a
  tenth, **Home** and **End** to begin and end. A click on the time line goes there.
- **F6** turns the pages: what each check saw, the program, the difference to the attempt before, what was printed, plotted, and done at
  the pins.
- **F3** shows the attempt before, **F4** the next one.
- **Escape** goes back.
"""),
    "marks": key("""\
# Marks

The points of a class. Lessons that nobody has begun are left out. The arrow keys go from cell to cell; the line above tells about the
one under the cursor.

- **F4** turns the tables: by lesson, by strand of Digital Skills, by DigComp competence. **F5** counts the last attempt at each step
  instead of the best one, and back. **F3** takes another class.
- **Enter** on a pupil's lesson sets the points by hand, with the reason. “Take back” makes what was handed in count again; that wants a
  reason, too. **!** behind points means that they were set by hand.
- **F6** saves the marks: all tables as an Excel file, the one in view as text, or a page for each pupil to be printed. Choose a USB
  stick, this computer, or type a folder. Where the file is, is told when it is whole.
- **Escape** goes back.

What is set by hand is written down so that a later change of it is noticed.
"""),
    "pupil-data": key("""\
# Pupils' data

A pupil or the parents may ask what is kept of them, and that it be erased. This computer keeps a number and a first name, what was handed
in, and what was typed.

- **Enter** on a pupil asks what to do. **F3** takes another class; those that have left school are there, too.
- **F5** gives out all that is kept of the pupil as one ZIP file. Others with whom they worked are not named in it.
- **F8** erases the pupil, after a question. What they did with others stays as the others'. Copies of the results that were made before
  still have it: delete those, too.
- **F6** says how long is kept what classes that have left school, and guests, have handed in. Nothing goes by itself: what is past that
  time is offered there to be erased.
- **F4** tells whether the points that were set by hand, and the note that somebody was erased, are as they were written. Write the code
  down: if nothing was changed by hand since, and it is another one, somebody has changed the list from outside.
- **Escape** goes back.
"""),
    "copies": key("""\
# Copies of the results

A disk can break. A copy on a USB stick has all results, classes and boards, and what pupils are typing.

- **F5** copies to the stick that is plugged in; if there is none, or more than one, you choose where to. Wait until it is told that the
  copy was read back, then let the computer eject the stick. Lessons can go on meanwhile.
- The list has the copies on sticks and on this computer, the newest first. **F3** looks again, **F4** looks in another folder.
- **Enter** puts a copy back, after a question: the results of this computer become what the copy has. What is here now is kept as another
  copy, and is then in the list, too. What pupils are typing here stays, and what they were typing then is in its history.
- **F6** puts the results of several computers together.
- **Escape** goes back.

If the last copy is older than “Settings” says and results have come since, the list of places tells you.

Whoever has a copy can read the names and marks in it: keep the stick where pupils do not come.
"""),
    "other-pcs": key("""\
# Put together with other computers

A class sat at several computers, and each has its own results. Here they come together on one.

1. On each of the other computers choose “Copies”, then “Copy to a stick”.
2. Bring the stick here. **Enter** or **Space** marks a copy with √, and takes the mark away. **F3** looks again, **F4** looks in one more
   folder.
3. **F5** reads the marked copies and asks; then it puts them together. Nobody should work at this computer meanwhile.

Nothing that is here is taken away. The order does not matter, and a copy may come more than once: nothing counts twice. A class with the
same name becomes one class, a pupil with the same number and first name one pupil. Who was erased on one of the computers is erased here,
too.

A copy that cannot be used is told, and nothing of it comes in. What was here before is kept as a copy: it is then in the list of
“Copies”, and **Enter** there puts it back.

**Escape** goes back; while copies are put together, it asks whether to stop.
"""),
    "first-hour": key("""\
# The first hour

A whole lesson to practise with. You need no board: the computer plays three.

- **F4** turns the page, **F3** turns back, **F5** does what the page is about. PgUp and PgDn move the text.
- In the lesson the top line says what to press next. **Escape** leads back to the page.
- **Escape** on a page leads out. The next time you go on at the same page; the three boards then have to be started again.

You practise with a class of its own, 6A, in a folder of its own. Your own classes, their results and what pupils typed are not touched.
**F5** on the last page removes the practice class.
"""),
    "settings": key("""\
# Settings

What you settle here holds on this computer, for all classes. The arrow keys go from row to row, the line below says what each one means.
**Enter** or a second click shows what there is to choose from; **►** stands before what holds now.

- **First language** and **Looks** hold when Lövhə opens, and each time somebody has left.
- **Hints:** fewer hints, or some minutes before each, let pupils think for themselves first. F7 tells them how long to wait. Who presses
  F6 again meanwhile loses no time.
- **New virtual boards:** a lesson that needs pins which that kind of board has not gets the board that it was written for.
- **New classes show:** what pupils of classes that are there already show stays as it is.

Each change holds as soon as it is on the disk, and you are told so. Settings that cannot be read any more are as on the first day.
**Escape** goes back.
"""),
    **CLASS_HELP,
    **BOARDS_HELP,
}

TEACHER_TOPICS: dict[str, str] = {
    "PassphraseScreen": "passphrase",
    "ProgressScreen": "progress",
    "PupilScreen": "progress",
    "ReplayScreen": "replay",
    "MarksScreen": "marks",
    "CorrectionScreen": "marks",
    "PupilDataScreen": "pupil-data",
    "CopiesScreen": "copies",
    "OtherPcsScreen": "other-pcs",
    "FirstHourScreen": "first-hour",
    "SettingsScreen": "settings",
    "ValueChoice": "settings",
    "ListChoice": "question",
    "FolderChoice": "question",
    **CLASS_TOPICS,
    **BOARDS_TOPICS,
    "TeacherScreen": "teacher",
}
"""See `help_texts.TOPICS`."""
