"""`run --isolation`: how long a well-behaved tenant's requests take, alone and beside tenants that are not."""

import contextlib
import http.client
import json
import math
import signal
import socketserver
import subprocess
import threading
import time

from harness import (
    BODY,
    FLOODING_HOST,
    HANGING_HOST,
    HERE,
    HOST,
    PATH,
    Failure,
    free_port,
    gateway_environment,
    progress,
    render,
)

RATE = 250  # requests/s of the well-behaved tenant, however long the answers take
FLOODING_CONNECTIONS = 32
HANGING_CONNECTIONS = 100
WARM_UP_SECONDS = 10
SETTLE_SECONDS = 1


class NeverAnswers(socketserver.ThreadingTCPServer):
    """An upstream that takes whatever it is sent and is silent."""

    daemon_threads = True
    request_queue_size = 2 * HANGING_CONNECTIONS

    class RequestHandlerClass(socketserver.BaseRequestHandler):
        def handle(self):
            with contextlib.suppress(ConnectionError):
                while self.request.recv(65536):
                    pass

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.RequestHandlerClass)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Neighbour:
    """A tenant that is asked for as much as `connections` can ask for, for as long as the context lasts."""

    def __init__(self, host, connections):
        self.host, self.connections = host, connections
        self.requests, self.refused, self.seconds = 0, 0, 0.0

    @contextlib.contextmanager
    def busy(self, port, seconds):
        command = ["wrk", "-t1", f"-c{self.connections}", f"-d{seconds + 30}s", "--timeout", "60s",
                   "-s", HERE / "wrk-report.lua", "-H", f"Host: {self.host}", f"http://127.0.0.1:{port}{PATH}"]
        load = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *map(str, command)], text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            time.sleep(SETTLE_SECONDS)
            yield
            load.send_signal(signal.SIGINT)  # wrk then tells what it has done so far
            self.count(json.loads(load.communicate(timeout=20)[1].splitlines()[-1]))
        finally:
            load.kill()
            load.wait()

    def count(self, totals):
        self.requests += totals["requests"]
        self.refused += totals["failures"]
        self.seconds += totals["duration_us"] / 1e6


class Row:
    """The well-behaved tenant among these neighbours, and how long each of its requests took, in ms."""

    def __init__(self, name, *neighbours):
        self.name, self.neighbours = name, neighbours
        self.took = []

    def measure(self, port, seconds):
        with contextlib.ExitStack() as stack:
            for neighbour in self.neighbours:
                stack.enter_context(neighbour.busy(port, seconds))
            took = list(paced(port, seconds))
        self.took += took
        progress(f"{self.name}: p50 {percentile(took, 50):.2f} ms, p99 {percentile(took, 99):.2f} ms")

    def cells(self):
        others = [f"{one.requests / one.seconds:,.0f} ({100 * one.refused / max(one.requests, 1):.0f} % refused)"
                  for one in self.neighbours if one.host == FLOODING_HOST]
        return [self.name, f"{len(self.took):,}", *(f"{percentile(self.took, q):.2f}" for q in (50, 99, 99.9, 100)),
                *(others or [""])]


def paced(port, seconds):
    """Asks at a constant rate. Each request counts from when it was due, so that one that has to wait for another is slow, too."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    with contextlib.closing(connection):
        begin = time.perf_counter()
        for number in range(RATE * seconds):
            due = begin + number / RATE
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.request("GET", PATH, headers={"Host": HOST})
            response = connection.getresponse()
            answer = response.status, response.read().decode()
            if answer != (200, BODY):
                raise Failure(f"the well-behaved tenant was answered {answer[0]}")
            yield 1000 * (time.perf_counter() - due)


def percentile(values, percent):
    return sorted(values)[max(0, math.ceil(len(values) * percent / 100) - 1)]


def start(processes, command):
    """The gateway with the three tenants. It traces nothing, for the backend would compete for the processors."""
    backend_port, port, hanging = processes.start_backend(), free_port(), NeverAnswers()
    environment = gateway_environment(processes, "isolation", port, backend_port, free_port(), "always_off")
    tenants = processes.dir / "isolation/tenants"
    render("flooding.yaml", tenants / "flooding.yaml", backend_port=backend_port)
    render("hanging.yaml", tenants / "hanging.yaml", hanging_port=hanging.server_address[1])
    processes.start("isolation", command, environment)
    processes.wait_until_serving("isolation", port)
    return port


def measure(processes, command, rounds, seconds):
    """@return a Markdown table"""
    port = start(processes, command)
    flood, hanging = Neighbour(FLOODING_HOST, FLOODING_CONNECTIONS), Neighbour(HANGING_HOST, HANGING_CONNECTIONS)
    rows = [
        Row("none"),
        Row("one floods", flood),
        Row("one's upstream hangs", hanging),
        Row("both", Neighbour(FLOODING_HOST, FLOODING_CONNECTIONS), Neighbour(HANGING_HOST, HANGING_CONNECTIONS)),
    ]
    progress(f"warming up for {WARM_UP_SECONDS} s")
    with Neighbour(FLOODING_HOST, FLOODING_CONNECTIONS).busy(port, WARM_UP_SECONDS):
        list(paced(port, WARM_UP_SECONDS))
    for number in range(rounds):
        progress(f"round {number + 1} of {rounds}, {seconds} s each")
        for row in rows:
            row.measure(port, seconds)
        processes.check_alive()
    if not flood.refused:
        raise Failure("the flood stayed within its limits: its row is not what it says")
    if hanging.requests > hanging.refused:
        raise Failure("the upstream that hangs has answered: its row is not what it says")
    heading = ["bad neighbours", "requests", "p50 ms", "p99 ms", "p99.9 ms", "longest ms", "the flood's requests/s"]
    lines = [heading, ["---", *["--:"] * 5, "---"], *(row.cells() for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
