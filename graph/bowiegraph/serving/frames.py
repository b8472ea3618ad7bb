"""How the server and its workers talk: frames, each a length, a kind and its bytes."""

from __future__ import annotations

import marshal
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER: Final = struct.Struct(">IB")


class Kind(IntEnum):
    """What a frame is."""

    #: to a worker: settings, or a job
    TELL = 1
    #: from a worker: it is open for questions
    READY = 2
    #: from a worker: it cannot go on, and why
    FAILED = 3
    #: from a worker: status, media type and headers of an answer
    HEAD = 4
    #: from a worker: some of the answer's bytes
    BODY = 5
    #: from a worker: there are no more
    END = 6


@dataclass(frozen=True)
class Frame:
    """A kind and its bytes."""

    kind: Kind
    data: bytes = b""

    def __bytes__(self) -> bytes:
        """Write it as it goes over the line."""
        return _HEADER.pack(len(self.data), self.kind) + self.data

    @classmethod
    def of(cls, kind: Kind, said: Any) -> Frame:  # noqa: ANN401 — plain values
        """Make one of plain values; both ends are processes of one program, and of one Python."""
        return cls(kind, marshal.dumps(said))

    @property
    def said(self) -> Any:  # noqa: ANN401 — as above
        """Read what ``of`` was given."""
        return marshal.loads(self.data)  # noqa: S302 — as said


class Unframer:
    """Puts frames together again from the pieces in which they come."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Take a piece; give the frames that are whole by now."""
        self._held += data
        start = 0
        while len(self._held) - start >= _HEADER.size:
            length, kind = _HEADER.unpack_from(self._held, start)
            end = start + _HEADER.size + length
            if len(self._held) < end:
                break
            yield Frame(Kind(kind), bytes(self._held[start + _HEADER.size : end]))
            start = end
        del self._held[:start]
