"""Ctrl-C ends a command at once, whatever it does."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time

import pytest
from tests import small_data

from bowiegraph.cli.interrupting import at_once

STORE = ("--store", str(small_data.FILE))
#: five times all with all: nobody sees the end of it
ENDLESS = " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(5))


@pytest.mark.parametrize("selected", ["(COUNT(*) AS ?n)", "*"])
def test_ctrl_c_during_an_evaluation(selected: str) -> None:
    """The engine does not return to Python, neither while it counts nor while it writes rows."""
    command = [sys.executable, "-m", "bowiegraph", "query", f"SELECT {selected} {{ {ENDLESS} }}", *STORE]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        time.sleep(2)
        running.send_signal(signal.SIGINT)
        sent = time.monotonic()
        written, said = running.communicate(timeout=20)
    assert time.monotonic() - sent < 5
    assert running.returncode == 130
    assert said.decode().strip() == "bowiegraph: interrupted"
    assert written == b""


def sleeping(cleaned: list[str]) -> None:
    with at_once():
        try:
            signal.raise_signal(signal.SIGINT)
            time.sleep(5)
        finally:
            cleaned.append("yes")


def test_python_is_left_to_end_by_itself() -> None:
    """What can hear the signal cleans up, and nothing is watched any longer."""
    cleaned: list[str] = []
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    try:
        with pytest.raises(KeyboardInterrupt):
            sleeping(cleaned)
    finally:
        signal.signal(signal.SIGINT, before)
    assert cleaned == ["yes"]
    assert signal.set_wakeup_fd(-1) == -1


def test_in_another_thread_nothing_is_watched() -> None:
    """Only the main thread hears signals; programs that call the command elsewhere are let alone."""
    done = []

    def work() -> None:
        with at_once():
            done.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(5)
    assert done == [signal.getsignal(signal.SIGINT)]
