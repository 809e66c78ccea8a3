# The chip's `espnow`: all its names, and no radio behind them.

import _radio as _radio

MAX_DATA_LEN = 250
ADDR_LEN = 6
KEY_LEN = 16
MAX_TOTAL_PEER_NUM = 20
MAX_ENCRYPT_PEER_NUM = 6
RATE_1M = 0
RATE_2M = 1
RATE_5M = 2
RATE_11M = 3
RATE_24M = 9
RATE_12M = 10
RATE_6M = 11
RATE_54M = 12
RATE_LORA_250K = 41
RATE_LORA_500K = 42


class ESPNowBase:
    peers_table = {}

    @micropython.native
    def active(self, active=None):
        if active:
            raise _radio.missing()
        return False

    @micropython.native
    def config(self, *names, rxbuf=526, timeout_ms=300000, rate=0):
        if names:
            if names[0] not in ("rxbuf", "timeout_ms"):
                raise ValueError("unknown config param")
            return 526 if names[0] == "rxbuf" else 300000

    @micropython.native
    def irq(self, callback, argument=None):
        if callback is not None and not callable(callback):
            raise ValueError("invalid handler")

    recvinto = _radio.refuse
    send = _radio.refuse
    any = _radio.refuse
    stats = _radio.refuse
    set_pmk = _radio.refuse
    add_peer = _radio.refuse
    mod_peer = _radio.refuse
    del_peer = _radio.refuse
    get_peer = _radio.refuse
    get_peers = _radio.refuse
    peer_count = _radio.refuse


class ESPNow(ESPNowBase):
    recv = _radio.refuse
    irecv = _radio.refuse
    __next__ = _radio.refuse

    @micropython.native
    def __iter__(self):
        return self
