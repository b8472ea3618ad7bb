"""A job on its way through a worker: from the moment a client asks to the last piece of the answer."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final

from bowiegraph.serving.frames import Kind
from bowiegraph.serving.jobs import Head

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bowiegraph.serving.frames import Frame
    from bowiegraph.serving.jobs import Job

#: seconds that a client may let an answer wait, all in all
_PATIENCE: Final = 60.0


class NoAnswerError(Exception):
    """A job has no answer: status and reason for the client."""

    def __init__(self, status: int, reason: str) -> None:
        self.status = status
        self.reason = reason
        super().__init__(reason)


class Exchange:
    """A job, and what has come back of it.

    Two clocks run: the worker's, which stands while the client lets the answer wait, and the client's.
    """

    def __init__(self, job: Job, client: str) -> None:
        self.job = job
        self.client = client
        #: nothing more will come: it was answered, has failed, or nobody wants it any more
        self.is_over: bool = False
        #: told when the client takes something, and when it wants nothing more
        self.on_taken: Callable[[], None] | None = None
        self.on_abandoned: Callable[[], None] | None = None
        #: told when it turns out to take long
        self.on_slow: Callable[[], None] | None = None
        #: bytes that wait for the client
        self.ahead: int = 0
        self._loop = asyncio.get_running_loop()
        self._frames: deque[Frame] = deque()
        self._failure: NoAnswerError | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._since = self._loop.time()
        self._waited = 0.0

    # ---- for the workers

    def begin(self) -> None:
        """Start its clock: a worker has begun it."""
        self._since = self._loop.time()
        self._waited = 0.0

    @property
    def spent(self) -> float:
        """Seconds for which a worker has been at it."""
        return self._loop.time() - self._since - self._waited

    def remind(self, seconds: float, what: Callable[[], None]) -> None:
        """Have something done in so many seconds, unless it is over by then; one thing at a time."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, what)

    def turn_slow(self) -> None:
        """Know that it takes long."""
        told, self.on_slow = self.on_slow, None
        if told is not None:
            told()

    def give(self, frame: Frame) -> None:
        """Take what a worker sends."""
        if self.is_over:
            return
        if frame.kind is Kind.END:
            self._end()
        self._frames.append(frame)
        self.ahead += len(frame.data)
        self._wake()

    def fail(self, status: int, reason: str) -> None:
        """End it without an answer; what has come so far is still given."""
        if not self.is_over:
            self._failure = NoAnswerError(status, reason)
            self._end()
            self._wake()

    def _end(self) -> None:
        self.is_over = True
        if self._timer is not None:
            self._timer.cancel()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # ---- for the client

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
        return None if frame.kind is Kind.END else frame.data

    async def _next(self) -> Frame:
        while not self._frames:
            if self._failure is not None:
                raise self._failure
            self._waiter = self._loop.create_future()
            await self._waiter
        frame = self._frames.popleft()
        self.ahead -= len(frame.data)
        if self.on_taken is not None:
            self.on_taken()
        return frame

    async def patiently(self, sending: Awaitable[None]) -> None:
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

    def abandon(self) -> None:
        """Stop it: nobody waits for the answer any more."""
        if self.is_over:
            return
        self.fail(499, "nobody waits for it")
        if self.on_abandoned is not None:
            self.on_abandoned()
