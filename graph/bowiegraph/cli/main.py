"""The commands together: what they share, and how they end."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import nullcontext
from importlib import import_module
from typing import Any, Final

import click

from bowiegraph.cli.interrupting import INTERRUPTED, at_once
from bowiegraph.cli.words import Group
from bowiegraph.errors import BowiegraphError
from bowiegraph.version import __version__

#: command → its module, in the order in which people come to need them
COMMANDS: Final = {
    "query": "asking",
    "queries": "asking",
    "claims": "telling",
    "check": "telling",
    "entities": "listing",
    "view": "viewing",
    "network": "networking",
    "notebook": "notebooks",
    "serve": "serving",
    "export": "exporting",
    "build": "building",
    "source": "building",
}


class _Commands(Group):
    """Commands whose modules are loaded when they are wanted, and one way to fail."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Keep their order."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command: a cold start should not pay for those that are not wanted."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"bowiegraph.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 — click's own signature
        """Run what was asked for; whoever reads us may have seen enough, which click takes for a failure."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()  # here, where it may still fail with a message
        except BrokenPipeError:
            _forget_output()
            raise click.exceptions.Exit(0) from None
        return code

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 — click's own signature
        """Run a command; a known error is one message and no traceback."""
        standalone = kwargs.pop("standalone_mode", True)
        _see_to_output()
        try:
            with at_once() if standalone else nullcontext():  # within another program, nothing ends that program
                code = super().main(*args, **kwargs, standalone_mode=False)  # type: ignore[call-overload]  # passed on as they come
        except BowiegraphError as error:
            click.secho(f"bowiegraph: {clean(str(error))}", err=True)
            code = error.exit_code
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except (click.Abort, KeyboardInterrupt):
            click.echo("bowiegraph: interrupted", err=True)
            code = INTERRUPTED
        except OSError as error:
            _forget_output()
            click.echo(f"bowiegraph: cannot write the answer: {_reason(error)}", err=True)
            code = BowiegraphError.exit_code
        if standalone:
            sys.exit(code)
        return code


def _see_to_output() -> None:
    """Where standard output is closed (``>&-``), Python has none at all: give one that says so when it is written to.

    What writes nothing there, such as ``view -o``, still does its work. What would be said on a standard error that
    is closed is said to nobody.
    """
    if sys.stdout is None:
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123, SIM115 — a descriptor, kept open
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 — as above


def _reason(error: OSError) -> str:
    if error.errno == errno.EBADF:
        return "standard output is closed. Leave it open, or write to a file"
    return f"{clean(error.strerror or str(error))}. Make room, or write elsewhere"


def _forget_output() -> None:
    """Keep Python from flushing once more at its end what could not be written, and complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def clean(text: str) -> str:
    """Keep what a file says from steering the terminal."""
    from bowiegraph.cli.output import safe  # noqa: PLC0415 — errors are rare

    return safe(text, keep="\n\t")


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: bowiegraph claims “Antonia Maass”, bowiegraph check, bowiegraph queries.",
)
@click.version_option(__version__, prog_name="bowiegraph")
@click.pass_context
def main(ctx: click.Context) -> None:
    """A knowledge graph of David Bowie's “Heroes”: who says what, in which sentence, and who else agrees.

    Data goes to standard output, talk to standard error. Exit codes: 0 good, 1 a check failed, 2 wrong use or input.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
