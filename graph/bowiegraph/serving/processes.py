"""A worker as the server sees it: a process, the line to it, and the jobs that it was given."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

from bowiegraph.serving.frames import Frame, Kind, Unframer

if TYPE_CHECKING:
    from bowiegraph.serving.exchanges import Exchange

#: how much a slow one gives way (https://man7.org/linux/man-pages/man2/setpriority.2.html)
_NICE: Final = 15
#: bytes of an answer that may wait for a client to take them
_AHEAD: Final = 1024 * 1024
#: jobs that a process may have: one in work, and some at hand, so that it need not wait for the server
_DEPTH: Final = 4
#: seconds for which a job may have been in work when another one is put behind it: most are done by then
_YOUNG: Final = 0.02
#: seconds for which a job may take that nobody wants any more
_PASSED_OVER: Final = 0.25
#: seconds that a process has to be gone once its line is
_DYING: Final = 5


class Keeper(Protocol):
    """Whoever sees to the processes."""

    def opened(self, process: Process) -> None:
        """It is open for jobs."""

    def refused(self, process: Process, reason: str) -> None:
        """It cannot be."""

    def done(self, process: Process, exchange: Exchange) -> None:
        """A job is done."""

    def faulty(self, process: Process, exchange: Exchange, trace: str) -> None:
        """A job has met a fault of ours."""

    def stalled(self, process: Process) -> None:
        """A client lets it wait."""

    def lost(self, process: Process) -> None:
        """Its line is gone."""


class Process(asyncio.Protocol):
    """One process; its jobs are answered in the order in which they were given."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._unframer = Unframer()
        self._transport: Any = None
        self._process: subprocess.Popen[bytes] | None = None
        self._paused = False
        #: the first is in work
        self.exchanges: deque[Exchange] = deque()
        self.is_open: bool = False
        #: it is ended after the job that it is at
        self.is_retired: bool = False
        self.is_gone: bool = False

    async def start(self, told: bytes) -> None:
        """Start the process; it says by itself whether it is open."""
        ours, theirs = socket.socketpair()
        ours.settimeout(0)
        with theirs:
            self._process = subprocess.Popen(  # noqa: ASYNC220, S603 — it returns at once; no word of it is a client's
                [sys.executable, "-P", "-m", "bowiegraph.serving.worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # what it has to say comes in frames; the engine's last words are no log
            )
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_unix_connection(lambda: self, sock=ours)
        self._transport.write(told)

    # ---- what goes

    @property
    def takes_more(self) -> bool:
        """Whether it can be given another job now."""
        if not self.is_open or self.is_retired or self.is_gone or len(self.exchanges) >= _DEPTH:
            return False
        return not self.exchanges or (not self._paused and self.exchanges[0].spent < _YOUNG)

    def take(self, exchange: Exchange) -> None:
        """Do a job, after those that it has."""
        self.exchanges.append(exchange)
        exchange.on_taken = self._taken
        exchange.on_abandoned = lambda: self._abandoned(exchange)
        self._transport.write(bytes(Frame(Kind.TELL, exchange.job.told)))
        if len(self.exchanges) == 1:
            exchange.begin()

    def retire(self, *, give_way: bool) -> list[Exchange]:
        """Do the job in hand and no more; give back those behind it.

        Args:
            give_way: let others go first from now on.
        """
        self.is_retired = True
        if give_way and self._process is not None:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)
        return self.behind()

    def behind(self) -> list[Exchange]:
        """Take the jobs back that are not in work."""
        found = list(self.exchanges)[1:]
        while len(self.exchanges) > 1:
            self.exchanges.pop()
        return found

    def end(self) -> None:
        """End the process, whatever it does; its memory goes back to the system."""
        self.is_gone = True
        if self._process is not None:
            self._process.kill()
        if self._transport is not None:
            self._transport.abort()

    def reap(self) -> int:
        """Say how the process ended, once it has: one whose line is gone is dead within moments."""
        if self._process is None:
            return 0
        try:
            return self._process.wait(timeout=_DYING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    # ---- what comes

    def data_received(self, data: bytes) -> None:
        """Take what the process sends, and make it wait if nobody takes it from here."""
        for frame in self._unframer.feed(data):
            self._received(frame)
        if self.exchanges and self.exchanges[0].ahead > _AHEAD and not self._paused:
            self._paused = True
            self._transport.pause_reading()
            self._keeper.stalled(self)

    def _received(self, frame: Frame) -> None:
        if frame.kind is Kind.READY:
            self.is_open = True
            self._keeper.opened(self)
        elif not self.exchanges:
            if frame.kind is Kind.FAILED:
                self._keeper.refused(self, frame.said)
        elif frame.kind is Kind.FAILED:
            self._keeper.faulty(self, self.exchanges[0], frame.said)
        else:
            self.exchanges[0].give(frame)
            if frame.kind is Kind.END:
                self._next()

    def _next(self) -> None:
        exchange = self.exchanges.popleft()
        if self.exchanges:
            self.exchanges[0].begin()
            if self.exchanges[0].is_over:  # nobody wants it any more, but the process has been told
                asyncio.get_running_loop().call_later(_PASSED_OVER, self._abandoned, self.exchanges[0])
        self._keeper.done(self, exchange)

    def _taken(self) -> None:
        if self._paused and (not self.exchanges or self.exchanges[0].ahead < _AHEAD // 2) and not self.is_gone:
            self._paused = False
            self._transport.resume_reading()

    def _abandoned(self, exchange: Exchange) -> None:
        """Stop a job that is in work; one behind it gets a moment when its turn comes, which is cheaper."""
        if self.exchanges and self.exchanges[0] is exchange:
            self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        """See that the process is gone."""
        del exc
        self.is_gone = True
        self._keeper.lost(self)
