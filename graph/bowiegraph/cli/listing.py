"""``entities``: what there is, and what is known of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bowiegraph import entities as entities_
from bowiegraph.cli import options, output
from bowiegraph.entities import Entity, Summary
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    short_help="List what there is, and what is known of it.",
    epilog="\b\nExamples:\n  bowiegraph entities --type person\n"
    '  bowiegraph entities "Peter Gabriel"\n  bowiegraph entities --format csv | wc -l',
)
@click.argument("name", required=False)
@click.option(
    "--type",
    "type_",
    metavar="CLASS",
    help="Only those of a class, by name or IRI: person, cover, schema:Movie.",
)
@options.formats("table", "csv", "tsv", "json")
@options.store
def entities(name: str | None, type_: str | None, format_: str | None, store: Path | None) -> None:
    """List the entities, or show one: its types, names, records elsewhere, and what holds of it."""
    data = open_store(store)
    if name is None:
        found = entities_.entities(data, type=type_)
        output.rows(Summary.COLUMNS, map(Summary.cells, found), output.chosen(format_))
    else:
        _one(entities_.entity(data, name), format_)


def _one(entity: Entity, format_: str | None) -> None:
    if format_ in {None, "table"}:
        click.secho(output.safe(entity.label), bold=True)
        about = [", ".join(entity.types), entity.iri, *entity.same_as, entity.comment]
        about.insert(1, f"also: {', '.join(entity.also)}" if entity.also else "")
        for line in filter(None, about):
            click.echo(f"  {output.safe(line)}")
        click.echo()
        output.table(Entity.PARTS, entity.statements)
    elif format_ == "json":
        output.rows(tuple(asdict(entity)), [tuple(asdict(entity).values())], "json")
    else:
        output.rows(Entity.PARTS, entity.statements, format_ or "csv")
