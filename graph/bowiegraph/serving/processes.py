"""A worker as the server sees it: a process, and the line to it."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from bowiegraph.serving.frames import Frame, Kind, Unframer

if TYPE_CHECKING:
    from collections.abc import Callable

    from bowiegraph.serving.jobs import Job

#: how much a slow one gives way (https://man7.org/linux/man-pages/man2/setpriority.2.html)
_NICE: Final = 15
#: bytes of an answer that may wait for a client to take them
_AHEAD: Final = 1024 * 1024
#: seconds that a process has to be gone once its line is
_DYING: Final = 5


class Process(asyncio.Protocol):
    """One process, and the line to it."""

    def __init__(self, lost: Callable[[Process], None]) -> None:
        self._lost = lost
        self._unframer = Unframer()
        self._transport: Any = None
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: asyncio.Future[None] | None = None
        self._frames: deque[Frame] = deque()
        self._ahead = 0
        self._paused = False
        self.is_gone = False
        self.is_slow = False
        self.is_open = False

    async def start(self, told: bytes) -> None:
        """Start the process; its first frame says whether it is open."""
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

    # ---- what comes

    def data_received(self, data: bytes) -> None:
        """Take what the process sends, and make it wait if nobody takes it from here."""
        for frame in self._unframer.feed(data):
            self._frames.append(frame)
            self._ahead += len(frame.data)
        if self._ahead > _AHEAD and not self._paused:
            self._transport.pause_reading()
            self._paused = True
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """See that the process is gone."""
        del exc
        self.is_gone = True
        self._wake()
        self._lost(self)

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def frame(self) -> Frame:
        """Wait for the next frame.

        Raises:
            EOFError: the process is gone.
        """
        while not self._frames:
            if self.is_gone:
                raise EOFError
            self._waiting = asyncio.get_running_loop().create_future()
            try:
                await self._waiting
            finally:
                self._waiting = None
        frame = self._frames.popleft()
        self._ahead -= len(frame.data)
        if self._paused and self._ahead < _AHEAD // 2:
            self._transport.resume_reading()
            self._paused = False
        return frame

    # ---- what goes

    def tell(self, job: Job) -> None:
        """Give it something to do."""
        self._transport.write(bytes(Frame.of(Kind.TELL, job.to_json())))

    def give_way(self) -> None:
        """Let others go first from now on."""
        self.is_slow = True
        if self._process is not None:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, _NICE)

    def end(self) -> None:
        """End the process, whatever it does; its memory goes back to the system."""
        self.is_gone = True
        if self._process is not None:
            self._process.kill()
        if self._transport is not None:
            self._transport.abort()

    def reap(self) -> int:
        """Say how the process ended, once it has: a worker that is gone is dead within moments."""
        if self._process is None:
            return 0
        try:
            return self._process.wait(timeout=_DYING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()
