# The chip's `network`: a WLAN whose radio hears nobody.
#
# As on the chip, a connection that is asked for and not got is tried for ever: no exception tells the program. So the first time
# the board says in the output why it will never come.

import _board as _board
import _clock as _clock
from _arguments import integer as _integer

STA_IF = 0
AP_IF = 1
MODE_11B = 1
MODE_11G = 2
MODE_11N = 4
MODE_LR = 8
AUTH_OPEN = 0
AUTH_WEP = 1
AUTH_WPA_PSK = 2
AUTH_WPA2_PSK = 3
AUTH_WPA_WPA2_PSK = 4
AUTH_WPA2_ENTERPRISE = 5
AUTH_WPA3_PSK = 6
AUTH_WPA2_WPA3_PSK = 7
AUTH_WAPI_PSK = 8
AUTH_OWE = 9
AUTH_WPA3_ENT_192 = 10
AUTH_WPA3_EXT_PSK = 11
AUTH_WPA3_EXT_PSK_MIXED_MODE = 12
AUTH_MAX = 17
PHY_LAN8710 = 0
PHY_LAN8720 = 1
PHY_IP101 = 2
PHY_RTL8201 = 3
PHY_DP83848 = 4
PHY_KSZ8041 = 5
PHY_KSZ8081 = 6
ETH_INITIALIZED = 0
ETH_STARTED = 1
ETH_STOPPED = 2
ETH_CONNECTED = 3
ETH_DISCONNECTED = 4
ETH_GOT_IP = 5
STAT_IDLE = 1000
STAT_CONNECTING = 1001
STAT_GOT_IP = 1010
STAT_NO_AP_FOUND = 201
STAT_NO_AP_FOUND_W_COMPATIBLE_SECURITY = 210
STAT_NO_AP_FOUND_IN_AUTHMODE_THRESHOLD = 211
STAT_NO_AP_FOUND_IN_RSSI_THRESHOLD = 212
STAT_WRONG_PASSWORD = 202
STAT_BEACON_TIMEOUT = 200
STAT_ASSOC_FAIL = 203
STAT_CONNECT_FAIL = 203
STAT_HANDSHAKE_TIMEOUT = 204

_SCAN_US = 2100000
_CONNECT_US = 2500000
_ACTIVE_US = 80000
_HOSTNAME_BYTES = 32
_NOTE = "Note: a virtual board has no Wi-Fi, so isconnected() stays False. Try this program on a real board."
_NOWHERE = ("0.0.0.0", "0.0.0.0", "0.0.0.0", "0.0.0.0")
_state = {"country": "XX", "dns": "0.0.0.0", "told": False}
_state["hostname"] = "mpy-" + _board.chip.replace("-", "")
_interfaces = {}


@micropython.native
def _give_up(_):
    if not _state["told"] and _interfaces[STA_IF]._asked_us is not None:
        _state["told"] = True
        print(_NOTE)


@micropython.native
def _later(_):
    _clock.post(_give_up, None)


