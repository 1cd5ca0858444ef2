r"""A paper's text in the fields of BibTeX, so that TeX prints it and no character of it acts.

    99% of {approx} $O(n^2)$ for Schr\"odinger_1  →  99\% of \{approx\} $O(n^2)$ for Schrödinger\_1

Mathematics between dollar signs and what is TeX already (accents, letters, escapes) keeps its meaning; everything else
is plain text, a backslash too. So text without a backslash is read back letter for letter, and whatever a text holds,
the braces of what is written are balanced: an entry never swallows the next one.

Source: "The TeXbook", chapters 7 and 9; O. Patashnik, "BibTeXing" (1988), section 4, on counting braces.
"""

from __future__ import annotations

import re

from reader.mathematics.accents import accents_to_unicode
from reader.mathematics.symbols import ACCENT_LETTERS
from reader.text import collapse, visible

_ESCAPES = {
    **{character: f"\\{character}" for character in "%&#_$"},
    "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}",
}  # fmt: skip
_BALANCED = str.maketrans({**_ESCAPES, "{": "\\{", "}": "\\}"})
_UNBALANCED = str.maketrans({**_ESCAPES, "{": "\\textbraceleft{}", "}": "\\textbraceright{}"})

# Pandoc's rule for mathematics: no space inside at either end, no digit behind; "$5 and $6" is money.
_MATHEMATICS = re.compile(r"(?<![\\$])\$(?![\s$])([^$%&#~]*?)(?<![\s\\])\$(?![\d$])")
_LETTER = r"[^\W\d_]"
_ACCENTED = rf"""
      \\['`^"~=.]\s*(?:\{{\s*(?:\\[ij]|{_LETTER})\s*\}}|\\[ij](?![A-Za-z])|{_LETTER})
    | \\[uvHcdbkr](?![A-Za-z])\s*(?:\{{\s*(?:\\[ij]|{_LETTER})\s*\}}|\\[ij](?![A-Za-z])|{_LETTER})
    | \\(?:{"|".join(ACCENT_LETTERS)})(?![A-Za-z])(?:\{{\}}|\s+)?
"""
_ALREADY_TEX = re.compile(
    rf"(?P<accented>\{{\s*(?:{_ACCENTED})\s*\}}|{_ACCENTED}) | \\(?P<escaped>[%&#_${{}}])", re.VERBOSE
)
_BRACE = re.compile("[{}]")
_IN_ADDRESS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})


def escape(text: str) -> str:
    """A text in one line of TeX, to stand between the braces of a field."""
    parts = _MATHEMATICS.split(visible(collapse(text)))
    for place, part in enumerate(parts):
        if place % 2 == 0:
            parts[place] = _escape_words(part)
        elif _is_balanced(part):
            parts[place] = f"${part}$"
        else:
            parts[place] = _escape_words(f"${part}$")
    return "".join(parts)


def verbatim(address: str) -> str:
    """An address or identifier for a field that is not set as text: nothing is escaped, and no brace can act."""
    return visible(address.strip()).translate(_IN_ADDRESS)


def _escape_words(text: str) -> str:
    text = _ALREADY_TEX.sub(_meant, text) if "\\" in text else text
    return text.translate(_BALANCED if _is_balanced(text) else _UNBALANCED)


def _meant(match: re.Match[str]) -> str:
    """The character that a piece of TeX prints, or the piece where it is not understood after all."""
    if match["escaped"]:
        return match["escaped"]
    printed = accents_to_unicode(match["accented"])
    return match["accented"] if "\\" in printed else printed


def _is_balanced(text: str) -> bool:
    depth = 0
    for brace in _BRACE.findall(text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
