"""The endpoint: SPARQL, pages and views over HTTP, answered by processes that can be ended."""
