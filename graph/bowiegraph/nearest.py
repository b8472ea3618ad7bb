"""What somebody may have meant by a name that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

#: of 100: how like a name has to be to be offered
_LIKENESS: Final = 60
_MOST: Final = 3


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """List up to three known names that are like this one, the likest first."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 — lazy: only needed when a name is wrong

    choices = list(known)
    # Misspelt as a whole first; then what only has the name in it, as "Keery" is in "Joe Keery".
    for scorer in (fuzz.ratio, fuzz.WRatio):
        found = process.extract(
            name, choices, scorer=scorer, processor=utils.default_process, score_cutoff=_LIKENESS, limit=_MOST
        )
        if found:
            return tuple(match for match, _, _ in found)
    return ()
