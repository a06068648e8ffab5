"""The attacks of `attacks`. Each takes the gateway and returns what is to be said of it, and the connections to close."""

import contextlib
import struct
import time

from wire import (
    DATA, END_HEADERS, END_STREAM, HEADERS, PING, WINDOW_UPDATE, connect, connect_http2, frame, get, request_block,
    send_all, status,
)

WEBSOCKET = ("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
             "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n")


def unfinished_heads(gateway):
    clients = [connect(gateway.port) for _ in range(400)]
    send_all((client, get("/hang")[:-2] + 8_000 * b"a:\r\n") for client in clients)
    time.sleep(2)
    return "", clients


def fields_over_http2(gateway):
    clients = [connect_http2(gateway.port) for _ in range(60)]
    block = request_block("/hang", "POST") + b"\x40\x01a\x00" + 960 * b"\xbe"
    send_all((client, b"".join(frame(HEADERS, END_HEADERS, 2 * stream + 1, block if stream == 0 else
                                     request_block("/hang", "POST") + 960 * b"\xbe") for stream in range(100)))
             for client in clients)
    time.sleep(2)
    return "", clients


def fields_of_an_upstream(gateway):
    clients = [connect(gateway.port) for _ in range(200)]
    send_all((client, get("/fields")) for client in clients)
    time.sleep(3)
    return "", clients


def hints_unread(gateway):
    clients = [connect(gateway.port, 4096) for _ in range(20)]
    send_all((client, get("/hints")) for client in clients)
    time.sleep(5)
    return "", clients


def management_bodies(gateway):
    clients = [connect(gateway.management) for _ in range(20)]
    head = b"POST /q/config HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9900000\r\n\r\n"
    send_all((client, head + 9_890_000 * b"x") for client in clients)
    time.sleep(1)
    return "", clients


def silent_connections(gateway):
    clients = []
    with contextlib.suppress(OSError):
        for _ in range(1500):
            clients.append(connect(gateway.port))
    time.sleep(1)
    return f"{gateway.sockets()} sockets open", clients


def unread_over_http2(gateway):
    windows = struct.pack(">HI", 4, 2**30)  # SETTINGS_INITIAL_WINDOW_SIZE: only TCP holds the responses back
    client = connect_http2(gateway.port, windows, 4096)
    client.sendall(frame(WINDOW_UPDATE, 0, 0, struct.pack(">I", 2**30)))
    send_all([(client, b"".join(frame(HEADERS, END_HEADERS | END_STREAM, 2 * n + 1, request_block("/large")) for n in range(50)))])
    for _ in range(6):
        time.sleep(2)
        send_all([(client, frame(PING, 0, 0, 8 * b"p"))], 1)
    return f"{gateway.metric('clew_requests_active'):.0f} of 50 requests active after 12 s (bound 6 s)", [client]


def unread_uploads_over_http2(gateway):
    clients = [connect_http2(gateway.port) for _ in range(100)]
    upload = b"".join(frame(HEADERS, END_HEADERS, 2 * n + 1, request_block("/unread", "POST")) for n in range(90))
    upload += b"".join(frame(DATA, 0, 2 * n + 1, 16_000 * b"x") for n in range(90) for _ in range(3))
    send_all(((client, upload) for client in clients), 8)
    time.sleep(2)
    return "", clients


def unread_responses(gateway):
    clients = [connect(gateway.port, 4096) for _ in range(320)]
    send_all((client, get(f"/{50_000 * (number % 80 + 1)}/sized")) for number, client in enumerate(clients))
    time.sleep(9)
    return f"{gateway.metric('clew_requests_active'):.0f} of 320 requests active after 9 s (bound 6 s)", clients


def unread_websockets(gateway):
    clients = [connect(gateway.port, 4096) for _ in range(50)]
    send_all((client, get("/socket", WEBSOCKET)) for client in clients)
    time.sleep(14)
    return f"{gateway.metric('clew_requests_active'):.0f} of 50 tunnels active after 14 s (idle 3 s)", clients


