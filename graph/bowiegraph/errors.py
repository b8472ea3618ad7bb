"""What can go wrong, one class a situation.

Every message says what is wrong, where, and what to do; the same facts are attributes for programs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class BowiegraphError(Exception):
    """The root of all errors that this package raises on purpose; the command line prints them in one piece."""

    #: what the command line exits with: wrong use or input
    exit_code = 2


class LocationError(BowiegraphError, LookupError):
    """Files that ship with the package are neither in the wheel nor in a checkout."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with the facts: where, what, and the mend."""

    file: Path
    line: int | None
    message: str
    mend: str

    def __str__(self) -> str:
        """Write it the way compilers do, so that editors jump to the line."""
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{where}: {self.message}\n    {self.mend}"


class FactsError(BowiegraphError, ValueError):
    """The facts do not hold together; every problem found is listed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        count = len(self.problems)
        head = f"{count} problem{'s' if count != 1 else ''} in the facts; nothing was built"
        super().__init__("\n".join([head, *map(str, self.problems)]))


class OutputError(BowiegraphError, OSError):
    """A file cannot be written: the disk is full, read-only, or the place is not ours to write to."""

    def __init__(self, path: Path, cause: OSError) -> None:
        self.path = path
        self.cause = cause
        super().__init__(
            f"cannot write {path}: {cause.strerror or cause}. What was there before is untouched; "
            "make room or choose a place that you may write to"
        )


class ServerError(BowiegraphError, OSError):
    """The endpoint cannot start: its address is taken, or what it is to serve cannot be opened."""


class ViewError(BowiegraphError, ValueError):
    """A view cannot be made of what was selected."""

    def __init__(self, problem: str, mend: str) -> None:
        self.problem = problem
        self.mend = mend
        super().__init__(f"{problem}: {mend}")


class AnalysisError(BowiegraphError, ValueError):
    """What is asked of a network has no answer: no way leads there, or nothing is to be looked at."""

    def __init__(self, problem: str, mend: str) -> None:
        self.problem = problem
        self.mend = mend
        super().__init__(f"{problem}: {mend}")


class NetworkFormatError(BowiegraphError, ValueError):
    """A network has an attribute that a format cannot hold."""

    def __init__(self, format: str, problem: str) -> None:  # noqa: A002 — the word that rdflib uses
        self.format = format
        self.problem = problem
        super().__init__(
            f"{format} cannot hold this network: {problem}. Make it text, a number or a boolean, under a name of its "
            "own, or take it away"
        )


class MissingPackageError(BowiegraphError, ImportError):
    """An optional package that this job needs is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        self.package = package
        self.extra = extra
        super().__init__(f"this needs the package {package}, which is not installed: pip install 'bowiegraph[{extra}]'")


class TextError(BowiegraphError, ValueError):
    """A text holds a character that no text has: NUL, another control character, half of a surrogate pair."""

    def __init__(self, character: str, line: int, column: int) -> None:
        self.character = character
        self.line = line
        self.column = column
        super().__init__(
            f"line {line}, column {column} holds the control character U+{ord(character):04X}: this is not "
            "plain text. Remove it, or save the document as UTF-8 text or HTML"
        )


class SentenceMismatchError(BowiegraphError, ValueError):
    """A text is not the one from which a source's sentences were counted and digested."""

    def __init__(self, differing: Sequence[str], moved: Sequence[str], total: int) -> None:
        self.differing: tuple[str, ...] = tuple(differing)
        self.moved: tuple[str, ...] = tuple(moved)
        self.total = total
        super().__init__(
            f"the text does not match its digests: {self._counts()}. Give the text from which the sentences "
            "were made, or, if the source has changed, make them again: bowiegraph source add … --replace"
        )

    def _counts(self) -> str:
        parts = [("differ", self.differing), ("stand elsewhere in it", self.moved)]
        return "; ".join(
            f"{len(names)} of {self.total} sentences {what}: {_first_ten(names)}" for what, names in parts if names
        )


