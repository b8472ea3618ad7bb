"""An answer on its way from a worker: held back while it is small, so that what goes wrong can still be said."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Any, Final

from bowiegraph.serving.frames import Frame, Kind

if TYPE_CHECKING:
    import socket

    from bowiegraph.serving.jobs import Head

#: bytes of an answer that are held back, and of a piece of one
_PIECE: Final = 64 * 1024
#: bytes below which nothing is gained by making them fewer
_TINY: Final = 600
#: of 9: twice as fast as the usual 6, and a tenth larger
_LEVEL: Final = 4
#: what zlib calls gzip
_GZIP: Final = 31


class Reply(io.RawIOBase):
    """A file to write an answer to; it goes out in pieces."""

    def __init__(self, line: socket.socket, *, zipped: bool) -> None:
        super().__init__()
        self._line = line
        self._wanted = zipped
        self._held = bytearray()
        self._head: Head | None = None
        self._zip: Any = None
        self._sent = False

    def begin(self, head: Head) -> None:
        """Say how the answer begins; nothing of it goes out yet."""
        self._head = head
        self._held.clear()

    @property
    def has_begun(self) -> bool:
        """Whether some of it is out, so that nothing else can be said any more."""
        return self._sent

    def writable(self) -> bool:
        """Say that it is."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # Oxigraph's writers give bytes
        """Take a piece of the answer."""
        self._held += data
        if len(self._held) >= _PIECE:
            self._send(last=False)
        return len(data)

    def end(self) -> None:
        """Send what is left."""
        self._send(last=True)

    def _send(self, *, last: bool) -> None:
        frames = b""
        if not self._sent and self._head is not None:
            frames += bytes(self._first(self._head, small=last and len(self._held) < _TINY))
        data = self._packed(bytes(self._held), last=last)
        frames += bytes(Frame(Kind.BODY, data)) if data else b""
        frames += bytes(Frame(Kind.END)) if last else b""
        self._sent = True
        self._held.clear()
        self._line.sendall(frames)

    def _first(self, head: Head, *, small: bool) -> Frame:
        headers = dict(head.headers)
        if self._wanted and not small:
            headers["content-encoding"] = "gzip"
            self._zip = zlib.compressobj(_LEVEL, wbits=_GZIP)
        return Frame.of(Kind.HEAD, [head.status, head.content_type, headers, head.lasting])

    def _packed(self, data: bytes, *, last: bool) -> bytes:
        if self._zip is None:
            return data
        packed = self._zip.compress(data) + (self._zip.flush() if last else b"")
        return bytes(packed)
