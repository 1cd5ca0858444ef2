"""LaTeX as people type it into fields of bibliographies and services: its accents and letters as Unicode.

Nothing is guessed: a command that is not in the tables stays as it came, with its braces, and so does mathematics
between dollar signs. Converting twice changes nothing more.

Source: the LaTeX encoding T1 and OT1 in "LaTeX2e font encodings", section 3 (accents, letters), and "The TeXbook",
chapter 9; https://www.ctan.org/pkg/encguide.
"""

from __future__ import annotations

import re
import unicodedata

from reader.mathematics.symbols import ACCENT_LETTERS, ACCENT_MARKS

_DOTTED = {"ı": "i", "ȷ": "j"}  # Unicode takes the dot away itself, LaTeX wants it gone before
_MOST_ROUNDS = 12
_SPECIAL = re.compile(r"[\\{}~]")
_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_TOKEN = re.compile(
    rf"""
      \\\\                                                                            # a line break
    | \$[^$]*\$                                                                       # mathematics
    | \\(?P<sign>['`^"~=.])(?:\{{\s*(?P<in_braces>{_LETTER})\s*\}}|(?P<bare>{_LETTER}))
    | \\(?P<word>[uvHtcdbkr])(?![A-Za-z])\s*(?:\{{\s*(?P<in_word>{_LETTER})\s*\}}|(?P<after>{_LETTER}))
    | \\(?P<letter>{"|".join(sorted(ACCENT_LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|\s+)?
    | (?:\\[A-Za-z]+\*?\s*|\\[^A-Za-z]|[_^\]}}]\s*)\{{                                # the argument of another command
    | \\(?:[A-Za-z]+|[^A-Za-z])                                                       # another command
    | \{{(?P<group>[^{{}}\\$]*)\}}
    | (?<=[^\s/])(?P<tie>~)(?=\S)
    """,
    re.VERBOSE,
)


def accents_to_unicode(text: str) -> str:
    r"""The text with accents (`\'e`, `\v{s}`), letters (`\o`, `{\ss}`), ties and idle braces as LaTeX prints them.

    Accented letters are composed (NFC); a tie becomes a space. A text without backslash, brace or tilde is given
    back as it is, and so is one nested deeper than any name.
    """
    if _SPECIAL.search(text) is None:
        return text
    after = text
    for _ in range(_MOST_ROUNDS):  # each converts what the one before has freed of its braces
        before = after
        after = _TOKEN.sub(_printed, before)
        if after == before:
            return after
        after = unicodedata.normalize("NFC", after)
    return text


def _printed(match: re.Match[str]) -> str:
    """What LaTeX prints for a token; the token itself where it is none of those known."""
    if (group := match["group"]) is not None:
        return group
    if match["tie"]:
        return " "
    if name := match["letter"]:
        return ACCENT_LETTERS[name]
    accent = match["sign"] or match["word"]
    base = match["in_braces"] or match["bare"] or match["in_word"] or match["after"]
    if not accent or not base or accent not in ACCENT_MARKS:
        return match.group()
    return unicodedata.normalize("NFC", _DOTTED.get(base[0], base[0]) + base[1:] + ACCENT_MARKS[accent])
