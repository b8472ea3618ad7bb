"""The house keeps its order: imports point one way, modules stay small, the library does not talk."""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PACKAGE: Final = Path(__file__).parents[1] / "graph" / "bowiegraph"
LONGEST: Final = 400

#: The rooms from left to right, modules and packages of modules. One may import those that stand before it; a new one has to
#: be given its place here. Within a package too, imports go one way.
LAYERS: Final = (
    ("leaves", ("errors", "vocab", "version")),
    ("files", ("locations", "atomic", "leftovers")),
    ("from texts", ("sources",)),
    ("from facts to a data set", ("facts", "checks", "verdicts", "building", "cache")),
    ("asking it", ("store", "tables", "inline", "result", "lexing", "fromclauses", "mistakes", "query")),
    ("reading it", ("nearest", "labels", "claims", "entities", "catalogue", "parameters")),
    ("handing it on", ("network", "analysis", "nanopub", "export", "views", "graph", "plots", "notebook")),
    ("package", ("__init__",)),
    ("over HTTP", ("serving",)),
    ("command line", ("cli", "__main__")),
)
ORDER: Final = tuple(module for _, modules in LAYERS for module in modules)
LEAVES: Final = LAYERS[0][1]

#: what may be imported when a module is loaded; all else is slow, and imported where it is used
LIGHT: Final = sys.stdlib_module_names | {"bowiegraph", "pyoxigraph"}
#: beside these, what a room as a whole stands on: it is itself imported where it is used
OWN: Final = {"cli": {"click"}, "notebook": {"IPython"}, "serving": {"httpx", "mimeparse", "starlette", "uvicorn"}}


@dataclass(frozen=True)
class Module:
    """A module of the package: its file, and the name under which ``LAYERS`` has it."""

    path: Path

    @property
    def dotted(self) -> str:
        """Name within the package, such as ``cli.query``; a package has the name of its folder."""
        parts = self.path.relative_to(PACKAGE).with_suffix("").parts
        return ".".join(parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts)

    @property
    def place(self) -> str:
        return self.dotted.partition(".")[0]

    @property
    def tree(self) -> ast.Module:
        return _tree(self.path)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


MODULES: Final = tuple(Module(path) for path in sorted(PACKAGE.rglob("*.py")))
BY_NAME: Final = {module.dotted: module for module in MODULES}

each_module = pytest.mark.parametrize("module", MODULES, ids=lambda module: module.dotted)


def imports(module: Module) -> set[str]:
    """List the modules of the package that one imports, at its top, in its functions, or for its types."""
    return {name for node in ast.walk(module.tree) for name in _internal(node)}


def _internal(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (_within(alias.name) for alias in node.names if _is_internal(alias.name))
    elif isinstance(node, ast.ImportFrom) and node.module and _is_internal(node.module):
        yield from (_named(_within(node.module), alias.name) for alias in node.names)


def _is_internal(name: str) -> bool:
    return name.partition(".")[0] == "bowiegraph"


def _within(name: str) -> str:
    return name.partition(".")[2] or "__init__"


def _named(module: str, name: str) -> str:
    """Tell a module that is imported from a package from a name that is."""
    submodule = name if module == "__init__" else f"{module}.{name}"
    return submodule if submodule in BY_NAME else module


def test_modules_are_found() -> None:
    """The tests below would pass on an empty folder."""
    assert {"errors", "vocab", "facts", "__init__"} <= set(BY_NAME)


def test_imports_are_found() -> None:
    """All ways to import are seen: at the top, inside a function, for types, of a module or a name in it."""
    code = (
        "from bowiegraph import vocab, __version__\n"
        "import bowiegraph.facts.reading\n"
        "if TYPE_CHECKING:\n    from bowiegraph.errors import Problem\n"
        "def f():\n    from bowiegraph.checks.every import show\n    import json\n"
    )
    found = {name for node in ast.walk(ast.parse(code)) for name in _internal(node)}
    assert found == {"vocab", "__init__", "facts.reading", "errors", "checks.every"}


@each_module
def test_no_relative_imports(module: Module) -> None:
    """One way to write an import, so that the tests below see all."""
    assert not [node.lineno for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom) and node.level]


