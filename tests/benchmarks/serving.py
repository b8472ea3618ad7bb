"""Measure `bowiegraph serve` beside the Oxigraph server and rdflib-endpoint, in one run, and print one table of ratios.

    python tests/benchmarks/serving.py                            # three rounds of five seconds: about four minutes
    python tests/benchmarks/serving.py --rounds 1 --seconds 1     # to see that it runs

All serve the same N-Quads on loopback, and are asked one after the other, round by round: A B C A B C. The other two are installed by uv into a
temporary environment. rdflib-endpoint gets what favours it: no log of requests, and the default graph alone instead of the union of all.
Memory and the end of processes are seen by way of /proc, so this is for Linux. Nothing is asserted; the bounds stand beside the figures.
"""

from __future__ import annotations

import argparse
import itertools
import os
import re
import selectors
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.benchmarks.run import Row, show

from bowiegraph.cache import ensure_built
from bowiegraph.vocab import ENTITY, LABEL

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

OURS: Final = "bowiegraph"
OXIGRAPH: Final = "oxigraph"
RDFLIB: Final = "rdflib-endpoint"

#: processes of the client, and its connections in all of them
CLIENTS: Final = 2
CONNECTIONS: Final = 8
START_SECONDS: Final = 60
STOP_SECONDS: Final = 10
PATIENCE_SECONDS: Final = 60
#: until a server is idle again after it was left with what never ends
CALM_SECONDS: Final = 30
SAMPLE_SECONDS: Final = 0.01
#: of the server that has to stop what never ends
LIMIT_SECONDS: Final = 2
#: a server that takes up more is ended
DANGER_MIB: Final = 4096
ROWS: Final = 100_000

JSON: Final = "application/sparql-results+json"
SMALL: Final = f"SELECT ?o WHERE {{ <{ENTITY}david-bowie> <{LABEL.value}> ?o }}"
EXPECTED: Final = b"David Bowie"
PRODUCT: Final = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNTED: Final = f"SELECT (COUNT(*) AS ?n) {PRODUCT}"
SORTED: Final = f"SELECT * {PRODUCT} ORDER BY ?a ?d ?g"
EVERY_ROW: Final = "SELECT ?s ?p ?o { ?s ?p ?o }"

#: what makes each query a text of its own, in all of a run
SERIAL: Final = itertools.count(1)
ROOM: Final = 10_000_000
RDFLIB_APP: Final = """
import sys
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
import uvicorn

dataset = Dataset()
dataset.parse(sys.argv[1], format="nquads")
app = SparqlEndpoint(path="/sparql", graph=dataset)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), access_log=False, log_level="warning")
"""

# ---- processes


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    path: str

    def tree(self) -> set[int]:
        """Tell its process and all that come of it."""
        children: dict[int, list[int]] = {}
        for pid, parent in _parents():
            children.setdefault(parent, []).append(pid)
        found, todo = set(), [self.process.pid]
        while todo:
            pid = todo.pop()
            found.add(pid)
            todo += children.get(pid, [])
        return found


class MissingError(Exception):
    """A server that is to be compared cannot be had here."""


def _parents() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                yield int(folder.name), int(_stat(int(folder.name))[1])


