"""Folders that are built together: each source stands in one of them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from bowiegraph.errors import SourceTakenError
from bowiegraph.facts.reading import EDITORS, source_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bowiegraph.facts.reading import Facts


def refuse_doubled(facts: Facts) -> None:
    """See that no source is described, and no claim of it made, in two folders; the editors write in all.

    A folder may add claims to a source of another one, under names of their own.

    Raises:
        SourceTakenError: some are, with all that would be wrong with them in one message.
    """
    doubled: dict[str, set[Path]] = {}
    for files in _together(facts):
        names = {name for path in files if (name := source_name(path)) and name != EDITORS}
        homes = {path.parent for path in files}
        if len(homes) > 1:
            for name in names:
                doubled.setdefault(name, set()).update(homes)
    if doubled:
        folders = sorted({home.parent for homes in doubled.values() for home in homes})
        raise SourceTakenError(sorted(doubled), folders)


def _together(facts: Facts) -> Iterator[tuple[Path, ...]]:
    """Give the files of each source's description and of each claim."""
    claims = ((claim.file, *claim.elsewhere) for claim in facts.claims.values())
    yield from chain((found.files for found in facts.sources.values()), claims)
