"""``view``: a network of the graph as one HTML file."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bowiegraph import catalogue
from bowiegraph.cli import asking, options, output
from bowiegraph.errors import OutputError
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from bowiegraph.views import View

_SUFFIXES = {".html", ".htm"}


class OfViews(click.Command):
    """A command whose help lists the named views."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the views above the examples."""
        with formatter.section("Views"):
            formatter.write_dl([(view.name, view.question) for view in catalogue.views()])
        super().format_epilog(ctx, formatter)


def _html(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    """Keep a page from replacing a file that is none."""
    if path is None or path.suffix.lower() in _SUFFIXES or (path.exists() and not path.is_file()):
        return path
    raise click.BadParameter(f"{path} does not end in .html, as a page's name does")


@click.command(
    cls=OfViews,
    short_help="Draw a network, as one HTML file that works offline.",
    epilog="""\b
Examples:
  bowiegraph view -o heroes.html
  bowiegraph view covers --open
  bowiegraph view --around "Antonia Maass" --hops 2 -o maass.html
  bowiegraph view --query 'CONSTRUCT { ?a ?p ?b } WHERE { ?a ?p ?b . ?a a schema:Movie }' -o films.html""",
)
@click.argument("name", required=False)
@click.option("--query", "-q", metavar="FILE|TEXT|-", help="SPARQL in place of a named view.")
@click.option("--around", metavar="ENTITY", help="Only what is near a thing, by any of its names.")
@click.option("--hops", type=click.IntRange(1, 9), default=1, show_default=True, help="How near.")
@click.option(
    "--fold/--no-fold",
    default=None,
    help="Draw a cover, a contribution and the like as one line; by default, as the view has it.",
)
@click.option("--title", help="The title of the page.")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_html,
    help="The page, FILE.html; default: standard output, if that is not a terminal.",
)
@click.option("--open", "open_", is_flag=True, help="Show it in the browser.")
@options.store
def view(  # noqa: PLR0913 — one argument an option
    name: str | None,
    query: str | None,
    around: str | None,
    hops: int,
    *,
    fold: bool | None,
    title: str | None,
    file: Path | None,
    open_: bool,
    store: Path | None,
) -> None:
    """Draw a network: a named view, what a query selects, or what is around a thing.

    The page is one file that asks the network for nothing: search it, filter it, click on a line and read who says
    so, in which sentence, and whether other sources agree.

    A query makes a view if it is CONSTRUCT, or SELECT of ?s ?p ?o and perhaps ?claim. Without NAME, --query or
    --around, the view is overview.
    """
    if file is None and not open_ and sys.stdout.isatty():
        raise click.UsageError("say where to write the page, with -o FILE.html, or give --open")
    made = _make(name, query, store, around=around, hops=hops, fold=fold, title=title)
    if file is None and not open_:
        output.write(made.html.encode())
        return
    path = made.save(file or _passing(made.title))
    nodes, lines = len(made.picture.nodes), len(made.picture.lines)
    click.echo(f"wrote {path}: {nodes:,} things, {lines:,} statements", err=True)
    if open_ and not webbrowser.open(path.resolve().as_uri()):
        click.echo("no browser could be started: open that file yourself", err=True)


def _make(name: str | None, query: str | None, store: Path | None, **wanted: Any) -> View:  # noqa: ANN401 — passed on
    from bowiegraph.views import view as make  # noqa: PLC0415 — a page is not always wanted

    sparql = None if query is None else asking.text_of(query)
    return make(open_store(store), name, query=sparql, **wanted)


def _passing(title: str) -> Path:
    """Name a file for a page that nobody asked to keep."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="bowiegraph-"))
    except OSError as error:
        raise OutputError(Path(tempfile.gettempdir()), error) from error
    letters = "".join(letter if letter.isalnum() else "-" for letter in title.lower())
    return folder / f"{letters.strip('-')[:60] or 'view'}.html"
