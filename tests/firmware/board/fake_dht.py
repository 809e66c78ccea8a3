"""A `dht` whose sensor always measures 23 °C and 40 %."""


class DHTBase:
    def __init__(self, pin):
        self.pin = pin

    def measure(self):
        self.buf = b"\x28\x00\x17\x00\x3f"


class DHT11(DHTBase):
    def humidity(self):
        return self.buf[0]

    def temperature(self):
        return self.buf[2]
