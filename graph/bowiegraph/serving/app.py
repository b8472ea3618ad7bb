"""The endpoint as an ASGI application: takes requests, hands jobs to the workers, and sends what they answer."""

from __future__ import annotations

import asyncio
import time
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from starlette.routing import Route, Router

from bowiegraph.serving import accesslog, media, protocol
from bowiegraph.serving.cache import LARGEST, Answer, Answers
from bowiegraph.serving.exchanges import NoAnswerError
from bowiegraph.serving.jobs import Head, Job, Page
from bowiegraph.serving.settings import MOST_TEXT
from bowiegraph.serving.statics import statics

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Receive, Scope, Send

    from bowiegraph.serving.exchanges import Exchange
    from bowiegraph.serving.pool import Pool

#: bytes of a request's body: a query, and what percent signs and other parameters add
_MOST_BODY: Final = 4 * MOST_TEXT
_TEXT: Final = "text/plain; charset=utf-8"
#: pages load what is ours, and nothing else; a page in a frame of another site could be made to look like part of it
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
_POLICY_NAME: Final = "content-security-policy"
_ALWAYS: Final = (
    (_POLICY_NAME.encode(), _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    # All of it is public and read-only: pages of others may ask.
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, X-SPARQL-MaxRows, Content-Location, Link"),
)
_PREFLIGHT: Final = {
    "allow": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-methods": "GET, HEAD, POST, OPTIONS",
    "access-control-allow-headers": "Accept, Content-Type, If-None-Match",
    "access-control-max-age": "86400",
}
#: what proxies write for a client that is gone before it was answered
_CLIENT_GONE: Final = 499
#: an answer stays true until another data set is served, which its ETag tells
_LASTING: Final = "public, max-age=0, must-revalidate"


class _Call:
    """One request, the way back to who made it, and what has gone that way."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.receive = receive
        self._send = send
        self.method: str = scope["method"]
        self.headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
            self.headers[name] = f"{self.headers[name]}, {value}" if name in self.headers else value
        #: of the answer; 0 before it has begun
        self.status: int = 0
        self.bytes: int = 0
        #: letters of a digest of what was asked
        self.question = ""

    @property
    def client(self) -> str:
        """The address of who asks."""
        return str((self.scope.get("client") or ("",))[0])

    async def body(self) -> bytes:
        """Read what was posted.

        Raises:
            ProtocolError: 413: it is too large.
        """
        parts, size = [], 0
        while True:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise ConnectionResetError
            part = message.get("body", b"")
            parts.append(part)
            size += len(part)
            if size > _MOST_BODY:
                raise protocol.ProtocolError(413, f"a request may have {_MOST_BODY:,} bytes", connection="close")
            if not message.get("more_body", False):
                return b"".join(parts)

    async def start(self, status: int, headers: dict[str, str]) -> None:
        """Send the head of an answer."""
        self.status = status
        raw = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
        raw += _ALWAYS[1:] if _POLICY_NAME in headers else _ALWAYS
        await self._send({"type": "http.response.start", "status": status, "headers": raw})

    async def go_on(self, data: bytes) -> None:
        """Send a part of it."""
        self.bytes += len(data)
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    async def finish(self, data: bytes = b"") -> None:
        """Send its last part."""
        data = data if self.method != "HEAD" else b""
        self.bytes += len(data)
        await self._send({"type": "http.response.body", "body": data})

    async def whole(self, status: int, content_type: str, data: bytes, **headers: str) -> None:
        """Send a whole answer."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        await self.start(status, {"content-type": content_type, "content-length": str(len(data))} | given)
        await self.finish(data)

    async def refuse(self, status: int, reason: str, headers: dict[str, str] | None = None) -> None:
        """Send a reason in place of an answer."""
        data = f"{reason}\n".encode()
        given = {"content-type": _TEXT, "content-length": str(len(data)), "cache-control": "no-store"}
        await self.start(status, given | (headers or {}))
        await self.finish(data)


class Endpoint:
    """All that this server answers."""

    def __init__(self, pool: Pool, data_hash: str) -> None:
        self._pool = pool
        self._hash = data_hash
        self._answers = Answers()

    # ---- what is asked

    async def sparql(self, call: _Call) -> None:
        """Answer a query; without one, say what this endpoint offers."""
        body = await call.body()
        query, headers = call.scope["query_string"], call.headers
        asked = protocol.Request(call.method, query, headers.get("content-type", ""), body)
        question, form = protocol.read(asked)
        accept = headers.get("accept", "")
        likes_html = not form and media.choose(accept, (*media.EVERY, media.HTML)) is media.HTML
        if likes_html and call.method != "POST":  # a person followed a link: show the query, and run it there
            where = f"{self._pool.settings.root}/query" + (f"?{query.decode()}" if query else "")
            await call.start(303, {"location": where, "vary": "Accept", "content-length": "0"})
            await call.finish()
            return
        wanted = question or Page("/void", {})
        await self._answer(call, Job(wanted, accept, form, media.takes_gzip(headers.get("accept-encoding", ""))))

    async def page(self, call: _Call) -> None:
        """Answer with a page, or with what it says as RDF."""
        headers = call.headers
        try:
            text = call.scope["query_string"].decode()
            parameters = dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=20))
        except ValueError as error:
            raise protocol.ProtocolError(400, "the address cannot be read") from error
        await call.body()
        zipped = media.takes_gzip(headers.get("accept-encoding", ""))
        page = Page(call.scope["path"], parameters)
        await self._answer(call, Job(page, headers.get("accept", ""), parameters.get("format", ""), zipped))

    async def static(self, call: _Call) -> None:
        """Send a style sheet or a script."""
        found = statics().get(call.scope["path_params"]["path"])
        if found is None:
            raise protocol.ProtocolError(404, "there is no such file")
        headers = {"etag": found.etag, "cache_control": "public, max-age=3600", "vary": "Accept-Encoding"}
        if call.headers.get("if-none-match") == found.etag:
            await call.whole(304, found.content_type, b"", **headers)
        elif media.takes_gzip(call.headers.get("accept-encoding", "")):
            await call.whole(200, found.content_type, found.zipped, content_encoding="gzip", **headers)
        else:
            await call.whole(200, found.content_type, found.data, **headers)

    async def health(self, call: _Call) -> None:
        """Say whether queries are answered, for those who watch over servers."""
        state = self._pool.state()
        status = 200 if state.open else 503
        text = (
            f'{{"status":"{"ok" if state.open else "no worker is open"}","data":"{self._hash}",'
            f'"workers":{{"open":{state.open},"free":{state.free},"slow":{state.slow}}},"waiting":{state.waiting}}}\n'
        )
        await call.whole(status, "application/json", text.encode(), cache_control="no-store")

    # ---- what is answered

    async def _answer(self, call: _Call, job: Job) -> None:
        key = sha256(self._hash.encode() + job.told).hexdigest()
        etag = f'W/"{key[:32]}"'
        call.question = key[:12]
        if etag in call.headers.get("if-none-match", ""):
            await call.start(304, {"etag": etag, "cache-control": _LASTING, "vary": "Accept, Accept-Encoding"})
            await call.finish()
            return
        held = self._answers.get(key)
        if held is not None:
            await call.start(held.head.status, _headers(held.head, etag) | {"content-length": str(len(held.body))})
            await call.finish(held.body)
            return
        exchange = self._pool.ask(job, call.client)
        watch = _Watch(call, exchange)
        try:
            await self._pass_on(call, exchange, key, etag)
        finally:
            watch.end()
            exchange.abandon()

    async def _pass_on(self, call: _Call, exchange: Exchange, key: str, etag: str) -> None:
        """Send an answer whole if it is small, and remember it; else as it comes."""
        head = await exchange.head()
        held = b""
        piece = await exchange.piece()
        while piece is not None and len(held) < LARGEST:
            held += piece
            piece = await exchange.piece()
        if piece is None:
            if head.lasting:
                self._answers.keep(key, Answer(head, held))
            await call.start(head.status, _headers(head, etag) | {"content-length": str(len(held))})
            await call.finish(held)
            return
        await call.start(head.status, _headers(head, etag))
        if call.method != "HEAD":
            await exchange.patiently(call.go_on(held))
            while piece is not None:
                await exchange.patiently(call.go_on(piece))
                piece = await exchange.piece()
        await call.finish()