def _stat(pid: int) -> list[str]:
    """Give the fields of a process from its state on: the name before it may hold anything."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def memory(pids: set[int]) -> float:
    """Tell the resident memory of processes in MiB; one that is gone has none."""
    pages = 0
    for pid in pids:
        with suppress(OSError):
            pages += int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _cpu_seconds(pids: set[int]) -> float:
    ticks = 0
    for pid in pids:
        with suppress(OSError):
            ticks += sum(map(int, _stat(pid)[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def calm(server: Server) -> None:
    """Wait until a server has nothing to do any more."""
    deadline = time.monotonic() + CALM_SECONDS
    while time.monotonic() < deadline:
        before = _cpu_seconds(server.tree())
        time.sleep(0.5)
        if _cpu_seconds(server.tree()) - before < 0.05:
            return


@contextmanager
def running(
    name: str, command: Sequence[str | Path], *, folder: Path, port: int = 0, path: str = "/sparql"
) -> Iterator[Server]:
    """Start a server, wait until it is ready, and end all of its processes at last.

    Args:
        name: what the table calls it.
        command: what starts it.
        folder: where its messages go.
        port: where it listens; without one, it says so itself.
        path: of its SPARQL queries.
    """
    messages = Path(tempfile.mkstemp(prefix=f"{name}-", dir=folder)[1])
    with messages.open("wb") as file:
        # In a session of its own, Ctrl-C does not reach it: it is ended here, and nowhere else.
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True)
    try:
        yield _ready(name, process, messages, port, path)
    finally:
        _end(Server(name, process, port, path))


def _ready(name: str, process: subprocess.Popen[bytes], messages: Path, port: int, path: str) -> Server:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        ended = process.poll() is not None
        said = messages.read_text(encoding="utf-8", errors="replace")
        told = re.search(r"listening on http://127\.0\.0\.1:(\d+)/", said)
        if not port and told:
            return Server(name, process, int(told[1]), path)
        if port and _listens(port):
            return Server(name, process, port, path)
        if ended:
            raise MissingError(f"ended with {process.returncode}: {said.strip().splitlines()[-1:]}")
        time.sleep(0.05)
    raise MissingError(f"not ready after {START_SECONDS} s")


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _end(server: Server) -> None:
    tree = server.tree()
    server.process.terminate()
    with suppress(subprocess.TimeoutExpired):
        server.process.wait(STOP_SECONDS)
    _kill(server, tree)
    server.process.wait()


def _kill(server: Server, tree: set[int]) -> None:
    """End processes that may have ended; a number that another process has got since then has another session."""
    for pid in tree:
        with suppress(OSError):
            if os.getsid(pid) == server.process.pid:
                os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    """Find a port that nobody listens at."""
    with closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def installed(package: str, *, place: Path) -> Path:
    """Install the newest release of a package in an environment of its own, and give the folder of its commands.

    Raises:
        MissingError: it cannot be had.
    """
    uv = shutil.which("uv")
    if uv is None:
        raise MissingError("uv is not on the path")
    for words in (
        ["venv", "--python", sys.executable, str(place)],
        ["pip", "install", "--python", str(place), package],
    ):
        try:
            subprocess.run([uv, "--no-config", *words], check=True, capture_output=True, text=True, timeout=300)
        except subprocess.TimeoutExpired as error:
            raise MissingError("took longer than five minutes to install") from error
        except subprocess.CalledProcessError as error:
            raise MissingError(f"cannot be installed: {error.stderr.strip().splitlines()[-1:]}") from error
    return place / "bin"


def version(package: str, *, commands: Path) -> str:
    """Tell which release of a package was installed."""
    code = f"import importlib.metadata; print(importlib.metadata.version({package!r}))"
    done = subprocess.run([commands / "python", "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@contextmanager
def bowiegraph(data: Path, *options: str, folder: Path) -> Iterator[Server]:
    """Run our own server, with its defaults but for the options."""
    command: list[str | Path] = [sys.executable, "-m", "bowiegraph", "serve", "--port", "0", "--store", data, *options]
    with running(OURS, command, folder=folder) as server:
        yield server


@contextmanager
def oxigraph(data: Path, *, folder: Path, commands: Path) -> Iterator[Server]:
    """Load N-Quads with the Oxigraph server, and run it."""
    program = commands / "oxigraph"
    place, port = Path(tempfile.mkdtemp(prefix="oxigraph-", dir=folder)), free_port()
    try:
        subprocess.run([program, "load", "-l", place, "-f", data], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise MissingError(str(error)) from error
    command: list[str | Path] = [program, "serve", "-b", f"127.0.0.1:{port}", "-l", place]
    with running(OXIGRAPH, command, folder=folder, port=port, path="/query") as server:
        yield server


@contextmanager
def rdflib_endpoint(data: Path, *, folder: Path, commands: Path) -> Iterator[Server]:
    """Load N-Quads with rdflib, and run rdflib-endpoint under uvicorn."""
    script, port = folder / "rdflib_app.py", free_port()
    script.write_text(RDFLIB_APP, encoding="utf-8")
    command: list[str | Path] = [commands / "python", script, data, str(port)]
    with running(RDFLIB, command, folder=folder, port=port) as server:
        yield server


# ---- many small queries


@dataclass
class Load:
    """What a client saw: seconds of each request that was answered, and how many were not answered as they should be."""

    seconds: array[float]
    failures: int
    #: from the first request to the last
    elapsed: float
    #: share of it that the busiest process of the client was at work itself
    busy: float
    #: the server did not take connections any more
    gone: bool = False

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.seconds) / self.elapsed

    def percentile(self, percent: float) -> float:
        """Tell within how many seconds so many of the requests were answered."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)] if ordered else float("nan")


