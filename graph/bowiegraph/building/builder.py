"""Building the data set: read, check, derive, write; either all of it happens or nothing does."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from bowiegraph import vocab
from bowiegraph.building.derive import Derived, claims_together, derive
from bowiegraph.building.report import Coverage, Report
from bowiegraph.checks.every import check_facts
from bowiegraph.checks.folders import refuse_doubled
from bowiegraph.errors import FactsError, UnknownNameError
from bowiegraph.facts.ontology import read_ontology
from bowiegraph.facts.reading import read_facts, source_name
from bowiegraph.leftovers import write_swept
from bowiegraph.locations import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from bowiegraph.errors import Problem
    from bowiegraph.facts.reading import Facts

    #: is told, in a few words, what the build does next
    Progress = Callable[[str], None]

__all__ = ["Coverage", "Derived", "Report", "build", "build_lines", "derive"]

ONTOLOGY: Final = "bowiegraph.ttl"
SHAPES: Final = "shapes.ttl"


def build(  # noqa: PLR0913 — one option for each thing that a build may be told
    facts: Sequence[Path],
    out: Path,
    *,
    shapes: bool = True,
    texts: Mapping[str, str] | None = None,
    ontology: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Build the data set and write it, as N-Quads, in one step; if anything is wrong, the earlier file stays.

    Args:
        facts: directories of facts files.
        out: the file to write.
        shapes: whether to run the shapes (SHACL) as well.
        texts: name of a source → its text, to put the quotes in.
        ontology: the directory of the ontology and the shapes; those that ship with the package if None.
        progress: is told what is going on.

    Raises:
        BowiegraphError: as ``build_lines``.
        OutputError: the file cannot be written.
    """
    derived = build_lines(facts, shapes=shapes, texts=texts, ontology=ontology, progress=progress)
    _tell(progress, f"writing {out}")
    write_swept(out, derived.chunks())
    return derived.report


def build_lines(
    facts: Sequence[Path],
    *,
    shapes: bool = True,
    texts: Mapping[str, str] | None = None,
    ontology: Path | None = None,
    progress: Progress | None = None,
) -> Derived:
    """Build the data set in memory; the arguments are those of ``build``.

    Raises:
        NoFactsError, FactsReadError, FactsEncodingError, FactsSyntaxError, FactsFileKindError: a file cannot be read.
        FactsFilesError: several cannot.
        SourceTakenError: two directories have a source of one name.
        FactsError: they do not hold together; all problems are listed.
        ShapeError: the shapes cannot be evaluated.
        UnknownNameError: a text is of no source that has sentences.
        SentenceMismatchError, SentencesFileError, TextError: a text is not the one that was counted.
        LocationError: the ontology is not where it should be.
    """
    folder = ontology or shipped("ontology")
    with _collector_paused():
        _tell(progress, "reading the facts")
        terms, read = read_ontology(folder / ONTOLOGY), read_facts(*facts)
        _tell(progress, f"checking {len(read.claims)} claims")
        refuse_doubled(read)
        _refuse(check_facts(read, terms))
        quotes = _quotes(read, texts or {})
        _tell(progress, "judging the claims")
        derived = derive(read, terms, quotes=quotes)
        if shapes:
            _tell(progress, "checking the shapes")
            _refuse(_shape_problems(read, derived, folder / SHAPES))
    return derived


def _tell(progress: Progress | None, what: str) -> None:
    if progress:
        progress(what)


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise FactsError(problems)


def _shape_problems(facts: Facts, derived: Derived, shapes: Path) -> list[Problem]:
    from bowiegraph.checks.shapes import check_shapes  # noqa: PLC0415 — lazy: the first build goes without

    return check_shapes(claims_together(facts, derived), facts, shapes=shapes)


def _quotes(facts: Facts, texts: Mapping[str, str]) -> dict[str, str]:
    """Get the words of each sentence whose text is at hand: its IRI → its words."""
    if not texts:
        return {}
    from bowiegraph.sources.adding import read_sentences  # noqa: PLC0415 — lazy: only needed with a text
    from bowiegraph.sources.sentences import verify  # noqa: PLC0415 — lazy, as above

    files = _sentence_files(facts)
    quotes = {}
    for name, text in texts.items():
        if name not in files:
            raise UnknownNameError("source with sentences", name, sorted(files))
        source, sentences = read_sentences(files[name])
        quotes.update({f"{source}#{spot}": words for spot, words in verify(text, sentences).items()})
    return quotes


def _sentence_files(facts: Facts) -> dict[str, Path]:
    """Find the sentences file of each source."""
    owners = {iri.value.removeprefix(vocab.SOURCE).partition("#")[0] for iri in facts.sentences}
    named = ((source_name(path), path) for path in facts.files if path.name.endswith(".sentences.ttl"))
    return {name: path for name, path in named if name in owners}


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the garbage collector: a build makes no cycles, and it would visit millions of objects."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
