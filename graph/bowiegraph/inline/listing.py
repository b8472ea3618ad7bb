"""A list that a notebook shows as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, SupportsIndex, TypeVar, overload

from bowiegraph.errors import MissingPackageError
from bowiegraph.inline.table import html_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    import polars as pl


class Row(Protocol):
    """Something that can be told in one row."""

    #: what the cells are
    COLUMNS: ClassVar[tuple[str, ...]]

    def cells(self) -> tuple[object, ...]:
        """Tell it: one value a column."""
        ...


Item = TypeVar("Item", bound=Row)


class Listing(list[Item]):
    """A list of claims, entities or questions, which also shows itself as a table, and becomes one."""

    def __init__(self, items: Iterable[Item], kind: type[Item]) -> None:
        super().__init__(items)
        self._kind = kind

    @overload
    def __getitem__(self, place: SupportsIndex) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Listing[Item]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Item | Listing[Item]:
        """Give one, or some, which are a listing as well."""
        if isinstance(place, slice):
            return Listing(super().__getitem__(place), self._kind)
        return super().__getitem__(place)

    def polars(self) -> pl.DataFrame:
        """Make a polars DataFrame, a row for each.

        Raises:
            MissingPackageError: polars is not installed.
        """
        try:
            import polars as pl  # noqa: PLC0415 — lazy: it costs half a second, and is optional
        except ImportError as error:
            raise MissingPackageError("polars", "tables") from error
        rows = [item.cells() for item in self]
        return pl.DataFrame(rows, schema=list(self._kind.COLUMNS), orient="row", infer_schema_length=None)

    def pandas(self) -> pd.DataFrame:
        """Make a pandas DataFrame, with Arrow types.

        Raises:
            MissingPackageError: pandas, polars or pyarrow is not installed.
        """
        from bowiegraph.tables import as_pandas  # noqa: PLC0415 — lazy, as above

        return as_pandas(self.polars())

    def __repr__(self) -> str:
        """Say what it is, without dumping it."""
        return f"<{len(self):,} × {self._kind.__name__}: {', '.join(self._kind.COLUMNS)}>"

    def _repr_html_(self) -> str:
        return html_table(self._kind.COLUMNS, [item.cells() for item in self], len(self))