def _first_ten(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (" …" if len(names) > 10 else "")  # noqa: PLR2004 — the function's name says it


class SourceNameError(BowiegraphError, ValueError):
    """The name of a source cannot be part of an IRI and a file name, or is taken by the project itself."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name!r} cannot name a source: use small letters, digits and hyphens, such as miscelana-heroes "
            "('editors' is the project's own)"
        )


class SourceExistsError(BowiegraphError, FileExistsError):
    """A source of that name already has its sentences."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{path} is there already: choose another name, or write it anew with --replace")


class SourceReadError(BowiegraphError, ValueError):
    """A source's document cannot be fetched or read as text."""

    def __init__(self, location: str, reason: str, mend: str) -> None:
        self.location = location
        self.reason = reason
        super().__init__(f"cannot read {location}: {reason}. {mend}")


class SourceDetailError(BowiegraphError, ValueError):
    """What was given about a source (its date, its address) is not written as it has to be."""

    def __init__(self, detail: str, value: str, mend: str) -> None:
        self.detail = detail
        self.value = value
        super().__init__(f"{value!r} cannot be the {detail} of a source: {mend}")


class SentencesFileError(BowiegraphError, ValueError):
    """A sentences file does not say what such a file has to say."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}. The file is written by: bowiegraph source add … --replace")


class FactsSyntaxError(BowiegraphError, ValueError):
    """A file of facts, or the ontology, is not Turtle or TriG.

    Line and column count from 1, the column in characters.
    """

    def __init__(self, file: Path, line: int, column: int, expected: str, text: str = "") -> None:
        self.file = file
        self.line = line
        self.column = column
        self.expected = expected
        self.text = text
        shown = _visible(text.expandtabs(1).rstrip())
        caret = f"\n    {shown}\n    {' ' * (column - 1)}^" if shown else ""
        super().__init__(f"{file}:{line}:{column}: {_visible(expected)}{caret}\nMend the line, and build again")


def _visible(text: str) -> str:
    """Put a sign in the place of each character that a terminal would act on instead of showing it."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


class FactsEncodingError(BowiegraphError, ValueError):
    """A file of facts is not UTF-8."""

    def __init__(self, file: Path, line: int, column: int, byte: int) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.byte = byte
        super().__init__(f"{file}:{line}:{column}: the byte 0x{byte:02X} is not UTF-8. Save the file as UTF-8")


class FactsReadError(BowiegraphError, OSError):
    """A file or folder of facts, or the ontology, is there but cannot be read."""

    def __init__(self, file: Path, cause: OSError) -> None:
        self.file = file
        self.cause = cause
        super().__init__(f"cannot read {file}: {cause.strerror or cause}. See who may read it")


class NoFactsError(BowiegraphError, LookupError):
    """A facts folder is missing, or there are no facts in it."""

    def __init__(self, directory: Path, reason: str) -> None:
        self.directory = directory
        super().__init__(
            f"no facts in {directory}: {reason}. Facts are TriG files in its folders entities/ and sources/"
        )


class ShapeError(BowiegraphError, ValueError):
    """The shapes cannot be read or evaluated as SHACL (https://www.w3.org/TR/shacl/)."""

    def __init__(self, file: Path, reason: str) -> None:
        self.file = file
        self.reason = reason
        super().__init__(f"{file}: {reason}. Mend the shapes; the facts were not looked at")


class UnknownNameError(BowiegraphError, LookupError):
    """A name that a person typed is not known; the nearest known names are at hand."""

    def __init__(self, kind: str, name: str, suggestions: Sequence[str] = ()) -> None:
        self.kind = kind
        self.name = name
        self.suggestions: tuple[str, ...] = tuple(suggestions)
        mend = f"did you mean {' or '.join(self.suggestions)}?" if self.suggestions else "nothing is like it"
        super().__init__(f"unknown {kind} {name!r}: {mend}")


