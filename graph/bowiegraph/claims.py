"""Claims as people read them: who says what, in which sentence, and how it stands against the other sources."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import UnknownNameError
from bowiegraph.inline import html_text
from bowiegraph.nearest import nearest
from bowiegraph.query import run_query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CLAIMS: Final = """
SELECT ?claim ?statement ?comment ?stance ?verdict ?source ?sourceName ?sourceUrl ?speaker ?rule
       (CONCAT(LANG(?statement), " ", COALESCE(LANG(?comment), ""), " ", LANG(?sourceName)) AS ?languages) WHERE {
  ?claim a bg:Claim ; rdfs:label ?statement ; bg:stance/rdfs:label ?stance ; bg:verdict/rdfs:label ?verdict ;
         prov:wasDerivedFrom ?source .
  ?source a bg:Source ; rdfs:label ?sourceName .
  OPTIONAL { ?claim rdfs:comment ?comment }
  OPTIONAL { ?source schema:url ?sourceUrl }
  OPTIONAL { ?claim prov:wasAttributedTo/rdfs:label ?speaker }
  OPTIONAL { ?claim bg:rule/rdfs:label ?rule }
}
"""
_SENTENCES: Final = """
SELECT ?claim ?sentence ?paragraph ?number ?url ?quote WHERE {
  ?claim prov:wasQuotedFrom ?sentence . ?sentence bg:paragraphNumber ?paragraph ; bg:sentenceNumber ?number .
  OPTIONAL { ?sentence schema:url ?url }
  OPTIONAL { ?sentence oa:hasSelector/oa:exact ?quote }
} ORDER BY ?paragraph ?number
"""
_LINKS: Final = """
SELECT ?claim ?relation ?other WHERE {
  { VALUES ?relation { bg:supports bg:contradicts bg:qualifies } ?other ?relation ?claim }
  UNION { VALUES ?relation { bg:premise bg:soughtIn } ?claim ?relation ?other }
} ORDER BY ?other
"""
#: claims in which an entity stands, and those on events in which it has a part: a kiss, a release, a use in a film
_ABOUT: Final = """
SELECT DISTINCT ?entity ?claim WHERE {
  { GRAPH ?claim { ?entity ?p ?o } } UNION { GRAPH ?claim { ?s ?p ?entity } } UNION {
    GRAPH ?told { ?event ?part ?entity } FILTER(?part != rdf:type)
    GRAPH ?typing { ?event a ?class } ?class rdfs:subClassOf* schema:Event .
    { GRAPH ?claim { ?event ?p ?o } } UNION { GRAPH ?claim { ?s ?p ?event } }
  }
}
"""


@dataclass(frozen=True)
class Source:
    """A document that makes claims."""

    iri: str
    label: str
    url: str | None


@dataclass(frozen=True)
class Sentence:
    """A sentence from which a claim was quoted."""

    iri: str
    #: 0 for the title
    paragraph: int
    #: in its paragraph, from 1
    number: int
    #: opens the document at that sentence
    url: str | None
    #: its words, where the build had the text
    quote: str | None

    @property
    def locator(self) -> str:
        """Its short name: p4s2 is the second sentence of the fourth paragraph."""
        return f"p{self.paragraph}s{self.number}"


@dataclass(frozen=True)
class Evidence:
    """A claim that speaks for or against another one."""

    iri: str
    statement: str
    source: Source
    #: the person whom the source quotes
    speaker: str | None
    #: how it stands itself: what is refuted no longer counts
    verdict: str

    def __str__(self) -> str:
        """Tell it in a line: who says what."""
        speaker = f", quoting {self.speaker}" if self.speaker else ""
        fallen = " (refuted itself)" if self.verdict == "refuted" else ""
        return f"{self.source.label}{speaker}: {self.statement}{fallen}"


@dataclass(frozen=True)
class Claim:
    """What one source says, and how it stands."""

    iri: str
    #: in words
    statement: str
    comment: str | None
    #: asserted, hedged, figurative, opinion or implied
    stance: str
    #: supported, qualified, disputed, refuted or unchecked
    verdict: str
    source: Source
    speaker: str | None
    sentences: tuple[Sentence, ...]
    #: the rule of an implied claim, and the statements that it follows from
    rule: str | None
    premises: tuple[str, ...]
    supported_by: tuple[Evidence, ...]
    contradicted_by: tuple[Evidence, ...]
    qualified_by: tuple[Evidence, ...]
    #: names of the sources that were searched in vain
    sought_in: tuple[str, ...]

    COLUMNS: ClassVar[tuple[str, ...]] = (
        *("verdict", "stance", "statement", "source", "sentences", "speaker"),
        *("contradicted_by", "supported_by", "qualified_by", "claim", "link"),
    )

    def cells(self) -> tuple[object, ...]:
        """Tell it in one row, as ``COLUMNS`` has it."""
        return (
            self.verdict,
            self.stance,
            self.statement,
            self.source.label,
            " ".join(sentence.locator for sentence in self.sentences),
            self.speaker,
            "; ".join(other.source.label for other in self.contradicted_by),
            "; ".join(other.source.label for other in self.supported_by),
            "; ".join(other.source.label for other in self.qualified_by),
            self.iri,
            self.link,
        )

    def lines(self) -> Iterator[str]:
        """Tell all of it in a few lines: what it says, how it stands, who says so, and what is for and against it."""
        yield self.statement
        places = " ".join(sentence.locator for sentence in self.sentences)
        source = self.source.label + (f", {places}" if places else "")
        yield " · ".join([self.verdict, self.stance, source, *([f"quoting {self.speaker}"] if self.speaker else [])])
        if self.rule:
            yield f"by {self.rule}" + (f" from: {'; '.join(self.premises)}" if self.premises else "")
        yield from (f"“{sentence.quote}”" for sentence in self.sentences if sentence.quote)
        if self.link:
            yield self.link
        if self.comment:
            yield f"note: {self.comment}"
        for sign, others in (("-", self.contradicted_by), ("+", self.supported_by), ("~", self.qualified_by)):
            yield from (f"{sign} {other}" for other in others)
        yield from (f"? looked for in {name}, and not found" for name in self.sought_in)

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        statement, *rest = self.lines()
        lines = "<br>".join(html_text(line) if line == self.link else escape(line) for line in rest)
        return f"<p><strong>{escape(statement)}</strong><br>{lines}</p>"

    @property
    def link(self) -> str | None:
        """Opens the source, at the first of its sentences if they are known."""
        return next((s.url for s in self.sentences if s.url), self.source.url)


def claims(store: ox.Store, *, about: str | None = None, verdicts: Iterable[str] = ()) -> list[Claim]:
    """List claims: the article's in the order of its sentences, then by source and statement.

    Args:
        store: the data set.
        about: the IRI of an entity that stands in the claim's triples, or has a part in an event that does; all
            claims if None.
        verdicts: only those that stand so; any if empty.

    Raises:
        UnknownNameError: there is no such verdict.
        TypeError: the verdicts are one text rather than a list.
    """
    chosen = chosen_verdicts(verdicts)
    rows: dict[str, Any] = {}
    for row in sorted(run_query(store, _CLAIMS).rows, key=_foreign):
        rows.setdefault(row.claim, row)  # told in several languages, a claim has several rows: the most English counts
    wanted = set(rows)
    if about is not None:
        wanted &= {row.claim for row in run_query(store, _ABOUT, bindings={"entity": ox.NamedNode(about)}).rows}
    sentences, links = _grouped(store, _SENTENCES), _grouped(store, _LINKS)
    names = {row.source: row.sourceName for row in rows.values()}
    found = [_claim(rows[iri], rows, names, sentences[iri], links[iri]) for iri in wanted]
    return sorted((c for c in found if not chosen or c.verdict in chosen), key=_order)


def _foreign(row: Any) -> tuple[int, str]:  # noqa: ANN401 — a row of the first query
    languages = str(row.languages).split()
    return sum(language.partition("-")[0] != "en" for language in languages), row.languages


def chosen_verdicts(verdicts: Iterable[str]) -> set[str]:
    """Take verdicts that somebody named.

    Raises:
        UnknownNameError: there is no such verdict.
        TypeError: they are one text rather than a list.
    """
    if isinstance(verdicts, str):
        raise TypeError(f"verdicts is the text {verdicts!r}, and a list is wanted: [{verdicts!r}]")
    chosen, known = set(verdicts), [verdict.value.removeprefix(vocab.BG) for verdict in vocab.VERDICTS]
    for verdict in sorted(chosen.difference(known)):
        raise UnknownNameError("verdict", verdict, nearest(verdict, known) or known)
    return chosen


def _order(claim: Claim) -> tuple[object, ...]:
    places = [(sentence.paragraph, sentence.number) for sentence in claim.sentences]
    return (not places, min(places, default=(0, 0)), claim.source.label, claim.statement, claim.iri)


def _grouped(store: ox.Store, query: str) -> defaultdict[str, list[Any]]:
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for row in run_query(store, query).rows:
        groups[row.claim].append(row)
    return groups


def _claim(  # rows are those of the queries above
    row: Any,  # noqa: ANN401 — as said
    rows: dict[str, Any],
    names: dict[str, str],
    sentences: list[Any],
    links: list[Any],
) -> Claim:
    def others(relation: str) -> list[str]:
        return [link.other for link in links if link.relation == vocab.BG + relation]

    def evidence(relation: str) -> tuple[Evidence, ...]:
        known = (rows[iri] for iri in others(relation) if iri in rows)
        found = [Evidence(r.claim, r.statement, _source(r), r.speaker, r.verdict) for r in known]
        return tuple(sorted(found, key=lambda e: (e.source.label, e.statement, e.iri)))

    return Claim(
        iri=row.claim,
        statement=row.statement,
        comment=row.comment,
        stance=row.stance,
        verdict=row.verdict,
        source=_source(row),
        speaker=row.speaker,
        sentences=tuple(Sentence(s.sentence, int(s.paragraph), int(s.number), s.url, s.quote) for s in sentences),
        rule=row.rule,
        premises=tuple(rows[iri].statement for iri in others("premise") if iri in rows),
        supported_by=evidence("supports"),
        contradicted_by=evidence("contradicts"),
        qualified_by=evidence("qualifies"),
        sought_in=tuple(names.get(iri, iri) for iri in others("soughtIn")),
    )


def _source(row: Any) -> Source:  # noqa: ANN401 — a row of the first query
    return Source(row.source, row.sourceName, row.sourceUrl)
