"""BibTeX and BibLaTeX: the bibliographies of LaTeX, of reference managers, and of "cite this paper".

    @article{key, title = {A {T}itle}, author = {Soup, Ada and others}, year = 2023, month = jun, eprint = {2301.00010}}

A file is cut at the lines that begin an entry, which is where bibtexparser recovers, too; so an entry that is damaged
costs itself alone, and is rejected with its line. Fields are resolved (`@string`, `#`) and freed of TeX here: the
library's own decoder takes `%` for the beginning of a comment, and cuts titles and addresses there.

Sources: O. Patashnik, "BibTeXing" (1988), https://www.ctan.org/pkg/bibtex; the biblatex manual, sections 2 and 3.13,
https://www.ctan.org/pkg/biblatex; https://info.arxiv.org/help/hypertex/bibstyles/index.html (eprint, archivePrefix).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from reader.formats import bibliography
from reader.formats.bibliography import Citation, NotAPaper, date_in
from reader.formats.document import whole_text
from reader.formats.format import Format
from reader.formats.lines import Head, Line
from reader.formats.reading import PageNotes, Record, Rejected
from reader.formats.tex import plain, plain_address
from reader.formats.traits import Traits
from reader.paper import PartialDate, parse_arxiv_id
from reader.text import collapse

if TYPE_CHECKING:
    from bibtexparser.model import Block, Entry

_BEGIN = re.compile(
    r"[ \t\ufeff]*@(?:(?P<type>\w+)[ \t]*{|(?i:article|book|misc|inproceedings|techreport|phdthesis)[ \t]*\()"
    r"[^,{}()=\"]*(?P<rest>,.*)?$"
)
"""The beginning of an entry, less lenient than what is read: in source code, too, words follow an @."""

_FIELD = re.compile(r"[\s,]*[A-Za-z][\w:.+-]*\s*=\s*[{\"\w]")
_KEY_ALONE = re.compile(r"\s*[^\s,{}()=\"]+,\s*")
_BLOCK = re.compile(r"^[ \t\ufeff]*@\w*[ \t]*[{(]", re.MULTILINE)
_KEY = re.compile(r"\s*@\w+\s*[{(]\s*([^\s,]+)\s*,")
_CROSSREF = re.compile(r"\bcrossref\s*=\s*[{\"]?\s*([^\s,{}\"]+)", re.IGNORECASE)
_MARK = re.compile(r"(?<!\\)[{}\"#]")
_AND = re.compile(r"(?<!\\)[{}]| and(?= )", re.IGNORECASE)
_NAME_PART = re.compile(r"\s*(family|given|prefix|suffix|useprefix|\w+-i)\s*=(.*)", re.DOTALL)
_CATEGORY = re.compile(r"[A-Za-z-]+(?:\.[A-Za-z-]+)?")
_NUMBER = re.compile(r"\d+\.\d*", re.ASCII)
_CLOSING = {"{": "}", '"': '"'}
_NO_COMMA = "a field that is not closed, or has no comma behind it"
_LONGEST_MACRO = 10_000
_LONGEST_FIELD = _LONGEST_ENTRY = 2**20
_EXCERPT = 2_000

Macros = Mapping[str, str]


class _Piece(NamedTuple):
    """The text from the beginning of one entry to that of the next, and its line."""

    line: int
    text: str


def claims(head: Head, traits: Traits) -> float:  # noqa: ARG001 - every format is asked the same
    """An entry at the beginning of a line, and more text inside of entries than outside."""
    inside = outside = depth = 0
    found, brackets = False, "{}"
    for place, line in enumerate(head.lines):
        text = line.text.lstrip(" \t\ufeff")
        if text.startswith("@") and (block := _BLOCK.match(text)):
            found = found or _begins_entry(head.lines[place : place + 4])
            depth, brackets = 0, "()" if block[0].endswith("(") else "{}"
        elif depth <= 0:
            outside += 0 if text.startswith("%") else len(text)
            continue
        inside += len(text)
        depth += text.count(brackets[0]) - text.count(brackets[1])
    return 0.98 if found and inside > outside else 0.0


def records(lines: Iterator[Line], notes: PageNotes) -> Iterator[Record]:  # noqa: ARG001 - a bibliography is no page
    """The papers of a bibliography.

    Raises:
        UnreadableInput: bibtexparser is not installed, or the file is longer than `document.LARGEST_DOCUMENT`.
    """
    _require()
    text = whole_text(lines)
    parents = _parents(text)
    macros: dict[str, str] = {}
    for piece in _pieces(text):
        if len(piece.text) > _LONGEST_ENTRY:
            yield Rejected(piece.line, f"an entry of more than {_LONGEST_ENTRY:,} characters", piece.text[:_EXCERPT])
            continue
        for block in _blocks(piece.text):
            yield from _of_block(block, piece.line, macros, parents)


FORMAT = Format("BibTeX", claims, records)


def _begins_entry(lines: tuple[Line, ...]) -> bool:
    """Whether an entry begins here: a key, then a field, on the same line or on one of the next."""
    match = _BEGIN.match(lines[0].text)
    if match is None or (match["type"] or "").casefold() in {"comment", "preamble"}:
        return False
    if rest := (match["rest"] or "").lstrip(", \t"):
        return bool(_FIELD.match(rest))
    after = [line.text for line in lines[1:] if line.text.strip()]
    if after and not match["rest"] and _KEY_ALONE.fullmatch(after[0]):
        after.pop(0)
    return bool(_FIELD.match(after[0]) or after[0].strip() in {"}", ")"}) if after else match["rest"] is not None


def _require() -> None:
    try:
        import bibtexparser  # noqa: F401 - only asked for; an extra that not everyone has
    except ImportError:
        raise bibliography.not_installed("a BibTeX bibliography") from None
    quiet = logging.getLogger("bibtexparser")  # it warns of every entry that is rejected here anyway
    if not any(isinstance(handler, logging.NullHandler) for handler in quiet.handlers):
        quiet.addHandler(logging.NullHandler())


def _pieces(text: str) -> Iterator[_Piece]:
    """The text cut at the lines that begin a block; what stands before the first is a comment."""
    line, counted = 1, 0
    starts = (match.start() for match in _BLOCK.finditer(text))
    for start, end in pairwise(chain(starts, [len(text)])):
        line += text.count("\n", counted, start)
        counted = start
        yield _Piece(line, text[start:end])


def _blocks(text: str) -> list[Block]:
    from bibtexparser.entrypoint import parse_string

    return list(parse_string(text, parse_stack=[]).blocks)


def _of_block(block: Block, first: int, macros: dict[str, str], parents: Mapping[str, PartialDate]) -> Iterator[Record]:
    from bibtexparser.model import Entry, ParsingFailedBlock, String

    line = first + (block.start_line or 0)
    if isinstance(block, String):
        _define(block.key, block.value, macros)
    elif isinstance(block, ParsingFailedBlock) and isinstance(block.ignore_error_block, Entry):
        yield from _of_entry(block.ignore_error_block, line, macros, parents)
    elif isinstance(block, ParsingFailedBlock):
        raw = block.raw or ""
        if not raw.lstrip().casefold().startswith(("@comment", "@preamble")):
            yield Rejected(line, _failure(block.error), raw[:_EXCERPT].strip())
    elif isinstance(block, Entry):
        yield from _of_entry(block, line, macros, parents)


def _failure(error: Exception) -> str:
    """Why an entry could not be taken apart; the library's own words speak of its parser."""
    why = str(getattr(error, "abort_reason", ""))
    if "end of file" in why or "block start" in why:
        return "the entry is not closed before the next one begins or the file ends"
    return "an entry that is not of the form @type{key, name = {value}, …}"


