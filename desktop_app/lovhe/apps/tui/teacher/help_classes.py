"""What F1 shows about class lists: pages for teachers who never programmed. See `help_texts`."""

from __future__ import annotations

from lovhe.apps.language import key

CLASS_TITLES: dict[str, str] = {
    "class-lists": key("Class lists"),
    "take-over": key("A list from a file"),
    "class-pupils": key("A class"),
    "groups": key("Groups"),
}

CLASS_HELP: dict[str, str] = {
    "class-lists": key("""\
# Class lists

All classes of this computer. **Enter** opens one.

- **F3** takes over a list from a file: Excel, or a text with a name on each line. What would change is shown before.
- **F4** begins a new class by hand.
- **F5** says to which shift the class under the cursor belongs: none, the first, the second. **F6** says when the second shift begins. From
  then on its classes are the first that pupils are offered; all others stand below them.
- **F7** begins a new school year: 7A becomes 8A, and the eleventh grade leaves school. You see it before it is done.

Only a first name and a number are kept of a pupil. What pupils have done stays theirs, whatever you change here.
"""),
    "take-over": key("""\
# A list from a file

Choose a file in the list: those that were changed last come first, from USB sticks and from your downloads, documents and desktop. Or paste
its path into the line below; a folder will do, too.

Then you see what would change. **Nobody is ever removed by a list:** who is not in it stays.

- A line with “?” is somebody new who may be there already, under another name or in another class. **Enter** says that it is the same
  pupil; Enter once more says that it is not. Then what they have done stays theirs.
- **F4** does it. **Escape** goes back, and nothing was changed.

Of surnames, fathers' names and other columns nothing is kept. A file in the old format of Excel (.xls) has to be saved as .xlsx first.
"""),
    "class-pupils": key("""\
# A class

Its pupils by number. What you change is on the disk when it is told.

- **Enter** or **F4** changes the pupil under the cursor: the first name, the number, the class. A pupil who has forgotten the digits or
  pictures chooses anew at the next start.
- **F3** adds pupils: a first name, or several with commas between them. Who has left the school goes in “Pupils' data”: **F8** there.
- **F5** says who shares a keyboard.
- **F6** gives the class another name, says how its pupils show who they are, or puts it away. A class that is put away is not offered to
  pupils any more; it can be taken back.
- **Escape** goes back to all classes.
"""),
    "groups": key("""\
# Groups

Who shares a keyboard: one to three pupils. When one of them says who is here, the others are offered first.

- **Enter** marks a pupil, and takes the mark away.
- **F4** makes one group of those who are marked; they leave the groups they were in. **F5** takes them out of their groups.
- **F6** makes all groups at once, by the order of the list, or takes all away.
- **Escape** goes back to the class.
"""),
}

CLASS_TOPICS: dict[str, str] = {
    "ClassListsScreen": "class-lists",
    "TakeOverScreen": "take-over",
    "PlanScreen": "take-over",
    "ClassPupilsScreen": "class-pupils",
    "GroupsScreen": "groups",
    "Ask": "class-pupils",
    "Choose": "class-pupils",
}
"""See `help_texts.TOPICS`."""