class AmbiguousNameError(BowiegraphError, LookupError):
    """Several entities bear the name that somebody typed."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name = name
        self.candidates: tuple[str, ...] = tuple(candidates)
        listed = "\n".join(f"    {candidate}" for candidate in self.candidates)
        super().__init__(f"{name!r} may be any of these; give the name before the colon:\n{listed}")


class StoreError(BowiegraphError, ValueError):
    """A data set cannot be opened."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"cannot open the data set {path}: {reason}. Build one with: bowiegraph build -o FILE.nq")


class QueryError(BowiegraphError, ValueError):
    """The engine cannot answer a query."""


class QuerySyntaxError(QueryError):
    """A query is not SPARQL 1.1; line and column count from 1."""

    def __init__(self, query: str, line: int, column: int, reason: str) -> None:
        self.query = query
        self.line = line
        self.column = column
        self.reason = reason
        lines = query.splitlines() or [""]
        shown = lines[min(line, len(lines)) - 1].expandtabs(1)
        super().__init__(f"line {line}, column {column} of the query: {reason}\n    {shown}\n    {' ' * (column - 1)}^")


class ParameterError(QueryError):
    """A parameter of a query is unknown, missing or of the wrong kind."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"parameter {name}: {reason}")


class RefusedError(QueryError):
    """A query would do what is not done here: change the data, or ask another server."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}, which is not done here: {mend}")


class ResultFormatError(BowiegraphError, ValueError):
    """An answer was wanted in a form that it does not have."""

    def __init__(self, wanted: str, form: str) -> None:
        self.wanted = wanted
        super().__init__(f"the answer cannot be given as {wanted}: it is {form}")


class QueryFileError(BowiegraphError, OSError):
    """A file with a query cannot be read."""

    def __init__(self, path: Path, reason: str, mend: str = "") -> None:
        self.path = path
        super().__init__(f"cannot read the query {path}: {reason}{mend and f'. {mend}'}")


class CatalogueError(BowiegraphError, ValueError):
    """A file of the catalogue does not say what it has to."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}. Its first lines are YAML behind '#+': summary, and parameters if any")


class OutputPlaceError(BowiegraphError, ValueError):
    """What is asked for must not be written under this name: it would be taken for something else, or destroy facts."""

    def __init__(self, path: Path, reason: str, mend: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path} is not written: {reason}. {mend}")


class NoClaimsError(BowiegraphError, LookupError):
    """A data set is to be checked that holds no claims, so that nothing can be said of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name} holds no claims: nothing was checked. A data set of claims is made by: bowiegraph build -o FILE.nq"
        )


class SourceTakenError(BowiegraphError, ValueError):
    """Two folders of facts have a source of one name, so that the claims of one would be taken for the other's."""

    def __init__(self, names: Sequence[str], folders: Sequence[Path]) -> None:
        self.names: tuple[str, ...] = tuple(names)
        self.folders: tuple[Path, ...] = tuple(folders)
        several = len(self.names) > 1
        super().__init__(
            f"the source{'s' if several else ''} {_first_ten(self.names)} stand{'' if several else 's'} in "
            f"{' and in '.join(map(str, self.folders))}: give {'each' if several else 'one'} another name, or, to "
            "change what a folder says, copy it whole and build the copy alone, with --facts"
        )


class ShippedSourceError(BowiegraphError, ValueError):
    """A new source is to have the name of one of the shipped facts."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.folder = folder
        super().__init__(
            f"the facts in {folder} have a source {name!r} already: choose another name, or give that folder with "
            "--facts to write its sentences anew"
        )


class FactsFilesError(BowiegraphError, ValueError):
    """Several files of facts cannot be read, each for a reason of its own."""

    def __init__(self, errors: Sequence[BowiegraphError]) -> None:
        self.errors: tuple[BowiegraphError, ...] = tuple(errors)
        super().__init__("\n".join([f"{len(self.errors)} files of facts cannot be read", *map(str, self.errors)]))


class FactsFileKindError(BowiegraphError, ValueError):
    """What is called like a file of facts is a pipe or a device, which would keep the reader waiting for ever."""

    def __init__(self, file: Path) -> None:
        self.file = file
        super().__init__(f"{file} is a pipe or a device: facts are read from files. Take it out of the folder")
