"""Networks as files of other programs: GraphML, GEXF, node-link JSON, and Parquet tables of nodes and edges."""

from __future__ import annotations

import io
import json
import re
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bowiegraph.atomic import write_atomically
from bowiegraph.errors import MissingPackageError, NetworkFormatError, OutputPlaceError, UnknownNameError
from bowiegraph.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import networkx as nx

#: what XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), and what would make the whole file unreadable
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: what all formats can hold
_PLAIN: Final = (str, int, float, bool)
#: those in which an attribute has one type wherever it stands
_TYPED: Final = frozenset({"gexf", "parquet"})
_XML: Final = frozenset({"gexf", "graphml"})
#: the columns that say between which nodes an edge is, and which of several it is; as networkx and pandas call them
_ENDS: Final = ("source", "target", "key")
_NODE: Final = "node"
#: the names that a format needs for itself, of attributes of nodes and of edges
_TAKEN: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "graphml": (frozenset({"id"}), frozenset({"id", "source", "target", "key"})),
    "gexf": (
        frozenset({"id", "parents", "pid", "slices", "spells", "start", "viz"}),
        frozenset({"id", "key", "networkx_key", "slices", "source", "spells", "start", "target", "type", "viz"}),
    ),
    "json": (frozenset({"id"}), frozenset(_ENDS)),
    "parquet": (frozenset({_NODE}), frozenset(_ENDS)),
}


def save(network: nx.Graph[str], path: Path | str, format: str | None = None) -> tuple[Path, ...]:  # noqa: A002 — the word that rdflib uses
    """Write a network to a file; an earlier file is replaced in one step, or stays.

    Args:
        network: any of networkx's, such as ``to_networkx`` makes. Its attributes must be text, finite numbers or
            booleans; those of the network as a whole are left out. The same network gives the same bytes.
        path: the file.
        format: graphml; gexf (for Gephi, where the years of things and edges become their time); json (the node-link
            data of networkx); parquet (two tables, ``NAME.nodes.parquet`` and ``NAME.edges.parquet``, one written
            after the other); by default, as the file's name ends.

    Returns:
        the files that were written.

    Raises:
        UnknownNameError: there is no such format.
        NetworkFormatError: the format cannot hold an attribute.
        OutputPlaceError: the file's name says nothing of its format, or something else.
        OutputError: it cannot be written there.
        MissingPackageError: polars is not installed, for parquet.
    """
    target = Path(path)
    name = _format(target, format)
    if name != "parquet":
        parts = {target: serialize(network, name)}
    else:
        nodes, edges = _tables(network)
        parts = {target.with_suffix(".nodes.parquet"): nodes, target.with_suffix(".edges.parquet"): edges}
    for file, data in parts.items():
        write_atomically(file, [data])
    return tuple(parts)


def serialize(network: nx.Graph[str], format: str) -> bytes:  # noqa: A002 — as above
    """Write a network as bytes: graphml, gexf or json.

    Raises:
        UnknownNameError: there is no such format, or it takes two files, as parquet does.
        NetworkFormatError: the format cannot hold an attribute.
    """
    if format not in WRITERS:
        raise UnknownNameError("format", format, nearest(format, WRITERS))
    return WRITERS[format](network)


def xml_text(text: str) -> str:
    """Put a sign in the place of each character that XML cannot hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _format(path: Path, wanted: str | None) -> str:
    if wanted is not None and wanted not in FORMATS:
        raise UnknownNameError("format", wanted, nearest(wanted, FORMATS))
    ending = path.suffix.lower()
    named = ending.removeprefix(".")
    if named in FORMATS and wanted not in {None, named}:
        raise OutputPlaceError(path, f"{wanted} is not what such a file holds", f"Name it ….{wanted}")
    if named not in FORMATS and wanted is None:
        raise OutputPlaceError(path, f"nothing is known of {ending or 'such'} files", f"{_NAMES}, or say the format")
    return wanted or named


def _graphml(network: nx.Graph[str]) -> bytes:
    import networkx as nx  # noqa: PLC0415 — lazy: it costs 400 ms

    return "".join(f"{line}\n" for line in nx.generate_graphml(_for_xml(network, "graphml"))).encode()


def _gexf(network: nx.Graph[str]) -> bytes:
    """Write GEXF 1.2, which has a place of its own for time: https://gexf.net/dynamics.html."""
    import networkx as nx  # noqa: PLC0415 — lazy, as above

    copy = _for_xml(network, "gexf")
    today = re.compile(r'(?<=<meta) lastmodifieddate="[^"]*"')  # the same network gives the same bytes on any day
    for where, data in _attributes(copy):
        if "end" in data:
            data.update(_time(where, data.pop("begin", None), data.pop("end")))
    return today.sub("", "".join(f"{line}\n" for line in nx.generate_gexf(copy)), count=1).encode()


def _time(where: tuple[str, ...], begin: object, end: object) -> dict[str, str]:
    """Write years as the dates between which something is there; networkx takes ``end`` for such a date in any case."""
    if not isinstance(begin, int) or not isinstance(end, int):
        raise NetworkFormatError("gexf", f"{_named(where)} is from {begin!r} to {end!r}, which are no years")
    first, last = (f"{'-' if year < 0 else ''}{abs(year):04}" for year in (begin, end))
    return {"start": f"{first}-01-01", "end": f"{last}-12-31"}


