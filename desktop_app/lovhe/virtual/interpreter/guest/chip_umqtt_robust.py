# The chip's `umqtt.robust`: a client that connects anew when the connection breaks. API: micropython-lib's umqtt.robust.

import time as _time

import umqtt.simple as _simple


class MQTTClient(_simple.MQTTClient):
    DELAY = 2
    DEBUG = False

    @micropython.native
    def delay(self, i):
        _time.sleep(self.DELAY)

    @micropython.native
    def log(self, in_reconnect, e):
        if self.DEBUG:
            print("mqtt reconnect: %r" % e if in_reconnect else "mqtt: %r" % e)

    @micropython.native
    def reconnect(self):
        tries = 0
        while True:
            try:
                return super().connect(False)
            except OSError as error:
                self.log(True, error)
                tries += 1
                self.delay(tries)

    @micropython.native
    def _again(self, work, *arguments):
        while True:
            try:
                return work(*arguments)
            except OSError as error:
                self.log(False, error)
            self.reconnect()

    @micropython.native
    def publish(self, topic, msg, retain=False, qos=0):
        return self._again(super().publish, topic, msg, retain, qos)

    @micropython.native
    def wait_msg(self):
        return self._again(super().wait_msg)

    @micropython.native
    def check_msg(self, attempts=2):
        while attempts:
            self.sock.setblocking(False)
            try:
                return super().wait_msg()
            except OSError as error:
                self.log(False, error)
            self.reconnect()
            attempts -= 1
