"""A small, invented data set, as a build makes one, for the tests of what reads data sets."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyoxigraph as ox

from bowiegraph import vocab

FILE: Final = Path(__file__).parent / "data" / "small.trig"
PREFIXES: Final = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in vocab.PREFIXES.items())


def store() -> ox.Store:
    """Open the small data set."""
    return of(FILE.read_text(encoding="utf-8"))


def of(trig: str) -> ox.Store:
    """Make a store of TriG in which the prefixes of the project need not be declared."""
    data = ox.Store()
    data.bulk_load((PREFIXES + trig).encode(), format=ox.RdfFormat.TRIG)
    return data


def values(*literals: ox.Literal | ox.NamedNode | None) -> tuple[ox.Store, str]:
    """Give a store and a query whose one column holds these terms, in their order."""
    rows = " ".join("(UNDEF)" if term is None else f"({term})" for term in literals)
    return ox.Store(), f"SELECT ?v WHERE {{ VALUES (?v) {{ {rows} }} }}"