@dataclass
class _Connection:
    socket: socket.socket
    start: float = 0.0
    received: bytes = b""


@dataclass(frozen=True)
class _Job:
    """What one process of the client does."""

    port: int
    path: str
    connections: int
    seconds: float
    #: number of the first text; None: all are the same
    first: int | None


def _hammer(job: _Job) -> Load:
    """Ask over and over on some connections that stay open, each with one request at a time."""
    head = f"GET {job.path}?query={quote(SMALL, safe='')}".encode()
    tail = f" HTTP/1.1\r\nHost: 127.0.0.1:{job.port}\r\nAccept: {JSON}\r\n\r\n".encode()
    numbers = itertools.repeat(0) if job.first is None else itertools.count(job.first)
    load = Load(array("d"), 0, 0, 0)

    def ask(connection: _Connection) -> None:
        connection.received = b""
        text = b"%s%%20%%23%d%s" % (head, next(numbers), tail)
        connection.start = time.perf_counter()
        connection.socket.sendall(text)

    with ExitStack() as stack:
        selector = stack.enter_context(selectors.DefaultSelector())

        def connect() -> _Connection:
            connection = _Connection(_connect(job.port, stack))
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            return connection

        begun, begun_cpu = time.perf_counter(), time.process_time()
        # A server that is gone fails for the rest of the time, and is no reason to stop measuring the others.
        with suppress(OSError):
            for _ in range(job.connections):
                ask(connect())
            while (now := time.perf_counter()) < begun + job.seconds:
                for key, _ in selector.select(max(begun + job.seconds - now, 0)):
                    connection = key.data
                    piece = connection.socket.recv(65536)
                    connection.received += piece
                    if piece and not _is_whole(connection.received):
                        continue
                    if connection.received.startswith(b"HTTP/1.1 200") and EXPECTED in connection.received:
                        load.seconds.append(time.perf_counter() - connection.start)
                    else:
                        load.failures += 1
                    if not piece:
                        selector.unregister(connection.socket)
                        connection = connect()
                    ask(connection)
        load.elapsed = max(time.perf_counter() - begun, job.seconds)
        load.busy = (time.process_time() - begun_cpu) / load.elapsed
        load.gone = not _listens(job.port)
    return load


def _connect(port: int, stack: ExitStack) -> socket.socket:
    sock = stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def _is_whole(received: bytes) -> bool:
    """Whether an answer is there to its end, by its length or its last chunk."""
    head, gap, body = received.partition(b"\r\n\r\n")
    if not gap:
        return False
    length = re.search(rb"\r\ncontent-length:\s*(\d+)", head, re.IGNORECASE)
    return len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n")


@dataclass
class Client:
    """Asks small queries on all its connections, from processes of its own."""

    pool: ProcessPoolExecutor
    #: the highest share of a time that one of its processes was at work itself, over all that it measured
    busiest: float = 0

    def measure(self, server: Server, seconds: float, *, same: bool = False) -> Load:
        """Ask for some seconds: with a new text each time, or with the same."""
        jobs = [
            _Job(
                server.port,
                server.path,
                CONNECTIONS // CLIENTS,
                seconds,
                None if same else next(SERIAL) * ROOM,
            )
            for _ in range(CLIENTS)
        ]
        parts = list(self.pool.map(_hammer, jobs))
        total = Load(
            array("d", itertools.chain.from_iterable(part.seconds for part in parts)),
            sum(part.failures for part in parts),
            max(part.elapsed for part in parts),
            max(part.busy for part in parts),
            any(part.gone for part in parts),
        )
        self.busiest = max(self.busiest, total.busy)
        return total


@contextmanager
def client() -> Iterator[Client]:
    """Start a client; Ctrl-C does not reach its processes, which end with their few seconds of work."""
    with ProcessPoolExecutor(CLIENTS, initializer=_be_deaf) as pool:
        yield Client(pool)


def _be_deaf() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


# ---- single large ones