@each_module
def test_each_module_has_its_place(module: Module) -> None:
    assert module.place in ORDER, f"{module.path.name} is new: give it its place in LAYERS, in {__file__}"


def test_each_place_is_taken_once() -> None:
    """A module that is gone leaves its place."""
    assert len(ORDER) == len(set(ORDER))
    assert set(ORDER) <= {module.place for module in MODULES}


@each_module
def test_imports_point_left(module: Module) -> None:
    """What a module imports stands before it, so there is no cycle, at load time or later."""
    reach = ORDER.index(module.place)
    wrong = {name for name in imports(module) if ORDER.index(name.partition(".")[0]) > reach}
    itself = {module.dotted} & imports(module)
    assert not wrong | itself, f"{module.dotted} imports {sorted(wrong | itself)}, which do not stand before it"


def test_no_cycle_anywhere() -> None:
    """The modules of a package, which share one place, import one another one way as well."""
    graph = {module.dotted: imports(module) for module in MODULES}
    while free := [name for name, needs in graph.items() if not needs & set(graph)]:
        for name in free:
            del graph[name]
    assert not graph, f"these import one another in a circle, or what does: {sorted(graph)}"


@pytest.mark.parametrize("name", LEAVES)
def test_leaves_import_nothing_of_ours(name: str) -> None:
    assert imports(BY_NAME[name]) == set()


@each_module
def test_heavy_packages_are_imported_where_they_are_used(module: Module) -> None:
    light = LIGHT | OWN.get(module.place, set())
    loaded = {name for node in _run_at_load(module.tree.body) for name in _roots(node)}
    assert loaded <= light, f"import {sorted(loaded - light)} inside the functions that need them"


def _run_at_load(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Walk over what runs when a module is loaded: not functions' bodies, nor what is there for types."""
    for node in body:
        types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if not types and not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            yield from _run_at_load(ast.iter_child_nodes(node))


def test_what_runs_at_load_is_told_from_what_does_not() -> None:
    code = (
        "try:\n    import heavy\nexcept ImportError:\n    pass\n"
        "if TYPE_CHECKING:\n    import typed\n"
        "class C:\n    import inside\n    def f(self):\n        import lazily\n"
    )
    found = {name for node in _run_at_load(ast.parse(code).body) for name in _roots(node)}
    assert found == {"heavy", "inside"}


def _roots(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module.partition(".")[0]


@each_module
def test_modules_stay_small(module: Module) -> None:
    lines = len(module.path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{module.dotted} has {lines} lines: split it by topic"


@each_module
def test_the_library_does_not_print(module: Module) -> None:
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    printed = [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    assert not printed, f"print in {module.path}, lines {printed}"


def test_the_package_only_passes_names_on() -> None:
    """``__init__`` holds imports and ``__all__``, and ``__all__`` names just what is there."""
    tree = BY_NAME["__init__"].tree
    assert ast.get_docstring(tree)
    rest = [node for node in tree.body[1:] if not isinstance(node, ast.ImportFrom)]
    assert {name for node in rest for name in _assigned(node)} == {"__all__"}
    assert set(_exported(tree)) == _passed_on(tree)
    assert list(_exported(tree)) == sorted(_exported(tree))


def _assigned(node: ast.stmt) -> Iterator[str]:
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        pytest.fail(f"__init__ holds more than imports and names, in line {node.lineno}")
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    yield from (target.id for target in targets if isinstance(target, ast.Name))


def _exported(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and "__all__" in _assigned(node) and node.value:
            yield from ast.literal_eval(node.value)


def _passed_on(tree: ast.Module) -> set[str]:
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and node.module != "__future__"
        for alias in node.names
    }
    assigned = {name for node in tree.body if isinstance(node, ast.Assign) for name in _assigned(node)}
    return (imported | assigned) - {"__all__"}
