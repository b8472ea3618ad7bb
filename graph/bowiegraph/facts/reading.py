"""The facts, as they are written: entities, sources, sentences, and each claim with its description.

Nothing is judged here. What contradicts the rules is kept as it stands, for ``checks`` to report.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.errors import BowiegraphError, FactsFilesError, FactsReadError, NoFactsError
from bowiegraph.facts.parsing import Parsed, Triple, parse_file, suffixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from bowiegraph.facts.parsing import Interned, Term

#: the source whose claims are links between the claims of the others
EDITORS: Final = "editors"
#: predicates of the editors' links
LINKS: Final = frozenset({vocab.SUPPORTS, vocab.CONTRADICTS, vocab.QUALIFIES, vocab.SOUGHT_IN})
_SENTENCES: Final = ".sentences"


@dataclass(frozen=True, slots=True)
class Description:
    """What is said, outside all claims, of one entity, source, sentence or part of one."""

    iri: ox.NamedNode
    triples: tuple[Triple, ...]
    #: where that stands, first to last
    files: tuple[Path, ...]

    def values(self, predicate: ox.NamedNode) -> list[Term]:
        """Give the objects of one predicate."""
        return [value for _, said, value in self.triples if said == predicate]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says: the triples of a named graph, and the description of that graph."""

    iri: ox.NamedNode
    #: of the file in which it stands, which is the name of its source
    source: str
    #: sorted; a triple that is written twice is here twice
    triples: tuple[Triple, ...]
    #: subject is the claim's IRI; sorted, with duplicates
    description: tuple[Triple, ...]
    #: of the graph, or of the description where there is no graph
    file: Path
    #: further files that say something in its graph, or of it
    elsewhere: tuple[Path, ...] = ()

    def values(self, predicate: ox.NamedNode) -> list[Term]:
        """Give the objects of one predicate of the description."""
        return [value for _, said, value in self.description if said == predicate]

    def value(self, predicate: ox.NamedNode) -> ox.NamedNode | None:
        """Give the one IRI that the description has for a predicate, the first if there are several."""
        found = (value for value in self.values(predicate) if isinstance(value, ox.NamedNode))
        return next(found, None)


@dataclass(frozen=True)
class Facts:
    """All that the facts files say; equal for equal files, in whatever order they were read."""

    #: every file, as it was parsed, for finding lines
    files: Mapping[Path, Parsed]
    claims: Mapping[ox.NamedNode, Claim]
    entities: Mapping[ox.NamedNode, Description]
    sources: Mapping[ox.NamedNode, Description]
    sentences: Mapping[ox.NamedNode, Description]
    #: what is said of other parts of sources: the selectors of sentences
    parts: Mapping[ox.NamedNode, Description]

    def file_of(self, iri: ox.NamedNode, term: Term, files: Sequence[Path]) -> Path:
        """Of the files that speak of a thing, or in a claim, give the last that has a term in what it says."""
        for path in reversed(files):
            parsed = self.files[path]
            if any(term in triple for group in (parsed.statements, parsed.graphs) for triple in group.get(iri, ())):
                return path
        return files[-1]

    def descriptions(self) -> Iterator[Description]:
        """Everything that is described but the claims."""
        for group in (self.entities, self.sources, self.sentences, self.parts):
            yield from group.values()


def read_facts(*directories: Path) -> Facts:
    """Read all Turtle and TriG files of facts directories, in the order of their names.

    Args:
        directories: each with ``entities`` and ``sources``; later ones add to the earlier ones.

    Raises:
        NoFactsError: a directory is missing, or has no such file, or no statement at all.
        FactsSyntaxError, FactsEncodingError, FactsReadError, FactsFileKindError: a file cannot be read.
        FactsFilesError: several cannot.
    """
    paths = dict.fromkeys(path for directory in directories for path in facts_files(directory))
    files = _parse_all(paths)
    if not any(parsed.statements or parsed.graphs or parsed.unnamed for parsed in files.values()):
        raise NoFactsError(directories[0], "its files are empty")
    return _Gathering().add_all(files.values()).facts(files)