@dataclass(frozen=True)
class Answer:
    """How one query ended."""

    #: 0 where there was no answer at all
    status: int
    body: bytes
    seconds: float


def ask(server: Server, query: str) -> Answer:
    """Send one query, as a text of its own, and read the answer to its end."""
    start = time.perf_counter()
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)) as connection:
        try:
            return _answer(connection, server, query, start)
        except (OSError, HTTPException):
            return Answer(0, b"", time.perf_counter() - start)


def _answer(connection: HTTPConnection, server: Server, query: str, start: float) -> Answer:
    headers = {"Content-Type": "application/sparql-query", "Accept": JSON}
    connection.request("POST", server.path, f"{query} # {next(SERIAL)}".encode(), headers)
    response = connection.getresponse()
    pieces = []
    while piece := response.read(65536):
        pieces.append(piece)
    return Answer(response.status, b"".join(pieces), time.perf_counter() - start)


@contextmanager
def pressed(server: Server) -> Iterator[list[int]]:
    """Have another client ask for a cartesian product again and again; gives the status of each answer."""
    over = threading.Event()
    statuses: list[int] = []
    open_now: list[HTTPConnection] = []

    def press() -> None:
        while not over.is_set():
            with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)) as connection:
                open_now[:] = [connection]
                # What is cut off at the end, and a server that refuses, are no answers.
                with suppress(OSError, HTTPException, AttributeError, ValueError):
                    statuses.append(_answer(connection, server, COUNTED, 0).status)
            over.wait(0.01)

    thread = threading.Thread(target=press, daemon=True)
    thread.start()
    try:
        time.sleep(0.3)
        yield statuses
    finally:
        over.set()
        for connection in open_now:
            with suppress(OSError):
                if connection.sock:
                    connection.sock.shutdown(socket.SHUT_RDWR)
        thread.join(STOP_SECONDS)


@dataclass
class Watch:
    """Resident memory over a time, in MiB."""

    pids: set[int] | None
    server: Server
    before: float = 0
    most: float = 0
    _over: threading.Event = field(default_factory=threading.Event)

    def now(self) -> float:
        """Tell it as it is."""
        return memory(self.pids or self.server.tree())

    def sample(self) -> None:
        """Look at it again and again; ends the server before it takes all that the machine has."""
        while not self._over.wait(SAMPLE_SECONDS):
            self.most = max(self.most, self.now())
            if self.most > DANGER_MIB:
                _kill(self.server, self.server.tree())
                return

    def stop(self) -> None:
        """Look at it no more."""
        self._over.set()


