"""``query`` and ``queries``: asking in SPARQL, and the catalogue of questions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bowiegraph import catalogue
from bowiegraph import parameters as parameters_
from bowiegraph.catalogue import CatalogueQuery
from bowiegraph.cli import options, output
from bowiegraph.errors import QueryFileError
from bowiegraph.query import Value, run_query
from bowiegraph.store import open_store

if TYPE_CHECKING:
    import pyoxigraph as ox


@click.command(
    short_help="Ask in SPARQL, or a question of the catalogue.",
    epilog="""\b
Examples:
  bowiegraph query covers
  bowiegraph query everything-about --param entity="Tony Visconti"
  bowiegraph query 'SELECT ?who { :kiss-by-the-wall bg:participant ?who }' --format json
  cat my.rq | bowiegraph query - | head""",
)
@click.argument("query", metavar="TEXT|FILE|NAME|-", default="-")
@click.option(
    "--param", "-p", "parameters", multiple=True, metavar="NAME=VALUE", help="Fill in a variable; may be repeated."
)
@options.formats("table", "csv", "tsv", "json", "xml", "ttl", "turtle", "ntriples", "rdfxml", "jsonld")
@options.store
def query(query: str, parameters: tuple[str, ...], format_: str | None, store: Path | None) -> None:
    """Ask in SPARQL: a text, a file, a question of the catalogue, or standard input.

    The prefixes of the graph (:, bg:, schema:, prov:, claim:, source: …) need not be declared. Values of --param are
    terms, never pasted text: names of entities are looked up for catalogue questions; elsewhere <iri>, prefix:name,
    "text"@en and numbers are read as in Turtle, and all else is plain text.
    """
    given = parameters_.pairs(parameters)
    question = _question(query)
    data = open_store(store)
    bindings = parameters_.bindings(data, question, given)
    if output.result(run_query(data, question.text, bindings=bindings), format_):
        _hint(data, question.text, bindings)


def _question(text: str) -> CatalogueQuery:
    """Find the question by its name, or make one of the text or file; each may say what is to be filled in."""
    if text in catalogue.names():
        return catalogue.get(text)
    sparql = text_of(text)
    name = text if sparql != text else "that you gave"
    return CatalogueQuery(name, "", sparql, Path(name))


def _hint(store: ox.Store, sparql: str, bindings: dict[str, Value]) -> None:
    """Say on standard error why nothing may have been found."""
    from bowiegraph.cli.hints import unknown_terms  # noqa: PLC0415 — lazy: most answers are not empty

    for hint in unknown_terms(store, sparql, bindings):
        click.echo(f"hint: {output.safe(hint)}", err=True)


def text_of(text: str) -> str:
    """Read a query from standard input or a file; what has no blank in it and is neither may be a misspelt name."""
    if text == "-":
        return _standard_input()
    if not text.strip():
        raise _empty("")
    if any(character.isspace() or character == "{" for character in text) and not _is_there(Path(text)):
        return text
    path = Path(text)
    if not _is_there(path) and path.suffix != ".rq":
        return catalogue.get(text).text
    try:
        data = path.read_bytes()
    except OSError as error:
        mend = "A text of several words is taken as a query itself"
        raise QueryFileError(path, error.strerror or str(error), mend) from error
    return _decoded(data, path)


def _decoded(data: bytes, path: Path) -> str:
    """Read bytes as the text of a query, with or without a byte order mark."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_text(path) from error
    if "\0" in text:
        raise _not_text(path)
    if not text.strip():
        raise _empty(f" in {path}")
    return text


def _not_text(path: Path) -> QueryFileError:
    return QueryFileError(path, "it is not UTF-8 text", "A query is text: save it as UTF-8, or name the right file")


def _empty(where: str) -> click.UsageError:
    return click.UsageError(f"the query{where} is empty; bowiegraph queries lists those that can be asked by name")


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False  # too long for a file's name, or NUL


def _standard_input() -> str:
    """Read what is piped in; nobody who forgot the query is left waiting at a terminal."""
    if sys.stdin is None:
        raise QueryFileError(Path("-"), "standard input is closed")
    if sys.stdin.isatty():
        raise click.UsageError("say what to ask: a text, a file or a name; bowiegraph queries lists the names")
    return _decoded(sys.stdin.buffer.read(), Path("-"))


@click.command(
    short_help="List the questions of the catalogue.",
    epilog="\b\nExamples:\n  bowiegraph queries\n  bowiegraph queries path-between",
)
@click.argument("name", required=False)
@options.formats("table", "csv", "tsv", "json")
def queries(name: str | None, format_: str | None) -> None:
    """List the questions of the catalogue, or show one: its text and what may be filled in."""
    if name is not None:
        click.echo(output.safe(catalogue.get(name).text, keep="\n\t"), nl=False)
        return
    output.rows(CatalogueQuery.COLUMNS, map(CatalogueQuery.cells, catalogue.catalogue()), output.chosen(format_))
