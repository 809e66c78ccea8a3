"""What F1 shows on the teacher's side, beside what stands in `help_texts`."""

from __future__ import annotations

from lovhe.apps.language import key

FIRST_HOUR = key("""\
# The first hour

A whole lesson to practise with. You need no board: the computer plays three.

- **F4** turns the page, **F3** turns back, **F5** does what the page is about. PgUp and PgDn move the text.
- In the lesson the top line says what to press next. **Escape** leads back to the page.
- **Escape** on a page leads out. The next time you go on at the same page; the three boards then have to be started again.

You practise with a class of its own, 6A, in a folder of its own. Your own classes, their results and what pupils typed are not touched.
**F5** on the last page removes the practice class.
""")

SETTINGS = key("""\
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
""")
