# The chip's `webrepl`: the prompt over Wi-Fi. It starts here too, and waits for connections that never come.

import socket as _socket

import _webrepl as _backend

listen_s = None
client_s = None


@micropython.native
def setup_conn(port, accept_handler):
    global listen_s
    listen_s = _socket.socket()
    listen_s.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEADDR, 1)
    listen_s.bind(("", port))
    listen_s.listen(1)
    print("WebREPL waits on port %d, but a virtual board has no Wi-Fi: nobody can connect." % port)
    return listen_s


@micropython.native
def accept_conn(listen_sock):
    return False


@micropython.native
def stop():
    global listen_s, client_s
    if listen_s:
        listen_s.close()
    listen_s = client_s = None


@micropython.native
def start(port=8266, password=None, accept_handler=accept_conn):
    stop()
    if password is None:
        try:
            import webrepl_cfg

            password = webrepl_cfg.PASS
        except ImportError:
            print("WebREPL is not set up: run 'import webrepl_setup' first")
            return
    _backend.password(password)
    setup_conn(port, accept_handler)


@micropython.native
def start_foreground(port=8266, password=None):
    start(port, password, None)