def _of_entry(entry: Entry, line: int, macros: Macros, parents: Mapping[str, PartialDate]) -> Iterator[Record]:
    excerpt = (entry.raw or "")[:_EXCERPT].strip()
    try:
        fields = _fields(entry, macros)
        if refused := _refused_id(fields):
            yield Rejected(line, refused, excerpt)
        yield _citation(fields, parents).paper()
    except NotAPaper as why:
        yield Rejected(line, str(why), excerpt)


def _fields(entry: Entry, macros: Macros) -> dict[str, str]:
    """The fields by their names in lower case; of a field given twice the first that says something."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        name = field.key.casefold()
        fields[name] = fields.get(name) or _value(str(field.value), macros)
    return fields


def _citation(fields: Mapping[str, str], parents: Mapping[str, PartialDate]) -> Citation:
    def get(name: str) -> str:
        return fields.get(name, "")

    title, subtitle = plain(get("title")), plain(get("subtitle"))
    kind = _eprint_kind(fields)
    category = collapse(get("primaryclass") or get("eprintclass"))
    return Citation(
        title=f"{title}: {subtitle}" if title.strip() and subtitle.strip() else title,
        abstract=plain(get("abstract")),
        names=_names(get("author")),
        published=_published(fields) or parents.get(get("crossref").strip().casefold()),
        doi=plain_address(get("doi")),
        ids=tuple(
            each for each in (_eprint(fields) if kind in {"", "arxiv"} else "", collapse(get("arxivid"))) if each
        ),
        places=tuple(collapse(plain(get(name))) for name in ("journal", "journaltitle", "volume", "number", "series")),
        remarks=(plain(get("note")), plain(get("annote"))),
        addresses=(plain_address(get("url")), plain_address(get("howpublished"))),
        categories=(category,) if kind in {"", "arxiv"} and _CATEGORY.fullmatch(category) else (),
    )


def _eprint_kind(fields: Mapping[str, str]) -> str:
    return (fields.get("eprinttype") or fields.get("archiveprefix") or "").strip().casefold()


def _eprint(fields: Mapping[str, str]) -> str:
    """The identifier, without the category that may stand behind it: "arXiv: 1706.03762 [cs.CL]"."""
    return collapse(fields.get("eprint", "")).partition(" [")[0].replace(": ", ":")


def _refused_id(fields: Mapping[str, str]) -> str | None:
    """Why what is said to be an arXiv id is none; a program that took it for a number cut its last zero."""
    text = _eprint(fields)
    if not text or _eprint_kind(fields) != "arxiv" or parse_arxiv_id(text) is not None:
        return None
    return bibliography.NUMBER_IS_NO_ID if _NUMBER.fullmatch(text) else f"eprint: {text[:_EXCERPT]!r} is no arXiv id"


def _published(fields: Mapping[str, str]) -> PartialDate | None:
    date = date_in(plain(fields.get("date", "")))
    month, day = plain(fields.get("month", "")), fields.get("day", "")
    return date or date_in(plain(fields.get("year", "")), month=month, day=day)


def _define(key: str, value: str, macros: dict[str, str]) -> None:
    """Remember a macro; one that grows beyond reason, made of others made of others, is none."""
    try:
        text = _value(value, macros)
    except NotAPaper:
        return
    if len(text) <= _LONGEST_MACRO:
        macros[key.casefold()] = text


def _value(raw: str, macros: Macros) -> str:
    """What a field says: its parts between `#`, each in braces, in quotes, a number or the name of a macro.

    The names of months stand for themselves.
    """
    found: list[str] = []
    length = 0
    for each in _parts(raw):
        part = each.strip()
        if part.startswith(("{", '"')):
            found.append(_inside(part))
        elif _MARK.search(part):
            raise NotAPaper(_NO_COMMA)
        else:
            found.append(macros.get(part.casefold(), part))
        length += len(found[-1])
        if length > _LONGEST_FIELD:
            raise NotAPaper(f"a field of more than {_LONGEST_FIELD:,} characters")
    return "".join(found)


def _inside(part: str) -> str:
    """What stands between the braces or quotes around a part of a field; they must be one pair."""
    if len(part) < 2 or part[-1] != _CLOSING[part[0]]:
        raise NotAPaper(_NO_COMMA)
    inside, depth = part[1:-1], 0
    for match in _MARK.finditer(inside):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth < 0 or (depth == 0 and match[0] == part[0] == '"'):
            raise NotAPaper(_NO_COMMA)
    return inside


def _parts(raw: str) -> Iterator[str]:
    if "#" not in raw:
        yield raw
        return
    depth, quoted, begun = 0, False, 0
    for match in _MARK.finditer(raw):
        mark = match[0]
        depth += (mark == "{") - (mark == "}")
        if depth == 0 and mark == '"':
            quoted = not quoted
        elif depth == 0 and mark == "#" and not quoted:
            yield raw[begun : match.start()]
            begun = match.end()
    yield raw[begun:]


def _names(text: str) -> tuple[str, ...]:
    """The authors, first name first; "and others" is nobody.

    The library's own way to split them drops an accent with which a name begins.
    """
    text = collapse(text)
    depth, begun, found = 0, 0, list[str]()
    for match in _AND.finditer(text):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0 and match[0] not in "{}":
            found.append(text[begun : match.start()])
            begun = match.end()
    names = map(_name, [*found, text[begun:]])
    return tuple(name for name in names if name and name.casefold() != "others")


def _name(text: str) -> str:
    """A name as it is read aloud: "Last, First" and "Last, Jr, First" are turned, a corporation in braces is not."""
    if "," in text:
        from bibtexparser.middlewares.names import parse_single_name_into_parts

        labelled = [_NAME_PART.fullmatch(part) for part in text.split(",")]
        parts = {match[1].casefold(): match[2].strip() for match in labelled if match is not None}
        if "family" in parts and all(labelled):
            text = " ".join(parts.get(name, "") for name in ("given", "prefix", "family", "suffix"))
        else:
            text = parse_single_name_into_parts(text, strict=False).merge_first_name_first
    return collapse(plain(text).replace("~", " "))


def _parents(text: str) -> dict[str, PartialDate]:
    """The dates of the entries that others refer to with `crossref`, by key: a paper's proceedings stand behind it.

    Only the date is inherited: a title, an identifier or an address would be that of the whole volume.
    """
    wanted = {match[1].casefold() for match in _CROSSREF.finditer(text)}
    found: dict[str, PartialDate] = {}
    if not wanted:
        return found
    from bibtexparser.model import Entry

    for piece in _pieces(text):
        match = _KEY.match(piece.text)
        if match is None or (key := match[1].casefold()) not in wanted or len(piece.text) > _LONGEST_ENTRY:
            continue
        for block in _blocks(piece.text):
            if isinstance(block, Entry) and (date := _published_or_none(block)) is not None:
                found[key] = date
    return found


def _published_or_none(entry: Entry) -> PartialDate | None:
    try:
        return _published(_fields(entry, {}))
    except NotAPaper:
        return None
