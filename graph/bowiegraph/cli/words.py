"""Words that people type, and what they may have meant by one that is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable


class Choice(click.Choice[str]):
    """One of a few words, in capitals or not; a mistyped one is answered with the nearest."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(words, case_sensitive=False)

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ANN401 — click's own signature
        """Say what there is, and what was meant, as far as one can tell."""
        return super().get_invalid_choice_message(value, ctx).rstrip(".") + _meant(str(value), self.choices)


class Group(click.Group):
    """Commands; a mistyped one is answered with the nearest."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            # Told anew: later versions of click guess as well, but only among commands that are loaded.
            message = f"No such command {args[0]!r}{_meant(args[0], self.list_commands(ctx))}"
            raise click.UsageError(message, ctx) from error


def _meant(word: str, known: Iterable[str]) -> str:
    from bowiegraph.nearest import nearest  # noqa: PLC0415 — lazy: only when a word is wrong

    likely = nearest(word, known)
    return f"; did you mean {' or '.join(likely)}?" if likely else "."
