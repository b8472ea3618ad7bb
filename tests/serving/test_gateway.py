"""The way out, tried with servers of this machine: who is allowed, what a name resolves to, where a redirect leads."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import httpx
import pyoxigraph as ox
import pytest
from tests.serving.conftest import serving

from bowiegraph.query import run_query
from bowiegraph.serving import rewriting
from bowiegraph.serving.gateway import Gateway, NoWayError, is_public

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator
    from pathlib import Path

T = TypeVar("T")
RESULTS = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"from afar"}}]}}'


class _Other(BaseHTTPRequestHandler):
    """A SPARQL endpoint of somebody else."""

    asked: ClassVar[list[tuple[str, str]]] = []

    def do_POST(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.asked.append((self.path, self.headers["host"]))
        to = self.path.partition("?to=")[2]
        self.send_response(302 if to else 200)
        if to:
            self.send_header("location", to)
        self.send_header("content-type", "application/sparql-results+json")
        self.send_header("content-length", str(0 if to else len(RESULTS)))
        self.end_headers()
        if not to:
            self.wfile.write(RESULTS)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def other() -> Iterator[int]:
    """A server of this machine; its port."""
    _Other.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: in this one, the browser of other tests may have its loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def gate(port: int, **changed: object) -> Gateway:
    """A gateway for which example.org is this machine, and this machine is public."""

    async def resolve(host: str, _: int) -> list[str]:
        return {"example.org": ["127.0.0.1"], "both.org": ["127.0.0.1", "10.0.0.1"]}.get(host, ["169.254.169.254"])

    given = {"resolve": resolve, "permits": lambda address: address == "127.0.0.1"} | changed
    return Gateway(frozenset((f"example.org:{port}", f"both.org:{port}", f"inner.org:{port}")), 5.0, **given)  # type: ignore[arg-type]


async def _asked(gateway: Gateway, target: str) -> bytes:
    answer, client = await gateway.ask(target, "POST", {"accept": "*/*"}, b"ASK {}")
    try:
        return await answer.aread()
    finally:
        await client.aclose()


def ask(gateway: Gateway, target: str) -> bytes:
    return run_apart(_asked(gateway, target))


def test_an_allowed_host_is_asked_by_its_name(other: int) -> None:
    assert ask(gate(other), f"http://example.org:{other}/sparql") == RESULTS
    assert _Other.asked == [("/sparql", f"example.org:{other}")]


def test_a_redirect_within_what_is_allowed_is_followed(other: int) -> None:
    assert ask(gate(other), f"http://example.org:{other}/?to=/there") == RESULTS
    assert [path for path, _ in _Other.asked] == ["/?to=/there", "/there"]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://evil.org:{port}/",
        "http://inner.org:{port}/",  # resolves to what is not public
        "http://both.org:{port}/",  # one of its addresses is not
        "http://example.org:{port}/?to=http://127.0.0.1:{port}/inside",
        "http://example.org:{port}/?to=http://inner.org:{port}/inside",
        "http://example.org:{port}/?to=http://evil.org/",
        "http://example.org:{port}/?to=file:///etc/passwd",
        "http://example.org:{port}/?to=//127.0.0.1:{port}/inside",
        "ftp://example.org:{port}/",
    ],
)
def test_no_name_and_no_redirect_leads_inside(other: int, target: str) -> None:
    with pytest.raises(NoWayError):
        ask(gate(other), target.replace("{port}", str(other)))
    assert [path for path, _ in _Other.asked if path.startswith("/inside")] == []


def test_a_circle_of_redirects_ends(other: int) -> None:
    here = f"http://example.org:{other}/?to=/?to=/?to=/?to=/?to=/?to=/"
    with pytest.raises(NoWayError, match="more than 3 times"):
        ask(gate(other), here)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.9.1", "0.0.0.0",  # noqa: S104 — no binding
 "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::", "224.0.0.1", "ff02::1", "255.255.255.255", "2001:0:4136:e378:8000:63bf:f5ff:fffe"],
)  # fmt: skip
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001::200e"])
def test_what_is_public(address: str) -> None:
    assert is_public(address)


def test_the_engine_asks_through_the_gateway(other: int) -> None:
    """A real query, the real engine, over a real socket."""

    async def run() -> list[object]:
        gateway = gate(other)
        async with gateway.opened():
            query = f"SELECT ?x {{ SERVICE <http://example.org:{other}/sparql> {{ ?s ?p ?x }} }}"
            led = rewriting.through_gateway(
                query, gateway=gateway.address, allowed=gateway.allowed, base_iri="http://x/"
            )
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(None, lambda: run_query(ox.Store(), led, services=True).rows)

    assert run_apart(run()) == [("from afar",)]


def test_nobody_else_finds_the_gateway(other: int) -> None:
    async def run() -> int:
        gateway = gate(other)
        async with gateway.opened(), httpx.AsyncClient(trust_env=False) as client:
            url = httpx.URL(gateway.address)
            found = await client.get(f"http://127.0.0.1:{url.port}/guess/http%3A%2F%2Fexample.org%3A{other}%2F")
            return found.status_code

    assert run_apart(run()) == 404
    assert _Other.asked == []


@contextmanager
def _allowing(folder: Path, host: str) -> Iterator[str]:
    data = folder / "one.nt"
    data.write_text("<urn:a> <urn:b> <urn:c> .\n", encoding="utf-8")
    with serving(folder, "--store", str(data), "--allow-service", host) as server:
        yield server.url


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_not_even_who_runs_it_can_allow_this_machine(tmp_path: Path, other: int, host: str) -> None:
    with _allowing(tmp_path, f"{host}:{other}") as url:
        query = f"SELECT * {{ SERVICE <http://{host}:{other}/sparql> {{ ?s ?p ?x }} }}"
        answer = httpx.get(f"{url}/sparql", params={"query": query}, timeout=30, trust_env=False)
    assert answer.status_code == 502
    assert _Other.asked == []


def test_a_server_that_is_not_allowed_is_not_asked(tmp_path: Path, other: int) -> None:
    with _allowing(tmp_path, "example.org") as url:
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{other}/sparql> {{ ?s ?p ?x }} }}"
        answer = httpx.get(f"{url}/sparql", params={"query": query}, timeout=30, trust_env=False)
    assert answer.status_code == 403
    assert "127.0.0.1" in answer.text
    assert _Other.asked == []
