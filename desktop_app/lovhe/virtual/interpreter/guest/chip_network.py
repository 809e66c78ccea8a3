# The chip's `network`: a WLAN whose radio hears nobody.

import _board as _board
import _clock as _clock

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
AUTH_MAX = 16
STAT_IDLE = 1000
STAT_CONNECTING = 1001
STAT_GOT_IP = 1010
STAT_NO_AP_FOUND = 201
STAT_WRONG_PASSWORD = 202
STAT_BEACON_TIMEOUT = 200
STAT_ASSOC_FAIL = 203
STAT_HANDSHAKE_TIMEOUT = 204
PHY_LAN8720 = 2

_SCAN_US = 2100000
_CONNECT_US = 3000000
_country = "XX"
_hostname = "mpy-esp32"


class WLAN:
    IF_STA = 0
    IF_AP = 1
    SEC_OPEN = 0
    SEC_WPA2 = 3
    SEC_WPA_WPA2 = 4
    PM_NONE = 0
    PM_PERFORMANCE = 1
    PM_POWERSAVE = 2

    def __init__(self, interface_id=STA_IF):
        if interface_id not in (STA_IF, AP_IF):
            raise ValueError("invalid WLAN interface identifier")
        self._interface = interface_id
        self._active = False
        self._connecting_since = None

    @micropython.native
    def active(self, is_active=None):
        if is_active is None:
            return self._active
        self._active = bool(is_active)
        return self._active

    @micropython.native
    def scan(self):
        if not self._active:
            raise RuntimeError("STA must be active")
        _clock.wait_until(_clock.now + _SCAN_US)
        return []

    @micropython.native
    def connect(self, ssid=None, key=None, **keywords):
        if not self._active:
            raise OSError("Wifi Internal State Error")
        self._connecting_since = _clock.now

    @micropython.native
    def disconnect(self):
        self._connecting_since = None

    @micropython.native
    def isconnected(self):
        _clock.now += 20
        return False

    @micropython.native
    def status(self, param=None):
        if param is not None:
            raise ValueError("unknown status param")
        if self._connecting_since is None:
            return STAT_IDLE
        return STAT_CONNECTING if _clock.now - self._connecting_since < _CONNECT_US else STAT_NO_AP_FOUND

    @micropython.native
    def ifconfig(self, settings=None):
        if self._interface == AP_IF:
            return ("192.168.4.1", "255.255.255.0", "192.168.4.1", "0.0.0.0")
        return ("0.0.0.0", "0.0.0.0", "0.0.0.0", "0.0.0.0")

    @micropython.native
    def ipconfig(self, *names, **settings):
        if names:
            return {"dhcp4": True, "addr4": ("0.0.0.0", "0.0.0.0"), "gw4": "0.0.0.0"}.get(names[0])

    @micropython.native
    def config(self, *names, **settings):
        if not names:
            return None
        values = {
            "mac": _board.mac,
            "ssid": "",
            "essid": "",
            "channel": 1,
            "hidden": False,
            "security": 0,
            "hostname": _hostname,
            "txpower": 20.0,
        }
        if names[0] not in values:
            raise ValueError("unknown config param")
        return values[names[0]]


class LAN:
    def __init__(self, *arguments, **keywords):
        raise OSError(19)


class PPP(LAN):
    pass


@micropython.native
def country(code=None):
    global _country
    if code is None:
        return _country
    _country = code


@micropython.native
def hostname(name=None):
    global _hostname
    if name is None:
        return _hostname
    _hostname = name


@micropython.native
def phy_mode(mode=None):
    return MODE_11B | MODE_11G | MODE_11N if mode is None else None


@micropython.native
def ipconfig(*names, **settings):
    return None
