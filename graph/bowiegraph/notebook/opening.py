"""The notebooks that ship with the package: a copy of them, and JupyterLab on it."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from bowiegraph.atomic import write_atomically
from bowiegraph.errors import MissingPackageError, OutputPlaceError
from bowiegraph.locations import shipped

if TYPE_CHECKING:
    from collections.abc import Sequence

#: settings of JupyterLab: it asks its makers for news, updates and extensions, which nobody asked it to
_QUIET: Final = Path(__file__).parent / "jupyter"


def copy(folder: Path) -> tuple[list[Path], list[Path]]:
    """Copy the notebooks into a folder, which is made if it is missing; those that are there stay as they are.

    Returns:
        those that were written, and those that were there.

    Raises:
        OutputPlaceError: there is a file of the folder's name.
        OutputError: it cannot be written there.
        LocationError: the package lacks its notebooks.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputPlaceError(folder, "it is a file, and the notebooks need a folder", "Name another one")
    written, kept = [], []
    for notebook in sorted(shipped("notebooks").glob("*.ipynb")):
        target = folder / notebook.name
        if target.exists():
            kept.append(target)
        else:
            write_atomically(target, [notebook.read_bytes()])
            written.append(target)
    return written, kept


def run(folder: Path, options: Sequence[str] = ()) -> NoReturn:
    """Become JupyterLab, which opens on a folder; it does not come back.

    Args:
        folder: where its notebooks are.
        options: more of JupyterLab's own, such as ``--no-browser``.

    Raises:
        MissingPackageError: JupyterLab is not installed.
    """
    if find_spec("jupyterlab") is None:
        raise MissingPackageError("jupyterlab", "notebook")
    sys.stdout.flush()
    sys.stderr.flush()
    paths = [str(_QUIET), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(paths)
    # In this process's place, so that Ctrl-C and the terminal are JupyterLab's.
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", str(folder), *options])  # noqa: S606 — no shell is wanted
