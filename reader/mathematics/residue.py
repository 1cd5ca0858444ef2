r"""The rules by which mathematics is read: of what pages leave of it, and of text around formulas of real LaTeX.

A text may come from a page that dropped dollar signs and backslashes, with `^{…}` and names of symbols left, or with
all of its LaTeX (`$\alpha$`), which `formulas` reads. It is taken apart into regions (addresses, formulas, quotations,
groups), and what stands between them into runs without spaces, each of which is read by itself or left whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.mathematics.edits import Edit, Emphasis, Readable, applied
from reader.mathematics.formulas import ACCENT, accent, edits, is_prose
from reader.mathematics.symbols import GREEK, MARKS, script

LONGEST_FORMULA = 300
"""Characters between two dollar signs; what is longer is two prices far apart."""

_GROUPED = r"(?:[^{}]|\{[^{}]{0,200}\}){0,600}?"
_REGION = re.compile(
    rf"""(?P<url>https?://[^\s<>"]+)              # with what may be stuck to it: an address is left alone
    | (?<!`)`(?P<code>[^`\s][^`]{{0,200}})`(?!`)
    | (?<![\\$])\$\$(?P<display>[^$]{{1,{LONGEST_FORMULA}}})\$\$
    | (?<![\\$])(?<![A-Za-z](?=\$\d))\$(?P<formula>(?![\s$])[^$]{{0,{LONGEST_FORMULA}}}?(?<![\s\\]))\$(?!\d)
    | \\\((?P<round>.{{1,{LONGEST_FORMULA}}}?)\\\) | \\\[(?P<square>.{{1,{LONGEST_FORMULA}}}?)\\\]
    | (?<!`)``(?=[^\s`'])(?P<quoted>(?:(?!``|'').){{1,{LONGEST_FORMULA}}}?)(?<!\s)''(?!')
    | \{{\\(?P<group>emph|em|it|itshape|sl|bf|bfseries|sc|tt|rm|sf)(?![A-Za-z])\s*(?P<grouped>{_GROUPED})\}}
    | \\(?P<command>emph|textit|textsl|textbf|textsc|texttt|textrm|textsf|text|mbox|url)\{{(?P<argument>{_GROUPED})\}}
    """,
    re.VERBOSE | re.DOTALL,
)
_STYLES = {
    **dict.fromkeys(("em", "emph", "it", "itshape", "sl", "textit", "textsl"), "italic"),
    **dict.fromkeys(("bf", "bfseries", "textbf"), "bold"),
}
_PRICE = re.compile(r"[\d.,]+\s?(?:[kKMB]|[mb]n)?[-–.,;:/(]+")
_CHUNK = re.compile(r"(?:\{(?:[^{}]|\{[^{}]{0,100}\}){0,200}\}|\S)+")
_IN_CHUNK = re.compile(r"[\\^{}_$]|\dtimes|times\d|var(?:phi|epsilon|theta)|rightarrow|Omega\(|Theta\(")

# What is code, a path, an address or a name, as a whole run without spaces.
_NAME = re.compile(
    r"""^[(\["']*(?:[A-Za-z]:\\|~?/|\.{1,2}[/\\]|--?[A-Za-z]|\\\\|@)
    | :// | \bwww\. | \w@\w | :: | __ | \.[a-z]{2,}/ | /[^\s/]*\.[a-z]{1,5}\b
    | [A-Za-z_][\w-]*\.(?:[a-z]{1,5}\d?)(?![\w(]) | \b[A-Za-z_]{2,}\w*\(\)
    """,
    re.VERBOSE,
)
# What is left of a formula that lost its structure: a bracket's command, an argument, an ornament.
_DAMAGED = re.compile(
    r"""left[(\[{|] | (?:(?<=\W)|(?<=[a-z]))right[)\]}|] | wide(?:tilde|hat) | sqrt[\[{] | overline | underline
    | math(?:cal|bb|bf|rm|frak|sf) | (?<![\^_\\A-Za-z]){(?![\\}]|(?:approx|times|deg)\}) | (?<=[A-Za-z]){
    """,
    re.VERBOSE,
)
_SYMBOL = "|".join(sorted({*GREEK, *MARKS}, key=len, reverse=True))
_GREEK = "|".join(sorted({*GREEK, "ell"}, key=len, reverse=True))
_LETTER = r"[^\W\d_]"
_NUMBER = r"\d+(?:[.,]\d+)*"
_TOKEN = re.compile(
    rf"""\\(?P<escaped>[%&\#])
    | (?P<accent>{ACCENT.pattern})
    | (?<![\w.,]){_NUMBER}(?P<factors>(?:times{_NUMBER})*(?:times)?)(?![A-Za-z_])
    | (?<![\w])(?P<times>times)(?={_NUMBER}(?![\w.]))
    | (?P<approx>\{{approx\}})(?=\d) | (?<=\d)(?P<braced>\{{times\}})
    | (?:(?<![\w\\.])(?P<base>(?:{_GREEK})|{_LETTER})(?=[\^_]) | (?<=[\w)\]|]))
      (?P<scripts>(?:[\^_](?:\{{[^{{}}]{{0,40}}\}}|-?\d+|(?:{_SYMBOL})|{_LETTER}|[*+]))+)(?:(?<=\}})(?![{{\\^_])|(?![\w{{\\^_]))
    | (?<![\w\\])(?P<order>Omega|Theta)(?=\()
    | (?<![\w\\])(?P<free>varphi|varepsilon|vartheta|rightarrow)(?!\w)
    """,
    re.VERBOSE,
)
_SCRIPT = re.compile(rf"([\^_])(?:\{{([^{{}}]*)\}}|(-?\d+|(?:{_SYMBOL})|{_LETTER}|[*+]))")
_IN_BRACES = re.compile(rf"{_SYMBOL}|max|min|[A-Za-z]{{1,2}}(?![A-Za-z])|[\d+=()*-]|[^\W\dA-Za-z_]")
_LETTERS = {**GREEK, "ell": "ℓ", "rightarrow": "→"}


def read(text: str) -> Readable:
    """A text by the rules, once."""
    reader = _Reader(text)
    reader.regions(0, len(text))
    changes = [edit for edit in reader.edits if text[edit.start : edit.end] != edit.text]
    read = Readable(applied(text, 0, len(text), changes), changes)
    emphasis = [Emphasis(*read.shown(start, end), style) for start, end, style in reader.emphasis]
    return Readable(read.text, changes, emphasis)


class _Reader:
    """One pass over a text: its regions first, and what stands between them run by run."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.edits: list[Edit] = []
        self.emphasis: list[tuple[int, int, str]] = []

    def regions(self, start: int, end: int) -> None:
        at = start
        for found in _REGION.finditer(self._text, start, end):
            kind = found.lastgroup or ""
            if not self._is_region(found, kind):
                continue
            self._chunks(at, found.start())
            self._region(found, kind)
            at = found.end()
        self._chunks(at, end)

    def _is_region(self, found: re.Match[str], kind: str) -> bool:
        """Whether dollar signs hold a formula, and not a part of a sentence with two prices."""
        if kind != "formula":
            return True
        inside = found[kind]
        balanced = all(inside.count(a) == inside.count(b) for a, b in ("()", "{}"))
        return balanced and not is_prose(inside) and _PRICE.fullmatch(inside) is None

    def _region(self, found: re.Match[str], kind: str) -> None:
        start, end = found.span(kind)
        if kind in {"formula", "display", "round", "square"}:
            changes = edits(self._text, start, end, formula=True)
            if changes is not None:
                self._framed(found, start, end, changes)
        elif kind == "quoted":
            self.edits.append(Edit(found.start(), start, "“"))
            self.regions(start, end)
            self.edits.append(Edit(end, found.end(), "”"))
        elif kind in {"grouped", "argument"}:
            self._group(found, found["group"] or found["command"], start, end)

    def _framed(self, found: re.Match[str], start: int, end: int, inside: Sequence[Edit]) -> None:
        self.edits += [Edit(found.start(), start, ""), *inside, Edit(end, found.end(), "")]

    def _group(self, found: re.Match[str], name: str, start: int, end: int) -> None:
        self.edits.append(Edit(found.start(), start, ""))
        if name != "url":
            self.regions(start, end)
        self.edits.append(Edit(end, found.end(), ""))
        if name in _STYLES:
            self.emphasis.append((start, end, _STYLES[name]))

    # runs without spaces

    def _chunks(self, start: int, end: int) -> None:
        for found in _CHUNK.finditer(self._text, start, end):
            chunk = found.group()
            if _IN_CHUNK.search(chunk) is None or _NAME.search(chunk) or "$" in chunk.replace("\\$", ""):
                continue
            if re.search(r"\\[A-Za-z]", chunk):
                self.edits += edits(self._text, *found.span(), formula=False) or ()
            elif not _is_damaged(chunk):
                self.edits += self._tokens(*found.span())

    def _tokens(self, start: int, end: int) -> Iterator[Edit]:
        for found in _TOKEN.finditer(self._text, start, end):
            yield from _token(self._text, found)


def _is_damaged(chunk: str) -> bool:
    """Whether a run lost a part: nothing in it can be trusted then."""
    bare = ACCENT.sub("", chunk)
    return bare.count("{") != bare.count("}") or _DAMAGED.search(bare) is not None


def _token(text: str, found: re.Match[str]) -> Iterator[Edit]:
    if found["scripts"]:
        yield from _scripts(found)
    elif found["accent"]:
        edit = accent(text, found.start())
        if edit is not None:
            yield edit
    elif found["escaped"]:
        yield Edit(*found.span(), found["escaped"])
    elif found["factors"]:
        for times in re.compile("times").finditer(text, *found.span("factors")):
            yield Edit(*times.span(), "×")
    elif found["times"] or found["braced"]:
        yield Edit(*found.span("times" if found["times"] else "braced"), "×")
    elif found["approx"]:
        yield Edit(*found.span("approx"), "≈")
    elif name := found["order"] or found["free"]:
        yield Edit(*found.span(), _LETTERS[name])


def _scripts(found: re.Match[str]) -> Iterator[Edit]:
    """A base with what is raised and lowered at it, where all of that is understood."""
    base, scripts = found["base"], found["scripts"]
    if base is None and scripts[0] == "_":
        return
    read: list[Edit] = []
    offset = found.start("scripts")
    for part in _SCRIPT.finditer(scripts):
        sign, text = part[1], _script_text(part[2] if part[2] is not None else part[3], braced=part[2] is not None)
        raised = None if text is None else text if sign == "^" and text in MARKS.values() else script(sign, text)
        if raised is None:
            return
        read.append(Edit(offset + part.start(), offset + part.end(), raised))
    if base in _LETTERS:
        yield Edit(*found.span("base"), _LETTERS[base])
    yield from read


def _script_text(typed: str, *, braced: bool) -> str | None:
    """What stands in a script; None where it may have lost a part, as several letters in braces do."""
    if typed in MARKS or typed in GREEK:
        return MARKS.get(typed) or GREEK[typed]
    if not braced:
        return typed
    at, parts = 0, []
    while at < len(typed):
        found = _IN_BRACES.match(typed, at)
        if found is None:
            return None
        parts.append(GREEK.get(found.group(), found.group()))
        at = found.end()
    return "".join(parts) or None
