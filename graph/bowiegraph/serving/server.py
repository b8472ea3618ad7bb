"""The server: binds its address, starts the workers, and serves until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bowiegraph.errors import OutputError, ServerError
from bowiegraph.serving import accesslog
from bowiegraph.serving.app import Application
from bowiegraph.serving.gateway import Gateway
from bowiegraph.serving.pool import Pool
from bowiegraph.serving.settings import MOST_HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bowiegraph.serving.settings import Settings

#: connections that may wait to be accepted
_BACKLOG: Final = 1024
#: connections that are served at a time
_MOST_CLIENTS: Final = 2000
#: seconds in which a client has to send the head of its request
_HEAD_TIME: Final = 20.0
#: objects that may come up before rubbish is looked for: a request makes hundreds, and no rubbish
_GARBAGE: Final = 50_000
_PIECE: Final = 1024 * 1024


class _Protocol(HttpToolsProtocol):
    """HTTP as uvicorn has it, with bounds on the head of a request, which httptools would read without end."""

    _head = 0
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 — asyncio's
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._deadline is not None:
            self._head += len(data)
        super().data_received(data)
        if self._deadline is not None and self._head > MOST_HEAD:
            self._refuse(
                b"431 Request Header Fields Too Large", b"the address and headers are too long: post the query"
            )

    def on_headers_complete(self) -> None:
        self._forget_head()
        if len(self.url) > MOST_HEAD:
            self._refuse(b"414 URI Too Long", b"the address is too long: post the query")
            return
        if sum(len(name) + len(value) for name, value in self.headers) > MOST_HEAD:
            self._refuse(b"431 Request Header Fields Too Large", b"the headers are too long")
            return
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._head = 0

    def _await_head(self) -> None:
        self._head = 0
        self._deadline = asyncio.get_running_loop().call_later(_HEAD_TIME, self.transport.close)

    def _forget_head(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None

    def _refuse(self, status: bytes, reason: bytes) -> None:
        self._forget_head()
        if not self.transport.is_closing():
            self.transport.write(
                b"HTTP/1.1 %b\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: %d\r\n"
                b"connection: close\r\n\r\n%b\n" % (status, len(reason) + 1, reason)
            )
            self.transport.close()


class _Server(uvicorn.Server):
    """A server that is told to stop by a signal, and has then done what it was told: that is no failure."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; answers that have begun are finished.

    Args:
        settings: what to serve, and where.
        say: is told when the server is ready.

    Raises:
        ServerError: the address is taken, or the data set cannot be opened.
        OutputError: the facts that ship with the package cannot be built.
    """
    if sys.platform == "win32":
        raise ServerError("the endpoint needs Linux or macOS: its workers are ended and limited by means of theirs")
    data_hash = _prepare(settings.store)
    listening = _bind(settings.host, settings.port)
    settings = replace(settings, port=listening.getsockname()[1])
    logging.getLogger("uvicorn").addHandler(accesslog.Faults(logging.WARNING))
    with listening:
        import uvloop  # noqa: PLC0415 — Windows has none

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(settings, listening, data_hash, say))


async def _serve(settings: Settings, listening: socket.socket, data_hash: str, say: Callable[[str], None]) -> None:
    async with Gateway.of(settings) as gateway:
        pool = Pool(settings, gateway.address)
        application = Application(pool, data_hash)
        try:
            await pool.open()
            config = uvicorn.Config(
                application,
                http=_Protocol,
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                backlog=_BACKLOG,
                limit_concurrency=_MOST_CLIENTS,
                timeout_graceful_shutdown=int(settings.timeout) + 2,
            )
            server = _Server(config)
            gc.freeze()  # what is there by now stays
            gc.set_threshold(_GARBAGE)
            say(f"listening on {_address(settings)}")
            await server.serve(sockets=[listening])
        finally:
            await pool.close()
            application.close()


def _address(settings: Settings) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}{settings.root}/"


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        why = error.strerror or str(error)
        raise ServerError(
            f"cannot listen on {host}:{port}: {why}. Choose another port with --port, or any that is free with --port 0"
        ) from error


def _prepare(store: Path | None) -> str:
    """See that there is a data set, and digest it: what is answered stays the same as long as the digest does."""
    if store is None:
        from bowiegraph.cache import ensure_built  # noqa: PLC0415 — lazy: a named store needs no facts

        try:
            store = ensure_built()
        except OutputError:
            return sha256(os.urandom(32)).hexdigest()  # each worker builds its own: see ``open_store``
    digest = sha256()
    if store.is_dir():  # of a large folder, only what tells that it has changed
        for path in sorted(store.iterdir()):
            state = path.stat()
            digest.update(f"{path.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    elif store.is_file():
        with store.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    return digest.hexdigest()