class WLAN:
    IF_STA = 0
    IF_AP = 1
    SEC_OPEN = 0
    SEC_WEP = 1
    SEC_WPA = 2
    SEC_WPA2 = 3
    SEC_WPA_WPA2 = 4
    SEC_WPA2_ENT = 5
    SEC_WPA3 = 6
    SEC_WPA2_WPA3 = 7
    SEC_WAPI = 8
    SEC_OWE = 9
    SEC_WPA3_ENT_192 = 10
    SEC_WPA3_EXT_PSK = 11
    SEC_WPA3_EXT_PSK_MIXED_MODE = 12
    SEC_DPP = 13
    SEC_WPA3_ENT = 14
    SEC_WPA2_WPA3_ENT = 15
    SEC_WPA_ENT = 16
    PROTOCOL_DEFAULT = 7
    PROTOCOL_LR = 8
    PM_NONE = 0
    PM_PERFORMANCE = 1
    PM_POWERSAVE = 2

    @micropython.native
    def __new__(cls, interface_id=STA_IF):
        number = _integer(interface_id)
        if number not in (STA_IF, AP_IF):
            raise ValueError("invalid WLAN interface identifier")
        if number not in _interfaces:
            wlan = object.__new__(cls)
            wlan._number = number
            wlan._on = False
            wlan._asked_us = None
            wlan._address = ("192.168.4.1", "255.255.255.0", "192.168.4.1", "0.0.0.0") if number else _NOWHERE
            last = _board.mac[5] + number & 0xFF
            name = "ESP_" + (_board.mac[3:5] + bytes([last])).hex().upper() if number else ""
            wlan._settings = {
                "mac": _board.mac[:5] + bytes([last]),
                "ssid": name,
                "channel": 1 if number else 0,
                "hidden": False,
                "security": 0,
                "max_clients": 4 if number else 0,
                "reconnects": -1,
                "txpower": 20.0,
                "protocol": 7,
                "pm": 1,
            }
            _interfaces[number] = wlan
        return _interfaces[number]

    @micropython.native
    def __init__(self, interface_id=STA_IF):
        pass

    @micropython.native
    def active(self, is_active=None):
        if is_active is not None and bool(is_active) != self._on:
            _clock.wait_until(_clock.now + _ACTIVE_US)
            self._on = bool(is_active)
            _board.wifi_active = any(wlan._on for wlan in _interfaces.values())
            if not self._on:
                self._asked_us = None
        return self._on

    @micropython.native
    def _require(self, number):
        if self._number != number:
            raise OSError("AP required" if number else "STA required")

    @micropython.native
    def scan(self):
        if STA_IF not in _interfaces or not _interfaces[STA_IF]._on:
            raise OSError("STA must be active")
        _clock.wait_until(_clock.now + _SCAN_US)
        return []

    @micropython.native
    def connect(self, ssid=None, key=None, *, bssid=None):
        station = _interfaces.get(STA_IF)
        for text in (ssid, key):
            if text is not None and not isinstance(text, (str, bytes)):
                raise TypeError("can't convert '%s' object to str implicitly" % type(text).__name__)
        if bssid is not None and len(bssid) != 6:
            raise ValueError
        if station is None or not station._on:
            raise OSError("Wifi Not Started")
        if station._asked_us is not None:
            raise OSError("Wifi Internal State Error")
        station._asked_us = _clock.now
        station._settings["ssid"] = "" if ssid is None else ssid
        _clock.at(_clock.now + _CONNECT_US, 0, _later, None)

    @micropython.native
    def disconnect(self):
        station = _interfaces.get(STA_IF)
        if station is None or not station._on:
            raise OSError("Wifi Not Started")
        station._asked_us = None

    @micropython.native
    def isconnected(self):
        _clock.now += 20
        return False

    @micropython.native
    def status(self, param=None):
        _clock.now += 20
        if param is None:
            if self._number:
                return None
            if self._asked_us is None:
                return STAT_IDLE
            return STAT_CONNECTING if _clock.now - self._asked_us < _CONNECT_US else STAT_NO_AP_FOUND
        if param == "stations":
            self._require(AP_IF)
            return []
        if param == "rssi":
            self._require(STA_IF)
            raise OSError("Wifi Not Connected")
        raise ValueError("unknown status param")

    @micropython.native
    def ifconfig(self, settings=None):
        if settings is None:
            return self._address
        if settings == "dhcp" or settings == ("dhcp",):
            return None
        if len(settings) != 4:
            raise ValueError("requested length 4 but object has length %d" % len(settings))
        self._address = tuple(settings)

    @micropython.native
    def ipconfig(self, *names, **settings):
        if names:
            if settings:
                raise TypeError("can't specify pos and kw args")
            if len(names) != 1:
                raise TypeError("must query one param")
            values = {"dhcp4": self._number == STA_IF, "addr4": self._address[:2], "gw4": self._address[2]}
            if names[0] not in values:
                raise ValueError("unexpected key")
            return values[names[0]]
        for name, value in settings.items():
            if name not in ("dhcp4", "addr4", "gw4"):
                raise ValueError("unexpected key")
            if name == "gw4":
                self._address = self._address[:2] + (value,) + self._address[3:]
            elif name == "addr4" and isinstance(value, tuple):
                self._address = tuple(value) + self._address[2:]

    @micropython.native
    def config(self, *names, **settings):
        if names and settings:
            raise TypeError("either pos or kw args are allowed")
        for name, value in settings.items():
            name = _setting(name)
            if name in ("ssid", "hidden", "security", "key", "max_clients"):
                self._require(AP_IF)
            elif name == "reconnects":
                self._require(STA_IF)
            if name == "hostname":
                hostname(value)
            elif name != "key":
                self._settings[name] = value
        if settings:
            return None
        if len(names) != 1:
            raise TypeError("can query only one param")
        name = _setting(names[0])
        if name in ("hidden", "security"):
            self._require(AP_IF)
        elif name in ("hostname", "reconnects"):
            self._require(STA_IF)
        if name == "key":
            raise ValueError("unknown config param")
        return _state["hostname"] if name == "hostname" else self._settings[name]


_OTHER_NAMES = {"essid": "ssid", "authmode": "security", "password": "key", "dhcp_hostname": "hostname"}
_OTHERS = ("key", "hostname")


@micropython.native
def _setting(name):
    name = _OTHER_NAMES.get(name, name)
    if name not in _OTHERS and name not in WLAN(STA_IF)._settings:
        raise ValueError("unknown config param")
    return name


@micropython.native
def LAN(id=None, *, phy_addr, phy_type, **others):
    raise OSError("no network on a virtual board")


class PPP:
    SEC_NONE = 0
    SEC_PAP = 1
    SEC_CHAP = 2

    @micropython.native
    def __init__(self, stream):
        raise OSError("no network on a virtual board")


@micropython.native
def country(code=None):
    if code is None:
        return _state["country"]
    if len(code) != 2:
        raise ValueError
    _state["country"] = code


@micropython.native
def hostname(name=None):
    if name is None:
        return _state["hostname"]
    if len(name) > _HOSTNAME_BYTES:
        raise ValueError
    _state["hostname"] = name


@micropython.native
def phy_mode(mode=None):
    if mode is None:
        return MODE_11B | MODE_11G | MODE_11N
    _integer(mode)


@micropython.native
def ipconfig(*names, **settings):
    if names and settings:
        raise TypeError("can't specify pos and kw args")
    if names:
        if len(names) != 1:
            raise TypeError("must query one param")
        if names[0] != "dns":
            raise ValueError("unexpected key")
        return _state["dns"]
    for name, value in settings.items():
        if name != "dns":
            raise ValueError("unexpected key")
        _state["dns"] = value
