"""What a converter draws around a page's text is taken off here: headings, bullets, links, references, addresses.

    ### [A title](https://…/papers/2401.00001)        A title               [
                                                                            * 3 authors
    [12](https://…/login?next=…)                      https://…/papers/…    ][34]

All of these come out as pieces: a text without its decoration, and where it leads. A piece is what stands between blank
lines, but a heading, a link and a fact such as a date are pieces of their own wherever they stand. Nothing is kept but
the piece that is being read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from reader.formats.items import ends_sentence
from reader.formats.lines import LONGEST, Line
from reader.text import collapse

_OPEN_OR_CLOSE = re.compile(
    r"!?\[|\]\((?P<url><[^<>\s]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,500}){0,3})"
    r"(?: +\"[^\"]{0,500}\")?\)|\]\[ ?(?P<number>[0-9]{1,6}) ?\]|\]"
)
_HEADING = re.compile(r"(#{1,6})\s+")
_BULLETS = re.compile(r"(?:[-*+•◦▪]\s+)+")
_TRAILING = re.compile(
    r"\s*[<\[(]((?:https?://(?:www\.)?(?:huggingface|hf)\.co)?/(?:papers/\d|login\?)[^\s<>\[\]()]{1,300})[>\])]$"
)
_TRAILING_IN_LABEL = re.compile(r"\s+[<\[(](https?://[^\s<>\[\]()]{4,300}|/[^\s<>\[\]()]{1,300})[>\])]$")
_PICTURE = re.compile(r"^[^\[\]]{0,80}\[(?:https?://|/)[^\s<>\[\]()]{1,300}\.(?:png|jpe?g|svg|webp|gif)\] ?")
_WITHIN = re.compile(r"(?:^| )\[(?:https?://|/)[^\s<>\[\]()]{1,300}\](?=\S| |$)")
_RULE = re.compile(r"(?:[-=_~#*]\s?){3,}")
_DIVISION = re.compile(r":{3,} ?[^:]{0,200}(?: :{3,}){0,9}")
_TAGS = re.compile(r"(?:<[/!]?[a-zA-Z-][^<>]{0,500}>\s*)+")
_MARKED_NUMBER = re.compile(r"\[(\d{1,6})\](?=[^\s(\[\]:]|\[\D|\((?!https?:|[/<#]))")
_WITHIN_GLUED = re.compile(f"{_WITHIN.pattern}(?=\\S)")
_CUT_ADDRESS = re.compile(r"\]\(<?(?:https?:/|/)[^\s()<>]*$")
_CUT_TAG = re.compile(r"<(?:a|img|span|div|li|svg|time|video)(?:\s[^<>]*)?$")
_REST_OF_TAG = re.compile(r"[^<>]{0,300}>|[a-z-]+=\"")
_INLINE_TAGS = re.compile(r"</?(?:a|img|span|div|li|ul|svg|time|video|p|button|input)(?:\s[^<>]{0,500})?/?>")
_REST_OF_LINK = re.compile(r"[^\[\]]{0,300}\](?:\(|\[ ?[0-9])")
_ATTRIBUTES = re.compile(r"(?<=\))\{[.#=][^{}]{0,200}\}")
_NAMELESS = re.compile(r"\[\](?=[0-9A-Z]|$)")
_RELATIVE = re.compile(r"/(?:papers|login)(?:[/?]\S{1,300})?")
_DESCRIPTION = re.compile(r"\[[^\[\]]{0,200}\] ?(?=\S)")
_GLUED_NUMBER = re.compile(r"(?<=\d)\[\d{1,6}\](?=\d{1,6}$)")
_DEFINITION = re.compile(
    r"(?:\[?\d{1,6}\]?[:.]|\[\d{1,6}\])\s*<?(?:https?|mailto|file|javascript):\S*"
    r"|\[[^\[\]]{1,1000}\]: {1,4}<?(?:/|\w+:)\S*"
)
_ADDRESS = re.compile(r"<?(https?://\S+?|(?:arxiv\.org|huggingface\.co)/\S+?)>?|\[https?://[^\s\[\]]+\]", re.IGNORECASE)
_OWN_ADDRESS = re.compile(r"[<\[]?(?:https?://)?(?:huggingface\.co|hf\.co|arxiv\.org)/", re.IGNORECASE)
_WRAPPED_FROM = 40  # a line shorter than this was not broken for its length
_SHORT = 90
_DEEPEST = 9  # brackets within brackets
_LONGEST_TRAILING = 400
_LONGEST_LABEL = 160
_LONGEST_CUT = 100_000
_MOST_LINES = 100_000
_SITE = "https://huggingface.co"


StandsAlone = Callable[[str, bool], bool]
"""Whether a short line is a piece of its own, given that the line before it may have been broken for its length."""


class Piece(NamedTuple):
    """A text of a page without its decoration; "" where only an address stands.

    Attributes:
        target: the address it links to, or that stands after it; "" where it is a link and its address is not known.
        first: the first of its lines.
        last: the last of its lines, where it is a short one after the end of a sentence.
    """

    line: int
    text: str
    target: str | None = None
    heading: bool = False
    whole: bool = True
    first: str = ""
    last: str = ""


class Bare(NamedTuple):
    """A line without its decoration.

    Attributes:
        opened: whether it opens a link that it does not close.
        closed: whether it closes a link: its own or one that an earlier line opened.
    """

    text: str
    target: str | None
    heading: bool
    bullet: bool
    opened: bool
    closed: bool


def undecorated(text: str, addresses: Mapping[str, str]) -> Bare:
    """A stripped line without headings, bullets, links, images and escapes.

    Brackets that belong to no link stay. `addresses` are those of numbered references, as far as they are known.
    """
    heading, bullet, text = _without_mark(text)
    opened = closed = False
    target: str | None = None
    if text[:1] == "[" and (match := _MARKED_NUMBER.match(text)):
        text, target, opened = text[match.end() :], addresses.get(match[1], ""), True
    elif "[" in text or "](" in text or "][" in text:
        text, target, opened, closed = _without_links(text, addresses, heading=heading)
        if opened or closed:
            inner_heading, inner_bullet, text = _without_mark(text)
            heading, bullet = heading or inner_heading, bullet or inner_bullet
    if text[-1:] in {">", "]", ")"} and not closed and "/" in text and (found := _trailing(text)) is not None:
        text, target, closed = text[: -len(found.group())], _resolved(found[1], None, addresses), True
    if "[" in text or "<" in text:
        text = _without_remains(text, closed=closed)
    if text[:1] == "/" and _RELATIVE.fullmatch(text):
        text, target, closed = "", _SITE + text, True
    if text[-1:].isdigit() and "]" in text:
        text = _GLUED_NUMBER.sub(" ", text)
    if "\\" in text:
        text = _unescaped(text)
    if text.startswith("**") and text.endswith("**") and len(text) > 4 and "**" not in text[2:-2]:
        text = text[2:-2]
    return Bare(text.strip(), target, heading, bullet, opened, closed)


def _without_remains(text: str, *, closed: bool) -> str:
    """The text without addresses in brackets, empty descriptions of pictures and tags that stand within it."""
    if ("[/" in text or "[http" in text) and len(text) <= _LONGEST_TRAILING:
        text = collapse((_WITHIN if closed else _WITHIN_GLUED).sub(" ", _PICTURE.sub("", text)))
    if "<" in text and ("</" in text or "<img" in text):
        text = _INLINE_TAGS.sub("", text)
    if "[]" in text and len(text) <= _SHORT:
        text = _NAMELESS.sub("", text).lstrip()
    return text


def _trailing(text: str) -> re.Match[str] | None:
    """The address in brackets at the end of a line: any after a short text, the site's own after a long one."""
    label = _TRAILING_IN_LABEL.search(text) if len(text) <= _LONGEST_LABEL else None
    return label or _TRAILING.search(text[-_LONGEST_TRAILING:])


