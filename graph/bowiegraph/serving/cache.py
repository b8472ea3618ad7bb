"""Answers that were given already: the data set does not change while it is served, so they stay true."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bowiegraph.serving.jobs import Head

#: bytes of all answers together, and of the largest
_MOST: Final = 64 * 1024**2
LARGEST: Final = 1024**2
#: bytes that an answer takes up beside its own
_BESIDE: Final = 500


@dataclass(frozen=True)
class Answer:
    """A whole answer, as it goes out."""

    head: Head
    body: bytes


class Answers:
    """The answers that were asked for last."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0

    def get(self, key: str) -> Answer | None:
        """Give an answer, if it is still there."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def keep(self, key: str, answer: Answer) -> None:
        """Keep an answer if it is not too large; those that were asked for longest ago make room."""
        if len(answer.body) > LARGEST or key in self._held:
            return
        self._held[key] = answer
        self._bytes += len(answer.body) + _BESIDE
        while self._bytes > _MOST:
            _, old = self._held.popitem(last=False)
            self._bytes -= len(old.body) + _BESIDE
