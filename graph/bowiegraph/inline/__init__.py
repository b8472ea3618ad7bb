"""How answers show within a notebook."""

from bowiegraph.inline.listing import Listing
from bowiegraph.inline.table import html_table, html_text

__all__ = ["Listing", "html_table", "html_text"]