def _without_mark(text: str) -> tuple[bool, bool, str]:
    """Whether the line begins as a heading, whether as an entry of a list, and its text; tags before it go too."""
    first = text[:1]
    if first == "#" and (match := _HEADING.match(text)):
        return True, False, text[match.end() :].rstrip("#").rstrip()
    if first and first in "-*+•◦▪" and (match := _BULLETS.match(text)):
        return False, True, text[match.end() :]
    if first == "<" and (match := _TAGS.match(text)):
        return False, False, text[match.end() :]
    return False, False, text


def _without_links(text: str, addresses: Mapping[str, str], *, heading: bool) -> tuple[str, str | None, bool, bool]:
    """The text, where it leads if it is all one link, whether it opens a link, and whether it closes one."""
    text = _ATTRIBUTES.sub("", text) if "){" in text else text
    parts: list[str] = []
    opens: list[tuple[int, str]] = []  # where in `parts` each open bracket stands
    at, link, target = 0, (0, 0), ""
    only_links = True
    for match in _OPEN_OR_CLOSE.finditer(text):
        parts.append(text[at : match.start()])
        only_links = only_links and (bool(opens) or not parts[-1].strip())
        at = match.end()
        bracket = match.group()
        if bracket.endswith("[") and len(opens) < _DEEPEST:
            opens.append((len(parts), bracket))
            parts.append(bracket)
        elif bracket == "]" or bracket.endswith("["):
            del opens[-1:]
            parts.append(bracket)
        else:
            place, opener = opens.pop() if opens else (-1, "")
            if opener == "![":
                del parts[place:]
                continue
            target = _resolved(match["url"], match["number"], addresses)
            if opener:
                inner = "".join(parts[place + 1 :])
                if inner.startswith("[") and _may_begin_with_picture(inner, target, heading=heading):
                    inner = _DESCRIPTION.sub("", inner)
                parts[place:] = [_spaced(parts[place - 1] if place else "", inner)]
            link = max(place, 0), len(parts)
    parts.append(text[at:])
    opened = bool(opens) and opens[0][1] == "[" and not "".join(parts[: opens[0][0]]).strip()
    if opened:
        parts[opens[0][0]] = ""
    is_link = link != (0, 0) and not "".join(parts[link[1] :]).strip()
    is_link = is_link and (only_links or not "".join(parts[: link[0]]).strip())
    return "".join(parts), target if is_link else None, opened, is_link


