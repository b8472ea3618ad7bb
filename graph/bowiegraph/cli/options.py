"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from bowiegraph.cli.words import Choice

if TYPE_CHECKING:
    from collections.abc import Callable


store: Final[Callable[[Any], Any]] = click.option(
    "--store",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="Another data set: a file (.nq .trig .ttl …) or a folder that Oxigraph wrote.",
)


def formats(*names: str, help: str = "Default: a table on a terminal, else CSV.") -> Callable[[Any], Any]:  # noqa: A002 — click's word
    """Offer the formats that a command writes."""
    return click.option("--format", "-f", "format_", type=Choice(names), help=help)
