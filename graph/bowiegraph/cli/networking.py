"""``network``: a network of the graph as a file for Gephi, networkx, pandas and their like."""

from __future__ import annotations

from pathlib import Path

import click

from bowiegraph.cli import asking, options, output
from bowiegraph.cli.viewing import OfViews
from bowiegraph.cli.words import Choice
from bowiegraph.network.formats import FORMATS, WRITERS
from bowiegraph.store import open_store


@click.command(
    cls=OfViews,
    short_help="Write a network for Gephi, networkx, pandas.",
    epilog="""\b
Examples:
  bowiegraph network -o heroes.gexf
  bowiegraph network covers --every-claim -o covers.graphml
  bowiegraph network -f json | python -c 'import json, sys; print(len(json.load(sys.stdin)["nodes"]))'
  bowiegraph network -o heroes.parquet""",
)
@click.argument("name", required=False)
@click.option("--query", "-q", metavar="FILE|TEXT|-", help="SPARQL in place of a named view.")
@click.option(
    "--fold/--no-fold", default=True, show_default=True, help="Make a cover, a contribution and the like one edge."
)
@click.option(
    "--every-claim",
    is_flag=True,
    help="Also what is hedged, figurative or opinion, and what is disputed or refuted.",
)
@click.option(
    "--format", "-f", "format_", type=Choice(FORMATS), help="What to write; default: as the file's name ends."
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file; default: standard output, in the --format given.",
)
@options.store
def network(  # noqa: PLR0913 — one argument an option
    name: str | None,
    query: str | None,
    *,
    fold: bool,
    every_claim: bool,
    format_: str | None,
    file: Path | None,
    store: Path | None,
) -> None:
    """Write a network: all that is claimed of entities, a named view, or what a query selects.

    Things are nodes, and each claim that links two of them is an edge with its source, sentences, stance and verdict.
    GEXF is for Gephi, which has the years on its timeline; json is networkx's node-link data; parquet makes two
    tables, NAME.nodes.parquet and NAME.edges.parquet, for pandas and polars. (export --format graphml has all that
    anybody claims, as --no-fold --every-claim has it here.)
    """
    if name is not None and query is not None:
        raise click.UsageError("give a view or a --query, not both")
    if file is None and format_ not in WRITERS:
        raise click.UsageError(f"say where to write it, with -o FILE.gexf, or in which --format: {', '.join(WRITERS)}")
    from bowiegraph import network as networks  # noqa: PLC0415 — lazy: networkx costs 400 ms

    what = asking.text_of(query) if query is not None else name
    made = networks.to_networkx(open_store(store), what, fold=fold, accepted_only=not every_claim)
    if file is None:
        output.write(networks.serialize(made, format_ or "json"))
        return
    for path in networks.save(made, file, format_):
        click.echo(f"wrote {path}", err=True)
    click.echo(f"{made.number_of_nodes():,} things, {made.number_of_edges():,} edges", err=True)
