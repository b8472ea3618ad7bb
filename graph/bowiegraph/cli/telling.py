"""``claims`` and ``check``: who says what, and what does not hold."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click

from bowiegraph import claims as claims_
from bowiegraph.claims import Claim
from bowiegraph.cli import options, output
from bowiegraph.cli.words import Choice
from bowiegraph.entities import resolve
from bowiegraph.errors import NoClaimsError
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path


_COLOURS: Final = {"refuted": "red", "disputed": "yellow", "qualified": "cyan", "supported": "green"}


@click.command(
    short_help="Show who says what, where, and how it stands.",
    epilog="""\b
Examples:
  bowiegraph claims "Antonia Maass"
  bowiegraph claims heroes --verdict disputed --verdict refuted
  bowiegraph claims --format json | jq '.[].statement'""",
)
@click.argument("entity", required=False)
@click.option(
    "--verdict",
    "verdicts",
    multiple=True,
    type=Choice(("refuted", "disputed", "qualified", "supported", "unchecked")),
    help="Only claims that stand so; may be repeated.",
)
@options.formats("text", "table", "csv", "tsv", "json", help="Default: text.")
@options.store
def claims(entity: str | None, verdicts: tuple[str, ...], format_: str | None, store: Path | None) -> None:
    """Show who says what about an entity (or at all), in which sentence, and how it stands.

    ENTITY is a name, the end of an IRI, or an IRI. Each claim comes with its verdict, its stance, its source and
    sentence, the link that opens that sentence, and what other sources say for (+) and against (-) it, or to narrow
    (~) it.
    """
    data = open_store(store)
    about = None if entity is None else resolve(data, entity)
    _write(claims_.claims(data, about=about, verdicts=verdicts), format_)


def _write(found: Sequence[Claim], format_: str | None) -> None:
    if format_ in {None, "text"}:
        for claim in found:
            click.echo("\n".join(_block(claim)) + "\n")
        click.echo(f"{len(found)} claim{'' if len(found) == 1 else 's'}", err=True)
    elif format_ == "json":
        click.echo(json.dumps([asdict(claim) for claim in found], ensure_ascii=False, indent=1))
    else:
        output.rows(Claim.COLUMNS, map(Claim.cells, found), format_ or "csv")


def _block(claim: Claim) -> Iterator[str]:
    """Write a claim as a few lines."""
    statement, standing, *rest = (output.safe(line) for line in claim.lines())
    verdict = click.style(claim.verdict, fg=_COLOURS.get(claim.verdict), bold=claim.verdict in _COLOURS)
    yield click.style(statement, bold=True)
    yield f"  {verdict}{standing.removeprefix(claim.verdict)}"
    yield from (f"  {line}" for line in rest)


@click.command(
    short_help="Show what does not hold, and by what.",
    epilog="\b\nExamples:\n  bowiegraph check\n"
    "  bowiegraph check --format csv > disputes.csv\n  bowiegraph check --exit-zero",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 even if something is disputed or refuted.")
@options.formats("text", "table", "csv", "tsv", "json", help="Default: text.")
@options.store
@click.pass_context
def check(ctx: click.Context, *, exit_zero: bool, format_: str | None, store: Path | None) -> None:
    """Show what does not hold, and by what.

    Claims that are refuted, disputed or qualified, and those that were sought elsewhere in vain.

    Exits with 1 if any claim is refuted or disputed, and with 2 if there are no claims.
    """
    every = claims_.claims(open_store(store))
    if not every:
        raise NoClaimsError("the shipped data set" if store is None else str(store))
    groups = {verdict: [c for c in every if c.verdict == verdict] for verdict in ("refuted", "disputed", "qualified")}
    groups["without support"] = [c for c in every if c.sought_in and c.verdict == "unchecked"]
    if format_ in {None, "text"}:
        _sections(groups)
    else:
        _write([claim for group in groups.values() for claim in group], format_)
    click.echo(_summary(every), err=True)
    if (groups["refuted"] or groups["disputed"]) and not exit_zero:
        ctx.exit(1)


def _sections(groups: dict[str, list[Claim]]) -> None:
    for name, found in groups.items():
        if found:
            click.echo(click.style(f"{name.capitalize()} ({len(found)})", underline=True) + "\n")
            for claim in found:
                click.echo("\n".join(_block(claim)) + "\n")


def _summary(every: Iterable[Claim]) -> str:
    verdicts = [claim.verdict for claim in every]
    counts = (f"{verdicts.count(verdict)} {verdict}" for verdict in dict.fromkeys((*_COLOURS, "unchecked")))
    return f"{len(verdicts)} claims: {', '.join(counts)}"
