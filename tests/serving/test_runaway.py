"""Queries that would take forever, take everything, or take the server down: nobody else is to notice."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx
import pytest
from tests.serving.conftest import serving

if TYPE_CHECKING:
    from tests.serving.conftest import Server

QUICK: Final = "ASK { :heroes schema:author :anna }"
#: 100,000 triples to the fifth power
FOREVER: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
#: each row of which is held until all are there
EVERYTHING: Final = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } ORDER BY ?a"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def wait_until(holds: object, seconds: float = 10.0) -> None:
    """Look again and again; a test that asserts no time has to wait for what takes some."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:  # type: ignore[operator]  # a function
        time.sleep(0.05)
    assert holds()  # type: ignore[operator]  # as above


def is_well(server: Server) -> bool:
    return server.ask(QUICK).status_code == 200 and server.get("/health").json()["workers"]["slow"] == 0


def test_a_query_past_its_time_is_ended(small: Server) -> None:
    before = time.monotonic()
    answer = small.ask(FOREVER)
    assert answer.status_code == 504
    assert "longer than 2 s" in answer.text
    assert time.monotonic() - before < 30  # it would take years
    wait_until(lambda: is_well(small))


def test_a_query_past_its_memory_is_ended(many: Server) -> None:
    answer = many.ask(EVERYTHING)
    assert answer.status_code == 503
    assert "memory" in answer.text
    assert answer.headers["retry-after"]
    wait_until(lambda: is_well(many))


def test_everyone_else_is_served_meanwhile(small: Server) -> None:
    """Twenty clients that run away, and one that does not."""
    with ThreadPoolExecutor(21) as clients:
        running = [clients.submit(small.ask, f"{FOREVER} # {i}") for i in range(20)]
        quick = [small.ask(f"{QUICK} # {i}").status_code for i in range(20)]
        ended = [future.result().status_code for future in running]
    assert quick == [200] * 20
    assert set(ended) <= {503, 504}
    assert 504 in ended
    wait_until(lambda: is_well(small))