def _may_begin_with_picture(inner: str, url: str, *, heading: bool) -> bool:
    """Whether brackets at the start of a link describe a picture: never in a title such as "[Re] A title"."""
    return ("/papers/" not in url) if url else not heading and len(inner) <= _SHORT


def _spaced(before: str, inner: str) -> str:
    """The text of a link; a number that is glued to one, such as a comment count to a year, is set apart."""
    return f" {inner}" if before[-1:].isdigit() and inner.strip().isdigit() else inner


def _resolved(url: str | None, number: str | None, addresses: Mapping[str, str]) -> str:
    found = addresses.get(number, "") if number is not None else (url or "").strip("<>")
    return _SITE + found if found.startswith("/") else found


def _unescaped(text: str) -> str:
    r"""The text without Markdown's escapes and breaks; LaTeX's, such as "10\\%", are the paper's own."""
    text = re.sub(r"\\{1,2}(?=\s|$)", "", text)
    return re.sub(r"\\([-\\_*\[\]#<>+|!`])", r"\1", text)


def pieces(lines: Iterable[Line], addresses: Mapping[str, str], stands_alone: StandsAlone) -> Iterator[Piece]:
    """The pieces of a page, each with the address that it links to or that stands on the line after it.

    `stands_alone` says of a short line that it is a fact, a label or navigation, and no part of a paragraph.
    """
    held: Piece | None = None
    for piece in _runs(lines, addresses, stands_alone):
        if held is not None and not piece.text and piece.target is not None and held.text and not held.target:
            held = held._replace(target=piece.target)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


class _Run:
    """The lines of one piece while they are read."""

    __slots__ = ("heading", "length", "line", "parts", "target")

    def __init__(self) -> None:
        self.line, self.length, self.heading = 0, 0, False
        self.parts: list[str] = []
        self.target: str | None = None

    def add(self, number: int, text: str) -> None:
        """Take a line, unless the piece is already longer than any text."""
        if not self.parts:
            self.line = number
        if self.length <= LONGEST and len(self.parts) < _MOST_LINES:
            self.parts.append(text)
            self.length += len(text) + 1

    def may_go_on(self) -> bool:
        """Whether its last line was broken for its length, so that the next one belongs to it whatever it says."""
        return bool(self.parts) and len(self.parts[-1]) >= _WRAPPED_FROM and self.parts[-1][-1:] not in ".?!"

    def end(self) -> Iterator[Piece]:
        """The piece, if there is one; then nothing is left."""
        if self.parts:
            whole = self.length <= LONGEST and len(self.parts) < _MOST_LINES
            text = collapse(" ".join(self.parts))
            last = self.parts[-1] if len(self.parts) > 1 and len(self.parts[-1]) <= _SHORT else ""
            if last and (ends_sentence(last) or not ends_sentence(self.parts[-2])):
                last = ""
            yield Piece(self.line, text, self.target, self.heading, whole, self.parts[0], last)
        self.__init__()  # type: ignore[misc]


