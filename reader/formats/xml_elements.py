"""XML feeds as a stream of finished elements, each with its line, however large or hostile the file is.

What always holds: memory is that of one element; a document type is refused, and with it every entity a file may
define; depth and size are limited; what is broken or cut off keeps what stands before that. Names are in Clark's
notation, `{namespace}name`, whatever prefixes the file uses. Lines are decoded already, so the encoding that the XML
declaration claims counts for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.errors import UnreadableInput
from reader.formats.lines import LONGEST, Head, Line
from reader.formats.reading import Rejected
from reader.text import collapse

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element, TreeBuilder
    from xml.parsers.expat import ExpatError

DEEPEST = 64
"""Elements within one another; a feed needs five."""

LARGEST_ELEMENT = 16 * 2**20
"""Characters of one entry, with all that is in it."""

LONGEST_TAG = 2**20
"""Characters of a tag or comment, which the parser reads again whenever more of it comes."""

BEGINNING = 2**16
"""Characters by which a feed is told from others."""

_CONTAINERS = frozenset(("rss", "channel", "{http://www.w3.org/2005/Atom}feed"))
"""What is not built whole: its children come out instead, each as soon as it is finished."""

_BLOCK = 2**16
_PROLOG = 2**13
_OF_AN_ELEMENT = 64  # what an empty one counts, so that millions of them are not held
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")


class _Broken(Exception):
    """Why the file cannot be read on, as a phrase."""


def beginning(head: Head) -> str:
    """The first characters of a file, to look for marks in."""
    found, left = [], BEGINNING
    for line in head.lines:
        found.append(line.text[:left])
        left -= len(line.text) + 1
        if left <= 0:
            break
    return "\n".join(found)


def root_name(text: str) -> str:
    """The name of the first element, without its namespace; "" where the text does not begin as XML."""
    if not text.lstrip().startswith("<"):
        return ""
    match = _TAG.search(_COMMENT.sub("", text[:_PROLOG]))
    return match[1] if match else ""


def elements(lines: Iterator[Line]) -> Iterator[tuple[int, Element] | Rejected]:
    """What the containers of a feed hold, each element with its line; last what is wrong with the file, if anything.

    Raises:
        UnreadableInput: the file declares a document type.
    """
    reading = _Reading()
    try:
        for number, block in _blocks(lines):
            reading.take(number, block)
            yield from reading.finished()
        reading.end()
        problem = None
    except _Broken as why:
        problem = Rejected(reading.line(), str(why), "")
    yield from reading.finished()
    if problem is not None:
        yield problem


def text_of(element: Element | None) -> str:
    """All text within an element, white space collapsed; "" where there is no element."""
    return "" if element is None else collapse("".join(element.itertext()))


def _blocks(lines: Iterator[Line]) -> Iterator[tuple[int, str]]:
    """The text in pieces, each with the number of its first line; the first begins where nothing blank stands before.

    A line's end comes with the next line, so that a file cut off within a tag is not taken for a broken one.
    """
    block, size, number = list[str](), 0, 0
    for number, text in lines:
        if not block and (not text or text.isspace()):
            continue
        if len(text) > LONGEST:
            yield number - len(block), "\n".join(block)
            raise _Broken(f"line {number:,} has more than {LONGEST:,} characters")
        block.append(text if block else text.lstrip())
        size += len(text) + 1
        if size >= _BLOCK:
            yield number + 1 - len(block), "\n".join(block)
            block, size = [""], 0
    yield number + 1 - len(block), "\n".join(block)


class _Reading:
    """Where in the file the parser is, and the element that is being built."""

    def __init__(self) -> None:
        # what reads no feed need not load these
        from xml.etree.ElementTree import TreeBuilder
        from xml.parsers.expat import ParserCreate

        self._builder_of_trees = TreeBuilder
        self._parser = ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = _refuse_document_type
        self._before = self._last = self._given = 0  # lines before what was read, the last line of it, and its bytes
        self._builder: TreeBuilder | None = None
        self._depth = self._built_at = self._line = self._size = 0
        self._finished: list[tuple[int, Element]] = []

    def take(self, number: int, block: str) -> None:
        """Read a piece of the file; raises `_Broken`."""
        if not self._given:
            self._before, self._last = number - 1, number
        self._last += block.count("\n")
        self._given += len(block.encode())
        self._parse(block, is_last=False)
        if self._given - self._parser.CurrentByteIndex > LONGEST_TAG:
            raise _Broken(f"a tag or comment of more than {LONGEST_TAG:,} characters")

    def end(self) -> None:
        """Know that the file ends; raises `_Broken`."""
        self._parse("", is_last=True)

    def _parse(self, text: str, *, is_last: bool) -> None:
        from xml.parsers.expat import ExpatError

        try:
            self._parser.Parse(text, is_last)
        except ExpatError as error:
            raise _Broken(_words(error)) from None

    def line(self) -> int:
        """The line of the file that the parser has come to."""
        return max(1, min(self._before + self._parser.CurrentLineNumber, self._last))

    def finished(self) -> Iterator[tuple[int, Element]]:
        """The elements that were finished since this was asked last."""
        found, self._finished = self._finished, []
        yield from found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _Broken(f"more than {DEEPEST} elements within one another")
        name = _clark(name)
        if self._builder is None:
            if name in _CONTAINERS:
                return
            self._builder = self._builder_of_trees()
            self._built_at, self._line, self._size = self._depth, self.line(), 0
        self._count(_OF_AN_ELEMENT + sum(len(key) + len(value) for key, value in attributes.items()))
        self._builder.start(name, {_clark(key): value for key, value in attributes.items()})

    def _text(self, text: str) -> None:
        if self._builder is not None:
            self._count(len(text))
            self._builder.data(text)

    def _end(self, name: str) -> None:
        if self._builder is not None:
            element = self._builder.end(_clark(name))
            if self._depth == self._built_at:
                self._finished.append((self._line, element))
                self._builder = None
        self._depth -= 1

    def _count(self, characters: int) -> None:
        self._size += characters
        if self._size > LARGEST_ELEMENT:
            raise _Broken(f"an entry of more than {LARGEST_ELEMENT:,} characters")


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name


def _refuse_document_type(*_: object) -> None:
    raise UnreadableInput(
        "declares a document type, by which a small file can ask for any amount of memory",
        "no feed of arXiv has a DOCTYPE: fetch it again",
    )


def _words(error: ExpatError) -> str:
    from xml.parsers.expat import ErrorString, errors

    breaks_off = {errors.XML_ERROR_NO_ELEMENTS, errors.XML_ERROR_UNCLOSED_TOKEN, errors.XML_ERROR_PARTIAL_CHAR}
    said = ErrorString(error.code) or "not well-formed"
    return "the XML breaks off here" if said in breaks_off else f"the XML is broken here: {said}"
