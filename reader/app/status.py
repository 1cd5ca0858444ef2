"""What the borders and the status line say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.search.results import Problem, Results
from reader.store.sources import SourceRow
from reader.text import visible
from reader.wording import file_name

if TYPE_CHECKING:
    from reader.app.changes import Shelf


def papers_title(
    results: Results, source: SourceRow | None = None, *, model: str | None = None, total: int | None = None
) -> str:
    """The heading of the list: how many papers of how many, and of what, or the title of the one they are like."""
    if model is not None:
        return visible(f"Related to {model}")
    of = f"{file_name(source.name)} · " if source else ""
    if not results.query.strip() or results.everything:
        return visible(f"Papers · {of}{results.count}")
    found = "found" if total is None or source else f"of {total:,}"
    return visible(f"Papers · {of}{results.count} {found}")


def shelf_title(shelf: Shelf) -> str:
    """The heading of a reading list: what is in it, and that there are others."""
    which = f" · list {shelf.place} of {shelf.lists} [ ]" if shelf.lists > 1 else ""
    return visible(f"{shelf.name} · {len(shelf.papers):,}{which}")


def nothing_found(results: Results) -> str:
    """What stands in the list where it is empty, with the way out."""
    return "Nothing found: Esc shows all papers" if results.like is None else "Nothing is like it: Esc leads back"


def understanding(results: Results, source: SourceRow | None = None) -> str:
    """How a query was read, in words."""
    if not results.query.strip() and source and not results.more and results.whole is None:
        return "In the order of the page · Esc shows all papers"
    if not results.query.strip():
        way_back = " · Esc shows all papers" if source else ""
        return f"{_begun(_order(results))}{way_back}" if results.ids else ""
    order = _order(results)
    parts = [_said(results.query[problem.start : problem.end], problem) for problem in results.problems]
    parts += [f"{typed} → {read}" for typed, read in results.repaired]
    if results.left_out:
        parts.append(f"nothing is like {' or '.join(f'“{word}”' for word in results.left_out)}")
    if not results.ids:
        return " · ".join(parts) or "Nothing found"
    return " · ".join([*parts, order]) if parts else _begun(order)


def _begun(words: str) -> str:
    return words[0].upper() + words[1:]


def _said(part: str, problem: Problem) -> str:
    """What was not understood of a part, which is named where the message does not name it."""
    field, colon, value = part.casefold().partition(":")
    name = (value if colon else field).strip('@"“”')
    named = problem.message.startswith(f"{field}:") or f"“{name}”" in problem.message.casefold()
    return problem.message if named else f"“{part}”: {problem.message}"


def order_in_words(results: Results) -> str:
    """In which order papers are listed, where it is not the one that they have by themselves."""
    return _order(results) if results.ids and results.sort not in {None, "relevance"} else ""


def _order(results: Results) -> str:
    if results.sort not in {None, "relevance"}:
        return f"sorted by {results.sort}"
    if results.reasons:
        return "most alike first"
    return "best first" if results.interpretations else "newest page first"


def short_path(path: Path, home: Path) -> str:
    """A path as people write it: what lies in the home folder begins with a tilde."""
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)
