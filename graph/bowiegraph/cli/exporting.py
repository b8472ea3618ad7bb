"""``export``: the whole data set, in the formats of others."""

from __future__ import annotations

from pathlib import Path

import click

from bowiegraph import export as export_
from bowiegraph.atomic import write_atomically
from bowiegraph.cli import options, output
from bowiegraph.store import open_store


@click.command(
    short_help="Write the whole data set for other programs.",
    epilog="\b\nExamples:\n  bowiegraph export --format trig > heroes.trig\n"
    "  bowiegraph export -f graphml -o heroes.graphml",
)
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(list(export_.FORMATS)),
    default="trig",
    show_default=True,
    help="What to write.",
)
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), help="A file; default: standard output."
)
@options.store
def export(format_: str, file: Path | None, store: Path | None) -> None:
    """Write the whole data set.

    trig, nquads and jsonld hold all of it; turtle what holds (the default graph); graphml the network of entities,
    each edge with its claim; nanopub each claim as an unsigned nanopublication. The same data set gives the same bytes.
    """
    chunks = export_.export(open_store(store), format_)
    if file is None:
        for chunk in chunks:
            output.write(chunk)
    else:
        write_atomically(file, chunks)
        click.echo(f"wrote {file}", err=True)
