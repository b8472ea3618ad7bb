"""The only place that knows where the files that ship with the package are, and where its cache is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from bowiegraph.errors import LocationError

#: the folders that ship with the package: in a wheel in its folder data, in a checkout where the project keeps them
Kind = Literal["facts", "notebooks", "ontology", "queries"]

_PACKAGE = Path(__file__).parent
_CHECKOUT: dict[Kind, Path] = {
    "facts": _PACKAGE.parent / "facts",
    "notebooks": _PACKAGE.parent.parent / "notebooks",
    "ontology": _PACKAGE.parent.parent / "ontology",
    "queries": _PACKAGE.parent.parent / "queries",
}


def shipped(kind: Kind) -> Path:
    """Find a folder that ships with the package.

    Raises:
        LocationError: it is neither in the installed package nor in a checkout.
    """
    places = (_PACKAGE / "data" / kind, _CHECKOUT[kind])
    for place in places:
        if place.is_dir():
            return place
    raise LocationError(
        f"the {kind} that ship with bowiegraph are missing: looked in {places[0]} (installed) and {places[1]} "
        "(checkout). Install the package again: pip install --force-reinstall bowiegraph"
    )


def cache_dir() -> Path:
    """Give the folder for data sets built on first use: ``$BOWIEGRAPH_CACHE``, else the user's cache folder."""
    named = os.environ.get("BOWIEGRAPH_CACHE")
    if named:
        return Path(named)
    from platformdirs import user_cache_path  # noqa: PLC0415 — lazy: half of the commands never need it

    return user_cache_path("bowiegraph", appauthor=False)
