# What every module that needs a radio says on a virtual board. `lovhe` explains these words to pupils (core/programs/friendly_errors).

_TEXT = "no radio on a virtual board"


def missing():
    return OSError(_TEXT)


@micropython.native
def refuse(self, *arguments, **keywords):
    # A method that needs the radio.
    raise missing()
