"""Values that cannot be taken: numbers out of range, places that a list has not, texts that are no numbers."""

from __future__ import annotations

import re

from lovhe.core.messages import N_
from lovhe.core.programs.friendly_errors.case import Case, Said


def value_error(case: Case) -> Said | None:
    """The first of what explains it."""
    return _pin(case) or _board(case) or _text(case) or _empty(case)


def _pin(case: Case) -> Said | None:
    message = case.message.lower()
    if "pin can only be input" in message:
        return N_("This pin can only be read, it cannot switch anything."), N_(
            "Pins 34 to 39 are inputs. Use another pin, for example 2 or 4."
        )
    if not message.startswith("invalid pin"):
        return None
    if found := re.search(r"""Pin\s*\(\s*["']\D*(\d+)["']|Pin\s*\(\s*(\d+)\.\d*""", case.code):
        right = f"Pin({found[1] or found[2]})"
        return N_("A pin's number is a whole number, without quotes and without letters."), N_("Write this: {right}", right=right)
    if case.calls("ADC"):
        return N_("This pin cannot measure a voltage."), N_("On an ESP32, take one of the pins 32 to 39.")
    return N_("The board has no such pin, or the pin cannot do this."), N_("Compare the number with the lesson's picture of the circuit.")


def _board(case: Case) -> Said | None:
    message = case.message
    if message == "invalid Timer number":
        return N_("The board has no timer of this number."), N_(
            "Write Timer(0). An ESP32 has the timers 0 to 3, an ESP32-C3 has 0 and 1; only older versions took Timer(-1)."
        )
    if found := re.match(r"(I2C|SPI|UART)(\(-?\d+\)) do", message):
        right = "I2C(0)" if found[1] == "I2C" else f"{found[1]}(1)"
        return N_("The board has no {name}.", name=found[1] + found[2]), N_("Write this: {right}", right=right)
    if "duty" in message:
        return N_("The duty is outside its range."), N_("duty goes from 0 to 1023, duty_u16 from 0 to 65535.")
    if "freq" in message:
        return N_("The board cannot make this frequency."), N_("For sounds, take 100 to 5000.")
    if found := re.fullmatch(r"(\w+) must be from (\d+) to (\d+)", message):
        return N_("The value for “{name}” is outside its range.", name=found[1]), N_(
            "It goes from {least} to {most}.", least=found[2], most=found[3]
        )
    return None


def _text(case: Case) -> Said | None:
    message = case.message
    if message.startswith("invalid syntax for"):
        what = N_("This text is no number, so no number can be made of it.")
        if re.search(r"'[+-]?\d+\.\d+'", message):
            return what, N_("float(…) makes a number with a point of a text; int(…) only whole numbers.")
        if re.search(r"\d,\d", message) or re.search(r"""["']\d+,\d+["']""", case.source):
            return what, N_("A number is written with a point: 0.5. A comma makes two numbers of it.")
        return what, N_("Look what is in the text: print it first.")
    if found := re.search(r"unknown format code '(.)' for object of type '(\w+)'", message):
        return N_("“{code}” in the curly brackets does not fit a value of the kind “{kind}”.", code=found[1], kind=found[2]), N_(
            "Numbers are shown with .1f; of a text, float(…) makes a number."
        )
    if "JSON" in message:
        return N_("This text is not written as JSON."), N_("Look what is in the text: print it first.")
    if "substring not found" in message:
        return N_("The text does not hold what is looked for."), N_("Ask first: if … in …:")
    if "not in sequence" in message:
        return N_("The list does not hold this value."), N_("Ask first: if … in …:")
    return None


def _empty(case: Case) -> Said | None:
    message = case.message
    if "unpack" in message:
        return N_("There are more or fewer values than names for them."), N_("Count the names left of the = and the values on its right.")
    if "empty sequence" in message:
        return N_("The list is empty, so it has no least and no greatest value."), N_(
            "Ask first whether something is in it: if len(…) > 0:"
        )
    if "math domain" in message:
        return N_("This cannot be reckoned, such as the root of a negative number."), N_("Print the value in the brackets first.")
    if "negative shift" in message:
        return N_("Bits can be shifted by 0 or more places only."), None
    if not message and (case.calls("randint") or case.calls("randrange")):
        return N_("The first number in the brackets is greater than the second."), N_(
            "Write the smaller one first: {code}", code="randint(1, 6)"
        )
    if not message and re.search(r"\.(write|read|readline)\(", case.code):
        return N_("The file is closed already."), N_("Write and read before .close(), or inside the with block.")
    return None


def index_error(case: Case) -> Said:
    """A place that is not there."""
    if "empty" in case.message or (not case.message and case.calls("choice")):
        return N_("The list is empty: nothing can be taken from it."), N_("Ask first whether something is in it: if len(…) > 0:")
    if "neopixel" in case.source and "bytearray" in case.message:
        return N_("The strip has no such pixel."), N_("Counting begins at 0: a strip of 8 has the pixels 0 to 7.")
    if "neopixel" in case.source and "tuple" in case.message and re.search(r"\]\s*=", case.code):
        return N_("A pixel's colour is three numbers: red, green, blue."), N_("Write this: {right}", right="(255, 0, 0)")
    return N_("The list or text has no such place."), N_("Counting begins at 0: a list of three has the places 0, 1 and 2.")


def key_error(case: Case) -> Said:
    """An entry that a dict has not."""
    return N_("The dict has no entry {key}.", key=case.message or "?"), N_("Compare it with the entries, letter by letter.")


def zero_division(case: Case) -> Said:
    """A division by zero."""
    return N_("The program divides by zero."), N_("Look at what stands right of the / and how it can become 0.")


def assertion(case: Case) -> Said:
    """An assert that does not hold."""
    return N_("What the program itself asserts is not so."), N_("Look at the assert in this line.")


def no_more_values(case: Case) -> Said:
    """`next` at the end of a generator."""
    return N_("next(…) was asked for a value, but there are no more."), N_("A for loop ends by itself after the last value.")


def indentation(case: Case) -> Said:
    """A line that begins at the wrong place."""
    return N_("The line does not start below the lines it belongs to."), N_("Use four spaces for each step to the right, and no tabs.")


def syntax(case: Case) -> Said:
    """A line that the board does not understand."""
    if "await" in case.message:
        return N_("await can only stand inside an async function."), N_(
            "Put the lines into async def main(): and start it with asyncio.run(main())."
        )
    return (
        N_("The board does not understand this line."),
        N_("Look at it closely, and at the end of the line before: is a bracket, a quote, a comma or a colon missing?"),
    )
