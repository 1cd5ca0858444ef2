"""A reading list as Markdown: to be read in a pager, on a forge and in a note-taking program, and to be exported again.

What always holds:

* A paper's text is never markup. Whatever a title, abstract, name or note holds, a Markdown parser gives it back letter
  for letter, with control characters made visible. Marks are escaped only where they would act: in CommonMark 0.31, in
  GitHub's dialect (`~`, `$`, bare addresses), or in Obsidian, Logseq and Pandoc (`==`, `%%`, `::`, `^`, `#tag`).
* The same papers give the same bytes on every machine: no clock, no locale.
* The last line signs the document: `<!-- written by reader, sha256:… -->` with the SHA-256 of all bytes before that
  line. So a later export can tell a file which reader wrote and nobody changed since, and may replace, from any other
  (`is_unchanged_export`). One edited letter, a changed line ending or a line after the signature makes the file the
  user's own. The signature is no secret and proves nothing against someone who wants to lose a file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from reader.paper import Paper, StoredPaper
from reader.text import URL, collapse, trim_url, visible
from reader.wording import authors_in_words, facts

# What would act within a line. The set before all only saves time; look-aheads end at the next mark of their kind, so
# that escaping stays linear.
_LETTER = r"[^\W\d_]"
_MARKS = rf"""(?=[\\`~$*_\[\]<&\#=%:^!{{@/-])(?:
      /(?=/)                                    # bare addresses: parsers link them, and may show them decoded
    | \\                                        # always: Pandoc reads \alpha as TeX
    | [\[\]`~$]
    | \*(?![ ]) | (?<![ ])\*                    # a star between spaces is no delimiter
    | (?<![^\W_])_                              # after a letter or digit an underscore opens nothing
    | <(?=[A-Za-z/!?] | [^\s<>]*@)              # HTML, and e-mail addresses in angle brackets
    | &(?=\#?[A-Za-z0-9]+;)                     # entities
    | (?<!\S)\# | (?<![^\W_])\#(?=\w)           # headings and the marks that close them, tags
    | =(?==) | (?<==)=                          # highlights
    | %(?=%|[0-9A-Fa-f]{{2}}) | (?<=%)%         # comments, and what a linked address would show decoded
    | :(?=:)                                    # properties, fenced blocks
    | (?<!\S)\^ | \^(?=[^\s^]*\^|https?://)     # names of blocks, superscripts, inline footnotes
    | !(?=https?://)                            # an address that becomes [text](target) must not become a picture
    | \{{(?=[\#.:]|-\}})                        # attributes of headings
    | (?<=:)@                                   # a linked address with an empty name would lose the @
    | (?<=[xX][nN])-(?=-)                       # a linked host in punycode would be shown decoded
    | (?:(?<=\.{_LETTER}{{2}})|(?<=\.{_LETTER}{{3}})|(?<=\.{_LETTER}{{4}})|(?<=\.{_LETTER}{{6}})):(?=\d)
                                                # linkify-it takes a port to any of ".org" and ".museum" and moves it
)"""
_MARK = re.compile(_MARKS, re.VERBOSE)
_ADDRESS = rf"(?P<address>{URL.pattern.replace('#', '[#]')}) | (?P<bare>www\.(?<![^\s*_~(]www\.)\S*)"
_ADDRESS_OR_MARK = re.compile(f"{_ADDRESS} | {_MARKS}", re.VERBOSE)
_PAIRED = "`*_~$"
_LINE_START = re.compile(r"(\d*)([-+](?!\w)|\*(?= |$)|[>=|]|[:~](?=[ :-])|(?<=\d)[.)](?= |$))")

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = rf"(?![A-Za-z0-9.-]{{254}}){_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?"  # RFC 1035, section 2.3.4
_LINKABLE = re.compile(rf"https?://{_HOST}(?:[/?#].*)?", re.IGNORECASE)
# What every parser shows as it is between angle brackets: nothing to decode, no punycode, no entity.
_PLAIN_ADDRESS = re.compile(rf"https?://(?!.*xn--)(?!.*&#?\w+;){_HOST}(?:[/?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=]*)?")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ENTITY = re.compile(r"&(?=#?\w+;)")

_SIGNATURE = "<!-- written by reader, sha256:{} -->\n"
_SIGNATURE_LENGTH = len(_SIGNATURE.format("0" * 64))
_BLOCK = 1 << 16


def render(papers: Iterable[StoredPaper], *, title: str) -> Iterator[str]:
    """A signed Markdown document in chunks, one a paper, as they come."""
    digest = hashlib.sha256()
    for chunk in _chunks(papers, title):
        digest.update(chunk.encode())
        yield chunk
    yield _SIGNATURE.format(digest.hexdigest())


def is_unchanged_export(path: Path) -> bool:
    """Whether a file is what `render` once gave, to the last byte.

    False for what cannot be read and for everything that is no file. Reads in blocks, whatever the size.
    """
    try:
        # Opening a pipe would wait for a writer that may never come.
        return path.is_file() and _is_signed(path)
    except (OSError, ValueError):
        return False


def escape(text: str, *, in_link: bool = False) -> str:
    """A text in one line of Markdown that parsers give back as `visible(collapse(text))`.

    Web addresses become links. Within the text of a link, which may hold no other link, `in_link` leaves them text.
    """
    line = visible(collapse(text))
    return _escape_line(line, alone=_alone(line), in_link=in_link)


def destination(url: str) -> str | None:
    """An address as a link's target, safe between its parentheses; `None` where nothing should link to it.

    Only http and https to a host of ASCII letters, without a user's name before it, qualify. What RFC 3986 keeps out
    of an address is percent-encoded; parentheses call for angle brackets (CommonMark 0.31, section 6.3).
    """
    url = url.strip()
    if visible(url) != url or not _LINKABLE.fullmatch(url):
        return None
    target = quote(_STRAY_PERCENT.sub("%25", url), safe="%-._~:/?#@!$&'()*+,;=")
    target = _ENTITY.sub("&amp;", target)
    return f"<{target}>" if "(" in target or ")" in target else target


def _chunks(papers: Iterable[StoredPaper], title: str) -> Iterator[str]:
    yield f"# {escape(title)}".rstrip() + "\n\n"
    for stored in papers:
        yield _entry(stored)


def _entry(stored: StoredPaper) -> str:
    paper = stored.paper
    blocks = [_heading(paper), escape(" · ".join(filter(None, (authors_in_words(paper), *facts(paper)))))]
    if paper.abstract:
        blocks.append(escape(paper.abstract))
    elif paper.summary:
        blocks.append(escape(f"Summary: {paper.summary}"))
    if note := (stored.note or "").strip():
        blocks.append(_quotation(f"Note: {note}"))
    blocks.append(f"<!-- reader:{stored.key} -->")
    return "\n\n".join(block for block in blocks if block) + "\n\n"


def _heading(paper: Paper) -> str:
    target = None if paper.url is None else destination(paper.url)
    if target is None:
        return f"## {escape(paper.title)}"
    return f"## [{escape(paper.title, in_link=True)}]({target})"


def _quotation(text: str) -> str:
    """A text of several lines as a block quotation that keeps its line breaks; an empty line parts paragraphs."""
    lines = [visible(collapse(line)) for line in text.splitlines()]
    alone = _alone("\n".join(lines))
    quoted: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        hard_break = "\\" if line and following else ""
        quoted.append(f"> {_escape_line(line, alone=alone)}{hard_break}".rstrip())
    return "\n".join(quoted)


def _alone(text: str) -> frozenset[str]:
    """The marks that act only in pairs and have no partner in this text."""
    return frozenset(mark for mark in _PAIRED if text.count(mark) == 1)


def _escape_line(line: str, *, alone: frozenset[str], in_link: bool = False) -> str:
    if in_link:
        return _escape_marks(line, alone)

    def link_or_escape(match: re.Match[str]) -> str:
        found = match.group()
        if match["bare"]:
            return _unlink_if_escaped(_escape_marks(found, outside_link))
        if match["address"]:
            address = trim_url(found)
            if link := _link(address, alone):
                return link + _escape_marks(found[len(address) :], outside_link)
            # In one piece, since what was trimmed may belong to it: "&lt" and ";".
            return _unlink_if_escaped(_escape_marks(found, outside_link))
        return _escape_mark(found, outside_link)

    outside_link = alone | {"]"}
    start = _LINE_START.match(line)
    escaped_start, rest = (f"{start[1]}\\{start[2]}", line[start.end() :]) if start else ("", line)
    return escaped_start + _ADDRESS_OR_MARK.sub(link_or_escape, rest)


def _escape_marks(text: str, untouched: frozenset[str]) -> str:
    return _MARK.sub(lambda match: _escape_mark(match.group(), untouched), text)


def _escape_mark(mark: str, untouched: frozenset[str]) -> str:
    return mark if mark in untouched else f"\\{mark}"


def _link(address: str, alone: frozenset[str]) -> str | None:
    """An address found in a text as a link that shows it letter for letter, or `None` where it cannot be a target."""
    if _PLAIN_ADDRESS.fullmatch(address):
        return f"<{address}>"
    target = destination(address) if address.isascii() else None
    return None if target is None else f"[{_escape_marks(address, alone)}]({target})"


def _unlink_if_escaped(word: str) -> str:
    """GitHub links `www.…` before it reads escapes, and would show each backslash: then the address stays text."""
    return word.replace("www.", "www\\.") if "\\" in word else word


def _is_signed(path: Path) -> bool:
    unread = path.stat().st_size - _SIGNATURE_LENGTH
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while unread > 0 and (block := file.read(min(_BLOCK, unread))):
            digest.update(block)
            unread -= len(block)
        return unread == 0 and file.read() == _SIGNATURE.format(digest.hexdigest()).encode()
