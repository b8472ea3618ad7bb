"""The workers: processes that answer, each ended and replaced when it takes too long, too much, or dies.

Quick queries are not to wait for slow ones. So a query that has run for a moment leaves its place to a new worker,
and goes on at a lower priority; there is room for twice as many slow queries as for quick ones, and when it is full,
the next that turns out slow is ended. Those who wait are served in turn, by client: whoever has least in work first.
"""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bowiegraph.errors import ServerError
from bowiegraph.serving import accesslog
from bowiegraph.serving.exchanges import Exchange, NoAnswerError
from bowiegraph.serving.frames import Frame, Kind
from bowiegraph.serving.processes import Process

if TYPE_CHECKING:
    from collections.abc import Coroutine

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
#: seconds before a worker that could not start is replaced once more
_BREATH: Final = 1.0


@dataclass(frozen=True)
class State:
    """How many workers are open, free, and busy with slow queries; and how many jobs wait for one."""

    open: int
    free: int
    slow: int
    waiting: int


class Pool:
    """The workers, and the jobs that wait for one."""

    def __init__(self, settings: Settings, gateway: str = "") -> None:
        self.settings = settings
        base = f"{settings.base_url or f'http://{settings.host}:{settings.port}'}/sparql"
        told = {"settings": settings.to_plain(), "gateway": gateway, "base_iri": base}
        self._told = bytes(Frame.of(Kind.TELL, told))
        self._all: set[Process] = set()
        #: longest first
        self._waiting: list[Exchange] = []
        #: client → its jobs that are in work
        self._working: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._first: asyncio.Future[None] | None = None
        self._closing = False

    async def open(self) -> None:
        """Start the workers, and wait until the first is open.

        Raises:
            ServerError: the data set cannot be opened.
        """
        self._first = asyncio.get_running_loop().create_future()
        for _ in range(self.settings.workers):
            self._add()
        await self._first

    async def close(self) -> None:
        """End all workers."""
        self._closing = True
        for task in list(self._tasks):
            task.cancel()
        for process in list(self._all):
            process.end()
            process.reap()

    def state(self) -> State:
        """Count the workers."""
        opened = [process for process in self._all if process.is_open and not process.is_gone]
        slow = sum(process.is_retired for process in opened)
        free = sum(not process.exchanges for process in opened)
        return State(len(opened), free, slow, len(self._waiting))

    # ---- jobs

    def ask(self, job: Job, client: str = "") -> Exchange:
        """Have a job done for a client, known by its address.

        Raises:
            NoAnswerError: too many wait already.
        """
        if len(self._waiting) >= _QUEUE:
            raise NoAnswerError(503, "too many requests are waiting: try again later")
        exchange = Exchange(job, client)
        self._submit(exchange)
        return exchange

    def _submit(self, exchange: Exchange) -> None:
        taking = [process for process in self._all if process.takes_more]
        if taking:
            self._give(min(taking, key=lambda process: len(process.exchanges)), exchange)
            return
        self._waiting.append(exchange)
        exchange.on_abandoned = None
        limit = max(self.settings.timeout, _SHORT)
        exchange.remind(limit, lambda: exchange.fail(503, "all workers are busy: try again later"))

    def _give(self, process: Process, exchange: Exchange) -> None:
        self._working[exchange.client] += 1
        process.take(exchange)
        exchange.remind(min(_SLOW, self.settings.timeout), lambda: self._look(process, exchange))

    def _look(self, process: Process, exchange: Exchange) -> None:
        """See how long a job takes: what is slow makes room for others, what is too slow is ended."""
        limit = self.settings.timeout
        if process.exchanges and process.exchanges[0] is not exchange:
            exchange.remind(_SLOW, lambda: self._look(process, exchange))  # its turn has not come
            return
        exchange.turn_slow()
        spent = exchange.spent
        if spent >= limit:
            exchange.fail(504, f"the query was ended: it took longer than {limit:g} s. Ask for less")
            process.end()
            return
        is_crowded = not process.is_retired and spent >= _SLOW and not self._make_room(process, give_way=True)
        if is_crowded and spent >= _TOO_SLOW:
            exchange.fail(503, "this query takes long, and too many such are running: try again later")
            process.end()
            return
        again = limit - spent if process.is_retired else min(_SLOW, limit - spent)
        exchange.remind(max(again, 0.01), lambda: self._look(process, exchange))

    def _make_room(self, process: Process, *, give_way: bool) -> bool:
        """Replace a worker that is at it for long; False if there are too many such already."""
        if sum(other.is_retired for other in self._all) >= _ROOM * self.settings.workers:
            return False
        behind = process.retire(give_way=give_way)
        self._add()
        self._submit_again(behind)
        return True

    def _submit_again(self, exchanges: list[Exchange]) -> None:
        for exchange in exchanges:
            self._working[exchange.client] -= 1
            if not exchange.is_over:
                self._submit(exchange)

    def _fill(self, process: Process) -> None:
        """Give a worker what waits: of the client that has least in work, what has waited longest."""
        self._waiting = [exchange for exchange in self._waiting if not exchange.is_over]
        while self._waiting and process.takes_more:
            first = min(enumerate(self._waiting), key=lambda one: (self._working[one[1].client], one[0]))[0]
            self._give(process, self._waiting.pop(first))

    # ---- what becomes of the workers

    def opened(self, process: Process) -> None:
        """Use a worker that is open."""
        if self._first is not None and not self._first.done():
            self._first.set_result(None)
        self._fill(process)

    def refused(self, process: Process, reason: str) -> None:
        """See that a worker cannot open the data set: at the start, nothing can be served."""
        if self._first is not None and not self._first.done():
            self._first.set_exception(ServerError(reason))
        else:
            accesslog.fault(reason)
        process.end()

    def done(self, process: Process, exchange: Exchange) -> None:
        """Go on with a worker that has done a job; one that was slow has been replaced already."""
        self._forget(exchange)
        if process.is_retired:
            process.end()
        else:
            self._fill(process)

    def faulty(self, process: Process, exchange: Exchange, trace: str) -> None:
        """Write down a fault of ours; what made it may have left more."""
        accesslog.fault(trace)
        exchange.fail(500, "the server has failed; its log says why")
        process.end()

    def stalled(self, process: Process) -> None:
        """Let others be served while a client takes its time."""
        if not process.is_retired:
            self._make_room(process, give_way=False)

    def lost(self, process: Process) -> None:
        """Replace a worker that is gone; what it was at has no answer, what it had at hand is given to others."""
        if process not in self._all:
            return
        self._all.discard(process)
        behind = process.behind()
        if process.exchanges:
            self._forget(process.exchanges[0])
        self._later(self._bury(process))
        if not self._closing:
            self._submit_again(behind)
            if process.is_open and not process.is_retired:
                self._add()
            elif not process.is_open:
                self._later(self._add_later())

    async def _bury(self, process: Process) -> None:
        code = await asyncio.get_running_loop().run_in_executor(None, process.reap)
        for exchange in process.exchanges:
            exchange.fail(*_reason(code, self.settings))

    def _forget(self, exchange: Exchange) -> None:
        self._working[exchange.client] -= 1
        if self._working[exchange.client] <= 0:
            del self._working[exchange.client]

    def _add(self) -> None:
        process = Process(self)
        self._all.add(process)
        self._later(self._start(process))

    async def _start(self, process: Process) -> None:
        try:
            await process.start(self._told)
        except OSError as error:  # the system has no room for another process
            accesslog.fault(f"no worker can be started: {error}")
            self._all.discard(process)
            await self._add_later()

    async def _add_later(self) -> None:
        await asyncio.sleep(_BREATH)
        self._add()

    def _later(self, doing: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _reason(code: int, settings: Settings) -> tuple[int, str]:
    """Say why a process ended that nobody has ended."""
    if code in {-signal.SIGABRT, -signal.SIGKILL}:
        limit = settings.memory // 1024**2
        return 503, f"the query was ended: it needs more than the {limit:,} MiB of memory that it may have"
    if code < 0:
        return 503, "the query was ended: it is too deep or too large for the engine"
    return 500, "the server has failed"
