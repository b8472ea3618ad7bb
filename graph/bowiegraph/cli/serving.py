"""``serve``: the graph over HTTP."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click

from bowiegraph.cli import options
from bowiegraph.errors import MissingPackageError

if TYPE_CHECKING:
    from pathlib import Path

_UNITS: Final = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}
_SIZE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([KMG]?)(?:i?B)?", re.IGNORECASE)
#: what a worker needs before it is asked anything
_LEAST: Final = 128 * 1024**2


class _Size(click.ParamType[int]):
    """Bytes as people write them: 512M, 1G."""

    name = "size"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a size."""
        if isinstance(value, int):
            return value
        found = _SIZE.fullmatch(str(value).strip())
        if not found:
            self.fail(f"{value!r} is no size such as 512M or 1G", param, ctx)
        size = int(float(found[1]) * _UNITS[found[2].upper()])
        if size < _LEAST:
            self.fail(f"{value} is less than the {_LEAST // 1024**2}M that a worker needs", param, ctx)
        return size


def _base_url(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    if value is None:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
        raise click.BadParameter(f"{value} is no address such as https://example.org/heroes", ctx, param)
    return value.rstrip("/")


@click.command(
    short_help="Serve the graph over HTTP: SPARQL, pages and views.",
    epilog="""\b
Examples:
  bowiegraph serve
  bowiegraph serve --port 0 --timeout 30 --memory 2G
  bowiegraph serve --store graph.nq --base-url https://example.org/heroes
  bowiegraph serve --allow-service query.wikidata.org
\b
Then:
  curl localhost:8000/sparql --data-urlencode 'query=ASK { :david-bowie ?p ?o }'
  curl -L -H 'Accept: text/turtle' localhost:8000/entity/david-bowie""",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@options.store
@click.option(
    "--timeout",
    type=click.FloatRange(0.1, 3600),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="How long a query may take; then it is ended, and the client told so.",
)
@click.option("--memory", type=_Size(), default="1G", show_default=True, help="What a worker may take up.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=lambda: max(2, os.cpu_count() or 2),
    show_default="one a processor, at least 2",
    help="Processes that answer; as many again while slow queries run.",
)
@click.option(
    "--rows", type=click.IntRange(1), default=1_000_000, show_default=True, help="Most rows or triples of an answer."
)
@click.option("--base-url", metavar="URL", callback=_base_url, help="The address under which the world knows it.")
@click.option(
    "--allow-service",
    "services",
    multiple=True,
    metavar="HOST",
    help="A host that SERVICE may ask; can be given several times. Default: none.",
)
def serve(  # noqa: PLR0913 — one argument an option
    *,
    host: str,
    port: int,
    store: Path | None,
    timeout: float,
    memory: int,
    workers: int,
    rows: int,
    base_url: str,
    services: tuple[str, ...],
) -> None:
    """Serve the graph over HTTP, read-only, until Ctrl-C.

    /sparql answers SPARQL clients, /query is an editor for people, and each entity, claim and source has its page.
    A query that takes too long or too much memory is ended, and nobody else waits for it.

    One line a request goes to standard error: as text on a terminal, as JSON elsewhere.
    """
    try:
        from bowiegraph.serving.server import serve as run  # noqa: PLC0415 — lazy: the server's packages are optional
        from bowiegraph.serving.settings import Settings  # noqa: PLC0415 — as above
    except ImportError as error:
        if str(error.name).startswith("bowiegraph"):
            raise
        raise MissingPackageError(str(error.name), "server") from error
    allowed = frozenset(service.lower() for service in services)
    settings = Settings(host, port, store, timeout, memory, workers, rows, base_url, allowed)
    run(settings, lambda said: click.echo(said, err=True))