def test_clients_take_turns(small: Server) -> None:
    """Who asks a lot waits for itself: a client at another address is served before the rest of its queue."""
    order: list[str] = []

    def ask(address: str, query: str) -> None:
        with httpx.Client(transport=httpx.HTTPTransport(local_address=address), timeout=60) as client:
            client.post(f"{small.url}/sparql", data={"query": query})
        order.append(address)

    threads = [threading.Thread(target=ask, args=("127.0.0.1", f"{FOREVER} #turn {i}")) for i in range(16)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    ask("127.0.0.2", f"{QUICK} #turn")
    for thread in threads:
        thread.join()
    assert order.index("127.0.0.2") < len(order) - 8


def is_at_it(server: Server) -> bool:
    return bool(server.get("/health").json()["workers"]["slow"] == 1)


@linux_only
def test_a_client_that_leaves_takes_its_query_along(many: Server) -> None:
    host, port = many.url.removeprefix("http://").split(":")
    body = f"query={FOREVER} # leaving".encode()
    head = f"POST /sparql HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {len(body)}\r\n\r\n"
    with socket.create_connection((host, int(port))) as line:
        line.sendall(head.encode() + body)
        wait_until(lambda: is_at_it(many))
    wait_until(lambda: is_well(many), seconds=9)  # well before its time of 20 s is over


@linux_only
def test_a_worker_that_is_killed_is_replaced(many: Server) -> None:
    """In the middle of an answer: what has been sent is not taken for the whole."""
    busy = set(many.workers())
    wide = " ".join(f"BIND(?o AS ?v{i})" for i in range(20))  # more than the sockets on the way can hold
    with httpx.stream(
        "POST", f"{many.url}/sparql", data={"query": f"SELECT * {{ ?s ?p ?o {wide} }}"}, timeout=30, trust_env=False
    ) as answer:
        assert answer.status_code == 200
        pieces = answer.iter_raw(1000)
        next(pieces)
        for worker in busy:
            with suppress(ProcessLookupError):  # one that was slow may have ended by itself
                os.kill(worker, signal.SIGKILL)
        with pytest.raises(httpx.RemoteProtocolError):
            for _ in pieces:
                pass
    wait_until(lambda: is_well(many))
    assert busy.isdisjoint(many.workers())


@linux_only
def test_memory_stays_flat_while_rows_stream(many: Server) -> None:
    def size() -> int:
        """Bytes that the server itself takes up: its workers are processes of their own."""
        status = Path(f"/proc/{many.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) * 1024 if found else 0

    many.ask("SELECT * { ?s ?p ?o } LIMIT 100")
    before = size()
    answer = many.ask("SELECT * { ?s ?p ?o . ?s ?q ?r }")
    assert len(answer.content) > 10_000_000
    assert size() - before < len(answer.content) / 2


HOSTILE: Final = {
    "deep groups": "SELECT * { " + "{" * 20_000 + "}" * 20_000 + " }",
    "deep brackets": "SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?x) {}",
    "deep not": "SELECT (" + "!" * 100_000 + "true AS ?x) {}",
    "a long sum": "SELECT (" + "+".join(["1"] * 50_000) + " AS ?x) {}",
    "a long path": "ASK { ?s " + "/".join(["<urn:p>"] * 20_000) + " ?o }",
    "deep paths": "ASK { ?s " + "(" * 200 + "!<urn:p>" + ")*" * 200 + " ?o }",
    "a path bomb": "SELECT (COUNT(*) AS ?n) { ?s (((!<urn:p>)*)*)* ?o . ?o (((!<urn:q>)*)*)* ?t }",
    "huge VALUES": "SELECT (COUNT(*) AS ?n) { VALUES ?x { " + "1 " * 400_000 + "} }",
    "many unions": "ASK { " + " UNION ".join(["{ ?s ?p ?o }"] * 20_000) + " }",
    "a terrible expression": 'SELECT (REGEX("' + "a" * 5_000 + '!", "^((a+)+)+$") AS ?x) {}',
    "a huge expression": 'SELECT (REGEX("aaa", "' + "(a{1,100}){1,100}" * 20 + '") AS ?x) {}',
    "a growing string": "SELECT (STRLEN(?z) AS ?n) { BIND('" + "a" * 1000 + "' AS ?a) " + " ".join(f"BIND(CONCAT(?{x}, ?{x}, ?{x}, ?{x}, ?{x}, ?{x}, ?{x}, ?{x}) AS ?{y})" for x, y in pairwise("abcdefghijz")) + " }",
    "ten megabytes": "ASK { } # " + "a" * 10_000_000,
    "nothing but quotes": '"' * 100_001,
    "backslashes": 'SELECT ("' + "\\" * 100_000 + '" AS ?x) {}',
    "an open string": "SELECT ('''" + "a'" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_queries_are_answered_or_refused(small: Server, name: str) -> None:
    headers = {"content-type": "application/sparql-query"}
    answer = httpx.post(
        f"{small.url}/sparql", content=HOSTILE[name].encode(), headers=headers, timeout=60, trust_env=False
    )
    assert answer.status_code in {200, 400, 413, 503, 504}
    assert "Traceback" not in answer.text
    wait_until(lambda: is_well(small))


def test_deep_nesting_costs_no_worker(small: Server) -> None:
    """It is refused before the engine reads it, which would run out of stack."""
    answer = small.ask(HOSTILE["deep groups"])
    assert answer.status_code == 400
    assert "nested" in answer.text


# ---- starting and stopping


def run(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bowiegraph", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_port_that_is_taken(small: Server) -> None:
    ended = run("--port", small.url.rpartition(":")[2])
    assert ended.returncode == 2
    assert "Choose another port" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--store", "nowhere.nq"], "cannot open the data set nowhere.nq"),
        (["--memory", "12"], "less than"),
        (["--memory", "much"], "no size"),
        (["--timeout", "0"], "0.1"),
        (["--base-url", "example.org"], "no address"),
        (["--host", "300.1.1.1"], "cannot listen"),
    ],
)
def test_what_cannot_be_served(options: list[str], said: str) -> None:
    ended = run("--port", "0", *options)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_broken_store(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b> .\n", encoding="utf-8")
    ended = run("--port", "0", "--store", str(broken))
    assert ended.returncode == 2
    assert "line 1" in ended.stderr


@linux_only
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_graceful_stop(tmp_path: Path, number: signal.Signals) -> None:
    """What has begun is finished; then nothing is left."""
    with serving(tmp_path, "--timeout", "3") as server, ThreadPoolExecutor(1) as client:
        workers = server.workers()
        running = client.submit(server.ask, FOREVER)
        wait_until(lambda: is_at_it(server))
        assert server.stop(number) == 0
        assert running.result().status_code == 504
    assert not [worker for worker in workers if Path(f"/proc/{worker}/cmdline").exists()]


@linux_only
def test_workers_end_with_a_server_that_is_killed(tmp_path: Path) -> None:
    with serving(tmp_path, "--timeout", "30") as server:
        with ThreadPoolExecutor(1) as client:
            running = client.submit(server.ask, FOREVER)
            wait_until(lambda: is_at_it(server))
            workers = server.workers()
            server.process.kill()
            server.process.wait()
            with pytest.raises(httpx.HTTPError):
                running.result()
        assert workers
        wait_until(lambda: not any(Path(f"/proc/{worker}/cmdline").exists() for worker in workers))


def test_each_request_is_a_line_of_the_log(tmp_path: Path) -> None:
    with serving(tmp_path, "--store", str(Path(__file__).parents[1] / "data" / "small.trig")) as server:
        server.ask("ASK { ?secret ?p ?o }")
        server.get("/nothing%1b[31m")
        server.stop()
        first, *lines = server.log.read_text(encoding="utf-8").splitlines()
    assert first.startswith("listening on ")
    entries = [json.loads(line) for line in lines]
    assert [(entry["method"], entry["path"], entry["status"]) for entry in entries] == [
        ("POST", "/sparql", 200),
        ("GET", "/nothing\x1b[31m", 404),
    ]
    assert entries[0]["question"]
    assert "secret" not in "".join(lines)


@linux_only
def test_jobs_that_nobody_wants_any_more(tmp_path: Path) -> None:
    """Many clients ask for what takes forever and leave at once: soon all workers are free again."""
    data = Path(__file__).parents[1] / "data" / "small.trig"
    with serving(tmp_path, "--store", str(data), "--timeout", "60", "--workers", "1") as server:
        host, port = server.url.removeprefix("http://").split(":")
        for i in range(12):
            body = f"query={FOREVER} # {i}".encode()
            head = (
                "POST /sparql HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\n"
                f"content-length: {len(body)}\r\n\r\n"
            )
            with socket.create_connection((host, int(port))) as line:
                line.sendall(head.encode() + body)
                time.sleep(0.01)
        wait_until(lambda: is_well(server), seconds=30)
