"""What `run` and `profile` share: packages, processes that end with us, the load, and what a process has used."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import string
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEFAULT_GATEWAY = HERE.parent / "target/quarkus-app/quarkus-run.jar"
HOST = "bench.localhost"
FLOODING_HOST = "flooding.localhost"
HANGING_HOST = "hanging.localhost"
ATTACKED_HOST = "attacked.localhost"
PATH = "/orders/42"
BODY = "a small fixed body; " * 6 + "128 byte"
CONNECTIONS = 32
TOOLS = ["nginx", "haproxy", "caddy", "wrk"]  # commands and Debian packages of the same name
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
TIME_LIMIT_SECONDS = 295

# Debian keeps daemons where an ordinary user's PATH does not look.
os.environ["PATH"] += os.pathsep + "/usr/sbin"


class Failure(Exception):
    """The run cannot give figures worth printing."""


def progress(text):
    print(text, file=sys.stderr, flush=True)


def install_missing_tools():
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if not missing:
        return
    progress("installing " + " ".join(missing))
    apt_get = (["sudo"] if os.geteuid() else []) + ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    subprocess.run([*apt_get, "update"], check=True, stdout=sys.stderr)
    subprocess.run([*apt_get, "install", "-y", "--no-install-recommends", *missing], check=True, stdout=sys.stderr)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def render(template, target, **values):
    """Writes templates/`template` to `target`; every @{name} in it must have a value."""

    class Template(string.Template):
        delimiter = "@"  # $ belongs to nginx

    text = (HERE / "templates" / template).read_text(encoding="utf-8")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(Template(text).substitute(values, host=HOST, flooding_host=FLOODING_HOST,
                                                hanging_host=HANGING_HOST, attacked_host=ATTACKED_HOST, body=BODY), encoding="utf-8")
    return target


class Usage:
    """CPU of a process and its descendants, by thread where asked, and their resident memory."""

    def __init__(self, pid):
        self.pid = pid

    def _family(self, pid):
        yield pid
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from self._family(int(child))

    @staticmethod
    def _times(stat):
        name, fields = stat.read_text().rpartition(")")[::2]
        user, kernel = fields.split()[11:13]  # proc(5): utime and stime, fields 14 and 15, of all the process's threads
        return name.partition("(")[2], int(user) / TICKS_PER_SECOND, int(kernel) / TICKS_PER_SECOND

    def cpu_seconds(self):
        """(user, kernel) so far."""
        times = [self._times(Path(f"/proc/{pid}/stat")) for pid in self._family(self.pid)]
        return sum(user for _, user, _ in times), sum(kernel for _, _, kernel in times)

    def thread_seconds(self):
        """{(thread id, name): user + kernel so far}."""
        stats = {stat.parent.name: self._times(stat) for stat in Path(f"/proc/{self.pid}/task").glob("*/stat")}
        return {(thread, name): user + kernel for thread, (name, user, kernel) in stats.items()}

    def resident_bytes(self):
        return sum(self._resident_kib(pid) for pid in self._family(self.pid)) * 1024

    @staticmethod
    def _resident_kib(pid):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


class Processes(contextlib.AbstractContextManager):
    """A temporary directory and processes started in it; leaving the context ends and removes them all."""

    def __init__(self):
        self.dir = Path(tempfile.mkdtemp(prefix="clew-bench-"))
        self._running = []
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, lambda received, _: sys.exit(128 + received))
        signal.signal(signal.SIGALRM, lambda *_: self._out_of_time())
        signal.alarm(TIME_LIMIT_SECONDS)

    @staticmethod
    def _out_of_time():
        raise Failure(f"stopped: not done after {TIME_LIMIT_SECONDS} s")

    def start(self, name, command, env=None):
        """Starts a process that is ended with this context, and by the kernel should we be killed outright."""
        environment = {key: value for key, value in os.environ.items()
                       if not key.startswith(("OTEL_", "QUARKUS_", "CLEW_"))}
        environment |= {"XDG_DATA_HOME": str(self.dir), "XDG_CONFIG_HOME": str(self.dir)} | (env or {})
        with open(self.log_of(name), "wb") as log:
            process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *map(str, command)], cwd=self.dir,
                                       env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self._running.append((name, process))
        return Usage(process.pid)  # setpriv execs, so this is the process itself

    def start_backend(self):
        port = free_port()
        conf = render("backend.conf", self.dir / "backend.conf", dir=self.dir, backend_port=port)
        self.start("backend", ["nginx", "-c", conf, "-p", self.dir, "-e", "stderr"])
        self.wait_until_serving("backend", port)
        return port

    def start_sink(self, name, hang=False):
        port = free_port()
        self.start(name, [sys.executable, HERE / "otlp-sink", "--port", port, *(["--hang"] if hang else [])])
        self._wait("telemetry sink", name, lambda: sink_totals(port) is not None)
        return port

    def log_of(self, name):
        return self.dir / f"{name}.log"

    def check_alive(self):
        for name, process in self._running:
            if process.poll() is not None:
                raise Failure(f"{name} ended with {process.returncode}; its last output:\n{self._tail(name)}")

    def wait_until_serving(self, name, port):
        self._wait("expected answer", name, lambda: fetch(port) == (200, BODY))

    def _wait(self, what, name, condition):
        deadline = time.monotonic() + 30
        while True:
            self.check_alive()
            with contextlib.suppress(OSError, http.client.HTTPException):
                if condition():
                    return
            if time.monotonic() > deadline:
                raise Failure(f"{name}: no {what} after 30 s; its last output:\n{self._tail(name)}")
            time.sleep(0.05)

    def _tail(self, name):
        return "\n".join(self.log_of(name).read_text(errors="replace").splitlines()[-20:])

    def __exit__(self, *_):
        signal.alarm(0)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)  # ending what we started comes first
        for _, process in self._running:
            process.terminate()
        for _, process in self._running:
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.dir, ignore_errors=True)


def fetch(port, path=PATH):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    with contextlib.closing(connection):
        connection.request("GET", path, headers={"Host": HOST})
        response = connection.getresponse()
        return response.status, response.read().decode()


def sink_totals(port):
    return json.loads(fetch(port, "/stats")[1])


def load(port, seconds):
    """Drives a proxy with wrk and returns its totals; one failed request fails the run."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", HERE / "wrk-report.lua",
               "-H", f"Host: {HOST}", f"http://127.0.0.1:{port}{PATH}"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=seconds + 20)
    if done.returncode or not done.stderr.strip():
        raise Failure(f"wrk ended with {done.returncode}: {done.stdout}{done.stderr}")
    totals = json.loads(done.stderr.splitlines()[-1])
    if totals["failures"] or not totals["requests"]:
        raise Failure(f"port {port}: failed requests under load: {done.stdout}")
    return totals


def gateway_command(gateway, java_options):
    """The command for a runnable jar or a native executable."""
    gateway = Path(gateway).resolve()
    if not gateway.is_file():
        raise Failure(f"{gateway}: no such file; build it with ./mvnw package, or name a native executable")
    return [java_command("java"), *java_options, "-jar", gateway] if gateway.suffix == ".jar" else [gateway]


def java_command(name):
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / name) if home else name


def gateway_environment(processes, name, port, backend_port, sink_port, sampler):
    """A configuration folder of the gateway's own, and the variables that point to it."""
    folder = processes.dir / name
    render("gateway.yaml", folder / "gateway/gateway.yaml")
    render("tenant.yaml", folder / "tenants/bench.yaml", backend_port=backend_port)
    return {
        "CLEW_CONFIG": str(folder),
        "QUARKUS_HTTP_HOST": "127.0.0.1",
        "QUARKUS_HTTP_PORT": str(port),
        "QUARKUS_MANAGEMENT_HOST": "127.0.0.1",
        "QUARKUS_MANAGEMENT_PORT": str(free_port()),
        "OTEL_TRACES_SAMPLER": sampler,
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{sink_port}",
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
    }
