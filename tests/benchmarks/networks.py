"""Measure networks of the graph, and analyses of them, beside networkx, rdflib and kglab, in one run, and print one table of ratios.

    python tests/benchmarks/networks.py

What is compared is measured in turns, and the median of the ratios is what the table gives. Nothing here is asserted; the bounds
that the project set itself stand beside the figures. kglab runs in an environment of its own, which ``uv`` makes from its cache or
downloads.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import networkx as nx
import pyoxigraph as ox
import rdflib
from rdflib.extras.external_graph_libs import rdflib_to_networkx_multidigraph
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.benchmarks import analyses
from tests.benchmarks.run import Row, compared, in_turns, seconds, show
from tests.benchmarks.synthetic import write_dataset

from bowiegraph.network import to_networkx
from bowiegraph.store import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL: Final = 15_000
LARGE: Final = 150_000
#: quads that the synthetic data set has of each claim, and so of each edge
QUADS_AN_EDGE: Final = 7
#: kglab is given up after so many seconds, with what it takes to install it
PATIENCE_SECONDS: Final = 600
#: the last release of kglab, and the last releases of others that it runs with
KGLAB: Final = (
    "kglab==0.6.6",
    "networkx==2.8.8",
    "numpy==1.26.4",
    "pandas==1.5.3",
    "rdflib==6.3.2",
    "setuptools==69.5.1",
)


@dataclass(frozen=True)
class Ready:
    """A network as lists, which are all that networkx needs."""

    nodes: list[tuple[str, dict[str, Any]]]
    edges: list[tuple[str, str, str, dict[str, Any]]]

    @classmethod
    def of(cls, network: nx.MultiDiGraph[str]) -> Ready:
        """Take the lists out of a network that is finished."""
        return cls(
            [(node, dict(data)) for node, data in network.nodes(data=True)],
            [(start, end, key, dict(data)) for start, end, key, data in network.edges(keys=True, data=True)],
        )

    def insert(self) -> nx.MultiDiGraph[str]:
        """Make the network again, as the documentation of networkx says."""
        network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        network.add_nodes_from(self.nodes)
        network.add_edges_from(self.edges)  # type: ignore[arg-type]  # its stubs know no keys
        return network


@contextmanager
def paused() -> Iterator[None]:
    """Keep Python from looking for garbage."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def write_links(store: ox.Store, path: Path) -> None:
    """Write the triples of claims as N-Triples: all that a converter without claims can be given."""
    claimed = (quad for quad in store if isinstance(quad.graph_name, ox.NamedNode))
    ox.serialize((quad.triple for quad in claimed), str(path), format=ox.RdfFormat.N_TRIPLES)


def conversion(folder: Path, edges: int) -> Iterator[Row]:
    """Make a network of so many edges, beside all that could have made one."""
    data, links = folder / f"{edges}.nq", folder / f"{edges}.nt"
    write_dataset(data, quads=QUADS_AN_EDGE * edges)
    store = open_store(data)
    write_links(store, links)
    what, times = f"to_networkx, {edges:,} edges", 15 if edges == SMALL else 5
    ours = partial(to_networkx, store)
    yield from beside_networkx(what, ours, Ready.of(to_networkx(store)), times=times)
    triples = rdflib.Graph().parse(links, format="nt")
    figures = in_turns(ours, lambda: rdflib_to_networkx_multidigraph(triples), times=times)
    yield compared(what, "rdflib's converter, which loses claims, labels and sources:", figures, "")
    if edges == SMALL:
        yield beside_kglab(what, ours, links)


def beside_networkx(what: str, ours: partial[nx.MultiDiGraph[str]], ready: Ready, *, times: int) -> Iterator[Row]:
    """Measure the bulk insert of the finished network: as it is, and as if no garbage were ever looked for."""

    def insert_paused() -> None:
        with paused():
            ready.insert()

    yield compared(what, "networkx, bulk insert of the ready list:", in_turns(ours, ready.insert, times=times), "≤ 2 ×")
    figures = in_turns(ours, insert_paused, times=times)
    yield compared(what, "the same, with the garbage collector paused, as ours has it:", figures, "")


def beside_kglab(what: str, ours: partial[nx.MultiDiGraph[str]], links: Path) -> Row:
    """Run kglab on the same triples, if it can be installed."""
    bound = "≥ 100 × faster"
    took = statistics.median(seconds(ours) for _ in range(5))
    try:
        theirs = kglab_seconds(links)
    except subprocess.SubprocessError as error:
        return Row(what, show(took), f"kglab could not be installed or run: {type(error).__name__}", "", bound)
    return compared(what, "kglab, which loses claims, labels and properties:", (took, theirs, took / theirs), bound)


def kglab_seconds(links: Path) -> float:
    """Have kglab make its network in a process and an environment of its own."""
    packages = [word for package in KGLAB for word in ("--with", package)]
    script = Path(__file__).parent / "kglab_network.py"
    command = [
        "uv",
        "run",
        "--no-project",
        "--isolated",
        "--python",
        "3.11",
        *packages,
        "python",
        str(script),
        str(links),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_SECONDS)
    return float(done.stdout)


def rows() -> Iterator[Row]:
    """Measure everything, in the order of the table."""
    with tempfile.TemporaryDirectory() as name:
        for edges in (SMALL, LARGE):
            yield from conversion(Path(name), edges)
    yield from analyses.rows()


def main() -> None:
    """Print the table when all is measured, and what is measured meanwhile."""
    table = Table("what", "Bowiegraph", "beside", "ratio", "bound")
    talk = Console(stderr=True)
    for row in rows():
        talk.print(f"measured: {row.what}, {row.other}")
        table.add_row(row.what, row.ours, row.other, row.ratio, row.bound)
    Console(width=140).print(table)


if __name__ == "__main__":
    main()
