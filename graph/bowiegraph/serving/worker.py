"""A worker: a process that opens the data set, and answers one job after the other until it is ended.

A query in Oxigraph cannot be cancelled, and may take up memory without end: so the server ends the process
(``pool.py``), and the operating system keeps it within its memory.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING, Any, Final

from bowiegraph.errors import BowiegraphError
from bowiegraph.serving.answers import Asker, RefusedJobError
from bowiegraph.serving.frames import Frame, Kind, Unframer
from bowiegraph.serving.jobs import Head, Job, Question
from bowiegraph.serving.replies import Reply
from bowiegraph.serving.settings import Settings
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator


#: seconds between two looks at whether the server is still there
_LOOK: Final = 1.0
#: objects that may come up before rubbish is looked for: an answer makes hundreds, and no rubbish
_GARBAGE: Final = 50_000
_TEXT: Final = "text/plain; charset=utf-8"


def main(descriptor: int) -> None:
    """Answer what comes over a socket, until it is closed."""
    _watch(os.getppid())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all: the server says when to end
    with socket.socket(fileno=descriptor) as line:
        told = _told(line)
        said = next(told)
        settings = Settings.from_plain(said["settings"])
        try:
            store = open_store(settings.store)
        except BowiegraphError as error:
            line.sendall(bytes(Frame.of(Kind.FAILED, str(error))))
            return
        _limit(settings.memory)
        gc.freeze()  # what is there by now stays
        gc.set_threshold(_GARBAGE)
        asker = Asker(store, settings, said["gateway"], said["base_iri"])
        line.sendall(bytes(Frame(Kind.READY)))
        for job in map(Job.from_plain, told):
            reply = Reply(line, zipped=job.gzip)
            _do(job, asker, reply, line)


def _told(line: socket.socket) -> Iterator[Any]:
    unframer = Unframer()
    while data := line.recv(1 << 16):
        for frame in unframer.feed(data):
            yield frame.said


def _do(job: Job, asker: Asker, reply: Reply, line: socket.socket) -> None:
    try:
        if isinstance(job.wanted, Question):
            asker.answer(job.wanted, job, reply)
        else:
            from bowiegraph.serving.pages import Pages  # noqa: PLC0415 — lazy: many workers never write a page

            Pages(asker.store, asker.settings).answer(job.wanted, job, reply)
    except RefusedJobError as refusal:
        reply.begin(Head(refusal.status, _TEXT, lasting=False))
        reply.write(f"{refusal.reason}\n".encode())
        reply.end()
    except MemoryError:
        os.abort()  # as Oxigraph itself does when there is none left
    except Exception:
        line.sendall(bytes(Frame.of(Kind.FAILED, traceback.format_exc())))
        raise


def _limit(memory: int) -> None:
    """Keep this process from taking up more than that, and what it needs by itself.

    Where the system cannot (macOS), time alone limits a query.
    """
    import resource  # noqa: PLC0415 — Windows has none

    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _watch(server: int) -> None:
    """End with the server, even if it was killed and this process is in the middle of a query."""

    def look() -> None:
        while os.getppid() == server:
            time.sleep(_LOOK)
        os._exit(0)

    threading.Thread(target=look, daemon=True).start()


if __name__ == "__main__":
    main(int(sys.argv[1]))
