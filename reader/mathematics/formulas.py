r"""A formula of real LaTeX as one line of Unicode: `$\frac{a}{b} \le \alpha^2$` is read as "a/b ≤ α²".

All or nothing: a formula of which any part is not understood gives no edits at all, and stays as it was typed. What is
read holds every letter of what was typed but the names of commands.

Source: "LaTeX: A Document Preparation System", section 3.3; how a formula is written in a line follows "The Unicode
Standard", chapter 22.7 (linear format of fractions and roots).
"""

from __future__ import annotations

import re

from reader.mathematics import symbols
from reader.mathematics.accents import accents_to_unicode
from reader.mathematics.edits import Edit, applied

DEEPEST = 12
"""Braces within braces that are looked into."""

_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\*?|(.))", re.DOTALL)
_SIMPLE = re.compile(r"[^\W_]+|.", re.DOTALL)
_ESCAPED = frozenset("%&#$_{}")
_LETTER = r"[^\W\d_]"
ACCENT = re.compile(
    rf"""\{{\\["'`^~=.]\s*(?:{_LETTER}|\{{{_LETTER}\}}|\\[ij])\}}   # {{\"u}}, {{\'\i}}
    | \\["'`^~=.]\{{(?:{_LETTER}|\\[ij])\}}                         # \'{{e}}
    | \\[uvHcdbkr]\{{{_LETTER}\}} | \{{\\[uvHcdbkr]\ {_LETTER}\}}   # \v{{s}}
    | \\(?:aa|AA|ae|AE|oe|OE|o|O|l|L|ss|i)\{{\}} | \{{\\(?:aa|AA|ae|AE|oe|OE|o|O|l|L|ss)\}}
    # Without braces only within a word, so that quotation marks and apostrophes that were escaped are none.
    | (?<={_LETTER})\\["`^~](?:[aeinouyAEINOUY]|\\i(?![A-Za-z]))
    | \\'(?!(?:s|t|d|m|ll|re|ve)(?!\w))(?:{_LETTER}|\\i(?![A-Za-z]))
    """,
    re.VERBOSE,
)
r"""An accented or special letter of which there is no doubt: `Poincar\'e`, but not `it\'s` or `\"quoted\"`."""


class NotUnderstoodError(Exception):
    """Some part of a formula means nothing here; never leaves this module and `mathematics`."""


def edits(text: str, start: int, end: int, *, formula: bool) -> list[Edit] | None:
    """How a part of a text is read, as edits in order; None where any of it is not understood.

    Args:
        text: the whole text.
        start: of the part.
        end: the character after it.
        formula: whether it stood between dollar signs, and is no word with a command in it.
    """
    reading = _Reading(text, formula=formula)
    try:
        reading.run(start, end)
    except NotUnderstoodError:
        return None
    return reading.edits


def accent(text: str, at: int) -> Edit | None:
    """The accented letter that begins there, as one character."""
    found = ACCENT.match(text, at)
    if found is None:
        return None
    printed = accents_to_unicode(found.group())
    return Edit(found.start(), found.end(), printed) if len(printed) == 1 or printed == "ss" else None


