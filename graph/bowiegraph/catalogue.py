"""The catalogue: competency questions, each a SPARQL file that says in words what it answers and what may be filled in.

The lines that begin with ``#+`` hold YAML, as grlc has it (https://github.com/CLARIAH/grlc): the question under
``summary``, and ``parameters``, each with name, type, default and description. The named views are queries as well:
they have a ``title``, and say under ``fold`` whether what takes several statements to say is drawn as one edge, and
under ``layout`` whether time runs across the picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, ClassVar, Final, Literal, get_args

import pyoxigraph as ox

from bowiegraph import vocab
from bowiegraph.entities import resolve
from bowiegraph.errors import CatalogueError, ParameterError, UnknownNameError
from bowiegraph.locations import shipped
from bowiegraph.nearest import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from bowiegraph.query import Value

#: what people type for a parameter: a name that is looked up, or a value
Kind = Literal["entity", "source", "claim", "integer", "year", "string"]
#: what decides where the things of a view stand: what they are linked to, or when they happened
Layout = Literal["force", "time"]
#: the lexical forms of https://www.w3.org/TR/xmlschema11-2/
_NUMBERS: Final = {
    "integer": (re.compile(r"[+-]?[0-9]+"), "a whole number"),
    "year": (re.compile(r"-?(?:[1-9][0-9]{3,}|0[0-9]{3})"), "a year of four digits"),
}
_HAS_PARAMETERS: Final = re.compile(r"^#\+\s*parameters\s*:", re.MULTILINE)
#: the folder of the named views; the others are called after those who ask
_VIEWS: Final = "views"
_SPACES: Final = {"source": vocab.SOURCE, "claim": vocab.CLAIM}


@dataclass(frozen=True)
class Parameter:
    """Something to fill in."""

    name: str
    kind: Kind
    description: str
    #: None: it must be given
    default: str | None

    def term(self, store: ox.Store, value: object) -> Value:
        """Turn what was given into a term.

        Raises:
            UnknownNameError, AmbiguousNameError: no entity, or several, bear that name.
            ParameterError: it is not of the parameter's kind.
        """
        if isinstance(value, ox.NamedNode | ox.Literal):
            return value
        text = str(value)
        if self.kind == "entity":
            return ox.NamedNode(resolve(store, text))
        if self.kind in _SPACES:
            return _named(store, self.kind, text)
        if self.kind in {"integer", "year"}:
            form, what = _NUMBERS[self.kind]
            if not form.fullmatch(text):
                raise ParameterError(self.name, f"{text!r} is not {what}")
            return int(text) if self.kind == "integer" else ox.Literal(text, datatype=ox.NamedNode(vocab.XSD + "gYear"))
        return text


def _named(store: ox.Store, kind: str, text: str) -> ox.NamedNode:
    """Find a source or a claim by the end of its IRI."""
    space = _SPACES[kind]
    text = text.replace("\\", "")  # as a table shows it: claim:miscelana-heroes\/written-in-1977
    iri = text if text.startswith(space) else space + text.removeprefix(f"{kind}:")
    node = ox.NamedNode(vocab.BG + kind.capitalize())
    known = {
        str(getattr(q.subject, "value", "")) for q in store.quads_for_pattern(None, vocab.TYPE, node, ox.DefaultGraph())
    }
    if iri not in known:
        raise UnknownNameError(kind, text, nearest(text, (name.removeprefix(space) for name in known)))
    return ox.NamedNode(iri)


@dataclass(frozen=True)
class CatalogueQuery:
    """One question of the catalogue.

    Its header is read when it is looked at, for YAML is slow to import: what has no parameters is asked without it.

    Raises:
        CatalogueError: by the properties, where the header does not say what it has to.
    """

    name: str
    #: who asks: researchers, analysts or explorers
    group: str
    #: the whole file, which is SPARQL
    text: str
    path: Path

    COLUMNS: ClassVar[tuple[str, ...]] = ("group", "name", "question", "parameters")

    def cells(self) -> tuple[object, ...]:
        """Tell it in one row, as ``COLUMNS`` has it."""
        parameters = " ".join(f"{p.name}={p.default or '…'}" for p in self.parameters)
        return self.group, self.name, self.question, parameters

    @property
    def question(self) -> str:
        """What it answers, in words."""
        return self._header.question

    @property
    def description(self) -> str:
        """What else there is to know; may be empty."""
        return self._header.description

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What may or must be filled in."""
        return self._header.parameters if _HAS_PARAMETERS.search(self.text) else ()

    @cached_property
    def _header(self) -> _Header:
        return _Header.of(self.path, self.text)

    def bindings(self, store: ox.Store, given: dict[str, object]) -> dict[str, Value]:
        """Turn what was given, and the defaults, into terms.

        Raises:
            ParameterError: a parameter is unknown, missing or of the wrong kind.
            UnknownNameError, AmbiguousNameError: a name leads to nothing, or to several things.
        """
        names = [p.name for p in self.parameters]
        for name in given:
            if name not in names:
                has = f"it has {', '.join(names)}" if names else "it has none"
                raise ParameterError(name, f"the query {self.name} has no such parameter; {has}")
        return {p.name: p.term(store, self._value(p, given)) for p in self.parameters}

    def _value(self, parameter: Parameter, given: dict[str, object]) -> object:
        value = given.get(parameter.name, parameter.default)
        if value is None:
            example = f"--param {parameter.name}=…"
            raise ParameterError(parameter.name, f"the query {self.name} needs it: {parameter.description} ({example})")
        return value