def _for_xml(network: nx.Graph[str], format_: str) -> nx.Graph[str]:
    """Copy a network without the characters that XML cannot hold, for one would make the whole file unreadable."""
    copy = _plain(network, format_)
    for _, data in _attributes(copy):
        texts = {name: value for name, value in data.items() if isinstance(value, str)}
        data.update({name: xml_text(text) for name, text in texts.items()})
    return copy


def _json(network: nx.Graph[str]) -> bytes:
    import networkx as nx  # noqa: PLC0415 — lazy, as above

    data = nx.node_link_data(_plain(network, "json"), edges="edges")
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def _tables(network: nx.Graph[str]) -> tuple[bytes, bytes]:
    try:
        import polars as pl  # noqa: PLC0415 — lazy: it costs half a second, and is optional
    except ImportError as error:
        raise MissingPackageError("polars", "tables") from error
    import networkx as nx  # noqa: PLC0415 — lazy, as above

    plain = _plain(network, "parquet")
    nodes = [{_NODE: node, **data} for node, data in plain.nodes(data=True)]
    links = plain.edges(keys=True, data=True) if isinstance(plain, nx.MultiGraph) else plain.edges(data=True)
    edges = [{**dict(zip(_ENDS, ends, strict=False)), **data} for *ends, data in links]
    ends = dict.fromkeys(_ENDS, pl.String)
    return _parquet(nodes, {_NODE: pl.String}), _parquet(edges, ends)


def _parquet(rows: list[dict[str, Any]], needed: Mapping[str, Any]) -> bytes:
    import polars as pl  # noqa: PLC0415 — lazy, as above

    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name) for row in rows] for name in names}
    frame = pl.DataFrame(columns) if rows else pl.DataFrame(schema=needed)
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def _plain(network: nx.Graph[str], format_: str) -> nx.Graph[str]:
    """Copy a network in order, with each attribute looked at before anything is written.

    Raises:
        NetworkFormatError: one is of a type that the format cannot hold, or is called as the format calls its own.
    """
    copy: nx.Graph[str] = network.__class__()
    of_nodes, of_edges = _TAKEN[format_]
    for node in sorted(network, key=str):
        copy.add_node(node, **_checked((node,), network.nodes[node], of_nodes, format_))
    given: Any = network  # of multigraphs, edges have keys as well
    links = given.edges(keys=True, data=True) if network.is_multigraph() else given.edges(data=True)
    ordered: list[Any] = sorted(links, key=lambda link: tuple(map(str, link[:-1])))
    for *ends, data in ordered:
        copy.add_edge(*ends, **_checked(tuple(ends), data, of_edges, format_))
    if format_ in _TYPED:
        _type_alike([data for where, data in _attributes(copy) if len(where) == 1], format_)
        _type_alike([data for where, data in _attributes(copy) if len(where) > 1], format_)
    return copy


def _checked(where: tuple[Any, ...], data: dict[str, Any], taken: frozenset[str], format_: str) -> dict[str, Any]:
    """Look at one node or edge."""
    here = _named(where)
    for name in (*where, *data):
        text = str(name)
        if not _is_text(text) or (format_ in _XML and _NO_XML.search(text)):
            raise NetworkFormatError(format_, f"{text!r} cannot be the name of anything in it")
    for name in data:
        if name in taken or not isinstance(name, str):
            raise NetworkFormatError(format_, f"{here} has an attribute {name!r}, a name that is taken")
    checked = {name: _python(value) for name, value in data.items()}
    for name, value in checked.items():
        is_odd = isinstance(value, float) and not isfinite(value)
        if not isinstance(value, _PLAIN) or is_odd or (isinstance(value, str) and not _is_text(value)):
            raise NetworkFormatError(format_, f"{here} has the attribute {name!r}, which is {value!r}")
    return checked


def _is_text(text: str) -> bool:
    """Tell whether it can be written: half of a surrogate pair cannot."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)


def _type_alike(every: list[dict[str, Any]], format_: str) -> None:
    """Make whole numbers among fractions fractions as well; other types cannot stand together."""
    kinds: dict[str, set[type]] = {}
    for data in every:
        for name, value in data.items():
            kinds.setdefault(name, set()).add(type(value))
    for name, types in kinds.items():
        if types == {int, float}:
            for data in every:
                data.update({name: float(data[name])} if name in data else {})
        elif len(types) > 1:
            words = " and ".join(sorted(kind.__name__ for kind in types))
            raise NetworkFormatError(format_, f"the attribute {name!r} is of several types: {words}")


def _python(value: Any) -> Any:  # noqa: ANN401 — whatever somebody made an attribute of
    """Turn a number of numpy's, as networkx's own functions give them, into one of Python's."""
    return value.item() if type(value).__module__ == "numpy" and hasattr(value, "item") and not value.shape else value


def _attributes(network: nx.Graph[str]) -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Give all that has attributes, with the node that it is, or the ends of the edge."""
    for node, data in network.nodes(data=True):
        yield (node,), data
    for start, end, data in network.edges(data=True):
        yield (start, end), data


def _named(where: tuple[Any, ...]) -> str:
    return f"the node {where[0]}" if len(where) == 1 else f"an edge from {where[0]} to {where[1]}"


#: those that are one file
WRITERS: Final[dict[str, Callable[[nx.Graph[str]], bytes]]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "json": _json,
}
#: what a network may be written as; files are called so as well
FORMATS: Final = (*WRITERS, "parquet")
_NAMES: Final = f"Name it {', '.join(f'.{name}' for name in FORMATS[:-1])} or .{FORMATS[-1]}"
