"""The way out: SERVICE reaches other servers through this gateway only, which looks at where it leads.

The engine would ask any address (pyoxigraph 0.5.13). So each SERVICE is led here, to an address of this machine that
nobody else knows, and from here to a host that the one who runs the endpoint has allowed, and there to an address of
the public internet: what a name resolves to is looked at, and that very address is connected to, so that no name can
lead elsewhere a moment later. Redirects are looked at in the same way.
"""

from __future__ import annotations

import asyncio
import secrets
import socket
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urljoin, urlsplit

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from bowiegraph.serving.rewriting import host_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from bowiegraph.serving.settings import Settings

_HOPS: Final = 3
#: bytes of another server's answer
_MOST: Final = 64 * 1024**2
_PASSED: Final = ("accept", "content-type", "user-agent")


class NoWayError(Exception):
    """An address that the gateway does not lead to, and why."""


async def _resolve(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def is_public(address: str) -> bool:
    """Tell whether an address is one of the public internet, also where IPv6 holds an address of IPv4."""
    ip = ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    teredo = getattr(ip, "teredo", None)
    every = [ip, *([inner] if inner else []), *(teredo or ())]
    return all(one.is_global and not one.is_multicast for one in every)


@dataclass
class Gateway:
    """Leads requests to hosts that are allowed."""

    allowed: frozenset[str]
    timeout: float
    #: the address that is put before another server's; "" if nothing is allowed
    address: str = ""
    resolve: Callable[[str, int], Awaitable[list[str]]] = _resolve
    permits: Callable[[str], bool] = is_public
    _token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @classmethod
    @asynccontextmanager
    async def of(cls, settings: Settings) -> AsyncIterator[Gateway]:
        """Open a gateway for as long as an endpoint runs; if no host is allowed, there is none."""
        gateway = cls(settings.services, settings.timeout)
        if not settings.services:
            yield gateway
            return
        async with gateway.opened():
            yield gateway

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Listen on this machine, at a port and under a name that nobody else knows."""
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.address = f"http://127.0.0.1:{listening.getsockname()[1]}/{self._token}/"
            app = Starlette(routes=[Route("/{token}/{target:path}", self._lead, methods=["GET", "POST"])])
            config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1)
            server = _Quiet(config)
            task = asyncio.create_task(server.serve(sockets=[listening]))
            try:
                yield
            finally:
                server.should_exit = True
                await task

    async def _lead(self, request: Request) -> Response:
        if not secrets.compare_digest(request.path_params["token"], self._token):
            return PlainTextResponse("there is nothing here\n", 404)
        raw = request.scope["raw_path"].decode("latin-1").partition(f"/{self._token}/")[2]
        headers = {name: request.headers[name] for name in _PASSED if name in request.headers}
        try:
            answer, client = await self.ask(unquote(raw), request.method, headers, await request.body())
        except (NoWayError, httpx.HTTPError, OSError, ValueError) as error:
            return PlainTextResponse(f"{str(error) or type(error).__name__}\n", 502)
        kind = answer.headers.get("content-type", "application/octet-stream")
        return StreamingResponse(_bounded(answer, client), answer.status_code, {"content-type": kind})

    async def ask(
        self, target: str, method: str, headers: dict[str, str], body: bytes
    ) -> tuple[httpx.Response, httpx.AsyncClient]:
        """Ask another server.

        Returns:
            its answer, which is still to be read, and what is to be closed then.

        Raises:
            NoWayError: the address, or one that it redirects to, is not allowed or not public.
            httpx.HTTPError: the server does not answer.
        """
        client = httpx.AsyncClient(timeout=self.timeout, trust_env=False, follow_redirects=False)
        try:
            return await self._follow(client, target, method, headers, body), client
        except BaseException:
            await client.aclose()
            raise

    async def _follow(
        self, client: httpx.AsyncClient, target: str, method: str, headers: dict[str, str], body: bytes
    ) -> httpx.Response:
        for _ in range(_HOPS + 1):
            request = await self._request(client, target, method, headers, body)
            answer = await client.send(request, stream=True)
            if not answer.has_redirect_location:
                return answer
            await answer.aclose()
            target = urljoin(target, answer.headers["location"])
        raise NoWayError(f"{target} redirects more than {_HOPS} times")

    async def _request(
        self, client: httpx.AsyncClient, target: str, method: str, headers: dict[str, str], body: bytes
    ) -> httpx.Request:
        """Make a request to the very address that was looked at, under the name that was allowed."""
        host = host_of(target)
        if host not in self.allowed:
            raise NoWayError(f"SERVICE may not ask {host or target}")
        parts = urlsplit(target)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        addresses = await self.resolve(parts.hostname or "", port)
        if not addresses or not all(map(self.permits, addresses)):
            raise NoWayError(f"SERVICE may not ask {host}: it is not on the public internet")
        literal = f"[{addresses[0]}]" if ":" in addresses[0] else addresses[0]
        there = parts._replace(netloc=f"{literal}:{port}", fragment="").geturl()
        given = {**headers, "host": host, "accept-encoding": "identity"}
        extensions: dict[str, Any] = {"sni_hostname": parts.hostname}
        return client.build_request(method, there, headers=given, content=body, extensions=extensions)


async def _bounded(answer: httpx.Response, client: httpx.AsyncClient) -> AsyncIterator[bytes]:
    """Pass an answer on, up to a size."""
    size = 0
    try:
        async for piece in answer.aiter_bytes():
            size += len(piece)
            if size > _MOST:
                raise NoWayError("the answer of the other server is too large")
            yield piece
    finally:
        await answer.aclose()
        await client.aclose()


class _Quiet(uvicorn.Server):
    """A server within another one, whose matter signals are."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them to the other."""
        yield
