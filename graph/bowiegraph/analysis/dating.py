"""What happened when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bowiegraph.analysis.linked import label, table

if TYPE_CHECKING:
    import networkx as nx
    import polars as pl


def timeline(network: nx.MultiDiGraph[str]) -> pl.DataFrame:
    """Put what is dated in order: things, and edges such as a cover or a stay.

    Returns:
        a row for each thing, and one for each edge however many claims make it, by year: ``begin`` and ``end``
        (years; the same for what happened in one), ``what`` (in words), ``types`` (of a thing), ``relation`` (of an
        edge), ``sources`` (how many say so, of an edge); null where they do not apply.

    Raises:
        MissingPackageError: polars is not installed.
    """
    rows: list[tuple[int, int, str, str | None, str | None, int | None]] = [
        (data["begin"], data["end"], label(network, node), data.get("types", ""), None, None)
        for node, data in network.nodes(data=True)
        if "begin" in data
    ]
    told: dict[tuple[int, int, str, str], set[str]] = {}
    for start, end, data in network.edges(data=True):
        if "begin" in data:
            words = f"{label(network, start)} — {data.get('label', '')} → {label(network, end)}"
            dated = (data["begin"], data["end"], words, data.get("label", ""))
            told.setdefault(dated, set()).update(_sources(data))
    rows += [(*dated[:3], None, dated[3], len(sources)) for dated, sources in told.items()]
    columns = {"begin": int, "end": int, "what": str, "types": str, "relation": str, "sources": int}
    ordered = sorted(rows, key=lambda row: row[:3])
    return table(columns, ordered)


def _sources(data: dict[str, Any]) -> list[str]:
    """Give those behind an edge: several, if it takes several claims to make it."""
    return data["source_iri"].split() if data.get("source_iri") else list(filter(None, [data.get("source_label")]))
