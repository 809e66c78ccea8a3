# The chip's `umqtt.simple`: an MQTT 3.1.1 client over a socket. API: micropython-lib's umqtt.simple; protocol: OASIS MQTT 3.1.1.
#
# On a virtual board `connect` already fails; the rest is here for programs that bring a socket of their own (a test's, for example).

import socket as _socket
import struct as _struct

_CONNECT, _PUBLISH, _SUBSCRIBE, _UNSUBSCRIBE = 0x10, 0x30, 0x82, 0xA2
_PUBACK, _SUBACK, _UNSUBACK, _PINGRESP = 0x40, 0x90, 0xB0, 0xD0


class MQTTException(Exception):
    pass


@micropython.native
def _text(data):
    data = data.encode() if type(data) is str else bytes(data)
    return _struct.pack("!H", len(data)) + data


@micropython.native
def _packet(kind, body):
    size = len(body)
    head = bytearray([kind])
    while True:
        head.append(size & 0x7F | (0x80 if size > 0x7F else 0))
        size >>= 7
        if not size:
            return bytes(head) + body


class MQTTClient:
    @micropython.native
    def __init__(self, client_id, server, port=0, user=None, password=None, keepalive=0, ssl=None):
        self.client_id = client_id
        self.sock = None
        self.server = server
        self.port = port if port else 8883 if ssl else 1883
        self.ssl = ssl
        self.pid = 0
        self.cb = None
        self.user = user
        self.pswd = password
        self.keepalive = keepalive
        self.lw_topic = None
        self.lw_msg = None
        self.lw_qos = 0
        self.lw_retain = False

    @micropython.native
    def set_callback(self, f):
        self.cb = f

    @micropython.native
    def set_last_will(self, topic, msg, retain=False, qos=0):
        if not 0 <= qos <= 2 or not topic:
            raise AssertionError
        self.lw_topic, self.lw_msg, self.lw_qos, self.lw_retain = topic, msg, qos, retain

    @micropython.native
    def connect(self, clean_session=True, timeout=None):
        self.sock = _socket.socket()
        self.sock.settimeout(timeout)
        self.sock.connect(_socket.getaddrinfo(self.server, self.port)[0][-1])
        if self.ssl:
            self.sock = self.ssl.wrap_socket(self.sock, server_hostname=self.server)
        flags = 2 if clean_session else 0
        payload = _text(self.client_id)
        if self.lw_topic:
            flags |= 4 | self.lw_qos << 3 | (0x20 if self.lw_retain else 0)
            payload += _text(self.lw_topic) + _text(self.lw_msg)
        if self.user is not None:
            flags |= 0xC0
            payload += _text(self.user) + _text(self.pswd)
        head = _text("MQTT") + bytes([4, flags]) + _struct.pack("!H", self.keepalive)
        self.sock.write(_packet(_CONNECT, head + payload))
        answer = self.sock.read(4)
        if answer[0] != 0x20 or answer[3]:
            raise MQTTException(answer[3])
        return answer[2] & 1

    @micropython.native
    def disconnect(self):
        self.sock.write(b"\xe0\0")
        self.sock.close()

    @micropython.native
    def ping(self):
        self.sock.write(b"\xc0\0")

    @micropython.native
    def publish(self, topic, msg, retain=False, qos=0):
        if qos == 2:
            raise AssertionError
        body = _text(topic)
        if qos:
            self.pid += 1
            body += _struct.pack("!H", self.pid)
        self.sock.write(_packet(_PUBLISH | qos << 1 | retain, body + (msg.encode() if type(msg) is str else bytes(msg))))
        if qos:
            while self.wait_msg() != _PUBACK:
                pass

    @micropython.native
    def _ask(self, kind, body, answer):
        self.pid += 1
        self.sock.write(_packet(kind, _struct.pack("!H", self.pid) + body))
        while self.wait_msg() != answer:
            pass

    @micropython.native
    def subscribe(self, topic, qos=0):
        if self.cb is None:
            raise AssertionError("Subscribe callback is not set")
        self._ask(_SUBSCRIBE, _text(topic) + bytes([qos]), _SUBACK)

    @micropython.native
    def unsubscribe(self, topic):
        if self.cb is None:
            raise AssertionError("Subscribe callback is not set")
        self._ask(_UNSUBSCRIBE, _text(topic), _UNSUBACK)

    @micropython.native
    def _length(self):
        size = shift = 0
        while True:
            part = self.sock.read(1)[0]
            size |= (part & 0x7F) << shift
            if not part & 0x80:
                return size
            shift += 7

    @micropython.native
    def wait_msg(self):
        # Take one packet; None when it was a message or there was none, else its kind.
        first = self.sock.read(1)
        self.sock.setblocking(True)
        if first is None:
            return None
        if first == b"":
            raise OSError(-1)
        kind = first[0]
        body = self.sock.read(self._length())
        if kind == _PINGRESP:
            return None
        if kind & 0xF0 == _SUBACK and body[2] == 0x80:
            raise MQTTException(body[2])
        if kind & 0xF0 != _PUBLISH:
            return kind
        size = body[0] << 8 | body[1]
        topic, rest = body[2 : 2 + size], body[2 + size :]
        if kind & 6:
            number, rest = rest[:2], rest[2:]
        self.cb(topic, rest)
        if kind & 6 == 2:
            self.sock.write(_packet(_PUBACK, number))
        return kind

    @micropython.native
    def check_msg(self):
        self.sock.setblocking(False)
        return self.wait_msg()
