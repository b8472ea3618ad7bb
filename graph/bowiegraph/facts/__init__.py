"""Facts: from TriG files to claims, entities, sources and sentences, and the ontology that they are written in."""

from __future__ import annotations

from bowiegraph.facts.ontology import Ontology, read_ontology
from bowiegraph.facts.reading import Claim, Facts, read_facts

__all__ = ["Claim", "Facts", "Ontology", "read_facts", "read_ontology"]
