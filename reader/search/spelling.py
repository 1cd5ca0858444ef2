r"""How a word of a query may be spelt in what is stored, where that was typed as LaTeX or lost its backslashes.

What is seen is what people type: "Poincaré" and "L²", of papers that are stored as `Poincar\'e` and `L^2`, which the
index holds in pieces. So a query is read as a text is (`mathematics`), and each of its words is also looked for as the
pieces that stand next to each other where it was typed otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from reader.mathematics import as_read
from reader.mathematics.symbols import ACCENT_LETTERS, ACCENT_MARKS, DOUBLE_STRUCK, GREEK, SUBSCRIPTS, SUPERSCRIPTS
from reader.search.words import fold_word

Pieces = tuple[str, ...]
"""Words of the index that stand next to each other."""

SHORTEST_SPLIT = 4
"""Letters of the shortest word without accents that is looked for as if it had one."""
SHORTEST_OPEN = 3
"""Letters of the last piece from which it may be the beginning of a word."""

_NAMES = {"ell": "ℓ", **GREEK}
_NAMED: dict[str, list[str]] = {}
for _name, _letter in _NAMES.items():
    _NAMED.setdefault(_letter, []).append(_name.lower())
_STRUCK = {struck: letter.lower() for letter, struck in DOUBLE_STRUCK.items()}
_SIGNS = {mark: sign for sign, mark in ACCENT_MARKS.items()}
_COMMANDS = {letter: name for name, letter in ACCENT_LETTERS.items()}
_RAISED = {raised: plain for plain, raised in SUPERSCRIPTS.items() if plain != "−"}
_LOWERED = {lowered: plain for plain, lowered in SUBSCRIPTS.items() if plain != "−"}
_SCRIPTS = re.compile(f"([{''.join(_RAISED)}]+)|([{''.join(_LOWERED)}]+)")
_ACCENTABLE = frozenset("aceinosuyz")
_TIMES = re.compile(r"(?<=\d)×")
_FACTORS = re.compile(r"\d+(?:times\d*)+")


def as_asked(text: str) -> str:
    """A part of a query as a paper's text would be read, but for "2×2", which stays one word: "2times2"."""
    return _TIMES.sub("times", as_read(text))


def spellings(word: str) -> tuple[Pieces, ...]:
    """The pieces that a word, as it was typed, may be found as, the likeliest first; none for most words."""
    if word.isascii():
        found = list(_of_ascii(word))
    else:
        found = [*_of_letterlike(word), *_of_scripts(word), *(_of_accents(word, braced=each) for each in (False, True))]
    same = (fold_word(word),)
    return tuple(pieces for pieces in dict.fromkeys(found) if pieces and pieces != same)


def splits(word: str) -> list[Pieces]:
    r"""The pieces of a word that was typed without its accent: `Schr\"odinger` and `Schr\"{o}dinger` of "schrodinger".

    None for short words, and for those that are not letters alone.
    """
    if len(word) < SHORTEST_SPLIT or not (word.isascii() and word.isalpha()):
        return []
    found: list[Pieces] = []
    for at in range(1, len(word)):
        if word[at] in _ACCENTABLE:
            found.append((word[:at], word[at:]))
            if at + 1 < len(word):
                found.append((word[:at], word[at], word[at + 1 :]))
    return found


def _of_ascii(word: str) -> Iterator[Pieces]:
    if word in _NAMES:
        yield (_NAMES[word],)
    if _FACTORS.fullmatch(word):
        yield tuple(number for number in word.split("times") if number)


def _of_letterlike(word: str) -> Iterator[Pieces]:
    for name in _NAMED.get(word, ()):
        yield (name,)
    if word in _STRUCK:
        yield ("mathbb", _STRUCK[word])


def _of_scripts(word: str) -> Iterator[Pieces]:
    """A word with something raised or lowered: the base and each script a piece of its own."""
    if _SCRIPTS.search(word) is None:
        return
    pieces: list[str] = []
    at = 0
    for found in _SCRIPTS.finditer(word):
        pieces += [word[at : found.start()]]
        table = _RAISED if found[1] else _LOWERED
        pieces += re.findall(r"\w+", "".join(table[each] for each in found.group()))
        at = found.end()
    pieces.append(word[at:])
    whole = tuple(fold_word(_NAMED.get(each, [each])[0]) for each in pieces if each)
    yield whole
    if pieces[0] in _STRUCK or pieces[0][:1] in _STRUCK:
        yield ("mathbb", *whole)
    if whole[-1] == "t" and "ᵀ" in word:
        yield (*whole[:-1], "top")


def _of_accents(word: str, *, braced: bool) -> Pieces:
    """A word with accents, cut where LaTeX has a backslash or a brace."""
    pieces = [""]
    for letter in unicodedata.normalize("NFC", word):
        base, *marks = list(unicodedata.normalize("NFD", letter))
        if letter in _COMMANDS:
            pieces += [_COMMANDS[letter].lower(), ""]
        elif base.isascii() and len(marks) == 1 and marks[0] in _SIGNS:
            sign = _SIGNS[marks[0]]
            pieces += [sign.lower()] if sign.isalpha() else []
            pieces += [base.lower(), ""] if braced else [base.lower()]
        else:
            pieces[-1] += fold_word(letter)
    return tuple(piece for piece in pieces if piece)
