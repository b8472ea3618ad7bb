"""A real server in a process of its own, and a client that asks it over a real socket."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx
import pytest
from tests import small_data

from bowiegraph.export import export

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARTED: Final = re.compile(r"listening on (http://\S+)/")
_START_SECONDS: Final = 60.0
_STOP_SECONDS: Final = 30.0


@dataclass
class Server:
    """A server that runs, and what it has said."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path

    def get(self, path: str, **wanted: Any) -> httpx.Response:  # noqa: ANN401 — passed on to httpx
        return httpx.get(self.url + path, timeout=60, trust_env=False, **wanted)

    def ask(self, query: str, accept: str = "application/json", **wanted: Any) -> httpx.Response:  # noqa: ANN401 — as above
        data = {"query": query}
        return httpx.post(
            f"{self.url}/sparql", data=data, headers={"accept": accept}, timeout=60, trust_env=False, **wanted
        )

    def workers(self) -> list[int]:
        """List the processes that answer."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(child) for child in children.split()]

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(_STOP_SECONDS)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Server]:
    """Start a server on a free port; end it, whatever happens."""
    log = folder / f"server-{time.monotonic_ns()}.log"
    command = [sys.executable, "-m", "bowiegraph", "serve", "--port", "0", *options]
    with log.open("wb") as said:
        process = subprocess.Popen(command, stderr=said, stdout=subprocess.DEVNULL, env=os.environ | {"NO_COLOR": "1"})
    try:
        yield Server(process, _url(process, log), log)
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _url(process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        found = _STARTED.search(log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the facts that ship with the package, with patience for a machine that has other things to do."""
    with serving(tmp_path_factory.mktemp("shipped"), "--timeout", "60") as server:
        yield server


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a few claims, with tight limits."""
    folder = tmp_path_factory.mktemp("small")
    data = folder / "small.nq"
    data.write_bytes(b"".join(export(small_data.store(), "nquads")))
    with serving(folder, "--store", str(data), "--timeout", "2", "--memory", "384M", "--workers", "2") as server:
        yield server


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve 100,000 triples, of which an answer may have 60,000."""
    folder = tmp_path_factory.mktemp("many")
    data = folder / "many.nt"
    lines = (f'<https://example.org/{i}> <https://example.org/p> "value {i}" .\n' for i in range(100_000))
    data.write_text("".join(lines), encoding="utf-8")
    with serving(folder, "--store", str(data), "--rows", "60000", "--timeout", "20") as server:
        yield server