class _Reading:
    """One pass over a part of a text."""

    def __init__(self, text: str, *, formula: bool, depth: int = 0) -> None:
        if depth > DEEPEST:
            raise NotUnderstoodError
        self._text = text
        self._formula = formula
        self._depth = depth
        self._first = 0
        self.edits: list[Edit] = []

    def run(self, at: int, end: int) -> None:
        self._first = at
        self._read(at, end)

    def _read(self, at: int, end: int) -> None:
        while at < end:
            at = self._one(at, end)

    def _one(self, at: int, end: int) -> int:
        character = self._text[at]
        if not self._formula and character in "\\{" and (edit := accent(self._text, at)) and edit.end <= end:
            self.edits.append(edit)
            return edit.end
        if character == "\\":
            return self._command(at, end)
        if character in "^_":
            return self._script(at, end)
        if character == "{":
            return self._group(at, end)
        if character in "}&" or (character == "$" and self._formula):
            raise NotUnderstoodError
        if self._formula and character in "'~":
            self._put(at, at + 1, "′" if character == "'" else " ")
        return at + 1

    def _put(self, start: int, end: int, text: str) -> int:
        self.edits.append(Edit(start, end, text))
        return end

    # braces

    def _group(self, at: int, end: int) -> int:
        """Braces that only hold together; in running text only those around a command do."""
        close = self._closing(at, end)
        if not self._formula and close > at + 1 and self._text[at + 1] != "\\":
            raise NotUnderstoodError
        return self._without_braces(at, close)

    def _without_braces(self, opening: int, close: int) -> int:
        self._put(opening, opening + 1, "")
        if self._depth > DEEPEST:
            raise NotUnderstoodError
        self._depth += 1
        self._read(opening + 1, close)
        self._depth -= 1
        return self._put(close, close + 1, "")

    def _closing(self, opening: int, end: int) -> int:
        depth, at = 0, opening
        while at < end:
            character = self._text[at]
            depth += (character == "{") - (character == "}")
            if not depth:
                return at
            at += 2 if character == "\\" else 1
        raise NotUnderstoodError

    def _argument(self, at: int, end: int) -> tuple[int, int, int]:
        """Where an argument begins and ends within its braces, and where what follows it begins."""
        while at < end and self._text[at] == " ":
            at += 1
        if at >= end:
            raise NotUnderstoodError
        if self._text[at] == "{":
            close = self._closing(at, end)
            return at + 1, close, close + 1
        if self._text[at] == "\\":
            found = _COMMAND.match(self._text, at, end)
            if found is None or found[1] in symbols.FONTS | symbols.ACCENTS.keys() | {"frac", "sqrt"}:
                raise NotUnderstoodError
            return at, found.end(), found.end()
        if self._text[at] in "^_}&$":
            raise NotUnderstoodError
        return at, at + 1, at + 1

    def _inside(self, start: int, end: int) -> tuple[list[Edit], str]:
        """How an argument is read: its edits, and the text that they make."""
        inner = _Reading(self._text, formula=True, depth=self._depth + 1)
        inner.run(start, end)
        return inner.edits, applied(self._text, start, end, inner.edits)

    def _rendered(self, start: int, end: int) -> str:
        return self._inside(start, end)[1]

    # what commands do

    def _command(self, at: int, end: int) -> int:
        found = _COMMAND.match(self._text, at, end)
        if found is None:
            raise NotUnderstoodError
        name, sign = found[1], found[2]
        if sign is not None:
            return self._signed(sign, at, found.end())
        if name in symbols.SPACES:
            return self._put(at, found.end(), symbols.SPACES[name])
        if name == "deg" and not self._formula:
            return self._put(at, found.end(), "°")
        if name in symbols.LETTERLIKE:
            return self._put(at, found.end(), symbols.LETTERLIKE[name])
        if name in symbols.OPERATORS:
            return self._operator(symbols.OPERATORS[name], at, found.end(), end)
        if name in symbols.RELATIONS:
            return self._relation(symbols.RELATIONS[name], at, found.end(), end)
        if name in symbols.FUNCTIONS:
            return self._function(name, at, found.end(), end)
        if name in symbols.SIZES:
            return self._bracket(at, found.end(), end)
        return self._with_arguments(name, at, found.end(), end)

    def _signed(self, sign: str, at: int, after: int) -> int:
        if sign in symbols.SPACES:
            return self._put(at, after, symbols.SPACES[sign])
        if sign in _ESCAPED or sign == "|":
            return self._put(at, after, "‖" if sign == "|" else sign)
        raise NotUnderstoodError

    def _before(self, at: int) -> str:
        """The character that is read before that place; "" at the beginning."""
        for edit in reversed(self.edits):
            if edit.end != at:
                break
            if edit.text:
                return edit.text[-1]
            at = edit.start
        return self._text[at - 1] if at > self._first else ""

    def _spaces(self, at: int, end: int) -> int:
        while at < end and self._text[at] == " ":
            at += 1
        return at

    def _operator(self, symbol: str, at: int, after: int, end: int) -> int:
        """TeX drops the space after a command: where there is none before the operator, none is left."""
        close = self._before(at) not in {"", " "}
        return self._put(at, self._spaces(after, end) if close else after, symbol)

    def _relation(self, symbol: str, at: int, after: int, end: int) -> int:
        before = self._before(at)
        if not before:
            return self._put(at, after, symbol)
        following = self._spaces(after, end)
        tail = " " if following < end or following > after else ""
        return self._put(at, following, ("" if before == " " else " ") + symbol + tail)

    def _function(self, name: str, at: int, after: int, end: int) -> int:
        before = self._before(at)
        head = " " if before and (before.isalnum() or before in ")}") else ""
        tight = after < end and self._text[after] in "\\0123456789"
        return self._put(at, after, f"{head}{name}{' ' if tight else ''}")

    def _bracket(self, at: int, after: int, end: int) -> int:
        after = self._spaces(after, end)
        if after >= end or (self._text[after] not in "()[]|./<>" and self._text[after] != "\\"):
            raise NotUnderstoodError
        return self._put(at, after + (self._text[after] == "."), "")

    def _with_arguments(self, name: str, at: int, after: int, end: int) -> int:
        if name in symbols.FONTS:
            return self._font(name, at, after, end)
        if name in symbols.ACCENTS and self._formula:
            start, close, following = self._argument(after, end)
            read = symbols.accented(self._rendered(start, close), name)
        elif name in {"frac", "dfrac", "tfrac", "nicefrac"}:
            start, close, middle = self._argument(after, end)
            second, second_close, following = self._argument(middle, end)
            read = f"{_held(self._rendered(start, close))}/{_held(self._rendered(second, second_close))}"
        elif name == "sqrt":
            start, close, following = self._argument(after, end)
            inner = self._rendered(start, close)
            read = None if self._text[start] == "[" else f"√{_held(inner)}"
        else:
            raise NotUnderstoodError
        if read is None:
            raise NotUnderstoodError
        return self._put(at, following, read)

    def _font(self, name: str, at: int, after: int, end: int) -> int:
        if name in {"bf", "rm", "it"}:  # a switch, for all that follows in its braces
            return self._put(at, self._spaces(after, end), "")
        start, close, following = self._argument(after, end)
        letter = self._text[start:close]
        if name == "mathbb" and letter in symbols.DOUBLE_STRUCK:
            return self._put(at, following, symbols.DOUBLE_STRUCK[letter])
        self._put(at, start, "")
        if name in {"text", "textrm", "mbox", "operatorname", "mathrm"} and not set(letter) & set("\\{}^_$&"):
            return self._put(close, following, "") if following > close else following
        self._read(start, close)
        return self._put(close, following, "") if following > close else following

    # scripts

    def _script(self, at: int, end: int) -> int:
        sign = self._text[at]
        start, close, after = self._argument(at + 1, end)
        if not self._formula and sign == "_" and self._before(at).isalnum() and self._text[at - 2 : at].isalnum():
            raise NotUnderstoodError  # a name
        written = self._text[start:close].strip().lstrip("\\")
        if sign == "^" and written in symbols.MARKS:
            return self._put(at, after, symbols.MARKS[written])
        inside, text = self._inside(start, close)
        read = symbols.script(sign, text.replace(" ", ""))
        if read is not None:
            return self._put(at, after, read)
        self.edits += inside  # in the braces that it was typed with
        return after


def _held(text: str) -> str:
    """An operand, in brackets where it would fall apart without."""
    text = text.strip()
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def is_prose(text: str) -> bool:
    """Whether a text between two dollar signs is no formula: words stand in it as in a sentence."""
    bare = re.sub(r"\\[A-Za-z]+\*?(?:\{[^{}]*\})?|\{[^{}]*\}", " \\\\ ", text)
    return re.search(r"(?<!\S)[^\W\d_]{2,}(?!\S)", bare) is not None
