"""What stands outside all claims describes things, and states nothing about them: no source would answer for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bowiegraph import vocab
from bowiegraph.checks.lines import Finding, show
from bowiegraph.facts.reading import source_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyoxigraph as ox

    from bowiegraph.facts.parsing import Triple
    from bowiegraph.facts.reading import Facts

#: what tells which thing a name means: how it is called, what kind of thing it is, its records elsewhere, and, of an
#: extent, how far it reaches. Nobody can disagree with these but by meaning another thing.
_DESCRIBING: Final = (
    vocab.TYPE,
    vocab.LABEL,
    vocab.COMMENT,
    vocab.ALT_LABEL,
    vocab.SAME_AS,
    vocab.AT_LEAST_METRES,
    vocab.AT_MOST_METRES,
)
_SAY_IT: Final = "say it in a claim, a graph in the file of the source that says so: c:NAME { … }"


def stated_outside(facts: Facts) -> Iterator[Finding]:
    """Find statements about entities that stand in no claim, and entities that are described among claims."""
    for path, parsed in facts.files.items():
        for subject, triples in parsed.statements.items():
            if subject.value.startswith(vocab.ENTITY):
                yield from _of_entity(path, subject, triples)


def _of_entity(path: Path, subject: ox.NamedNode, triples: list[Triple]) -> Iterator[Finding]:
    stating = [triple for triple in triples if triple[1] not in _DESCRIBING]
    for triple in stating:
        message = f"{' '.join(map(show, triple))} stands in no claim"
        yield Finding(path, message, _SAY_IT, outside=triple)
    describing = next((triple for triple in triples if triple[1] in _DESCRIBING), None)
    if source_name(path) is not None and describing is not None:
        message = f"{show(subject)} is described in the file of a source"
        mend = "describe it in a file in entities/; what the source says of it goes into a claim"
        yield Finding(path, message, mend, outside=describing)
