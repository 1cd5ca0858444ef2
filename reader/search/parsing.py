"""Text to a query. Nothing a user types is an error: what is understood is used, the rest is named as a problem.

    query = any
    any   = all { "or" all }
    all   = part { part }
    part  = [ "-" ] ( [ field ":" ] ( '"' words '"' | "(" any ")" ) | field ":" value | "@" name | words )

A field is one of `fields.FIELDS`; a word before a colon that is none belongs to the words. Brackets and quotation marks
left open are closed by the end, which is where somebody still types.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum, auto

from reader.frozen import frozen
from reader.paper import PartialDate, parse_arxiv_id
from reader.search.fields import BY_NAME, Field, Kind, choice
from reader.search.query import Filter, Identifier, Node, Not, Phrase, Query, Saved, Word, all_of, any_of
from reader.search.results import Problem
from reader.search.spelling import as_asked, spellings
from reader.search.words import LONGEST_QUERY, MOST_TOKENS, WORD, fold_word, indexed_word

DEEPEST = 10
"""Parentheses within parentheses that are looked into."""

_FIELD = re.compile(r"([A-Za-z]+):")
_CHUNK = re.compile(r'[^\s()"“”]+')
_VALUE = re.compile(r'[^\s()"“”]*')
_QUOTES = '"“”'
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.\d{4,9}/\S+", re.IGNORECASE)
_YEARS = re.compile(r"(\d{4})?\.\.(\d{4})?|(\d{4})")


class TokenKind(Enum):
    """What a piece of a text is."""

    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    MINUS = auto()
    WORDS = auto()
    PHRASE = auto()
    VALUE = auto()
    SAVED = auto()


@frozen
class Token:
    """A piece of the text: from `start` to before `end`, with what it says from `inside` on."""

    kind: TokenKind
    start: int
    end: int
    text: str = ""
    inside: int = 0
    field: Field | None = None


def parse(text: str) -> Query:
    """What a text asks for; never raises."""
    return _Parser(text[:LONGEST_QUERY]).query(text)


def joined(words: Iterable[str]) -> str:
    """Words that a shell took apart as one query: a name of several words gets back the quotes that the shell took."""
    return " ".join(map(_requoted, words))


def quoted(name: str) -> str:
    """A name as it stands in a query; of one that holds a quotation mark the beginning, which stands for it, too."""
    name = re.split(f"[{_QUOTES}]", name, maxsplit=1)[0].strip()
    return name if _VALUE.fullmatch(name) else f'"{name}"'


def last_token(text: str) -> Token | None:
    """The piece at the very end of a text, where somebody may be typing it; None where there is none."""
    found = list(tokens(text[:LONGEST_QUERY]))
    return found[-1] if found and found[-1].end == len(text) else None


def in_order(query: str, order: str | None) -> str:
    """The query with that order asked for instead of any that was; None asks for none."""
    kept, at = "", 0
    for token in tokens(query[:LONGEST_QUERY]):
        if token.field is BY_NAME["sort"]:
            kept, at = kept + query[at : token.start], token.end
    kept = " ".join((kept + query[at:]).split()) if at else query.rstrip()
    return f"{kept} sort:{order}".lstrip() if order else kept


def _requoted(word: str) -> str:
    named = _FIELD.match(word, 1 if word.startswith("-") else 0)
    field = BY_NAME.get(named[1].casefold()) if named else None
    if named is None or field is None or field.kind is not Kind.NAME or not word[named.end() :].strip():
        return word
    value = word[named.end() :]
    if not any(letter.isspace() for letter in value) or _FIELD.search(value) or any(q in value for q in _QUOTES):
        return word
    return f'{word[: named.end()]}"{value}"'


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a text in their order."""
    at = 0
    while at < len(text):
        token = _token(text, at)
        at = token.end
        if token.text or token.kind is not TokenKind.WORDS:
            yield token


def _token(text: str, at: int) -> Token:
    letter = text[at]
    if letter.isspace():
        return Token(TokenKind.WORDS, at, at + 1)
    if letter == "(":
        return Token(TokenKind.OPEN, at, at + 1)
    if letter == ")":
        return Token(TokenKind.CLOSE, at, at + 1)
    if letter in _QUOTES:
        return _quoted(text, at, at, None)
    if letter == "-" and _negates(text, at):
        return Token(TokenKind.MINUS, at, at + 1)
    if letter == "@" and _begins(text, at):
        return _saved(text, at)
    if (named := _FIELD.match(text, at)) and (field := BY_NAME.get(named[1].casefold())):
        return _after_colon(text, at, named.end(), field)
    chunk = _CHUNK.match(text, at)
    end = chunk.end() if chunk else at + 1
    kind = TokenKind.OR if text[at:end].casefold() == "or" else TokenKind.WORDS
    return Token(kind, at, end, text[at:end], at)


