"""What a network is made of, read column by column: triples with the claims that make them, and what those claims are.

Terms are texts as Turtle writes them, for a network of a hundred thousand edges has no time to make an object of each.
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from bowiegraph import vocab
from bowiegraph.query import run_query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pyoxigraph as ox

    from bowiegraph.network.statements import Statement

#: a triple that a claim makes: subject, predicate, object and claim, which is "" where none is behind it; a bare tuple,
#: for to give its parts names takes longer than to read it
Told: TypeAlias = tuple[str, str, str, str]
_Pairs: TypeAlias = "Iterable[tuple[str, str]]"

_ACCEPTED_STANCES: Final = frozenset(("asserted", "implied"))
_REJECTED: Final = frozenset(("disputed", "refuted"))
_ALL: Final = "SELECT ?s ?p ?o ?claim { GRAPH ?claim { ?s ?p ?o } }"
_LITERALS: Final = "SELECT ?s ?p ?o ?claim { GRAPH ?claim { ?s ?p ?o } FILTER(isLiteral(?o)) }"
_TYPES: Final = "SELECT ?s ?c { ?s a ?c }"
#: and not those of claims, of which there are as many as edges
_TYPES_OF_OTHERS: Final = "SELECT ?s ?c { ?s a ?c FILTER(?c NOT IN (bg:Claim, bg:Sentence)) }"
_CLAIMED_TYPES: Final = "SELECT ?s ?c { GRAPH ?claim { ?s a ?c } }"
_NAMES: Final = f"SELECT ?s ?o {{ ?s <{vocab.LABEL.value}> ?o }}"
_OF_CLAIMS: Final = tuple(
    f"SELECT ?s ?o {{ ?s <{predicate.value}> ?o }}"
    for predicate in (vocab.STANCE, vocab.VERDICT, vocab.DERIVED_FROM, vocab.QUOTED_FROM)
)
_NUMBERS: Final = re.compile(r"[0-9]+")
_PREMISES: Final = f"SELECT ?s ?o {{ ?s <{vocab.PREMISE.value}> ?o }}"
_ESCAPED: Final = re.compile(r"\\([tnr\"\\])")
_ESCAPES: Final = {"t": "\t", "n": "\n", "r": "\r", '"': '"', "\\": "\\"}


class Claim(NamedTuple):
    """What the edges of a claim say of it."""

    statement: str
    stance: str
    verdict: str
    #: its name, and its IRI
    source: str
    source_iri: str
    #: locators: p4s2 p4s3
    sentences: str


class Reading(NamedTuple):
    """What a network needs of a data set."""

    #: what claims say; where entities are not all that is wanted, what they say in literals
    told: list[Told]
    names: dict[str, str]
    claims: dict[str, Claim]
    #: claims that are not accepted, by themselves or because what they follow from is not
    refused: frozenset[str]
    #: the classes of each thing, by what holds and by what any claim says
    types: dict[str, frozenset[str]]


def read(store: ox.Store, *, entities: bool) -> Reading:
    """Read a data set.

    Args:
        store: the data set.
        entities: read all that claims say, and all types but those of claims and sentences; else what claims say in
            literals, and all types.
    """
    said, types = (_ALL, _TYPES_OF_OTHERS) if entities else (_LITERALS, _TYPES)
    answers = _ask(store, [said, _NAMES, types, _CLAIMED_TYPES, _PREMISES, *_OF_CLAIMS])
    rows, named, holding, claimed, premises, *of_claims = answers
    told: list[Told] = list(zip(*_columns(rows), strict=True))
    labels = _names(named)
    claims = _claims(labels, *of_claims)
    return Reading(told, labels, claims, _refused(claims, premises), _types(holding, claimed))


def refused(store: ox.Store) -> frozenset[str]:
    """Give the claims that are not accepted: by stance, verdict and what they follow from."""
    premises, *of_claims = _ask(store, [_PREMISES, *_OF_CLAIMS])
    return _refused(_claims({}, *of_claims), premises)


def _refused(claims: Mapping[str, Claim], premises: bytes) -> frozenset[str]:
    """Give the claims that are not accepted, as the build has it: by stance, verdict and what they follow from."""
    refused = {
        claim for claim, known in claims.items() if known.stance not in _ACCEPTED_STANCES or known.verdict in _REJECTED
    }
    waiting: defaultdict[str, set[str]] = defaultdict(set)
    for claim, premise in _pairs(premises):
        if claim not in refused and premise[0] == "<":
            waiting[claim].add(premise)
    if not waiting:
        return frozenset(refused)
    accepted = claims.keys() - refused - waiting.keys()
    while ready := [claim for claim, needed in waiting.items() if needed <= accepted]:
        accepted.update(ready)
        for claim in ready:
            del waiting[claim]
    return frozenset(refused.union(waiting))


def _ask(store: ox.Store, queries: Sequence[str]) -> list[bytes]:
    """Ask several queries at once, for Oxigraph looks for each row of an answer without Python's lock.

    Nothing else is done meanwhile: whatever held the lock would keep the next row waiting.
    """
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 — lazy: most commands make no network

    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda query: run_query(store, query).serialize("tsv"), queries))


def _columns(answer: bytes) -> list[list[str]]:
    """Cut an answer into its cells, column by column."""
    width = answer.count(b"\t", 0, answer.index(b"\n")) + 1
    cells = answer.decode().replace("\n", "\t").split("\t")  # within a cell, both are escaped
    return [cells[column:-1:width] for column in range(width, 2 * width)]


def _pairs(answer: bytes) -> _Pairs:
    first, second = _columns(answer)
    return zip(first, second, strict=True)


def _names(labels: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for thing, label in _pairs(labels):
        if label.endswith('"@en'):
            found[thing] = text(label) if "\\" in label else label[1:-4]
        elif thing not in found:
            found[thing] = text(label)
    return found


def _types(*answers: bytes) -> dict[str, frozenset[str]]:
    alone: dict[str, frozenset[str]] = {}
    found: dict[str, frozenset[str]] = {}
    for thing, class_ in chain.from_iterable(map(_pairs, answers)):
        single = alone.get(class_) or alone.setdefault(class_, frozenset((class_,)))
        found[thing] = found[thing] | single if thing in found else single
    return found


def _claims(
    labels: Mapping[str, str], stances: bytes, verdicts: bytes, sources: bytes, quotations: bytes
) -> dict[str, Claim]:
    stance_of = dict(zip(*_cut(_columns(stances), _word), strict=True))
    made = list(stance_of)
    documents = _columns(sources)
    columns = (
        [labels.get(claim, "") for claim in made],
        stance_of.values(),
        _of_each(made, *_cut(_columns(verdicts), _word)),
        _of_each(made, *_cut(documents, lambda source: labels.get(source, ""))),
        _of_each(made, *_cut(documents, iri)),
        _of_each(made, *_cut(_columns(quotations), _locator), gather=_joined),
    )
    return dict(zip(made, map(Claim._make, zip(*columns, strict=True)), strict=True))


def _cut(columns: list[list[str]], cut: Callable[[str], str]) -> tuple[list[str], list[str]]:
    """Give what has a value, and the values, cut to what is shown: there are few, and each is cut once."""
    subjects, terms = columns
    shown = {term: cut(term) for term in set(terms)}
    return subjects, [shown[term] for term in terms]


def _word(term: str) -> str:
    return term[1:-1].removeprefix(vocab.BG)


def _locator(sentence: str) -> str:
    return sentence[sentence.rfind("#") + 1 : -1]


def _of_each(
    claims_: list[str], subjects: list[str], values: list[str], gather: Callable[[_Pairs], dict[str, str]] = dict
) -> list[str]:
    """Give the value of each claim, in their order, in which most answers have them already: one for each claim."""
    if subjects == claims_:
        return values
    found = gather(zip(subjects, values, strict=True))
    return [found.get(claim, "") for claim in claims_]


def _joined(pairs: _Pairs) -> dict[str, str]:
    """Put the sentences of each claim behind one another, in the order of the text."""
    found: dict[str, str] = {}
    for claim, locator in pairs:
        found[claim] = f"{found[claim]} {locator}" if claim in found else locator
    several = {claim: locators.split() for claim, locators in found.items() if " " in locators}
    return found | {claim: " ".join(sorted(locators, key=_place)) for claim, locators in several.items()}


def _place(locator: str) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(locator)]


def of(statements: list[Statement]) -> list[Told]:
    """Give what was selected, once for each claim that makes it."""
    return [
        (_named(s.subject), f"<{s.predicate}>", str(s.object), f"<{claim}>" if claim else "")
        for s in statements
        for claim in s.claims or ("",)
    ]


def _named(iri: str) -> str:
    return iri if iri.startswith("_:") else f"<{iri}>"


def written(row: Told) -> str:
    """Write a triple as TriG, in the graph of its claim."""
    subject, predicate, object_, claim = row
    triple = f"{subject} {predicate} {object_} ."
    return f"{claim} {{ {triple} }}" if claim else triple


def iri(term: str) -> str:
    """Take an IRI out of its brackets; a blank node keeps its name."""
    return term[1:-1] if term.startswith("<") else term


def text(term: str) -> str:
    """Take a literal out of its quotes."""
    if not term.startswith('"'):
        return term
    inner = term[1 : term.rindex('"')]
    return _ESCAPED.sub(lambda found: _ESCAPES[found[1]], inner) if "\\" in inner else inner
