"""The workers: processes that answer, each ended and replaced when it takes too long, too much, or dies.

Quick queries are not to wait for slow ones. So a query that has run for a moment leaves its place to a new worker,
and goes on at a lower priority; there is room for twice as many slow queries as for quick ones, and when it is full,
the next that turns out slow is ended. Those who wait are served in turn, by client: whoever has least in work first.
"""

from __future__ import annotations

import asyncio
import signal
from collections import Counter, deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bowiegraph.errors import ServerError
from bowiegraph.serving import accesslog
from bowiegraph.serving.frames import Frame, Kind
from bowiegraph.serving.jobs import Head
from bowiegraph.serving.processes import Process

if TYPE_CHECKING:
    from bowiegraph.serving.jobs import Job
    from bowiegraph.serving.settings import Settings

#: seconds after which a query is slow, and after which it is ended if there is no room for more slow ones
_SLOW: Final = 0.25
_TOO_SLOW: Final = 1.0
#: slow queries for each worker
_ROOM: Final = 2
#: jobs that may wait for a worker
_QUEUE: Final = 1000
#: seconds that a job waits for a worker, if the time of a query is not more
_SHORT: Final = 10.0
#: seconds that a client may let an answer wait, all in all
_PATIENCE: Final = 60.0
#: seconds before a worker that died at its start is replaced once more
_BREATH: Final = 1.0


