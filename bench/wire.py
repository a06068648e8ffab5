"""Raw HTTP/1 and HTTP/2 for `attacks`: what a well-behaved library would not send."""

import selectors
import socket
import struct
import time

from harness import ATTACKED_HOST

DATA, HEADERS, SETTINGS, PING, WINDOW_UPDATE = 0x0, 0x1, 0x4, 0x6, 0x8
END_STREAM, END_HEADERS, ACK = 0x1, 0x4, 0x1
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


def frame(kind, flags, stream, payload=b""):
    """RFC 9113 section 4.1."""
    return struct.pack(">I", len(payload))[1:] + bytes((kind, flags)) + struct.pack(">I", stream) + payload


def frame_of(received, kind):
    """The stream of the first frame of a kind, in what a client sent after its preface; None if there is none yet."""
    at = len(PREFACE)
    while at + 9 <= len(received):
        length = int.from_bytes(received[at:at + 3], "big")
        if received[at + 3] == kind:
            return int.from_bytes(received[at + 5:at + 9], "big")
        at += 9 + length
    return None


def literal(name, value):
    """A field without indexing (RFC 7541 section 6.2.2), up to 126 octets each."""
    return bytes((0, len(name))) + name.encode() + bytes((len(value),)) + value.encode()


def request_block(path, method="GET", host=ATTACKED_HOST):
    return b"".join(literal(*field) for field in
                    ((":method", method), (":scheme", "http"), (":authority", host), (":path", path)))


def connect(port, receive_buffer=None):
    client = socket.socket()
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.settimeout(5)
    client.connect(("127.0.0.1", port))
    return client


def connect_http2(port, settings=b"", receive_buffer=None):
    client = connect(port, receive_buffer)
    client.sendall(PREFACE + frame(SETTINGS, 0, 0, settings) + frame(SETTINGS, ACK, 0))
    return client


def send_all(pairs, seconds=10):
    """Sends to each of (socket, bytes) what it takes, within a time; those that the gateway ends are left out."""
    pairs = {client: memoryview(rest) for client, rest in pairs}
    until = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        for client in pairs:
            client.setblocking(False)
            selector.register(client, selectors.EVENT_WRITE)
        while selector.get_map() and time.monotonic() < until:
            for key, _ in selector.select(0.5):
                client = key.fileobj
                try:
                    pairs[client] = pairs[client][client.send(pairs[client][:65_536]):]
                except BlockingIOError:
                    continue
                except OSError:
                    pairs[client] = memoryview(b"")
                if not pairs[client]:
                    selector.unregister(client)


def get(path, extra="", method="GET", host=ATTACKED_HOST):
    return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{extra}\r\n".encode()


def status(client, seconds=15):
    """Status of the response on a connection; 0 when it ended without one, None when nothing came in time."""
    client.settimeout(seconds)
    received = b""
    try:
        while b"\r\n\r\n" not in received:
            piece = client.recv(65536)
            if not piece:
                return 0
            received += piece
    except socket.timeout:
        return None
    except OSError:
        return 0
    return int(received.split(b" ", 2)[1])