@dataclass(frozen=True)
class NamedView(CatalogueQuery):
    """A query that makes a view."""

    @property
    def title(self) -> str:
        """Its name, as it stands above the page."""
        return self._header.title or self.name.capitalize()

    @property
    def folds(self) -> bool:
        """Whether a cover, a contribution and the like are drawn as one edge."""
        return self._header.fold

    @property
    def layout(self) -> Layout:
        """What decides where things stand."""
        return self._header.layout


def _files(folder: Path | None) -> dict[str, Path]:
    paths = sorted((folder or shipped("queries")).glob("*/*.rq"))
    return {path.stem: path for path in paths if path.parent.name != _VIEWS}


def _view_files() -> dict[str, Path]:
    return {path.stem: path for path in sorted((shipped("queries") / _VIEWS).glob("*.rq"))}


def view_names() -> list[str]:
    """List the names of the views."""
    return sorted(_view_files())


def view(name: str) -> NamedView:
    """Read one view.

    Raises:
        UnknownNameError: there is none of that name.
        CatalogueError: its file cannot be read.
    """
    files = _view_files()
    if name not in files:
        raise UnknownNameError("view", name, nearest(name, files) or sorted(files))
    return NamedView(name, _VIEWS, _text_of(files[name]), files[name])


def views() -> list[NamedView]:
    """Read all views, by name."""
    return [view(name) for name in view_names()]


def names(folder: Path | None = None) -> list[str]:
    """List the names of all questions."""
    return sorted(_files(folder))


@cache
def get(name: str, folder: Path | None = None) -> CatalogueQuery:
    """Read one question, once: a file that changes later is seen by the next program.

    Raises:
        UnknownNameError: there is none of that name.
        CatalogueError: its file does not say what it has to.
    """
    files = _files(folder)
    if name not in files:
        raise UnknownNameError("query", name, nearest(name, files))
    return _read(files[name])


def catalogue(folder: Path | None = None) -> list[CatalogueQuery]:
    """Read all questions, by group and name."""
    return sorted((_read(path) for path in _files(folder).values()), key=lambda query: (query.group, query.name))


def _read(path: Path) -> CatalogueQuery:
    return CatalogueQuery(path.stem, path.parent.name, _text_of(path), path)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(path, str(error)) from error


@dataclass(frozen=True)
class _Header:
    """What the lines that begin with ``#+`` say."""

    question: str
    description: str
    parameters: tuple[Parameter, ...]
    title: str | None
    fold: bool
    layout: Layout

    @classmethod
    def of(cls, path: Path, text: str) -> _Header:
        import yaml  # noqa: PLC0415 — lazy: it costs a tenth of a cold start

        lines = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
        try:
            said = yaml.safe_load(lines) or {}
            parameters = tuple(map(_parameter, said.get("parameters", [])))
            question = said["summary"] or ""
            if not question.endswith("?"):
                raise CatalogueError(path, "its summary is not a question")
            layout: Layout = "time" if said.get("layout") == "time" else "force"
            return cls(
                question, said.get("description", ""), parameters, said.get("title"), said.get("fold", True), layout
            )
        except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise CatalogueError(path, str(error)) from error


def _parameter(said: dict[str, object]) -> Parameter:
    kind = next((kind for kind in get_args(Kind) if kind == said["type"]), None)
    if kind is None:
        raise TypeError(f"{said['type']!r} is no type of a parameter; there are {', '.join(get_args(Kind))}")
    return Parameter(str(said["name"]), kind, str(said["description"]), _text(said.get("default")))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
