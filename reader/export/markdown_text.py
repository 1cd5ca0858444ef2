"""A text as Markdown that every parser gives back letter for letter, and addresses as targets of links.

Marks are escaped only where they would act: in CommonMark 0.31, in GitHub's dialect (`~`, `$`, bare addresses), or in
Obsidian, Logseq and Pandoc (`==`, `%%`, `::`, `^`, `#tag`, `[[`, `@name`).
"""

from __future__ import annotations

import re

from reader.export.addresses import HOST, web_address
from reader.text import URL, collapse, trim_url, visible

# What would act within a line. Each alternative begins with its mark, from which the set of marks follows that the
# search runs through; look-aheads end at the next mark of their kind, so that escaping stays linear.
_LETTER = r"[^\W\d_]"
_MARKS = rf"""(?:
      /(?=/)                                    # bare addresses: parsers link them, and may show them decoded
    | \\                                        # always: Pandoc reads \alpha as TeX
    | \[ | \] | ` | ~ | \$
    | \*(?:(?![ ])|(?<![ ]\*))                  # a star between spaces is no delimiter
    | _(?<![^\W_]_)                             # after a letter or digit an underscore opens nothing
    | <(?=[A-Za-z/!?] | [^\s<>]*@)              # HTML, and e-mail addresses in angle brackets
    | &(?=\#?[A-Za-z0-9]+;)                     # entities
    | \#(?:(?<!\S\#)|(?<![^\W_]\#)(?=\w))       # headings and the marks that close them, tags
    | =(?:(?==)|(?<===))                        # highlights
    | %(?:(?=%|[0-9A-Fa-f]{{2}})|(?<=%%))       # comments, and what a linked address would show decoded
    | :(?=:)                                    # properties, fenced blocks
    | :(?=\d)(?:(?<=\.{_LETTER}{{2}}:)|(?<=\.{_LETTER}{{3}}:)|(?<=\.{_LETTER}{{4}}:)|(?<=\.{_LETTER}{{6}}:))
                                                # linkify-it takes a port to any of ".org" and ".museum" and moves it
    | \^(?:(?<!\S\^)|(?=[^\s^]*\^|https?://))   # names of blocks, superscripts, inline footnotes
    | !(?=https?://)                            # an address that becomes [text](target) must not become a picture
    | \{{(?=[\#.:]|-\}})                        # attributes of headings
    | @(?<=:@)                                  # a linked address with an empty name would lose the @
    | @(?<![^\W_]@)(?=[\w{{])                    # names of people, citations
    | -(?=-)(?<=[xX][nN]-)                      # a linked host in punycode would be shown decoded
)"""
_MARK = re.compile(_MARKS, re.VERBOSE)
_ADDRESS = rf"(?P<address>{URL.pattern.replace('#', '[#]')}) | (?P<bare>www\.(?<![^\s*_~(]www\.)\S*)"
_ADDRESS_OR_MARK = re.compile(f"{_ADDRESS} | {_MARKS}", re.VERBOSE)
_PAIRED = "`*_~$"
_UNPAIRED = bytes(set(range(256)) - set(_PAIRED.encode()))
_NONE: frozenset[str] = frozenset()
_LINE_START = re.compile(r"(\d*)([-+](?!\w)|\*(?= |$)|[>=|]|[:~](?=[ :-])|(?<=\d)[.)](?= |$))")

# What every parser shows as it is between angle brackets: nothing to decode, no punycode, no entity.
_PLAIN_ADDRESS = re.compile(rf"https?://(?!.*xn--)(?!.*&#?\w+;){HOST}(?:[/?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=]*)?")
_ENTITY = re.compile(r"&(?=#?\w+;)")


def escape(text: str, *, in_link: bool = False) -> str:
    """A text in one line of Markdown that parsers give back as `visible(collapse(text))`.

    Web addresses become links. Within the text of a link, which may hold no other link, `in_link` leaves them text.
    """
    line = visible(collapse(text))
    return escape_line(line, alone=alone(line), in_link=in_link)


def alone(text: str) -> frozenset[str]:
    """The marks that act only in pairs and have no partner in this text."""
    marks = text.encode(errors="replace").translate(None, _UNPAIRED).decode("ascii")  # one pass
    return frozenset([mark for mark in _PAIRED if marks.count(mark) == 1]) if marks else _NONE


def escape_line(line: str, *, alone: frozenset[str], in_link: bool = False) -> str:
    """One visible line, of a text in which those marks stand alone."""
    if in_link:
        return _escape_marks(line, alone)
    outside_link = alone | {"]"}
    start = _LINE_START.match(line)
    escaped_start, rest = (f"{start[1]}\\{start[2]}", line[start.end() :]) if start else ("", line)
    if "://" not in rest and "www." not in rest:
        return escaped_start + _escape_marks(rest, outside_link)

    def link_or_escape(match: re.Match[str]) -> str:
        found = match.group()
        if match["bare"]:
            return _unlink_if_escaped(_escape_marks(found, outside_link))
        if match["address"]:
            address = trim_url(found)
            if linked := link(address, alone):
                return linked + _escape_marks(found[len(address) :], outside_link)
            # In one piece, since what was trimmed may belong to it: "&lt" and ";".
            return _unlink_if_escaped(_escape_marks(found, outside_link))
        return _escape_mark(found, outside_link)

    return escaped_start + _ADDRESS_OR_MARK.sub(link_or_escape, rest)


def destination(url: str) -> str | None:
    """An address as a link's target, safe between its parentheses; `None` where nothing should link to it.

    What `web_address` gives; parentheses call for angle brackets (CommonMark 0.31, section 6.3).
    """
    target = web_address(url)
    if target is None:
        return None
    target = _ENTITY.sub("&amp;", target)
    return f"<{target}>" if "(" in target or ")" in target else target


def link(address: str, alone: frozenset[str] = frozenset()) -> str | None:
    """An address as a link that shows it letter for letter, or `None` where it cannot be a target."""
    if _PLAIN_ADDRESS.fullmatch(address):
        return f"<{address}>"
    target = destination(address) if address.isascii() else None
    return None if target is None else f"[{_escape_marks(address, alone)}]({target})"


def _escape_marks(text: str, untouched: frozenset[str]) -> str:
    return _MARK.sub(lambda match: _escape_mark(match.group(), untouched), text)


def _escape_mark(mark: str, untouched: frozenset[str]) -> str:
    return mark if mark in untouched else f"\\{mark}"


def _unlink_if_escaped(word: str) -> str:
    """GitHub links `www.…` before it reads escapes, and would show each backslash: then the address stays text."""
    return word.replace("www.", "www\\.") if "\\" in word else word
