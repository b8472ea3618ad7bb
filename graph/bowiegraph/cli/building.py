"""``build`` and ``source add``: from facts to a data set, and from a text to facts."""

from __future__ import annotations

import shutil
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bowiegraph.cli.words import Group
from bowiegraph.errors import OutputPlaceError, ParameterError
from bowiegraph.locations import shipped

if TYPE_CHECKING:
    from bowiegraph.building.report import Coverage, Report


@click.command(
    short_help="Build the data set from the facts.",
    epilog="""\b
Examples:
  bowiegraph build
  bowiegraph build --text heroes.txt            with the quotes, in your own build
  bowiegraph build --add my-facts -o mine.nq    the shipped facts and yours
  bowiegraph query covers --store mine.nq""",
)
@click.option(
    "--facts",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder of facts in place of those that ship with bowiegraph.",
)
@click.option(
    "--add",
    "added",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder of facts beside them; may be repeated.",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write (.nq); needed with --facts, --add and --text. Default: where the other commands look.",
)
@click.option(
    "--text",
    "texts",
    multiple=True,
    metavar="[SOURCE=]FILE|URL",
    help="The text of a source, for its quotes; SOURCE may be left out where one source has sentences.",
)
@click.option("--no-shapes", is_flag=True, help="Leave out the SHACL shapes, which take long on large facts.")
def build(
    facts: Path | None, added: tuple[Path, ...], file: Path | None, texts: tuple[str, ...], *, no_shapes: bool
) -> None:
    """Build the data set: read the facts, check them, judge the claims, and write it all in one step.

    Says what the data set holds. If anything is wrong, every problem is listed with file and line, nothing is
    written, and the exit code is 2.
    """
    from bowiegraph.building.builder import build as build_  # noqa: PLC0415 — lazy: asking needs no building
    from bowiegraph.cache import cached_path, seal  # noqa: PLC0415 — lazy, as above

    if file is None and (facts or added):
        raise click.UsageError("say with -o where to write: facts of your own do not replace the shipped data set")
    if file is None and texts:
        raise click.UsageError(
            "say with -o where to write: with its quotes a data set is yours, and not for handing on"
        )
    folders = [facts or shipped("facts"), *added]
    out = file or cached_path()
    _refuse_place(out, folders)
    given = dict(_text(text, folders) for text in texts)
    report = build_(
        folders, out, shapes=not no_shapes, texts=given, progress=lambda what: click.echo(f"{what} …", err=True)
    )
    if file is None:
        seal(out, report.sha256)
    for line in _lines(report):
        click.echo(line, err=_is_stream(out))  # which may be the one that the report would go to
    click.echo(f"wrote {out}", err=True)


def _refuse_place(out: Path, folders: list[Path]) -> None:
    """Keep the data set from being taken for something else, or from replacing what it is built from.

    Raises:
        OutputPlaceError: the file's name or place is none for a data set.
    """
    if _is_stream(out):
        return
    if out.resolve().suffix.lower() != ".nq":  # a link is followed: it may lead to facts
        raise OutputPlaceError(out, "a data set is N-Quads, and its name does not end in .nq", "Write -o FILE.nq")
    for folder in folders:
        if out.resolve().is_relative_to(folder.resolve()):
            reason = f"it stands among the facts in {folder}, which the build reads and does not change"
            raise OutputPlaceError(out, reason, "Write the data set elsewhere")


def _is_stream(path: Path) -> bool:
    """Tell a pipe or a device, whose name says nothing of what goes into it, from a file."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _text(given: str, folders: list[Path]) -> tuple[str, str]:
    """Read the text of a source from a file or its address."""
    from bowiegraph.sources.pages import source_text  # noqa: PLC0415 — lazy: only with --text

    name, equals, location = given.partition("=")
    if not equals or "/" in name:
        name, location = _only_source(folders), given
    return name, source_text(location)


def _only_source(folders: list[Path]) -> str:
    found = sorted(
        path.name.split(".")[0] for folder in folders for path in (folder / "sources").glob("*.sentences.ttl")
    )
    if len(found) != 1:
        raise ParameterError(
            "text", f"say whose text it is, SOURCE=FILE; these have sentences: {', '.join(found) or 'none'}"
        )
    return found[0]


def _lines(report: Report) -> list[str]:
    """Say what was built."""
    entities = ", ".join(f"{count} {name}" for name, count in report.entities.items())
    claims = [f"  {stance:<12}{verdict:<12}{count:>5}" for (stance, verdict), count in report.claims.items()]
    return [
        *_wrapped(f"entities: {entities}"),
        f"claims: {sum(report.claims.values())}",
        *claims,
        *map(_coverage, report.coverage),
        f"quads: {report.quads:,}",
        f"sha256: {report.sha256}",
    ]


def _wrapped(line: str) -> list[str]:
    """Break a long line for the terminal; a program gets it whole."""
    if not sys.stdout.isatty():
        return [line]
    return textwrap.wrap(line, shutil.get_terminal_size().columns, subsequent_indent="  ")


def _coverage(found: Coverage) -> str:
    missing = f", UNCOVERED: {' '.join(found.uncovered)}" if found.uncovered else ""
    counts = f"{found.sentences}, with claims {found.quoted}, marked as carrying none {found.silent}"
    return f"sentences of {found.source}: {counts}{missing}"


@click.group(cls=Group)
def source() -> None:
    """Add the sentences of a new source."""


@source.command(
    epilog="""\b
Examples:
  bowiegraph source add article.txt --name my-article --url https://example.org/a --facts my-facts
  bowiegraph source add https://example.org/a --name my-article --facts my-facts"""
)
@click.argument("location", metavar="FILE|URL")
@click.option("--name", required=True, help="Its short name, such as my-article; part of its IRI.")
@click.option(
    "--facts",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder of facts to write into.",
)
@click.option("--url", help="The address of the document; that of a URL by itself.")
@click.option("--title", help="How the source is to be called.")
@click.option("--published", metavar="DATE", help="When it came out: 2026-01-07, 2026-01 or 2026.")
@click.option("--publisher", help="Who published it.")
@click.option("--language", default="en", show_default=True, help="The language of the text (ISO 639-1).")
@click.option(
    "--stop-at", metavar="WORDS", help="Leave out everything from the line that begins so, such as a page's footer."
)
@click.option("--replace", is_flag=True, help="Write the sentences anew if the source has them already.")
def add(location: str, facts: Path, **details: object) -> None:
    """Make the sentences file of a source from its text: place, digest and link of each, not its words.

    A page is fetched only if you give its address. Writes sources/NAME.sentences.ttl, and a sources/NAME.trig to
    write claims in if there is none.
    """
    from bowiegraph.sources.adding import add_source  # noqa: PLC0415 — lazy: asking needs no sources

    path = add_source(location, facts=facts, **details)  # type: ignore[arg-type]  # click gives the types that the options say
    click.echo(f"wrote {path}", err=True)
