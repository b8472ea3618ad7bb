"""A list that a notebook shows as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from bowiegraph.errors import MissingPackageError
from bowiegraph.inline.table import html_table

if TYPE_CHECKING:
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

    def polars(self) -> pl.DataFrame:
        """Make a polars DataFrame, a row for each.

        Raises:
            MissingPackageError: polars is not installed.
        """
        try:
            import polars as pl  # noqa: PLC0415 — lazy: it costs half a second, and is optional
        except ImportError as error:
            raise MissingPackageError("polars", "tables") from error
        columns = self[0].COLUMNS if self else ()
        return pl.DataFrame(
            [item.cells() for item in self], schema=list(columns), orient="row", infer_schema_length=None
        )

    def pandas(self) -> pd.DataFrame:
        """Make a pandas DataFrame, with Arrow types.

        Raises:
            MissingPackageError: pandas, polars or pyarrow is not installed.
        """
        from bowiegraph.tables import as_pandas  # noqa: PLC0415 — lazy, as above

        return as_pandas(self.polars())

    def _repr_html_(self) -> str:
        columns = self[0].COLUMNS if self else ()
        return html_table(columns, [item.cells() for item in self], len(self))
