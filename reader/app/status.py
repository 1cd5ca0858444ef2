"""What the borders and the status line say."""

from __future__ import annotations

from textual.content import Content

from reader.search.results import Results


def papers_title(results: Results) -> Content:
    """The heading of the list: how many papers, and of what."""
    if results.query.strip():
        return Content(f"Papers · {len(results.ids):,} found")
    return Content(f"Papers · {len(results.ids):,}")


def bookmarks_title(count: int) -> Content:
    """The heading of the bookmarks."""
    return Content(f"Bookmarks · {count:,}")


def understanding(results: Results) -> str:
    """How a query was read, in words."""
    if not results.query.strip():
        return "Newest page first" if results.ids else ""
    parts = [f"{typed} → {read}" for typed, read in results.repaired]
    parts += [f"nothing is like “{word}”" for word in results.left_out]
    if not results.ids:
        return " · ".join(parts) or "Nothing found"
    return " · ".join([*parts, "best first"])
