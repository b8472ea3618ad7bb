"""A line a request: for people on a terminal, as JSON for programs elsewhere.

What was asked is somebody's own matter, so that a query is logged by its digest only.
"""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime


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


def write(entry: Entry) -> None:
    """Write a line on standard error."""
    now = datetime.now(UTC)
    if sys.stderr.isatty():
        line = (
            f"{now.astimezone():%H:%M:%S} {entry.status} {entry.method} {_plain(entry.path)} "
            f"{entry.bytes:,} B {entry.milliseconds:.1f} ms"
        )
    else:
        line = json.dumps({"time": now.isoformat(timespec="milliseconds"), **asdict(entry)}, ensure_ascii=True)
    sys.stderr.write(line + "\n")


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
