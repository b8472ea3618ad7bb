"""Ctrl-C at any time: also while the engine evaluates a query, and Python would not hear of it until that is done."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

#: what shells call a program that Ctrl-C ended
INTERRUPTED: Final = 130
#: how long Python has to end by itself, cleaning up, before it is ended; in seconds
_GRACE: Final = 0.3


@contextmanager
def at_once() -> Iterator[None]:
    """End the program on Ctrl-C even if Python cannot be reached, as by an engine that runs for minutes.

    The system's handler writes a byte into a pipe the moment the signal comes, whatever else runs. A thread that
    waits at the other end gives Python some time to raise KeyboardInterrupt, and then ends the program itself.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(os, "set_blocking"):
        yield  # no place to hear signals, or a system on which such a pipe cannot be had
        return
    heard, told = os.pipe()
    os.set_blocking(told, False)
    ended = threading.Event()
    before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    threading.Thread(target=_watch, args=(heard, ended), daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        signal.set_wakeup_fd(before)
        os.close(told)  # which ends the thread


def _watch(heard: int, ended: threading.Event) -> None:
    while told := os.read(heard, 1):
        if told[0] == signal.SIGINT and not ended.wait(_GRACE):
            click.echo("bowiegraph: interrupted", err=True)
            os._exit(INTERRUPTED)  # no way round: the main thread is in the engine
    os.close(heard)
