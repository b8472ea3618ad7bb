"""``export``: the whole data set, in the formats of others."""

from __future__ import annotations

from pathlib import Path

import click

from bowiegraph import export as export_
from bowiegraph.atomic import write_atomically
from bowiegraph.cli import options, output
from bowiegraph.cli.words import Choice
from bowiegraph.errors import OutputPlaceError
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
    type=Choice(tuple(export_.FORMATS)),
    help="What to write; default: as the file's name ends, else trig.",
)
@click.option(
    "-o", "--output", "file", type=click.Path(path_type=Path, dir_okay=False), help="A file; default: standard output."
)
@options.store
def export(format_: str | None, file: Path | None, store: Path | None) -> None:
    """Write the whole data set.

    trig, nquads and jsonld hold all of it; turtle what holds (the default graph); graphml the network of entities,
    each edge with its claim; nanopub each claim as an unsigned nanopublication. The same data set gives the same bytes.
    """
    chunks = export_.export(open_store(store), _format(format_, file))
    if file is None:
        for chunk in chunks:
            output.write(chunk)
    else:
        write_atomically(file, chunks)
        click.echo(f"wrote {file}", err=True)


def _format(wanted: str | None, file: Path | None) -> str:
    """Give the format asked for, else that of the file's name.

    Raises:
        OutputPlaceError: the file is called like one of another format.
    """
    ending = file.suffix.lower() if file else ""
    fitting = export_.SUFFIXES.get(ending, tuple(export_.FORMATS))
    if file and not fitting:
        raise OutputPlaceError(file, f"export writes no {ending} files", f"It writes {', '.join(export_.FORMATS)}")
    if file and wanted and wanted not in fitting:
        mend = f"Write --format {' or '.join(fitting)}, or name the file otherwise"
        raise OutputPlaceError(file, f"a {ending} file does not hold {wanted}", mend)
    return wanted or fitting[0]
