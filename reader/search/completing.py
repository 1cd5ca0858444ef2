"""How the end of a query that is being typed may go on: the name of a field, or a value that exists.

A completion is offered, never taken unasked: a word stays a word. What the library holds is read once, with `names`;
completing asks it nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reader.frozen import frozen
from reader.search.fields import FIELDS, Field, Kind
from reader.search.parsing import Token, TokenKind, last_token, quoted
from reader.store import Store
from reader.text import fold, visible
from reader.wording import file_name

SHORTEST_FIELD = 2
"""Letters from which a word may become the name of a field."""

_YEARS = frozenset({"year", "after", "before"})
_SAVED = "@"


@frozen
class Completion:
    """How a query may go on.

    Attributes:
        ghost: the letters still missing, to be shown behind the cursor.
        query: the whole query once it is taken; a name of several words stands in quotes there.
    """

    ghost: str
    query: str


@frozen
class Names:
    """What a library holds by name: for each field its values, each with the folded form it is compared in."""

    values: Mapping[str, tuple[tuple[str, str], ...]]

    def completed(self, text: str) -> Completion | None:
        """How a text with the cursor at its end may go on; None where nothing fits or it is complete."""
        token = last_token(text)
        if token is None or _closed(token):
            return None
        match token.kind:
            case TokenKind.WORDS:
                return _field(text, token)
            case TokenKind.SAVED:
                return _value(text, token, self._fitting(_SAVED, token.text))
            case TokenKind.VALUE if token.field is not None:
                return _value(text, token, self._fitting(_values_of(token.field), token.text))
            case _:
                return None

    def _fitting(self, field: str, typed: str) -> Iterator[str]:
        """The values that begin with what was typed, in their order."""
        wanted = fold(typed)
        return (value for value, folded in self.values.get(field, ()) if folded.startswith(wanted))


def names(store: Store) -> Names:
    """What a library holds by name now.

    Raises:
        Interrupted: a newer question came.
        LibraryError: the library cannot be read.
    """
    read = store.filters.names
    found: dict[str, Iterable[str]] = {field: read(field) for field in ("tag", "list", "category", "year")}
    found["source"] = dict.fromkeys(map(file_name, read("source")))
    found[_SAVED] = [search.name for search in store.searches.all()]
    found |= {field.name: field.choices for field in FIELDS if field.kind is Kind.CHOICE}
    return Names({field: tuple(map(_folded, filter(_typeable, values))) for field, values in found.items()})


def _folded(value: str) -> tuple[str, str]:
    return value, fold(value)


def _typeable(value: str) -> bool:
    """Whether a name can be typed and shown as it is."""
    return visible(value) == value and not set(value) & set('"“”')


def _values_of(field: Field) -> str:
    return "year" if field.name in _YEARS else field.name


def _closed(token: Token) -> bool:
    """Whether a quotation mark ends it."""
    return token.end > token.inside + len(token.text)


def _field(text: str, token: Token) -> Completion | None:
    typed = token.text.casefold()
    if len(typed) < SHORTEST_FIELD:
        return None
    name = next((field.name for field in FIELDS if field.name.startswith(typed)), None)
    if name is None:
        return None
    missing = f"{name[len(typed) :]}:"
    return Completion(missing, text + missing)


def _value(text: str, token: Token, fitting: Iterator[str]) -> Completion | None:
    """The first value that goes on: one that is typed whole already goes nowhere."""
    length, typed = len(token.text), fold(token.text)
    for value in fitting:
        missing = value[length:]
        if not missing or fold(value[:length]) != typed:  # where folding changes the number of letters
            continue
        if text[token.inside - 1] in '"“”':
            return Completion(f'{missing}"', f'{text[: token.inside]}{value}"')
        return Completion(missing, text[: token.inside] + quoted(value))
    return None
