"""What a worker is asked to do."""

from __future__ import annotations

import marshal
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Question:
    """A query, as a client put it."""

    sparql: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """An address of this server, and what stands behind its question mark."""

    path: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """A question or a page, and how the client wants it."""

    wanted: Question | Page
    #: the header Accept
    accept: str = ""
    #: a format by its name, in place of what Accept says
    format: str = ""
    gzip: bool = False

    @cached_property
    def told(self) -> bytes:
        """What goes over the line to a worker: plain values, for both ends are of one program."""
        wanted = tuple(vars(self.wanted).values())
        return marshal.dumps((type(self.wanted).__name__, wanted, self.accept, self.format, self.gzip))

    @classmethod
    def from_plain(cls, said: tuple[Any, ...]) -> Job:
        """Read what ``told`` holds."""
        kind, wanted, *how = said
        return cls(Question(*wanted) if kind == Question.__name__ else Page(*wanted), *how)


@dataclass(frozen=True)
class Head:
    """How an answer begins."""

    status: int
    content_type: str
    headers: dict[str, str] = field(default_factory=dict)
    #: whether the same question always has the same answer
    lasting: bool = True
