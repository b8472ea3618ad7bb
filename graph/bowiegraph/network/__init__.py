"""The graph as a network: what is selected, folded, and how it stands; for networkx, and for the views."""

from bowiegraph.network.convert import to_networkx, to_quads
from bowiegraph.network.formats import save, serialize

__all__ = ["save", "serialize", "to_networkx", "to_quads"]
