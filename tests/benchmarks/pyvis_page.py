"""The page that raw pyvis makes of the same network, as its documentation says: what the view is measured beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import networkx as nx
from pyvis.network import Network

from bowiegraph import vocab

if TYPE_CHECKING:
    from bowiegraph.views.picture import Picture

#: run before the page's own scripts: notes when its ``network`` has come to rest, in milliseconds since navigation
WATCH: Final = """
(() => {
  let network;
  const done = () => { window.__ready ??= performance.now(); };
  Object.defineProperty(window, "network", {
    configurable: true,
    get: () => network,
    set: (made) => {
      network = made;
      made?.once("stabilizationIterationsDone", done);
      made?.once("stabilized", done);
    },
  });
})();
"""
#: what the select menu and its button call, and what the filter menu and its button call
FOCUS: Final = "([node]) => selectNode([node])"
UNFOCUS: Final = "() => { neighbourhoodHighlight({ nodes: [] }); network.unselectAll(); }"
FILTER: Final = "(kinds) => highlightFilter({ item: 'node', property: 'kind', value: kinds })"
UNFILTER: Final = "() => { filterHighlight({ nodes: [] }); network.unselectAll(); }"
#: what a reader does: look at each node and its note, and open every menu
CLICKS: Final = (
    "() => { for (const id of nodes.getIds()) { selectNode([id]); press(); } }",
    "() => { for (const id of nodes.getIds()) { network.body.emitter.emit('showPopup', id); press(); } }",
    "() => { itemControl.setValue('node'); propControl.setValue('label'); valueControl.open(); press(); }",
    "() => { propControl.setValue('id'); valueControl.open(); press(); }",
    "() => { document.getElementById('select-node').tomselect.open(); press(); }",
)


def network_of(picture: Picture) -> nx.MultiDiGraph[str]:
    """Make the network of a picture: the same things and lines, with labels, titles and kinds."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    names = [vocab.compact(node.thing.iri) for node in picture.nodes]
    for name, node in zip(names, picture.nodes, strict=True):
        thing = node.thing
        network.add_node(name, label=thing.label, title=", ".join(thing.types) or thing.label, kind=thing.kind.name)
    for line in picture.lines:
        network.add_edge(names[line.start], names[line.end], title=line.label)
    return network


def html_of(network: nx.MultiDiGraph[str], heading: str = "", *, directed: bool = True) -> str:
    """Write the page of a network, with the menus that are the nearest to focus and filters.

    Not directed, which is how pyvis comes, it looks through all edges for each that it adds, and drops parallel ones.
    """
    made = Network(directed=directed, cdn_resources="in_line", select_menu=True, filter_menu=True, heading=heading)
    made.from_nx(network)
    return str(made.generate_html())


def still(html: str) -> str:
    """Give a page with its simulation switched off, so that nothing but what is asked of it takes time."""
    made = "network = new vis.Network("
    before, found, after = html.partition(made)
    if not found:
        message = "the template of pyvis has changed: its simulation cannot be switched off"
        raise RuntimeError(message)
    return f"{before}options.physics.enabled = false; {made}{after}"


def hostile_network(text: str) -> nx.MultiDiGraph[str]:
    """Make a small network with a text in every place that has one: ids, labels and titles."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_node(text, label=text, title=text, kind=text)
    network.add_node("other", label=f"other {text}", title=f"other {text}", kind="other")
    network.add_edge(text, "other", title=text, label=text)
    return network