def _negates(text: str, at: int) -> bool:
    """Whether a dash is a "not": it begins a part, and something other than another dash follows."""
    return _begins(text, at) and at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] not in "-)"


def _begins(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "(-"


def _after_colon(text: str, at: int, colon: int, field: Field) -> Token:
    following = text[colon : colon + 1]
    if following and following in _QUOTES:
        return _quoted(text, at, colon, field)
    if following == "(" and field.kind is Kind.TEXT:
        return Token(TokenKind.OPEN, at, colon + 1, field=field)
    if following.isspace():  # as in "Note: a remark", a title pasted as it stands
        return Token(TokenKind.WORDS, at, colon, text[at:colon], at)
    found = _VALUE.match(text, colon)
    end = found.end() if found else colon
    return Token(TokenKind.VALUE, at, end, text[colon:end], colon, field)


def _saved(text: str, at: int) -> Token:
    if text[at + 1 : at + 2] and text[at + 1] in _QUOTES:
        return replace(_quoted(text, at, at + 1, None), kind=TokenKind.SAVED)
    found = _VALUE.match(text, at + 1)
    end = found.end() if found else at + 1
    return Token(TokenKind.SAVED, at, end, text[at + 1 : end], at + 1)


def _quoted(text: str, at: int, quote: int, field: Field | None) -> Token:
    """What stands between quotation marks, or after the one that is not closed yet."""
    close = next((i for i in range(quote + 1, len(text)) if text[i] in _QUOTES), len(text))
    kind = TokenKind.PHRASE if field is None or field.kind is Kind.TEXT else TokenKind.VALUE
    return Token(kind, at, min(close + 1, len(text)), text[quote + 1 : close], quote + 1, field)


class _Parser:
    """One pass over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(tokens(text))
        self._at = 0
        self._problems: list[Problem] = []
        self._sort: str | None = None
        self._left = MOST_TOKENS

    def query(self, text: str) -> Query:
        tree = self._any(None, 0)
        while self._at < len(self._tokens):  # a bracket that closes nothing
            self._problem(self._tokens[self._at], "this bracket closes nothing")
            self._at += 1
            rest = self._any(None, 0)
            tree = all_of([node for node in (tree, rest) if node is not None])
        if len(text) > LONGEST_QUERY:
            self._problems.append(Problem(LONGEST_QUERY, len(text), f"only {LONGEST_QUERY:,} characters are read"))
        if tree is None and self._sort is None and not self._problems and text.strip():
            start = len(text) - len(text.lstrip())
            self._problems.append(Problem(start, len(text.rstrip()), "there is no word in it"))
        return Query(text, tree, self._sort, tuple(sorted(self._problems, key=lambda each: each.start)))

    def _problem(self, token: Token, message: str) -> None:
        self._problems.append(Problem(token.start, token.end, message))

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _any(self, field: Field | None, depth: int) -> Node | None:
        alternatives: list[Node] = []
        while True:
            node = self._all(field, depth)
            if node is not None:
                alternatives.append(node)
            token = self._peek()
            if token is None or token.kind is not TokenKind.OR:
                return any_of(alternatives)
            self._at += 1
            if node is None or self._ends():
                self._problem(token, "“or” stands between two parts, and one is missing")

    def _ends(self) -> bool:
        token = self._peek()
        return token is None or token.kind is TokenKind.CLOSE

    def _all(self, field: Field | None, depth: int) -> Node | None:
        parts: list[Node] = []
        while (token := self._peek()) is not None and token.kind not in {TokenKind.OR, TokenKind.CLOSE}:
            self._at += 1
            node = self._part(token, field, depth)
            if node is not None:
                parts.append(node)
        return all_of(parts)

    def _part(self, token: Token, field: Field | None, depth: int) -> Node | None:
        match token.kind:
            case TokenKind.MINUS:
                return self._negated(token, field, depth)
            case TokenKind.OPEN:
                return self._group(token, token.field or field, depth)
            case TokenKind.PHRASE:
                return self._phrase(token, token.field or field)
            case TokenKind.VALUE:
                return self._value(token)
            case TokenKind.SAVED:
                return self._saved(token)
            case _:
                return self._words(token, field)

    def _negated(self, minus: Token, field: Field | None, depth: int) -> Node | None:
        token = self._peek()
        if token is None or token.kind in {TokenKind.OR, TokenKind.CLOSE, TokenKind.MINUS}:
            self._problem(minus, "“-” waits for what is not wanted")
            return None
        self._at += 1
        node = self._part(token, field, depth)
        return None if node is None else Not(node)

    def _group(self, opening: Token, field: Field | None, depth: int) -> Node | None:
        if depth == DEEPEST:
            self._problem(opening, f"only {DEEPEST} brackets within one another are read")
            return None
        node = self._any(field, depth + 1)
        if (token := self._peek()) is not None and token.kind is TokenKind.CLOSE:
            self._at += 1
        return node

    # leaves

    def _words(self, token: Token, field: Field | None) -> Node | None:
        words = self._found_words(token, field)
        node = all_of(list(words))
        if field is None and node is not None and _names_a_paper(token.text):
            return Identifier(token.text, node)
        return node

    def _saved(self, token: Token) -> Node | None:
        if not token.text.strip():
            self._problem(token, "@ waits for the name of a saved search")
            return None
        return Saved(token.text.strip(), token.start, token.end)

    def _phrase(self, token: Token, field: Field | None) -> Node | None:
        words = self._found_words(token, field)
        if not words:
            if token.end < len(self._text):
                self._problem(token, "there is no word in it")
            return None
        return Phrase(tuple(words), None if field is None else field.name)

    def _found_words(self, token: Token, field: Field | None) -> list[Word]:
        found: list[Word] = []
        name = None if field is None else field.name
        asked = as_asked(token.text)
        is_last = token.inside + len(token.text) == len(self._text)
        for match in WORD.finditer(asked):
            word = match.group()
            if not (text := fold_word(word)):
                continue
            if not self._left:
                start = token.inside + min(match.start(), len(token.text) - 1)
                self._problems.append(Problem(start, token.end, f"only {MOST_TOKENS} words are looked for"))
                break
            self._left -= 1
            forms = tuple(dict.fromkeys((text, indexed_word(word))))
            growing = is_last and match.end() == len(asked)
            found.append(Word(text, forms, name, growing=growing, spellings=spellings(word)))
        return found

    def _value(self, token: Token) -> Node | None:
        field = token.field
        assert field is not None  # noqa: S101 - only fields have values
        if not token.text.strip():
            self._problem(token, f"{field.name}: waits for what follows, such as {field.example}")
            return None
        match field.kind:
            case Kind.TEXT:
                return self._words(token, field)
            case Kind.CHOICE:
                return self._choice(token, field)
            case Kind.DATE:
                return self._date(token, field)
            case _:
                return Filter(field.name, token.text.strip(), token.start, token.end)

    def _choice(self, token: Token, field: Field) -> Node | None:
        found = choice(field, token.text.strip())
        if found is None:
            self._problem(token, f"{field.name}: takes one of {', '.join(field.choices)}")
        elif field.name == "sort":
            self._sort = found
        else:
            return Filter(field.name, found, token.start, token.end)
        return None

    def _date(self, token: Token, field: Field) -> Node | None:
        text = token.text.strip()
        limits = _years(text) if field.name == "year" else _from_or_until(field, text)
        if limits is None:
            shape = "a year or two, such as 2021 or 2019..2022" if field.name == "year" else "a day such as 2024-06-30"
            self._problem(token, f"{field.name}: takes {shape}")
            return None
        return Filter("published", limits, token.start, token.end)


def _names_a_paper(text: str) -> bool:
    return parse_arxiv_id(text) is not None or _DOI.fullmatch(text) is not None


def _years(text: str) -> str | None:
    """The first day, and the first day after, as `published` compares them: "2019..2023", either may be missing."""
    match = _YEARS.fullmatch(text)
    if match is None or text == "..":
        return None
    first, last = (match[3], match[3]) if match[3] else (match[1], match[2])
    if first and last and first > last:
        first, last = last, first
    return f"{first or ''}..{'' if not last or last == '9999' else f'{int(last) + 1:04}'}"


def _from_or_until(field: Field, text: str) -> str | None:
    try:
        day = PartialDate.parse(text)
    except ValueError:
        return None
    if day.year is None:
        return None
    return f"{day}.." if field.name == "after" else f"..{day}"
