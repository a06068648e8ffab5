"""The upstreams that `attacks` puts behind the gateway."""

import contextlib
import socketserver
import threading
import time

from wire import ACK, END_HEADERS, END_STREAM, HEADERS, SETTINGS, frame, frame_of


class Upstream(socketserver.ThreadingTCPServer):
    """Does to each request what its path says."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 1024

    class RequestHandlerClass(socketserver.BaseRequestHandler):
        def handle(self):
            with contextlib.suppress(OSError):
                while head := self.read_head():
                    getattr(self, head.split(b" ")[1].rsplit(b"/", 1)[-1].decode().replace("-", "_"))(head)

        def read_head(self):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = self.request.recv(4096)
                if not piece:
                    return None
                head += piece
            return head

        def wait(self, seconds=30):
            self.request.settimeout(seconds)
            while self.request.recv(65536):
                pass

        def fields(self, _):
            self.request.sendall(b"HTTP/1.1 200 OK\r\n" + 16_000 * b"a:\r\n")
            self.wait()

        def hints(self, _):
            until = time.monotonic() + 4
            hint = b"HTTP/1.1 103 Early Hints\r\nlink: </" + 4000 * b"a" + b">\r\n\r\n"
            while time.monotonic() < until:
                self.request.sendall(8 * hint)
            self.request.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")

        def unread(self, _):
            time.sleep(20)

        def hang(self, _):
            self.wait()

        def unavailable(self, _):
            self.request.sendall(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            self.request.close()

        def excess(self, _):
            self.request.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
                                 b"HTTP/1.1 200 OK\r\nset-cookie: sid=attacker\r\nx: ")

        def plain(self, _):
            self.request.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")

        def closes(self, _):
            self.request.sendall(b"HTTP/1.1 200 OK\r\nconnection: Upgrade, close\r\ncontent-length: 2\r\n\r\nok")
            time.sleep(0.005)
            self.request.close()

        def large(self, _):
            self.request.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 10000000\r\n\r\n" + 10_000_000 * b"x")

        def sized(self, head):
            size = int(head.split(b" ")[1].split(b"/")[1])
            self.request.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size + size * b"x")

        def socket(self, _):
            self.request.sendall(b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n")
            with contextlib.suppress(OSError):
                self.request.settimeout(1)
                for _ in range(100):
                    self.request.sendall(65_536 * b"x")
            self.wait(5)

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.RequestHandlerClass)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass


class SilentHttp2(socketserver.ThreadingTCPServer):
    """Speaks HTTP/2 well on each connection for one request and then says nothing more on it."""

    daemon_threads = True
    request_queue_size = 64

    class RequestHandlerClass(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.sendall(frame(SETTINGS, 0, 0) + frame(SETTINGS, ACK, 0))
            with contextlib.suppress(OSError):
                received = b""
                while frame_of(received, HEADERS) is None:
                    received += self.request.recv(4096)
                stream = frame_of(received, HEADERS)
                self.request.sendall(frame(HEADERS, END_HEADERS | END_STREAM, stream, b"\x88"))
                while self.request.recv(65536):
                    pass

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.RequestHandlerClass)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()
