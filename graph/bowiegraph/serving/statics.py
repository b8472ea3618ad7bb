"""The files of the pages: style sheets, scripts and what is vendored, read once and held ready, also made small."""

from __future__ import annotations

import gzip
import mimetypes
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

SITE: Final = Path(__file__).parent / "site"
_FOLDERS: Final = ("css", "js", "vendor")
_SERVED: Final = frozenset((".css", ".js", ".svg"))


@dataclass(frozen=True)
class Static:
    """A file as it goes out."""

    data: bytes
    zipped: bytes
    content_type: str
    etag: str


@cache
def statics() -> dict[str, Static]:
    """Read them all, by their path below the folder of the site: no address leads to any other file."""
    paths = (path for folder in _FOLDERS for path in sorted((SITE / folder).rglob("*")))
    return {path.relative_to(SITE).as_posix(): _read(path) for path in paths if path.suffix in _SERVED}


def _read(path: Path) -> Static:
    data = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    return Static(data, gzip.compress(data, 6, mtime=0), kind, f'W/"{sha256(data).hexdigest()[:24]}"')
