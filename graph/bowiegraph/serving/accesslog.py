"""A line a request: for people on a terminal, as JSON for programs elsewhere.

What was asked is somebody's own matter, so that a query is logged by its digest only.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

#: seconds
_MOMENT: Final = 0.1


@dataclass(frozen=True)
class Entry:
    """One request, answered."""

    client: str
    method: str
    path: str
    status: int
    #: of the answer, as it went out
    bytes: int
    milliseconds: float
    #: letters of a digest of what was asked and how: the same for the same question; "" for what is no question
    question: str


_JSON: Final = json.JSONEncoder(separators=(",", ":")).encode


class Log:
    """The log; lines are gathered for a moment, as a system call for each costs more than the rest of it."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._for_people = sys.stderr.isatty()

    def write(self, entry: Entry) -> None:
        """Write a line on standard error, in a moment."""
        if self._for_people:
            line = (
                f"{datetime.now(UTC).astimezone():%H:%M:%S} {entry.status} {entry.method} {_plain(entry.path)} "
                f"{entry.bytes:,} B {entry.milliseconds:.1f} ms"
            )
        else:
            # By hand, for it is done for each request; only the path can hold what JSON has to escape.
            line = (
                f'{{"time":"{datetime.now(UTC).isoformat(timespec="milliseconds")}","client":"{entry.client}",'
                f'"method":"{entry.method}","path":{_JSON(entry.path)},"status":{entry.status},"bytes":{entry.bytes},'
                f'"milliseconds":{entry.milliseconds},"question":"{entry.question}"}}'
            )
        if not self._lines:
            asyncio.get_running_loop().call_later(_MOMENT, self.flush)
        self._lines.append(line)

    def flush(self) -> None:
        """Write what has been gathered; where nobody reads the log any more, serving goes on."""
        lines, self._lines = self._lines, []
        with suppress(OSError, ValueError):
            sys.stderr.write("".join(f"{line}\n" for line in lines))
            sys.stderr.flush()


def fault(text: str) -> None:
    """Write what went wrong in the server itself."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{text.rstrip()}\n")
    else:
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        sys.stderr.write(json.dumps({"time": now, "fault": text}) + "\n")


class Faults(logging.Handler):
    """Takes in what the server's libraries log, so that each line of the log has one form."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write it, but for answers that broke off, which their own line tells."""
        broken = record.exc_info and record.exc_info[1]
        if not isinstance(broken, BrokenOffError):
            fault(self.format(record))


class BrokenOffError(Exception):
    """An answer broke off after it had begun: the connection is closed, by which the client sees it."""


def _plain(path: str) -> str:
    """Keep an address from steering the terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in path)
