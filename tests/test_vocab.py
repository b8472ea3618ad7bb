"""Names with prefixes: whatever is shown can be asked with."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import example, given
from hypothesis import strategies as st

import bowiegraph
from bowiegraph import vocab

LOCALS = st.text(st.sampled_from("aZ09_-./#%~!$&'()*+,;=?@:é \u2028"), max_size=12)


@given(st.sampled_from(sorted(vocab.PREFIXES.values())), LOCALS)
@example(vocab.RDF, "a#")  # two fragments: no IRI
def test_a_prefixed_name_is_read_back(space: str, local: str) -> None:
    """By a SPARQL parser, as the IRI that it stands for; what has no such name stays whole."""
    shown = vocab.prefixed(space + local)
    if shown == space + local:
        return
    query = f"SELECT (STR({shown}) AS ?iri) {{}}"
    solutions = ox.Store().query(query, prefixes=vocab.PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    assert next(iter(solutions))[0] == ox.Literal(space + local)


def test_claims_and_sentences_have_such_names() -> None:
    assert vocab.prefixed(f"{vocab.CLAIM}upi/london-2012") == "claim:upi\\/london-2012"
    assert vocab.prefixed(f"{vocab.SOURCE}miscelana-heroes#p4s2") == "source:miscelana-heroes\\#p4s2"
    assert vocab.prefixed(f"{vocab.ENTITY}david-bowie") == ":david-bowie"


def test_a_name_from_a_table_can_be_given_to_a_question() -> None:
    graph = bowiegraph.open()
    source = graph.run("claims-of-source", source="source:upi").rows
    assert source == graph.run("claims-of-source", source="upi").rows
