"""Every name that is used is declared, and every declared thing has a name for people."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.checks.lines import Finding, show
from bowiegraph.facts.reading import source_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from bowiegraph.facts.ontology import Ontology
    from bowiegraph.facts.parsing import Triple
    from bowiegraph.facts.reading import Description, Facts

#: they mean in any data what they mean here
_WELL_KNOWN: Final = frozenset(
    {
        vocab.TYPE,
        vocab.LABEL,
        vocab.COMMENT,
        vocab.NEGATIVE_ASSERTION,
        vocab.SOURCE_INDIVIDUAL,
        vocab.ASSERTION_PROPERTY,
        vocab.TARGET_INDIVIDUAL,
        vocab.TARGET_VALUE,
    }
)
#: namespaces of vocabularies: an object in one of them is a term of the ontology
_VOCABULARIES: Final = tuple(
    space for space in vocab.PREFIXES.values() if space not in {vocab.ENTITY, vocab.CLAIM, vocab.SOURCE, vocab.SCHEMA}
)
#: so many unknown names get the nearest known one; finding it takes a look at all of them
_SUGGESTIONS: Final = 50
_LIKENESS: Final = 60
#: where a name stands in a statement; as a type it is an object, too
Role = Literal["subject", "predicate", "type", "object"]


class _Use(NamedTuple):
    """A statement, and where it stands."""

    triple: Triple
    files: tuple[Path, ...]
    claim: ox.NamedNode | None


def unknown_names(facts: Facts, ontology: Ontology) -> Iterator[Finding]:
    """Entities, claims, sources, sentences and terms of the ontology are declared before they are used.

    The names are looked at once each; only if some are unknown are their uses sought.
    """
    triples = (use.triple for use in _uses(facts))
    subjects, predicates, types, objects = _names(triples)
    names = _Known(facts, ontology)
    wrong: dict[tuple[Role, ox.NamedNode], str] = {
        **{("predicate", term): "property" for term in predicates if not names.is_term(term)},
        **{("type", term): "class" for term in types if not names.is_term(term)},
        **{("subject", term): kind for term in subjects if (kind := names.unknown_thing(term))},
        **{("object", term): kind for term in objects if (kind := names.unknown_object(term))},
    }
    if wrong:
        yield from _report(facts, wrong, names)


class _Known:
    """The declared names, and which of them is nearest to another one."""

    def __init__(self, facts: Facts, ontology: Ontology) -> None:
        self.facts = facts
        self.ontology = ontology
        self._left = _SUGGESTIONS
        self._nearest: dict[tuple[ox.NamedNode, str], ox.NamedNode | None] = {}

    def is_term(self, term: ox.NamedNode) -> bool:
        return term in self.ontology.types or term in _WELL_KNOWN

    def unknown_thing(self, term: ox.NamedNode) -> str | None:
        """Tell what kind of thing a name should be of, if it is not declared."""
        for space, kind, declared in self._things():
            if term.value.startswith(space):
                return None if any(term in group for group in declared) else kind
        return "thing"

    def unknown_object(self, term: ox.NamedNode) -> str | None:
        """Do so for an object, which may be a term of the ontology or a name of somebody else's as well."""
        if term.value.startswith(_VOCABULARIES):
            return None if self.is_term(term) else "term"
        return self.unknown_thing(term) if term.value.startswith(vocab.BASE) else None

    def _things(self) -> Iterable[tuple[str, str, tuple[Collection[ox.NamedNode], ...]]]:
        facts = self.facts
        yield vocab.ENTITY, "entity", (facts.entities,)
        yield vocab.CLAIM, "claim", (facts.claims,)
        yield vocab.SOURCE, "source or sentence", (facts.sources, facts.sentences, facts.parts)

    def nearest(self, term: ox.NamedNode, kind: str) -> ox.NamedNode | None:
        """Find the declared name that is most like an unknown one; None from the fiftieth on."""
        key = (term, kind)
        if key not in self._nearest and self._left:
            self._left -= 1
            self._nearest[key] = _most_alike(term, self._candidates(term, kind))
        return self._nearest.get(key)

    def _candidates(self, term: ox.NamedNode, kind: str) -> Collection[ox.NamedNode]:
        if kind == "class":
            owl_class = ox.NamedNode(vocab.OWL + "Class")
            return self.ontology.instances(owl_class) or self.ontology.types
        if kind in {"property", "term"}:
            return self.ontology.types
        for space, _, declared in self._things():
            if term.value.startswith(space):
                return list(chain.from_iterable(declared))
        return self.facts.entities


def _most_alike(term: ox.NamedNode, known: Iterable[ox.NamedNode]) -> ox.NamedNode | None:
    from rapidfuzz import process  # noqa: PLC0415 — lazy: only needed when a name is wrong

    found = process.extractOne(term.value, [name.value for name in known], processor=_shortened, score_cutoff=_LIKENESS)
    return ox.NamedNode(found[0]) if found else None


@cache
def _shortened(iri: str) -> str:
    return vocab.compact(iri).casefold()


def _uses(facts: Facts) -> Iterator[_Use]:
    for claim in facts.claims.values():
        for triple in chain(claim.triples, claim.description):
            yield _Use(triple, (claim.file, *claim.elsewhere), claim.iri)
    for description in facts.descriptions():
        for triple in description.triples:
            yield _Use(triple, description.files, None)