def _runs(lines: Iterable[Line], addresses: Mapping[str, str], stands_alone: StandsAlone) -> Iterator[Piece]:
    run = _Run()
    for number, raw in _with_whole_links(lines):
        text = raw.strip()
        if not text:
            yield from run.end()
            continue
        if len(text) > 2 and text[0] in "-=_~*#" and _RULE.fullmatch(text[:200]):
            run.heading = run.heading or (bool(run.parts) and text[0] in "-=")
            yield from run.end()
            continue
        if text.startswith(":::") and _DIVISION.fullmatch(text[:300]):
            yield from run.end()
            continue
        if _is_address(text, run):
            yield from run.end()
            yield Piece(number, "", _whole_address(text))
            continue
        bare = undecorated(text, addresses)
        if run.parts and run.heading and not raw[0].isspace() and run.target != "":
            yield from run.end()
        yield from _placed(run, number, text, bare, stands_alone)
    yield from run.end()


def _with_whole_links(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, with one that breaks off within a link and the next as one: converters break links for their length.

    A link over more than two lines is left as it is.
    """
    held: Line | None = None
    for line in lines:
        if held is not None:
            text = line.text.strip()
            if _CUT_ADDRESS.search(held.text.rstrip()[-_LONGEST_TRAILING:]):
                line = Line(held.number, f"{held.text.rstrip()}{text}") if text else line  # noqa: PLW2901 - both in one
                held = held if not text else None
            elif _REST_OF_LINK.match(text) or _REST_OF_TAG.match(text):
                line, held = Line(held.number, f"{held.text.rstrip()} {text}"), None  # noqa: PLW2901 - both in one
            if held is not None:
                yield held
                held = None
        if ("[" in line.text or "<" in line.text) and len(line.text) < _LONGEST_CUT and _breaks_off(line.text.strip()):
            held = line
        else:
            yield line
    if held is not None:
        yield held


def _breaks_off(text: str) -> bool:
    """Whether a line ends within an address, the text of a link, or a tag."""
    end = text[-_LONGEST_TRAILING:]
    if text.count("[") > text.count("]") or ("](" in end and _CUT_ADDRESS.search(end)):
        return True
    return "<" in end and _CUT_TAG.search(end) is not None


def _placed(run: _Run, number: int, text: str, bare: Bare, stands_alone: StandsAlone) -> Iterator[Piece]:
    """What a line ends, and what it is of its own; else it becomes part of the run."""
    wrapped = run.may_go_on()
    if bare.bullet and wrapped and not bare.closed and not stands_alone(collapse(bare.text), True):
        run.add(number, text)
        return
    if bare.heading or bare.bullet or bare.opened or (bare.closed and bare.target is not None and text[0] == "["):
        yield from run.end()
        wrapped = False
    alone = (
        len(bare.text) <= _SHORT and not (bare.heading or run.heading) and stands_alone(collapse(bare.text), wrapped)
    )
    if alone:
        yield from run.end()
        yield Piece(number, collapse(bare.text), bare.target, bare.heading, first=bare.text)
        return
    if bare.text:
        run.add(number, bare.text)
        run.heading = run.heading or bare.heading
    if bare.target is not None and not bare.closed:
        run.target = bare.target
    if bare.opened and run.heading:
        run.target = ""  # a title over several lines ends where its link does
    if bare.closed and (run.parts or not bare.text):
        if run.parts:
            run.target = bare.target
            yield from run.end()
        elif bare.target is not None:
            yield Piece(number, "", bare.target)


def _is_address(text: str, run: _Run) -> bool:
    """Whether a line is an address of its own, not one that a paragraph ends with."""
    if "/" not in text or not (text.startswith(("http", "<http", "[http", "arxiv.org/", "huggingface.co/"))):
        return False
    if not _ADDRESS.fullmatch(text):
        return False
    return not run.parts or bool(_OWN_ADDRESS.match(text)) or not run.may_go_on()


def _whole_address(text: str) -> str:
    url = text.strip("<>[]")
    return url if url.lower().startswith("http") else f"https://{url}"


def is_definition(text: str) -> bool:
    """Whether a line is the address of a numbered reference: "[29]: https://…", "  29. https://…"."""
    return len(text) < 4_000 and bool(_DEFINITION.fullmatch(text.strip()))