def _parse_all(paths: Iterable[Path]) -> dict[Path, Parsed]:
    """Read all files, or tell of each that cannot be read."""
    terms: Interned = {}
    files: dict[Path, Parsed] = {}
    errors: list[BowiegraphError] = []
    for path in paths:
        try:
            files[path] = parse_file(path, terms=terms)
        except BowiegraphError as error:
            errors.append(error)
    if len(errors) > 1:
        raise FactsFilesError(errors)
    if errors:
        raise errors[0]
    return files


def facts_files(directory: Path) -> list[Path]:
    """List the files of a facts directory, sorted; hidden ones are left out.

    Raises:
        NoFactsError: it is missing, or has none.
        FactsReadError: it cannot be listed.
    """
    if not directory.is_dir():
        raise NoFactsError(directory, "there is no such folder")
    try:
        found = sorted(
            path
            for path in directory.rglob("*")
            if path.suffix in suffixes() and not path.name.startswith(".") and not path.is_dir()
        )
    except OSError as error:
        raise FactsReadError(directory, error) from error
    if not found:
        raise NoFactsError(directory, "there is no .trig or .ttl file in it")
    return found


def source_name(path: Path) -> str | None:
    """Tell which source a file is of: that of its name, if it is in ``sources``."""
    return path.stem.removesuffix(_SENTENCES) if path.parent.name == "sources" else None


@dataclass
class _Gathered:
    """What was found of one subject so far."""

    triples: list[Triple] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)

    def add(self, triples: Iterable[Triple], path: Path) -> None:
        self.triples.extend(triples)
        if path not in self.files:
            self.files.append(path)


@dataclass
class _Gathering:
    """Puts together what several files say of one thing."""

    statements: dict[ox.NamedNode, _Gathered] = field(default_factory=dict)
    graphs: dict[ox.NamedNode, _Gathered] = field(default_factory=dict)

    def add_all(self, files: Iterable[Parsed]) -> _Gathering:
        for parsed in files:
            for group, found in ((self.statements, parsed.statements), (self.graphs, parsed.graphs)):
                for iri, triples in found.items():
                    group.setdefault(iri, _Gathered()).add(triples, parsed.path)
        return self

    def facts(self, files: Mapping[Path, Parsed]) -> Facts:
        claims = {iri: self._claim(iri) for iri in self._claim_iris()}
        groups: dict[str, dict[ox.NamedNode, Description]] = {
            name: {} for name in ("entities", "sources", "sentences", "parts")
        }
        for iri, found in sorted(self.statements.items(), key=_by_iri):
            if not _names_a_claim(iri):
                description = Description(iri, _in_order(found.triples), tuple(found.files))
                groups[_kind(description)][iri] = description
        return Facts(files=files, claims=claims, **groups)

    def _claim_iris(self) -> list[ox.NamedNode]:
        described = set(filter(_names_a_claim, self.statements))
        return sorted(described | self.graphs.keys(), key=lambda iri: iri.value)

    def _claim(self, iri: ox.NamedNode) -> Claim:
        graph = self.graphs.get(iri, _NOTHING)
        said = self.statements.get(iri, _NOTHING) if _names_a_claim(iri) else _NOTHING
        files = dict.fromkeys(graph.files + said.files)
        first, *others = files
        return Claim(
            iri,
            source_name(first) or "",
            _in_order(graph.triples),
            _in_order(said.triples),
            first,
            tuple(others),
        )


_NOTHING: Final = _Gathered()


def _names_a_claim(iri: ox.NamedNode) -> bool:
    return iri.value.startswith(vocab.CLAIM)


def _by_iri(item: tuple[ox.NamedNode, object]) -> str:
    return item[0].value


def _in_order(triples: list[Triple]) -> tuple[Triple, ...]:
    if len(triples) == 1:
        return (triples[0],)
    return tuple(sorted(triples, key=lambda triple: (str(triple[0]), str(triple[1]), str(triple[2]))))


def _kind(description: Description) -> str:
    """Tell what is described, by its IRI and, for parts of sources, by its type."""
    iri = description.iri.value
    if not iri.startswith(vocab.SOURCE):
        return "entities"
    if "#" not in iri:
        return "sources"
    return "sentences" if vocab.SENTENCE_CLASS in description.values(vocab.TYPE) else "parts"
