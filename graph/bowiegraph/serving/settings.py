"""What an endpoint is told when it is started."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

#: bytes of a query's text, in the address or in the body
MOST_TEXT: Final = 1024 * 1024
#: bytes of a request's first line and headers: longer texts are posted
MOST_HEAD: Final = 64 * 1024


@dataclass(frozen=True)
class Settings:
    """Where the endpoint listens, what it serves, and what a query may cost."""

    host: str = "127.0.0.1"
    port: int = 8000
    #: a file or folder; None: the facts that ship with the package
    store: Path | None = None
    #: seconds that a query may take
    timeout: float = 10.0
    #: bytes that a worker may take up
    memory: int = 1024**3
    #: processes that answer
    workers: int = 2
    #: rows of an answer, or triples
    rows: int = 1_000_000
    #: the address under which the world knows this server, without a slash at its end; "" if that is not known
    base_url: str = ""
    #: hosts that SERVICE may ask, each with its port if that is not the usual one
    services: frozenset[str] = field(default_factory=frozenset)

    @property
    def root(self) -> str:
        """The path that stands before each of ours: "" or "/heroes"."""
        return urlsplit(self.base_url).path.rstrip("/")

    def to_plain(self) -> dict[str, Any]:
        """Give what a worker needs to know."""
        return vars(self) | {"store": str(self.store) if self.store else None, "services": sorted(self.services)}

    @classmethod
    def from_plain(cls, said: dict[str, Any]) -> Settings:
        """Read what ``to_plain`` gave."""
        store = Path(said["store"]) if said["store"] else None
        return cls(**said | {"store": store, "services": frozenset(said["services"])})
