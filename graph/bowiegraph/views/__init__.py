"""Views: from a query to a page. Statements are selected, folded into edges, laid out, and rendered by pyvis."""

from bowiegraph.views.view import View, view

__all__ = ["View", "view"]
