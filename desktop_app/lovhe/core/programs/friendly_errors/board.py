"""What the board and its parts refuse: wires, files, memory, network."""

from __future__ import annotations

import re

from lovhe.core.boards.drivers import explain_part
from lovhe.core.messages import N_
from lovhe.core.programs.friendly_errors.case import Case, Said

_ERRNO = {"ENODEV": 19, "ETIMEDOUT": 116, "ENOENT": 2, "EEXIST": 17, "EISDIR": 21, "ENOSPC": 28, "EIO": 5, "EINVAL": 22}
_ON_A_PC = {110: 116}  # ETIMEDOUT, where the PC's number shines through


def os_error(case: Case) -> Said | None:
    """A part that does not answer, a file that is not there, a board without network."""
    message = case.message
    if "can't create thread" in message:
        return N_("The board cannot do this beside the rest: it has no thread for it."), N_(
            "A virtual board has no threads at all. Take a Timer or asyncio, or try it on a real board."
        )
    if said := explain_part(message) or _network(message):
        return said
    if "ESP_ERR_INVALID_ARG" in message and case.calls("PWM"):
        return N_("This pin can only be read, so it can make no PWM."), N_("Pins 34 to 39 are inputs. Use another pin, for example 2 or 4.")
    if "out of range" in message.lower():
        return N_("The sensor measured nothing: everything is too far away, or too near."), N_(
            "Hold something flat 10 to 100 cm before it."
        )
    number = _number(message)
    return _part(case, number) or _file(number)


def _number(message: str) -> int:
    """The error's number on the chip."""
    named = next((number for name, number in _ERRNO.items() if name in message), None)
    if named is not None:
        return named
    found = re.search(r"-?\d+", message)
    number = abs(int(found[0])) if found else 0
    return _ON_A_PC.get(number, number)


def _part(case: Case, number: int) -> Said | None:
    if number == 19:
        return N_("A part on the I2C wires does not answer."), N_("Look at its wires: SDA and SCL, 3V3 and GND. Are two of them swapped?")
    if number == 116 and case.calls("measure"):
        return N_("The DHT sensor did not answer."), N_(
            "Look at its three wires and at the pin's number in the program. Wait 2 s between two measurements: {code}", code="sleep(2)"
        )
    if number == 116 and re.search(r"\.(writeto|readfrom)\w*\(", case.code):
        return N_("Nothing moves on the I2C wires."), N_(
            "Look at SDA and SCL: do they go to the pins that the program names, and is the part fed?"
        )
    if number == 116:
        return N_("A sensor did not answer in time."), N_("Look at its wires and at the pin's number in the program.")
    return None


def _file(number: int) -> Said | None:
    if number == 2:
        return N_("There is no such file on the board."), N_(
            "Look for a slip of the pen in the file's name. A new file is made by {code}.", code='open(…, "w")'
        )
    if number == 17:
        return N_("A file or folder of this name is there already."), N_("Choose another name, or remove the old one first.")
    if number == 21:
        return N_("This is a folder, not a file."), N_("Name a file in it: {code}", code='open("data/a.txt")')
    if number == 28:
        return N_("The board's memory for files is full."), N_("Delete files you do not need any more.")
    if number == 5:
        return N_("The board could not read or write."), N_("Look at the wires, then try again.")
    if number == 22:
        return N_("The board cannot do this with the values in the brackets."), N_("Compare them with the example in the lesson.")
    return None


def _network(message: str) -> Said | None:
    if "no radio" in message:
        return N_("A virtual board has no radio: neither Bluetooth nor ESP-NOW."), N_("Try this program on a real board.")
    if "no network" in message or re.search(r"-202\b|\b118\b|EHOSTUNREACH", message):
        return N_("The board has no network, so it cannot find or reach the other side."), N_(
            "A virtual board has no Wi-Fi. On a real one, look first whether isconnected() is True."
        )
    if "Wifi Not Started" in message or "STA must be active" in message:
        return N_("The board's Wi-Fi is not switched on."), N_("Write .active(True) in a line before this one.")
    if "Wifi Internal" in message:
        return N_("The board is busy connecting to the Wi-Fi already."), N_(
            "Call connect once, then wait until isconnected() is True. A virtual board has no Wi-Fi, so there it stays False."
        )
    return None


def one_wire(case: Case) -> Said:
    """Nobody on a 1-Wire bus."""
    return N_("No temperature sensor answers on this wire."), N_(
        "Look at its wires and the pin's number, and whether a resistor of 4.7 kΩ joins DQ and 3V3."
    )


def plain_exception(case: Case) -> Said | None:
    """What libraries raise without a type of their own."""
    if "checksum" in case.message:
        return N_("The sensor answered, but part of its answer was lost on the way."), N_(
            "Look whether its wires sit tight, then try again. A program can catch this with try and except."
        )
    return None


def memory(case: Case) -> Said:
    """No room left."""
    return N_("The board's memory is full."), N_("Does a list or a text grow with every turn of the loop?")


def runtime_error(case: Case) -> Said | None:
    """A function that calls itself, PWM that there is no room for."""
    if "recursion" in case.message:
        return N_("A function calls itself without end."), N_("To repeat something, write a while loop.")
    if found := re.search(r"PWM channels:(\d+)", case.message):
        return N_("The program uses PWM at more pins than the board can: it has {count}.", count=found[1]), N_(
            "End PWM at a pin that does not need it any more: write .deinit() after its name."
        )
    if found := re.search(r"PWM timers:(\d+)", case.message):
        return N_("The program wants more PWM frequencies at once than the board can make: it has {count}.", count=found[1]), N_(
            "Give several pins the same frequency."
        )
    if case.message == "PWM is inactive":
        return N_("This PWM is not running."), N_(
            "After deinit() it must be made anew with PWM(Pin(…)). duty_ns goes into a line of its own, after the one with "
            "PWM(Pin(…), freq=50)."
        )
    return None