def _headers(head: Head, etag: str) -> dict[str, str]:
    lasting = {"etag": etag, "cache-control": _LASTING} if head.lasting else {"cache-control": "no-store"}
    return {"content-type": head.content_type, "vary": "Accept, Accept-Encoding"} | lasting | head.headers


class _Watch:
    """Stops an answer that takes long once its client is gone."""

    def __init__(self, call: _Call, exchange: Exchange) -> None:
        self._call = call
        self._exchange = exchange
        self._task: asyncio.Task[None] | None = None
        exchange.on_slow = self._begin  # most are over before anybody could leave

    def _begin(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._call.receive())["type"] != "http.disconnect":
            pass
        self._exchange.abandon()

    def end(self) -> None:
        if self._task is not None:
            self._task.cancel()


class _Served:
    """One of the endpoint's answers as an ASGI application: what goes wrong is answered as well, and all is logged."""

    def __init__(self, answer: Callable[[_Call], Any], log: accesslog.Log, *, posted: bool = False) -> None:
        self._answer = answer
        self._log = log
        self._posted = posted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        since = time.perf_counter()
        call = _Call(scope, receive, send)
        try:
            await self._do(call)
        except (protocol.ProtocolError, NoAnswerError) as error:
            if call.status:
                raise accesslog.BrokenOffError(error.reason) from error
            headers = getattr(error, "headers", {})
            retry = {"retry-after": "5"} if error.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
            await call.refuse(error.status, error.reason, headers | retry)
        except ConnectionResetError:
            call.status = _CLIENT_GONE
        finally:
            spent = round((time.perf_counter() - since) * 1000, 2)
            path = scope["path"]
            self._log.write(
                accesslog.Entry(call.client, call.method, path, call.status, call.bytes, spent, call.question)
            )

    async def _do(self, call: _Call) -> None:
        if call.method == "OPTIONS":
            await call.start(204, _PREFLIGHT)
            await call.finish()
        elif not self._posted and call.method not in {"GET", "HEAD"}:
            raise protocol.ProtocolError(405, f"{call.method} is of no use here: use GET", allow="GET, HEAD, OPTIONS")
        else:
            await self._answer(call)


class Application:
    """The application: queries first, for they come by the thousand; all else by Starlette's routes."""

    def __init__(self, pool: Pool, data_hash: str) -> None:
        """Make it; the workers are the caller's to open and to close."""
        endpoint = Endpoint(pool, data_hash)
        root = pool.settings.root
        self._log = accesslog.Log()
        self._sparql = _Served(endpoint.sparql, self._log, posted=True)
        self._addresses = frozenset((f"{root}/sparql", f"{root}/sparql/"))
        page, static, health = (
            _Served(answer, self._log) for answer in (endpoint.page, endpoint.static, endpoint.health)
        )
        self._routes = Router(
            [
                Route(f"{root}/static/{{path:path}}", static),
                Route(f"{root}/health", health),
                Route("/{path:path}", page),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        answer: Any = self._sparql if scope["path"] in self._addresses else self._routes
        await answer(scope, receive, send)

    def close(self) -> None:
        """Write the rest of the log."""
        self._log.flush()