def unread_uploads(gateway):
    before = gateway.sockets()
    head = get("/unread", "Content-Length: 30000000\r\n", "POST")
    upload = head + 30_000_000 * b"x"
    clients = [connect(gateway.port) for _ in range(100)]
    send_all(((client, upload) for client in clients), 4)
    time.sleep(6)
    for client in clients:
        client.close()
    time.sleep(1)
    return f"{gateway.sockets() - before} sockets more than before, all clients gone", []


def kept_bodies_over_http2(gateway):
    client = connect_http2(gateway.port)
    send_all([(client, b"".join(frame(HEADERS, END_HEADERS, 2 * n + 1, request_block("/kept/unavailable", "POST"))
                                + frame(DATA, END_STREAM, 2 * n + 1, 1000 * b"x") for n in range(8)))])
    time.sleep(8)
    return f"{gateway.metric('clew_requests_active'):.0f} of 8 requests active after 8 s (bound 6 s)", [client]


def silent_http2_upstream(gateway):
    served = 0
    for _ in range(10):
        with contextlib.closing(connect(gateway.port)) as client:
            client.sendall(get("/silent/x"))
            served += status(client) == 200
    return f"{served} of 10 requests served", []


def bytes_behind_a_response(gateway):
    poisoned = 0
    for path in ("/excess", "/excess", "/plain", "/plain") * 10:  # two of each, since two event loops have pools of their own
        with contextlib.closing(connect(gateway.port)) as client:
            client.sendall(get(path, "Connection: close\r\n"))
            received = b""
            with contextlib.suppress(OSError):
                while piece := client.recv(65536):
                    received += piece
            poisoned += b"attacker" in received or b" 200 " not in received
    return f"{poisoned} of 40 responses another's or failed", []


def close_in_a_list(gateway):
    failed = 0
    for _ in range(200):
        with contextlib.closing(connect(gateway.port)) as client:
            client.sendall(get("/closes", "Content-Length: 0\r\n", "POST"))
            failed += status(client) != 200
    return f"{failed} of 200 requests failed", []


def output_that_nobody_reads(gateway):
    for _ in range(1500):
        with contextlib.closing(connect(gateway.port)) as client:
            client.sendall(get("/kept/nothing"))
            if status(client, 5) is None or not gateway.alive():
                return "requests or the liveness probe have no response", []
    return "", []


# Beside each what it stands for; further limits that the attack is about come from the environment.
ATTACKS = [
    ("400 heads of 8,000 fields that never end", unfinished_heads, {}),
    ("60 × 100 HTTP/2 heads of 960 indexed fields", fields_over_http2, {}),
    ("200 upstream heads of 16,000 fields that stall", fields_of_an_upstream, {}),
    ("103 Early Hints without end, 20 clients that do not read", hints_unread, {}),
    ("20 bodies of 9.9 MB to the management port", management_bodies, {}),
    ("1,500 silent connections, 200 allowed", silent_connections, {"QUARKUS_HTTP_LIMITS_MAX_CONNECTIONS": "200"}),
    ("1,500 silent connections, 400 file descriptors", silent_connections, {"descriptors": "400"}),
    ("50 HTTP/2 responses that nobody reads, with PINGs", unread_over_http2, {}),
    ("9,000 HTTP/2 uploads that the upstream does not read", unread_uploads_over_http2, {}),
    ("320 responses of 50 KB to 4 MB that nobody reads", unread_responses, {}),
    ("50 WebSockets that nobody reads", unread_websockets, {}),
    ("100 uploads that the upstream does not read", unread_uploads, {}),
    ("8 HTTP/2 bodies kept for a retry, upstream fails", kept_bodies_over_http2, {}),
    ("an h2c upstream that goes silent", silent_http2_upstream, {}),
    ("bytes behind an upstream's response", bytes_behind_a_response, {}),
    ("an upstream that says close in a list", close_in_a_list, {}),
    ("standard output that nobody reads", output_that_nobody_reads, {"piped": "yes"}),
]
