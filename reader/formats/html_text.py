"""The text that an HTML page shows, as Markdown: what the layouts of listing pages are then looked for in.

A block element is a paragraph of its own, a heading bears its signs, and a link its address, since a paper's address
tells its title. Scripts, styles and pictures are left out. Nothing is concluded here of what the text says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reader.text import collapse

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCKS = frozenset(_HEADINGS) | set(
    """
    address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form header hgroup hr html legend li main menu nav ol option p pre search section
    summary table tbody td tfoot th thead title tr ul
    """.split()  # noqa: SIM905 - a list of names reads better without quotation marks
)
_LEFT_OUT = frozenset(
    """
    applet audio base canvas embed frame iframe img input link map meta noembed noframes noscript object picture
    script select style svg template textarea video
    """.split()  # noqa: SIM905 - a list of names reads better without quotation marks
)
_ADDRESS = re.compile(r"(?:https?:/)?/[^\s<>]{1,2000}", re.IGNORECASE)
_IN_ADDRESS = str.maketrans({"(": "%28", ")": "%29", "[": "%5B", "]": "%5D"})
_ESCAPE = re.compile(r"\\(?=[-\\_*\[\]#>+|!])")


def markdown_of(tree: LexborHTMLParser) -> str:
    """The text of a page: paragraphs with a blank line between them, ATX headings, inline links."""
    return "\n\n".join(_Paragraphs().of(tree.root)) if tree.root is not None else ""


class _Paragraphs:
    """Where in the page the walk is, and what of the paragraph was met."""

    def __init__(self) -> None:
        self._runs: list[tuple[str | None, list[str]]] = []
        self._links: list[str | None] = []
        self._heading = ""
        self._element_ended = False

    def of(self, root: LexborNode) -> Iterator[str]:
        """The paragraphs under a node; the walk keeps its own stack, because pages are nested without bound."""
        waiting: list[tuple[LexborNode, bool]] = [(root, False)]
        while waiting:
            node, left = waiting.pop()
            tag = node.tag or ""
            if left:
                yield from self._leave(tag)
            elif tag == "-text":
                self._add(node.text_content or "")
            elif not tag.startswith(("-", "!")) and tag not in _LEFT_OUT:
                if node.next is not None:
                    waiting.append((node.next, False))
                yield from self._enter(node, tag)
                waiting.append((node, True))
                if node.child is not None:
                    waiting.append((node.child, False))
                continue
            if not left and node.next is not None:
                waiting.append((node.next, False))
        yield from self._end()

    def _enter(self, node: LexborNode, tag: str) -> Iterator[str]:
        if tag in _BLOCKS:
            yield from self._end()
            self._heading = _HEADINGS.get(tag, self._heading)
        elif self._element_ended:
            self._add(" ")  # a browser draws two boxes side by side; without this their texts would be one word
        if tag == "a":
            self._links.append(_address(node.attributes.get("href")))
        self._element_ended = False

    def _leave(self, tag: str) -> Iterator[str]:
        if tag in _BLOCKS:
            yield from self._end()
            if tag in _HEADINGS:
                self._heading = ""
        elif tag == "a" and self._links:
            self._links.pop()
        self._element_ended = tag not in _BLOCKS

    def _add(self, text: str) -> None:
        link = self._links[-1] if self._links else None
        if not self._runs or self._runs[-1][0] != link:
            self._runs.append((link, []))
        self._runs[-1][1].append(text)
        self._element_ended = False

    def _end(self) -> Iterator[str]:
        """The paragraph that ends here, if it says anything."""
        runs, self._runs = self._runs, []
        self._element_ended = False
        text = collapse("".join(_linked(link, "".join(parts)) for link, parts in runs))
        if text:
            yield self._heading + text


def _linked(link: str | None, text: str) -> str:
    inner = collapse(text)
    if not inner:
        return " "
    inner = _ESCAPE.sub(r"\\\\", inner)
    before, after = " " * text[0].isspace(), " " * text[-1].isspace()
    return f"{before}{inner if link is None else f'[{inner}]({link})'}{after}"


def _address(href: str | None) -> str | None:
    """An address that can stand in a link; of a file beside the saved page there is none."""
    address = (href or "").strip()
    return address.translate(_IN_ADDRESS) if _ADDRESS.fullmatch(address) else None