def _names(triples: Iterable[Triple]) -> tuple[set[ox.NamedNode], ...]:
    """Collect the distinct names in each role; stances have a check of their own."""
    subjects: set[ox.NamedNode] = set()
    predicates: set[ox.NamedNode] = set()
    types: set[ox.NamedNode] = set()
    objects: set[ox.NamedNode] = set()
    for subject, predicate, value in triples:
        subjects.add(subject)
        predicates.add(predicate)
        if isinstance(value, ox.NamedNode) and predicate != vocab.STANCE:
            (types if predicate == vocab.TYPE else objects).add(value)
    return subjects, predicates, types, objects


def _report(facts: Facts, wrong: dict[tuple[Role, ox.NamedNode], str], names: _Known) -> Iterator[Finding]:
    seen = set()
    for triple, files, claim in _uses(facts):
        subject, predicate, value = triple
        kind_of_object: Role = "type" if predicate == vocab.TYPE else "object"
        for role, term in (("subject", subject), ("predicate", predicate), (kind_of_object, value)):
            kind = wrong.get((role, term))  # type: ignore[arg-type]  # a literal is not among them
            if kind and (term, files, claim) not in seen:
                seen.add((term, files, claim))
                nearest = names.nearest(term, kind)  # type: ignore[arg-type]  # a name, being among them
                file = facts.file_of(claim or subject, term, files)
                yield Finding(file, f"unknown {kind} {show(term)}", _mend(kind, nearest), term, claim)


def _mend(kind: str, nearest: ox.NamedNode | None) -> str:
    if nearest is not None:
        return f"the nearest that is declared is {show(nearest)}"
    if kind in {"property", "class", "term"}:
        return "declare it in ontology/bowiegraph.ttl, or use a term from there"
    if kind == "thing":
        return f"claims speak of entities, whose names begin with <{vocab.ENTITY}>"
    return f"declare the {kind}, or mend its name"


def sources_are_described(facts: Facts) -> Iterator[Finding]:
    """Every file of a source says what the source is."""
    described: dict[str, Description] = {
        iri.value: found for iri, found in facts.sources.items() if vocab.SOURCE_CLASS in found.values(vocab.TYPE)
    }
    names = {source_name(path): path for path in reversed(list(facts.files))}
    for name, path in names.items():
        if name is not None and vocab.SOURCE + name not in described:
            mend = f'add: <{vocab.SOURCE}{name}> a bg:Source ; rdfs:label "…"@en .'
            yield Finding(path, f"the source {name} is not described", mend)


def sentences_exist(facts: Facts) -> Iterator[Finding]:
    """What is quoted, or marked as carrying no claim, is a sentence of a source."""
    selectors = {value for found in facts.sentences.values() for value in found.values(vocab.HAS_SELECTOR)}
    for iri, found in facts.parts.items():
        if iri not in selectors:
            message = f"unknown sentence {show(iri)}"
            yield Finding(found.files[-1], message, _nearest_sentence(iri, facts), iri)
    for claim in facts.claims.values():
        for sentence in claim.values(vocab.QUOTED_FROM):
            if sentence in facts.parts:
                message = f"unknown sentence {show(sentence)}"
                mend = _nearest_sentence(sentence, facts)
                yield Finding(claim.file, message, mend, sentence, claim.iri)


def _nearest_sentence(iri: object, facts: Facts) -> str:
    nearest = _most_alike(iri, facts.sentences) if isinstance(iri, ox.NamedNode) else None
    return _mend("sentence", nearest)


def labels(facts: Facts) -> Iterator[Finding]:
    """Everything that is declared has a name for people, of at least one character that can be seen."""
    for found in chain(facts.entities.values(), facts.sources.values()):
        words = [label for label in found.values(vocab.LABEL) if isinstance(label, ox.Literal)]
        if not words:
            message = f"{show(found.iri)} has no label"
            yield Finding(found.files[0], message, 'add rdfs:label "…"@en', found.iri)
    for triple, files, claim in _uses(facts):
        subject, predicate, value = triple
        if predicate == vocab.LABEL and not _can_be_seen(value.value):
            message = f"the label of {show(subject)} is blank"
            yield Finding(files[0], message, "write its name", value, claim or subject)


def _can_be_seen(text: str) -> bool:
    return any(character.isprintable() and not character.isspace() for character in text)


def names_tell_apart(facts: Facts) -> Iterator[Finding]:
    """No two entities have one label and one type: nobody could tell them apart."""
    types: dict[ox.NamedNode, set[object]] = {}
    for triple, _, _ in _uses(facts):
        if triple[1] == vocab.TYPE and triple[0] in facts.entities:
            types.setdefault(triple[0], set()).add(triple[2])
    seen: dict[tuple[str, object], ox.NamedNode] = {}
    for iri, found in facts.entities.items():
        texts = {_folded(label.value) for label in found.values(vocab.LABEL)}
        keys = [(text, kind) for text in sorted(texts) for kind in types.get(iri, (None,))]
        twins = {seen.setdefault(key, iri) for key in keys} - {iri}
        if twins:
            twin = min(map(show, twins))
            message = f"{show(iri)} has the label and the type of {twin}"
            mend = "make them one, or tell them apart in the label, such as “Low (album)”"
            yield Finding(found.files[0], message, mend, iri)


def _folded(label: str) -> str:
    return unicodedata.normalize("NFC", " ".join(label.split()).casefold())


def written_once(facts: Facts) -> Iterator[Finding]:
    """No statement about an entity, source or sentence is written twice, be it in two files."""
    for found in facts.descriptions():
        for one, other in pairwise(found.triples):
            if one == other:
                message = f"{' '.join(map(show, one))} is written twice"
                yield Finding(found.files[-1], message, "take one out", one[2], one[0])


#: each looks at all facts
CHECKS: Final = (sources_are_described, sentences_exist, labels, names_tell_apart, written_once)
