"""Measure Bowiegraph beside raw pyoxigraph and rdflib, in one run, and print one table of ratios.

    uv run poe benchmark            # the shipped graph, 100,000 quads, 10,000 and 100,000 claims
    uv run poe benchmark --large    # also 1,000,000 quads (without rdflib, which takes minutes on them)

Times on a shared machine mean little by themselves: what is compared is measured in turns, and the median of the ratios is what
the table gives. Nothing here is asserted; the bounds that the project set itself stand beside the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph
import rdflib
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2]))
from typing import TYPE_CHECKING

from tests.benchmarks.synthetic import write_dataset, write_facts

import bowiegraph
from bowiegraph.cache import ensure_built
from bowiegraph.query import to_term
from bowiegraph.store import open_store
from bowiegraph.vocab import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bowiegraph.query import Term, Value

#: an rdflib query that takes longer is given up; its ratio is then a lower bound
PATIENCE_SECONDS = 20
#: rdflib could not answer at all
FAILED = -1.0
PARAMETERS = {"entity": "heroes", "from": "Tony Visconti", "to": "Antonia Maass"}
WIDE = "SELECT ?s ?p ?o ?claim WHERE { GRAPH ?claim { ?s ?p ?o } } LIMIT 15000"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    ours: str
    other: str
    ratio: str
    bound: str


def seconds(action: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def in_turns(ours: Callable[[], object], other: Callable[[], object], *, times: int) -> tuple[float, float, float]:
    """Measure two actions in turns: the medians in seconds, and the median of the ratios ours / other."""
    pairs = [(seconds(ours), seconds(other)) for _ in range(times + 1)][1:]  # the first turn warms up
    return (
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
    )


def show(value: float) -> str:
    """Write seconds the way people read them."""
    return f"{value * 1000:,.1f} ms" if value < 1 else f"{value:,.2f} s"


def compared(what: str, other: str, figures: tuple[float, float, float], bound: str) -> Row:
    """Make a row of two medians and their ratio; ratios below one are turned round."""
    ours, theirs, ratio = figures
    text = f"{ratio:.2f} ×" if ratio >= 1 / 3 else f"{1 / ratio:.1f} × faster"
    return Row(what, show(ours), f"{other} {show(theirs)}", text, bound)


def raw_load(path: Path) -> pyoxigraph.Store:
    """Load N-Quads as a user of pyoxigraph would."""
    store = pyoxigraph.Store()
    store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
    return store


def rdflib_load(path: Path) -> rdflib.Dataset:
    """Load N-Quads as a user of rdflib would."""
    return rdflib.Dataset().parse(path, format="nquads")


def loads(name: str, path: Path, *, with_rdflib: bool, given: Path | None) -> Iterator[Row]:
    """Load the same bytes with each; without a path ``given``, the shipped graph is found by itself."""
    times = 15 if path.stat().st_size < 5_000_000 else 3
    raw = in_turns(lambda: open_store(given), lambda: raw_load(path), times=times)
    yield compared(f"load {name}", "pyoxigraph", raw, "≤ 1.3 ×")
    if with_rdflib:
        slow = in_turns(lambda: open_store(given), lambda: rdflib_load(path), times=3 if times > 3 else 1)
        yield compared(f"load {name}", "rdflib", slow, "≥ 10 × faster")


def catalogue(path: Path) -> Iterator[Row]:
    """Ask every question of the catalogue through the public API, raw pyoxigraph, and rdflib."""
    graph = bowiegraph.open(path)
    store = raw_load(path)
    over_raw: list[float] = []
    over_rdflib: list[float] = []
    given_up: list[str] = []
    failed: list[str] = []
    for query in graph.queries():
        needed = {p.name: PARAMETERS[p.name] for p in query.parameters if p.name in PARAMETERS}
        terms = query.bindings(store, dict(needed))
        asked = partial(lambda name, given: graph.run(name, **given).rows, query.name, needed)
        raw = in_turns(asked, partial(iterate, store, query.text, terms), times=9)
        over_raw.append(raw[2])
        theirs = rdflib_seconds(path, query.text, {name: str(term) for name, term in terms.items()})
        if theirs == FAILED:
            failed.append(query.name)
            continue
        if theirs == PATIENCE_SECONDS:
            given_up.append(query.name)
        over_rdflib.append(theirs / raw[0])
    count = len(over_raw)
    yield Row(
        f"{count} catalogue queries",
        "graph.run(…).rows",
        "pyoxigraph, iterated",
        f"{statistics.median(over_raw):.2f} ×",
        "≤ 2 ×",
    )
    late = f"; given up after {PATIENCE_SECONDS} s: {', '.join(given_up)}" if given_up else ""
    late += f"; raised: {', '.join(failed)}" if failed else ""
    low = min(over_rdflib)
    yield Row(
        f"{count} catalogue queries",
        "graph.run(…).rows",
        "rdflib" + late,
        f"{statistics.median(over_rdflib):.0f} × faster (least {low:.1f})",
        "≥ 15 × faster",
    )


def iterate(store: pyoxigraph.Store, text: str, terms: Mapping[str, Value]) -> None:
    """Ask with pyoxigraph alone, and look at every solution."""
    bound: dict[pyoxigraph.Variable, Term] = {
        pyoxigraph.Variable(name): to_term(value) for name, value in terms.items()
    }
    for _ in store.query(text, substitutions=bound, prefixes=PREFIXES):  # type: ignore[union-attr, arg-type]  # all are SELECT; dict is invariant
        pass


def rdflib_seconds(path: Path, text: str, terms: dict[str, str]) -> float:
    """Ask with rdflib in a process that can be given up: seconds, ``PATIENCE_SECONDS`` at most, or ``FAILED``."""
    script = Path(__file__).parent / "rdflib_query.py"
    job = json.dumps({"path": str(path), "text": text, "terms": terms})
    try:
        done = subprocess.run(
            [sys.executable, str(script)],
            input=job,
            capture_output=True,
            text=True,
            check=True,
            timeout=PATIENCE_SECONDS + 5,
        )
    except subprocess.TimeoutExpired:
        return PATIENCE_SECONDS
    except subprocess.CalledProcessError:
        return FAILED
    return float(done.stdout)


def tables(path: Path) -> Iterator[Row]:
    """Make a DataFrame of a wide answer."""
    graph = bowiegraph.open(path)
    store = raw_load(path)
    figures = in_turns(lambda: graph.query(WIDE).polars(), lambda: iterate(store, WIDE, {}), times=9)
    yield compared("DataFrame of 15,000 rows", "pyoxigraph, iterated", figures, "≤ 2 ×")


def builds(folder: Path) -> Iterator[Row]:
    """Build synthetic claims in a process of its own, and see how time and memory grow with them."""
    figures = {}
    for claims in (10_000, 100_000):
        facts = folder / f"facts-{claims}"
        write_facts(facts, claims=claims, seed=7)
        code = (
            "import sys, time\nfrom pathlib import Path\nfrom bowiegraph.building import build\n"
            "start = time.perf_counter()\n"
            "build([Path(sys.argv[1])], Path(sys.argv[2]), shapes=False)\n"
            # ru_maxrss would be that of the process that started this one, if larger; the high-water mark is its own
            "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
            "print(time.perf_counter() - start, peak.split()[1])"
        )
        out = subprocess.run(
            [sys.executable, "-c", code, str(facts), str(folder / f"{claims}.nq")],
            capture_output=True,
            text=True,
            check=True,
        )
        took, peak = map(float, out.stdout.split())
        figures[claims] = (took, peak / 1024)
        yield Row(f"build {claims:,} claims", show(took), f"peak {peak / 1024:,.0f} MiB", "", "one pass")
    time_ratio = figures[100_000][0] / figures[10_000][0]
    peak_ratio = figures[100_000][1] / figures[10_000][1]
    yield Row(
        "10 × the claims", f"{time_ratio:.1f} × the time", f"{peak_ratio:.1f} × the memory", "", "≤ 10 × the memory"
    )


def cold_start() -> Iterator[Row]:
    """Ask from a cold shell, beside the bare import of the engine."""
    command = [str(Path(sys.executable).parent / "bowiegraph"), "query", "covers"]
    bare = [sys.executable, "-c", "import pyoxigraph"]

    # Users' machines keep compiled modules; some containers are told not to.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def start(words: list[str]) -> None:
        subprocess.run(words, check=True, capture_output=True, env=environment)

    figures = in_turns(partial(start, command), partial(start, bare), times=15)
    yield compared("bowiegraph query covers, cold", "import pyoxigraph", figures, "≤ 8 ×")


def rows(*, large: bool) -> Iterator[Row]:
    """Measure everything, in the order of the table."""
    shipped = ensure_built()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from loads("the shipped graph", shipped, with_rdflib=True, given=None)
        hundred = folder / "100k.nq"
        write_dataset(hundred, quads=100_000)
        yield from loads("100,000 quads", hundred, with_rdflib=True, given=hundred)
        if large:
            million = folder / "1m.nq"
            write_dataset(million, quads=1_000_000)
            yield from loads("1,000,000 quads", million, with_rdflib=False, given=million)
        yield from catalogue(shipped)
        yield from tables(hundred)
        yield from builds(folder)
        yield from cold_start()
    from tests.benchmarks import views  # noqa: PLC0415 — which needs this module

    yield from views.rows(large=large)


def main() -> None:
    """Print the table, row by row as it is measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--large", action="store_true", help="also 1,000,000 quads")
    table = Table("what", "Bowiegraph", "beside", "ratio", "bound")
    talk = Console(stderr=True)
    for row in rows(large=parser.parse_args().large):
        talk.print(f"measured: {row.what}")
        table.add_row(row.what, row.ours, row.other, row.ratio, row.bound)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
