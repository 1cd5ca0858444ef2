"""Search: the words of a query, typo repair over the vocabulary, ranking and match spans.

Knows the store, and nothing of screens.
"""

from reader.search.engine import Engine
from reader.search.results import Interpretation, Results
from reader.search.spans import Span, spans

__all__ = ["Engine", "Interpretation", "Results", "Span", "spans"]
