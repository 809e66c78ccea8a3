"""A udev rule for Linux PCs on which users may not open boards: whoever sits at the PC may from then on.

Sources: systemd's 70-uaccess.rules and 73-seat-late.rules (the tag must be set before 73); ModemManager's reference manual, "Modem
filter"; udev(7) for the keys.
"""

from __future__ import annotations

from lovhe.core.boards.usb_bridges import BRIDGES

RULE_FILE = "/etc/udev/rules.d/60-lovhe.rules"


def udev_rule() -> str:
    """The text of the rule file: one line for each USB chip that boards carry."""
    lines = [
        f"# {RULE_FILE}",
        "# ESP32 boards: whoever sits at this PC may use them, and ModemManager leaves them alone.",
        "# After putting it there: sudo udevadm control --reload && sudo udevadm trigger",
        'ACTION=="remove", GOTO="lovhe_end"',
    ]
    for usb in BRIDGES:
        ids = f'ATTRS{{idVendor}}=="{usb.vid:04x}", ATTRS{{idProduct}}=="{usb.pid:04x}"'
        lines.append(f'{ids}, ENV{{LOVHE_BOARD}}="1"')
    lines += [
        'ENV{LOVHE_BOARD}=="1", ENV{ID_MM_DEVICE_IGNORE}="1"',
        'ENV{LOVHE_BOARD}=="1", SUBSYSTEM=="tty", TAG+="uaccess"',
        'LABEL="lovhe_end"',
        "",
    ]
    return "\n".join(lines)
