"""``notebook``: the notebooks that ship with the package, in JupyterLab."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    short_help="Open JupyterLab on a copy of the notebooks.",
    epilog="""\b
Examples:
  bowiegraph notebook
  bowiegraph notebook my-notebooks --no-browser --port 8890
  bowiegraph notebook my-notebooks --only-copy""",
)
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=Path("bowiegraph-notebooks"), required=False
)
@click.option("--port", type=click.IntRange(1, 65_535), help="Where JupyterLab listens; default: 8888, or the next.")
@click.option("--no-browser", is_flag=True, help="Open no browser; the address is on standard error.")
@click.option("--allow-root", is_flag=True, help="Let JupyterLab run as root, as in a container.")
@click.option("--only-copy", is_flag=True, help="Copy the notebooks, and start nothing.")
def notebook(folder: Path, port: int | None, *, no_browser: bool, allow_root: bool, only_copy: bool) -> None:
    """Copy the notebooks into FOLDER (bowiegraph-notebooks), and open JupyterLab on it.

    A notebook that is there already stays as it is: what you wrote in it is yours. Take it away, and it comes anew.
    JupyterLab runs until Ctrl-C; unless you have set it up otherwise, it listens to this machine only, behind a token.
    """
    from bowiegraph.notebook import opening  # noqa: PLC0415 — only here

    written, kept = opening.copy(folder)
    for path in written:
        click.echo(f"wrote {path}", err=True)
    if kept:
        ones = "1 was there, and stays as it is" if len(kept) == 1 else f"{len(kept)} were there, and stay as they are"
        click.echo(ones, err=True)
    if not only_copy:
        options = {f"--port={port}": port, "--no-browser": no_browser, "--allow-root": allow_root}
        opening.run(folder, [option for option, wanted in options.items() if wanted])
