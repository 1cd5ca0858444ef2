"""Filters turned on and off as parts of a query: what stands in the text is what is lit.

A filter counts where it narrows everything that is asked for: in no brackets, under no minus, and beside no "or".
Turning it on and off changes nothing else of what a text asks for, whatever that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.search.chips import Chip
from reader.search.fields import BY_NAME, choice
from reader.search.parsing import Token, TokenKind, quoted, tokens


def lit(query: str, chip: Chip) -> str | None:
    """The value that a query asks for by a filter; None where it does not."""
    found = _standing(query, chip)
    return found[-1].text.strip() if found else None


def with_chip(query: str, chip: Chip, value: str = "") -> str:
    """The query with the filter instead of any of its kind that it had.

    It stands before the rest, where nothing that is still being typed touches it.

    Args:
        value: of a filter that has no value of its own.
    """
    rest = without_chip(query, chip)
    part = f"{chip.field}:{chip.value or quoted(value)}"
    return f"{part} {_as_one(rest).lstrip()}"


def without_chip(query: str, chip: Chip) -> str:
    """The query without the filter."""
    for token in reversed(_standing(query, chip)):
        query = _cut(query, token)
    return query


def within(query: str, field: str, value: str) -> str:
    """The query asked among the papers of a field's value: `list:"to read" kernel`."""
    return with_chip(query, Chip("", field), value)


def _standing(query: str, chip: Chip) -> list[Token]:
    """Where the filter stands and narrows everything."""
    found: list[Token] = []
    for part in _parts(query):
        if not any(depth == 0 and token.kind is TokenKind.OR for token, depth, _ in part):
            found += [token for token, depth, wanted in part if depth == 0 and wanted and _is(token, chip)]
    return found


def _is(token: Token, chip: Chip) -> bool:
    if token.kind is not TokenKind.VALUE or token.field is None or token.field.name != chip.field:
        return False
    value = token.text.strip()
    return bool(value) and (chip.value is None or choice(BY_NAME[chip.field], value) == chip.value)


def _parts(query: str) -> Iterator[Sequence[tuple[Token, int, bool]]]:
    """The tokens up to each bracket that closes nothing, each with its depth and whether it is wanted.

    What is before such a bracket and what is after it are asked for both.
    """
    part: list[tuple[Token, int, bool]] = []
    depth, wanted = 0, True
    for token in tokens(query):
        if token.kind is TokenKind.CLOSE and depth == 0:
            yield part
            part, wanted = [], True
            continue
        depth -= token.kind is TokenKind.CLOSE
        part.append((token, depth, wanted))
        depth += token.kind is TokenKind.OPEN
        wanted = token.kind is not TokenKind.MINUS
    yield part


def _as_one(query: str) -> str:
    """The query in brackets where it begins with alternatives: what is put before it would be part of the first."""
    part = next(_parts(query))
    if not any(depth == 0 and token.kind is TokenKind.OR for token, depth, _ in part):
        return query
    end = part[-1][0].end
    open_quote = end == len(query) and part[-1][0].kind in {TokenKind.PHRASE, TokenKind.VALUE}
    return f"({query[:end]}{'' if open_quote else ')'}{query[end:]}"


def _cut(query: str, token: Token) -> str:
    before, after = query[: token.start], query[token.end :]
    if not before.strip():
        return after.lstrip()
    return f"{before.rstrip()} {after.lstrip()}" if after.strip() else before.rstrip()