@contextmanager
def watched(server: Server, pids: set[int] | None = None) -> Iterator[Watch]:
    """Watch the memory of a server, all of its processes or some."""
    watch = Watch(pids, server)
    watch.before = watch.most = watch.now()
    thread = threading.Thread(target=watch.sample, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        watch.stop()
        thread.join()


def write_rows(path: Path, *, rows: int) -> None:
    """Write N-Quads of so many triples, all in the default graph."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(rows):
            file.write(f'<{ENTITY}song-{number}> <{LABEL.value}> "Song number {number} of them all"@en .\n')


# ---- the rows of the table


@dataclass(frozen=True)
class Plan:
    """What is measured, and how much of it."""

    rounds: int
    seconds: float
    #: the N-Quads that all serve
    data: Path
    #: for all that is written on the way
    folder: Path


def _said(loads: Sequence[Load]) -> str:
    """Write what a client saw over all rounds."""
    every = Load(
        array("d", itertools.chain.from_iterable(load.seconds for load in loads)),
        sum(load.failures for load in loads),
        sum(load.elapsed for load in loads),
        0,
    )
    failed = f", {every.failures:,} failed" if every.failures else ""
    failed += ", THE SERVER IS GONE" if any(load.gone for load in loads) else ""
    return f"{every.rate:,.0f}/s, p50 {show(every.percentile(50))}, p99 {show(every.percentile(99))}{failed}"


def _times(values: Iterator[float]) -> str:
    return f"{statistics.median(values):.2f} ×"


def small_queries(
    who: Client, servers: Sequence[Server], missing: dict[str, str], plan: Plan, *, same: bool
) -> Iterator[Row]:
    """Ask each server small queries in turns: a point query that one triple answers."""
    loads: dict[str, list[Load]] = {server.name: [] for server in servers}
    for server in servers:
        who.measure(server, min(1, plan.seconds), same=same)
    for _ in range(plan.rounds):
        for server in servers:
            loads[server.name].append(who.measure(server, plan.seconds, same=same))
    texts = "the same text each time (cached)" if same else "each a text of its own"
    what = f"small SELECTs, {CONNECTIONS} connections, {texts}"
    ours = loads[OURS]
    for name, bound in ((RDFLIB, "≥ 3 ×"), (OXIGRAPH, "≥ 0.2 ×")):
        bound_here = "" if same else bound
        if name in missing:
            yield Row(what, _said(ours), f"{name}: {missing[name]}", "", bound_here)
        else:
            pairs = zip(ours, loads[name], strict=True)
            ratio = _times(a.rate / b.rate if b.rate else float("inf") for a, b in pairs)
            yield Row(what, _said(ours), f"{name} {_said(loads[name])}", ratio, bound_here)


@dataclass
class _Pressure:
    """What a client saw without and with a cartesian product beside it."""

    alone: list[Load] = field(default_factory=list)
    beside: list[Load] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)

    def measure(self, who: Client, server: Server, seconds: float) -> None:
        self.alone.append(who.measure(server, seconds))
        with pressed(server) as answers:
            self.beside.append(who.measure(server, seconds))
        self.statuses.update(answers)

    def row(self, name: str, bound: str) -> Row:
        ratio = _times(a.percentile(99) / b.percentile(99) for a, b in zip(self.beside, self.alone, strict=True))
        answered = f" (its status: {', '.join(map(str, sorted(self.statuses)))})" if self.statuses else ""
        with_it, without = _said(self.beside) + answered, f"without it {_said(self.alone)}"
        what = "p99 of small SELECTs beside a cartesian product"
        if name == OURS:
            return Row(what, with_it, without, ratio, bound)
        return Row(f"{what}: {name}", "", f"{with_it}; {without}", ratio, bound)


def under_pressure(who: Client, ours: Server, plan: Plan, commands: Path | None) -> Iterator[Row]:
    """Ask small queries in turns without and with a cartesian product beside them.

    The Oxigraph server gets no time limit, for which it starts a thread a query, and dies of their number at this rate:
    the product has it for good, so that each round has a server of its own.
    """
    own, other = _Pressure(), _Pressure()
    for _ in range(plan.rounds):
        own.measure(who, ours, plan.seconds)
        calm(ours)
        if commands:
            with oxigraph(plan.data, folder=plan.folder, commands=commands) as server:
                other.measure(who, server, plan.seconds)
    yield own.row(OURS, "≤ 5 ×")
    if commands:
        yield other.row(OXIGRAPH, "")


def runaways(plan: Plan) -> Iterator[Row]:
    """Ask for what never ends, of a server that is to stop it."""
    for what, query in (("counted", COUNTED), ("sorted", SORTED)):
        with bowiegraph(plan.data, "--timeout", str(LIMIT_SECONDS), folder=plan.folder) as server:
            ask(server, SMALL)
            calm(server)
            answers, figures = [], []
            for _ in range(plan.rounds):
                with watched(server) as watch:
                    answers.append(ask(server, query))
                    time.sleep(LIMIT_SECONDS)
                figures.append((watch.before, watch.most, watch.now()))
        before, most, after = (max(column) for column in zip(*figures, strict=True))
        statuses = ", ".join(sorted({str(answer.status or "no answer") for answer in answers}))
        yield Row(
            f"cartesian product, {what}, --timeout {LIMIT_SECONDS}",
            f"{statuses} after {show(max(answer.seconds for answer in answers))} at most",
            f"all processes: {before:,.0f} MiB before, {most:,.0f} at most, {after:,.0f} after {LIMIT_SECONDS} s",
            f"{most / before:.2f} × the memory",
            "≤ 3.00 s",
        )


def streamed(plan: Plan, missing: dict[str, str], commands: Path | None) -> Iterator[Row]:
    """Read every row of a large answer, in turns."""
    data = plan.folder / "rows.nq"
    write_rows(data, rows=ROWS)
    with ExitStack() as stack:
        ours = stack.enter_context(bowiegraph(data, folder=plan.folder))
        servers = [ours]
        if commands:
            servers.append(stack.enter_context(oxigraph(data, folder=plan.folder, commands=commands)))
        for server in servers:
            ask(server, f"{EVERY_ROW} LIMIT 10")
        watches: list[Watch] = []
        answers: dict[str, list[Answer]] = {server.name: [] for server in servers}
        for _ in range(plan.rounds):
            for server in servers:
                with watched(server, {server.process.pid}) as watch:
                    answers[server.name].append(ask(server, EVERY_ROW))
                if server is ours:
                    watches.append(watch)
    what = f"{ROWS:,} rows in JSON"
    beside, ratio = f"{OXIGRAPH}: {missing.get(OXIGRAPH)}", ""
    if commands:
        beside = f"{OXIGRAPH} {_read(answers[OXIGRAPH])}"
        ratio = _times(a.seconds / b.seconds for a, b in zip(answers[OURS], answers[OXIGRAPH], strict=True))
    yield Row(what, _read(answers[OURS]), beside, ratio, "")
    first = watches[0]
    most = max(watch.most for watch in watches)
    yield Row(
        f"{what}: memory of the parent process",
        f"{most:,.0f} MiB at most",
        f"{first.before:,.0f} MiB before",
        f"{most / first.before:.2f} ×",
        "",
    )


def _read(answers: Sequence[Answer]) -> str:
    rows = min(answer.body.count(b'"s":') for answer in answers)
    wrong = "" if rows == ROWS else f", BUT {rows:,} rows, status {answers[0].status}"
    took = statistics.median(answer.seconds for answer in answers)
    return f"{show(took)}, {len(answers[0].body) / 1e6:,.1f} MB{wrong}"


def rows(who: Client, plan: Plan, versions: dict[str, str]) -> Generator[Row, None, None]:
    """Measure everything, in the order of the table; tells the versions of the others on the way."""
    missing: dict[str, str] = {}
    commands: dict[str, Path] = {}
    for package, wanted in ((OXIGRAPH, OXIGRAPH), (RDFLIB, f"{RDFLIB}[cli]")):
        try:
            commands[package] = installed(wanted, place=plan.folder / f"env-{package}")
            versions[package] = version(package, commands=commands[package])
        except MissingError as error:
            missing[package] = str(error)
    with ExitStack() as stack:
        servers = [stack.enter_context(bowiegraph(plan.data, folder=plan.folder))]
        for package, start in ((OXIGRAPH, oxigraph), (RDFLIB, rdflib_endpoint)):
            if package in commands:
                try:
                    other = start(plan.data, folder=plan.folder, commands=commands[package])
                    servers.append(stack.enter_context(other))
                except MissingError as error:
                    missing[package] = str(error)
        for server in servers:
            if EXPECTED not in (first := ask(server, SMALL)).body:
                raise MissingError(f"{server.name} answers {first.status}: {first.body[:200].decode()}")
        yield from small_queries(who, servers, missing, plan, same=False)
        yield from small_queries(who, servers, missing, plan, same=True)
        works = commands.get(OXIGRAPH) if OXIGRAPH not in missing else None
        yield from under_pressure(who, servers[0], plan, works)
    yield from runaways(plan)
    yield from streamed(plan, missing, works)


def main() -> None:
    """Print the table, row by row as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how many times each is asked in turn")
    parser.add_argument("--seconds", type=float, default=5, help="of small queries in each round")
    given = parser.parse_args()
    # As with Ctrl-C, what was started is ended.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    table = Table("what", "Bowiegraph", "beside", "ratio", "bound")
    talk = Console(stderr=True)
    versions: dict[str, str] = {}
    try:
        with client() as who, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            plan = Plan(given.rounds, given.seconds, ensure_built(), Path(folder))
            # Closed before the folder goes: what is still running ends then.
            with closing(rows(who, plan, versions)) as measured:
                for row in measured:
                    talk.print(f"measured: {row.what}")
                    table.add_row(row.what, row.ours, row.other, row.ratio, row.bound)
    except KeyboardInterrupt:
        sys.exit(130)
    except MissingError as error:
        sys.exit(f"nothing to compare with: {error}")
    finally:
        if table.rows:
            Console(width=160).print(table)
    found = ", ".join(f"{name} {number}" for name, number in versions.items())
    print(f"{os.cpu_count()} cores; beside: {found or 'nothing'}; busiest process of the client: {who.busiest:.0%}")


if __name__ == "__main__":
    main()
