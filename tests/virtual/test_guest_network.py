"""Modules that need a radio or a network: they are there as on the chip, and fail on use as the chip does without them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.virtual.guest_harness import last_line, run_programs

NOTE = "Note: a virtual board has no Wi-Fi, so isconnected() stays False. Try this program on a real board.\n"


def test_a_station_hears_nobody_and_never_connects(tmp_path: Path) -> None:
    """The states are the chip's: idle, connecting, no access point found; the reason is told once, however long it is tried."""
    code = """
import network, time
wlan = network.WLAN(network.STA_IF)
print(wlan is network.WLAN(network.WLAN.IF_STA), wlan.active())
wlan.active(True)
print(wlan.scan(), wlan.status() == network.STAT_IDLE)
for turn in range(2):
    wlan.connect('school', 'secret')
    print(wlan.status() == network.STAT_CONNECTING)
    time.sleep(5)
    print(wlan.status() == network.STAT_NO_AP_FOUND, wlan.isconnected(), wlan.ifconfig()[0])
    wlan.disconnect()
    print(wlan.status() == network.STAT_IDLE)
"""
    turn = "True False 0.0.0.0\nTrue\n"
    assert run_programs(tmp_path, code) == [("True False\n[] True\nTrue\n" + NOTE + turn + "True\n" + turn, "")]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("network.WLAN(2)", "ValueError: invalid WLAN interface identifier"),
        ("network.WLAN().connect('a', 'b')", "OSError: Wifi Not Started"),
        ("network.WLAN().scan()", "OSError: STA must be active"),
        ("w = network.WLAN(); w.active(True); w.connect('a'); w.connect('a')", "OSError: Wifi Internal State Error"),
        ("w = network.WLAN(); w.active(True); w.status('rssi')", "OSError: Wifi Not Connected"),
        ("network.WLAN().status('stations')", "OSError: AP required"),
        ("network.WLAN().config('nothing')", "ValueError: unknown config param"),
        ("network.hostname('x' * 33)", "ValueError: "),
        ("network.country('AZE')", "ValueError: "),
        ("socket.getaddrinfo('example.org', 80)", "OSError: -202"),
        ("socket.socket().connect(('192.168.1.1', 80))", "OSError: [Errno 118] EHOSTUNREACH"),
        ("s = socket.socket(); s.bind(('', 80)); socket.socket().bind(('', 80))", "OSError: [Errno 112] EADDRINUSE"),
        ("import ntptime; ntptime.settime()", "OSError: -202"),
        ("import requests; requests.get('http://example.org/')", "OSError: -202"),
        ("import urequests; urequests.get('https://example.org/')", "OSError: -202"),
        ("import mip; mip.install('unittest')", "OSError: -202"),
        ("from umqtt.simple import MQTTClient; MQTTClient('me', 'example.org').connect()", "OSError: -202"),
        ("from umqtt.robust import MQTTClient; MQTTClient('me', 'example.org').connect()", "OSError: -202"),
        ("import bluetooth; bluetooth.BLE().active(True)", "OSError: no radio on a virtual board"),
        ("import bluetooth; bluetooth.BLE().gap_advertise(100)", "OSError: no radio on a virtual board"),
        ("import espnow; espnow.ESPNow().active(True)", "OSError: no radio on a virtual board"),
        ("import asyncio, aioespnow; asyncio.run(aioespnow.AIOESPNow().asend(b'123456', b'x'))", "OSError: no radio on a virtual board"),
    ],
)
def test_what_needs_the_air_fails_as_on_a_chip_without_it(tmp_path: Path, code: str, error: str) -> None:
    """Exception and message are the chip's; only for a radio, which no chip lacks, the board has words of its own."""
    ((_, err),) = run_programs(tmp_path, f"import network, socket\n{code}")
    assert last_line(err) == error.strip()


def test_a_server_waits_for_clients_that_never_come(tmp_path: Path) -> None:
    """bind and listen work, accept ends with its timeout, polling it finds nothing, and asyncio's server lets the rest go on."""
    code = """
import asyncio, select, socket, time
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(socket.getaddrinfo('0.0.0.0', 80)[0][-1])
s.listen(1)
s.settimeout(2)
start = time.ticks_ms()
try: s.accept()
except OSError as error: print(error, time.ticks_diff(time.ticks_ms(), start) // 100)
s.setblocking(False)
try: s.accept()
except OSError as error: print(error)
p = select.poll()
p.register(s, select.POLLIN)
print(p.poll(100))
s.close()
async def main():
    await asyncio.start_server(None, '0.0.0.0', 80)
    await asyncio.sleep_ms(50)
    print('done')
asyncio.run(main())
"""
    assert run_programs(tmp_path, code) == [("[Errno 116] ETIMEDOUT 20\n[Errno 11] EAGAIN\n[]\ndone\n", "")]


def test_error_numbers_have_the_chips_names(tmp_path: Path) -> None:
    """The module errno, its errorcode and the text of an OSError agree with newlib, not with the PC's system."""
    code = "import errno\nprint(errno.ETIMEDOUT, errno.EINPROGRESS, errno.errorcode[128], OSError(116), OSError(2), OSError(110))"
    assert run_programs(tmp_path, code) == [("116 119 ENOTCONN [Errno 116] ETIMEDOUT [Errno 2] ENOENT 110\n", "")]


def test_a_service_can_be_described_without_a_radio(tmp_path: Path) -> None:
    """UUIDs are made, compared and shown as on the chip; wrong ones are refused."""
    code = """
from bluetooth import BLE, UUID, FLAG_NOTIFY, FLAG_READ
print(UUID(0x180f), UUID('6e400001-B5A3-f393-e0a9-e50e24dcca9e'), FLAG_READ | FLAG_NOTIFY)
print(UUID(0x180f) == UUID(b'\\x0f\\x18'), {UUID(1): 'a'}[UUID(1)], BLE() is BLE(), BLE().active())
for wrong in ('12', '6e400001-b5a3-f393-e0a9-e50e24dcca9e0', 'x' * 32, 70000, b'abc'):
    try: UUID(wrong)
    except ValueError as error: print(error)
"""
    out = "UUID(0x180f) UUID('6e400001-b5a3-f393-e0a9-e50e24dcca9e') 18\nTrue a True False\n"
    out += "UUID too short\nUUID too long\ninvalid char in UUID\ninvalid UUID\ninvalid UUID\n"
    assert run_programs(tmp_path, code) == [(out, "")]
