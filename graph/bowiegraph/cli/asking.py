"""``query`` and ``queries``: asking in SPARQL, and the catalogue of questions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyoxigraph as ox

from bowiegraph import catalogue, vocab
from bowiegraph.cli import options, output
from bowiegraph.errors import ParameterError, QueryFileError
from bowiegraph.query import Value, run_query
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from bowiegraph.result import Result


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
    given = dict(_pair(text) for text in parameters)
    output.result(_answer(query, given, open_store(store)), format_)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--param")
    return name.lstrip("?$"), value


def _answer(text: str, given: dict[str, str], store: ox.Store) -> Result:
    if text in catalogue.names():
        question = catalogue.get(text)
        return run_query(store, question.text, bindings=question.bindings(store, dict(given)))
    bindings = {name: _term(name, value) for name, value in given.items()}
    return run_query(store, text_of(text), bindings=bindings)


def text_of(text: str) -> str:
    """Read a query from standard input or a file; what has no blank in it and is neither may be a misspelt name."""
    if text == "-":
        return _standard_input()
    if not text.strip():
        raise click.UsageError("the query is empty; bowiegraph queries lists those that can be asked by name")
    if any(character.isspace() or character == "{" for character in text) and not _is_there(Path(text)):
        return text
    path = Path(text)
    if not _is_there(path) and path.suffix != ".rq":
        return catalogue.get(text).text
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryFileError(path, str(getattr(error, "strerror", None) or error)) from error


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False  # too long for a file's name, or NUL


def _standard_input() -> str:
    """Read what is piped in; nobody who forgot the query is left waiting at a terminal."""
    if sys.stdin.isatty():
        raise click.UsageError("say what to ask: a text, a file or a name; bowiegraph queries lists the names")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryFileError(Path("-"), str(error)) from error


def _term(name: str, text: str) -> Value:
    """Read a value as a term in Turtle where it is one, else as plain text."""
    if not text.startswith(("<", '"', "'")) and vocab.expand(text) is None and not text.lstrip("+-")[:1].isdigit():
        return text
    header = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in vocab.PREFIXES.items())
    try:
        quads = list(ox.parse(f"{header}<x:s> <x:p> {text} .", format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        if text[:1].isdigit() or vocab.expand(text):
            return text
        raise ParameterError(name, f"{text!r} is not a term: {error.msg}") from error
    if len(quads) != 1 or not isinstance(quads[0].object, ox.NamedNode | ox.Literal):
        raise ParameterError(name, f"{text!r} is not one term")
    return quads[0].object


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
    lines = [(q.group, q.name, q.question, " ".join(map(_parameter, q.parameters))) for q in catalogue.catalogue()]
    output.rows(("for", "name", "question", "parameters"), lines, output.chosen(format_))


def _parameter(parameter: catalogue.Parameter) -> str:
    return f"{parameter.name}={parameter.default or '…'}"
