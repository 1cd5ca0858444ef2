"""What a text must hold, as values, and as an FTS5 expression: https://www.sqlite.org/fts5.html#full_text_query_syntax.

Every word is quoted here and nowhere else: a user's text never reaches MATCH as syntax.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.frozen import frozen


@frozen
class Term:
    """A word, or the beginning of one; in one column of the index, or in any."""

    text: str
    prefix: bool = False
    column: str | None = None


@frozen
class Adjacent:
    """Words next to each other; of the last one, the beginning may do."""

    words: tuple[str, ...]
    prefix: bool = False
    column: str | None = None


@frozen
class AllOf:
    """Every one of these, of which there is at least one, and none of those."""

    wanted: tuple[Match, ...]
    unwanted: tuple[Match, ...] = ()


@frozen
class AnyOf:
    """At least one of these, of which there is at least one."""

    wanted: tuple[Match, ...]


Match = Term | Adjacent | AllOf | AnyOf


def expression(match: Match) -> str:
    """A match in FTS5's syntax."""
    if isinstance(match, Term):
        return _in_column(_quoted(match.text), match)
    if isinstance(match, Adjacent):
        return _in_column(" + ".join(map(_quoted, match.words)), match)
    if isinstance(match, AnyOf):
        return "(" + " OR ".join(map(expression, _deepest_first(match.wanted))) + ")"
    found = " AND ".join(map(expression, _deepest_first(match.wanted)))
    if match.unwanted:
        found = f"({found}) NOT ({' OR '.join(map(expression, _deepest_first(match.unwanted)))})"
    return f"({found})"


def _deepest_first(matches: Sequence[Match]) -> Sequence[Match]:
    """FTS5's parser holds a hundred things at once: of what opens first one a level, of what comes behind three."""
    return sorted(matches, key=_levels, reverse=True)


def _levels(match: Match) -> int:
    parts = () if isinstance(match, Term | Adjacent) else match.wanted
    parts += match.unwanted if isinstance(match, AllOf) else ()
    return 1 + max(map(_levels, parts), default=0)


def _in_column(text: str, match: Term | Adjacent) -> str:
    text += "*" if match.prefix else ""
    return text if match.column is None else f"({match.column} : {text})"


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'