class NoAnswerError(Exception):
    """A job has no answer: status and reason for the client."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        self.reason = reason
        super().__init__(reason)


class Exchange:
    """A job that is being answered: its head, then its pieces.

    Two clocks run: the worker's, which stands while the client lets the answer wait, and the client's.
    """

    def __init__(self, pool: Pool, worker: Process, client: str) -> None:
        self.client = client
        self._pool = pool
        self._worker = worker
        self._why: NoAnswerError | None = None
        self._ended = False
        self._loop = asyncio.get_running_loop()
        self._since = self._loop.time()
        #: seconds for which the client let the answer wait
        self._waited = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, job: Job) -> None:
        """Ask."""
        self._timer = self._loop.call_later(min(_SLOW, self._pool.settings.timeout), self._look)
        self._worker.tell(job)

    def _look(self) -> None:
        """See how long it takes: what is slow makes room for others, what is too slow is ended."""
        spent = self._loop.time() - self._since - self._waited
        limit = self._pool.settings.timeout
        if spent >= limit:
            self._give_up(504, f"the query was ended: it took longer than {limit:g} s. Ask for less")
            return
        if not self._worker.is_slow and not self._pool.make_room(self._worker) and spent >= _TOO_SLOW:
            self._give_up(503, "this query takes long, and too many such are running: try again later")
            return
        again = limit - spent if self._worker.is_slow else min(_SLOW, limit - spent)
        self._timer = self._loop.call_later(again, self._look)

    def _give_up(self, status: int, reason: str) -> None:
        self._why = NoAnswerError(status, reason)
        self._worker.end()

    async def head(self) -> Head:
        """Wait for how the answer begins.

        Raises:
            NoAnswerError: there is none, and why.
        """
        return Head(*(await self._next()).said)

    async def piece(self) -> bytes | None:
        """Wait for the next piece of the answer; None if there are no more.

        Raises:
            NoAnswerError: it broke off, and why.
        """
        frame = await self._next()
        if frame.kind is Kind.END:
            self.close()
            return None
        return frame.data

    async def _next(self) -> Frame:
        try:
            frame = await self._worker.frame()
        except EOFError:
            raise await self._failed() from None
        if frame.kind is Kind.FAILED:
            accesslog.fault(frame.said)
            self._why = NoAnswerError(500, "the server has failed; its log says why")
            raise await self._failed()
        return frame

    async def patiently(self, sending: Any) -> None:  # noqa: ANN401 — what an ASGI server has one wait for
        """Wait for the client to take a piece, as long as it has patience left.

        Raises:
            NoAnswerError: it has none.
        """
        since = self._loop.time()
        try:
            async with asyncio.timeout(_PATIENCE - self._waited):
                await sending
        except TimeoutError:
            raise NoAnswerError(408, "the client did not take the answer") from None
        finally:
            self._waited += self._loop.time() - since

    async def _failed(self) -> NoAnswerError:
        if self._why is None:
            code = await self._loop.run_in_executor(None, self._worker.reap)
            self._why = _reason(code, self._pool.settings)
        self.close()
        return self._why

    def close(self) -> None:
        """Give the worker back; one in the middle of an answer is ended."""
        if self._ended:
            return
        self._ended = True
        if self._timer is not None:
            self._timer.cancel()
        self._pool.give_back(self._worker, self.client)

    def abandon(self) -> None:
        """Stop an answer that nobody waits for any more."""
        if not self._ended:
            self._worker.end()
            self.close()


def _tell_busy(future: asyncio.Future[Process]) -> None:
    if not future.done():
        future.set_exception(NoAnswerError(503, "all workers are busy: try again later"))


def _reason(code: int, settings: Settings) -> NoAnswerError:
    if code in {-signal.SIGABRT, -signal.SIGKILL}:
        limit = settings.memory // 1024**2
        return NoAnswerError(
            503, f"the query was ended: it needs more than the {limit:,} MiB of memory that it may have"
        )
    if code < 0:
        return NoAnswerError(503, "the query was ended: it is too deep or too large for the engine")
    return NoAnswerError(500, "the server has failed")


@dataclass(frozen=True)
class State:
    """How many workers are open, free, and busy with slow queries; and how many jobs wait for one."""

    open: int
    free: int
    slow: int
    waiting: int


class Pool:
    """The workers, those that are free first."""

    def __init__(self, settings: Settings, gateway: str = "") -> None:
        self.settings = settings
        base = f"{settings.base_url or f'http://{settings.host}:{settings.port}'}/sparql"
        self._told = bytes(Frame.of(Kind.TELL, {"settings": settings.to_json(), "gateway": gateway, "base_iri": base}))
        self._all: set[Process] = set()
        self._free: deque[Process] = deque()
        #: who waits, each with its client, longest first
        self._waiting: list[tuple[str, asyncio.Future[Process]]] = []
        #: client → its jobs that are in work
        self._working: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    async def open(self) -> None:
        """Start the workers, and wait until the first is open.

        Raises:
            StoreError: the data set cannot be opened.
        """
        for _ in range(self.settings.workers):
            self._add()
        self._place(await self._take(""))

    def _add(self) -> None:
        worker = Process(self.lost)
        self._all.add(worker)
        task = asyncio.get_running_loop().create_task(self._start(worker))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start(self, worker: Process) -> None:
        await worker.start(self._told)
        try:
            frame = await worker.frame()
        except EOFError:
            await asyncio.sleep(_BREATH)
            self._replace(worker)
            return
        if frame.kind is Kind.FAILED:
            self._all.discard(worker)
            for _, future in self._waiting:
                if not future.done():
                    future.set_exception(ServerError(frame.said))
            return
        worker.is_open = True
        self._place(worker)

    async def ask(self, job: Job, client: str = "") -> Exchange:
        """Have a job done for a client, known by its address.

        Raises:
            NoAnswerError: nobody is free, and enough wait already.
        """
        worker = self._free.popleft() if self._free else await self._take(client)
        self._working[client] += 1
        exchange = Exchange(self, worker, client)
        exchange.begin(job)
        return exchange

    async def _take(self, client: str) -> Process:
        if self._free:
            return self._free.popleft()
        if len(self._waiting) >= _QUEUE:
            raise NoAnswerError(503, "too many requests are waiting: try again later")
        future: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        self._waiting.append((client, future))
        limit = asyncio.get_running_loop().call_later(max(self.settings.timeout, _SHORT), _tell_busy, future)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                self._place(future.result())  # it came at the very moment at which nobody waited any more
            raise
        finally:
            limit.cancel()

    def _place(self, worker: Process) -> None:
        """Give a free worker to who waits: to the client that has least in work, and has waited longest."""
        self._waiting = [(client, future) for client, future in self._waiting if not future.done()]
        if not self._waiting:
            self._free.append(worker)
            return
        _, first = min(enumerate(self._waiting), key=lambda one: (self._working[one[1][0]], one[0]))
        first[1].set_result(worker)

    def give_back(self, worker: Process, client: str) -> None:
        """Take a worker back; one that was slow has been replaced already, and one that is gone is replaced now."""
        self._working -= Counter([client])
        if worker.is_gone:
            return  # ``lost`` sees to it
        if worker.is_slow:
            worker.end()
        else:
            self._place(worker)

    def make_room(self, worker: Process) -> bool:
        """Let a slow worker give way to a new one; False if there are too many slow ones already."""
        if sum(other.is_slow for other in self._all) >= _ROOM * self.settings.workers:
            return False
        worker.give_way()
        self._add()
        return True

    def lost(self, worker: Process) -> None:
        """Replace a worker whose process is gone."""
        with suppress(ValueError):
            self._free.remove(worker)
        if worker.is_open:
            self._replace(worker)

    def _replace(self, worker: Process) -> None:
        self._all.discard(worker)
        asyncio.get_running_loop().run_in_executor(None, worker.reap)
        if not self._closing and not worker.is_slow:
            self._add()

    def state(self) -> State:
        """Count the workers."""
        opened = sum(worker.is_open and not worker.is_gone for worker in self._all)
        return State(opened, len(self._free), sum(w.is_slow for w in self._all), len(self._waiting))

    async def close(self) -> None:
        """End all workers."""
        self._closing = True
        for task in self._tasks:
            task.cancel()
        for worker in list(self._all):
            worker.end()
            worker.reap()
