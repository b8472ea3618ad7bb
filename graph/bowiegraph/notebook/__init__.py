"""In notebooks: ``%load_ext bowiegraph`` gives ``%%sparql`` with completion; and the notebooks that ship with this."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

__all__ = ["load_ipython_extension", "unload_ipython_extension"]


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Teach IPython ``%sparql`` and ``%%sparql``: what ``%load_ext bowiegraph`` calls."""
    from bowiegraph.notebook.completing import matcher  # noqa: PLC0415 — lazy: only where there is IPython
    from bowiegraph.notebook.magic import SparqlMagics  # noqa: PLC0415 — as above

    unload_ipython_extension(shell)  # loaded twice, it is there once
    shell.register_magics(SparqlMagics)
    shell.Completer.custom_matchers.append(matcher)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take them away again: what ``%unload_ext bowiegraph`` calls."""
    from bowiegraph.notebook.completing import matcher  # noqa: PLC0415 — lazy, as above

    if matcher in shell.Completer.custom_matchers:
        shell.Completer.custom_matchers.remove(matcher)
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop("sparql", None)
