r"""TeX in the fields of BibTeX as plain text: accents and escapes become characters, and braces that protect go.

    {{A 99\% Solution by {Erd\H{o}s}: $O(n^{2})$}}  →  A 99% Solution by Erdős: $O(n^{2})$

Mathematics stays as it is typed, and so does every command that is not known here, with its argument: what is shown
may then look raw, but nothing of it is lost. `%` is a character like any other.
"""

from __future__ import annotations

import re

from reader.mathematics.accents import accents_to_unicode

_MATHEMATICS = re.compile(r"((?<!\\)\$[^$]+(?<!\\)\$|\\\([^\\]*(?:\\[^()][^\\]*)*\\\))")
_NAMED = {
    "textbackslash": "\\", "textunderscore": "_", "textasciitilde": "~", "textasciicircum": "^", "textdollar": "$",
    "textpercent": "%", "textbar": "|", "textless": "<", "textgreater": ">", "textbraceleft": "{",
    "textbraceright": "}", "textendash": "–", "textemdash": "—", "textquotesingle": "'", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textquotedbl": '"',
    "textbullet": "•", "textperiodcentered": "·", "textdegree": "°", "texttimes": "×", "textmu": "µ",
    "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "texteuro": "€", "ldots": "…", "dots": "…",
    "textellipsis": "…",
}  # fmt: skip
"""What the commands for single characters print (LaTeX's text companion symbols); programs write these."""

_TOKEN = re.compile(
    r"\\(?:emph|text(?:it|bf|sc|tt|rm|sf|sl|up|md|normal)?|mbox|hbox|enquote|uppercase|lowercase|url|path)\s*(?={)"
    r"|{\\(?:em|it|bf|sc|tt|rm|sf|sl|itshape|bfseries|scshape|ttfamily|normalfont)\b\s*"
    r"|(?P<kept>\\(?!(?:" + "|".join(_NAMED) + r")\b)[A-Za-z]+\*?\s*(?:{[^{}]*})+|[_^]{[^{}]*})"
    r"|{\\(?P<enclosed>" + "|".join(_NAMED) + r")\s*}"
    r"|\\(?P<named>" + "|".join(_NAMED) + r")\b(?:{}|\s+)?"
    r"|\\(?P<escaped>[%&#_{}$ ])"
    r"|\\-|[{}]"
)
_ADDRESS_ESCAPE = re.compile(r"{?\\([%&#_~$])(?:{})?}?|{?\\text(?:ascii)?(tilde|underscore)\b ?(?:{})?}?|\\url\s*|[{}]")


def plain(text: str) -> str:
    """The text of a field, outside mathematics freed of TeX as far as that is certain."""
    if "\\" not in text and "{" not in text and "}" not in text:
        return text
    parts = _MATHEMATICS.split(accents_to_unicode(text))
    parts[::2] = [_TOKEN.sub(_meant, part) for part in parts[::2]]
    return "".join(parts)


def plain_address(text: str) -> str:
    """An address or identifier without what TeX needs to set it; no escape of the address itself is touched."""
    return _ADDRESS_ESCAPE.sub(lambda match: match[1] or {"tilde": "~", "underscore": "_"}.get(match[2], ""), text)


def _meant(match: re.Match[str]) -> str:
    if match["kept"]:
        return match["kept"]
    if name := match["named"] or match["enclosed"]:
        return _NAMED[name]
    return match["escaped"] or ""
