"""A paper as a note of an Obsidian vault: properties, text, and below a line of its own what the user writes.

What always holds: what stands below that line stays as it is, to the byte. What a person added above it is kept, too:
properties of their own and tags where they are, any other line below. The line remembers the lines that were written
above it, by their fingerprints (`list_file`), so that a person's can be told from them.

Every property but days, numbers and ticks is a quoted string, as JSON writes them, which YAML 1.2 (section 10.2) and
Obsidian read: an id such as `2301.00010` is no number. Tags have no spaces and no dots there, but may have slashes.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from reader.export.markdown import Piece, address_of, pieces
from reader.export.markdown_text import escape
from reader.list_file import MarkdownOptions, fingerprint
from reader.paper import StoredPaper
from reader.text import collapse, visible

_LONGEST_NAME = 120
"""Bytes of a note's name, so that it can be had on every system and typed as a link."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|#^\[\]%`{}\x00-\x1f\x7f-\x9f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_NOT_IN_TAG = re.compile(r"[^\w/-]+")
_LINE = re.compile(r"<!-- reader: below this line all is yours ([A-Za-z0-9+/=]*) -->\r?\n?")
_OWNER = re.compile(r'^reader(?P<list>-list)?: (?P<name>"(?:[^"\\]|\\.)*")\s*$', re.MULTILINE)
_PROPERTY = re.compile(r"([^\s:#-][^:]*):(?:\s|$)")
_KEPT = "## Kept from above the line"


def note_name(title: str, key: str) -> str:
    """What a paper's note is called, without its suffix: its title as far as every system can name a file so."""
    plain = unicodedata.normalize("NFC", visible(title).encode(errors="replace").decode())
    plain = collapse(_FORBIDDEN.sub(" ", plain)).strip(" .")
    plain = plain.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .")
    if not plain or _RESERVED.fullmatch(plain):
        return f"{plain} {key[:6]}".strip()
    return plain


def owner(start: str) -> tuple[bool, str] | None:
    """Whose note this is, from its first characters: whether a reading list's, and its name or the paper's key."""
    if not start.startswith("---"):
        return None
    match = _OWNER.search(start.partition("\n---")[0])
    if match is None:
        return None
    try:
        return match["list"] is not None, str(json.loads(match["name"]))
    except ValueError:
        return None


def paper_note(stored: StoredPaper, options: MarkdownOptions, lists: Sequence[str]) -> list[str]:
    """The lines of a paper's note above the line; `lists` are the names of the notes of its reading lists."""
    piece = pieces(stored, options)
    tags = _tags(stored) if options.tags else []
    return [
        "---",
        *_properties(stored, tags, lists),
        "---",
        "",
        f"# {escape(stored.paper.title)}",
        "",
        *_paragraphs(piece, tags),
    ]


def list_note(name: str, entries: Iterable[tuple[str, bool]]) -> list[str]:
    """The lines of a reading list's note above the line: a link to each paper's note, ticked where it is read."""
    return [
        "---",
        f"reader-list: {_quoted(name)}",
        "---",
        "",
        f"# {escape(name)}",
        "",
        *(f"- [{'x' if read else ' '}] [[{note}]]" for note, read in entries),
        "",
    ]


def written(above: Sequence[str], old: str | None) -> str:
    """A note, new or instead of one that is there."""
    below, kept, properties, tags = ("", [], [], []) if old is None else _own_words(old, set(above))
    lines = _with_own(list(above), properties, tags)
    known = base64.b64encode(b"".join(struct.pack(">I", fingerprint(line)) for line in above if line.strip()))
    head = "".join(f"{line}\n" for line in lines) + f"<!-- reader: below this line all is yours {known.decode()} -->\n"
    if kept:
        below += "\n" if not below or below.endswith("\n") else "\n\n"
        below += "".join(f"{line}\n" for line in ([] if _KEPT in below else [_KEPT, ""]) + kept)
    return head + below


def _own_words(old: str, fresh: set[str]) -> tuple[str, list[str], list[str], list[str]]:
    """What a person wrote into a note: all below the line, other lines, properties and tags."""
    match = _LINE.search(old)
    if match is None:  # somebody took the line out: then all may be theirs
        above, below, known = old, "", set()
    else:
        above, below = old[: match.start()], old[match.end() :]
        known = _remembered(match[1])
    kept: list[str] = []
    properties: list[str] = []
    tags: list[str] = []
    inside, name = False, ""
    for number, line in enumerate(above.replace("\r\n", "\n").split("\n")):
        inside = (inside or number == 0) and not (number and line == "---")
        if inside and (found := _PROPERTY.match(line)) is not None:
            name = found[1]
        if not line.strip() or line == "---" or line in fresh or fingerprint(line) in known:
            continue
        if inside and name == "tags" and line.lstrip().startswith("- "):
            tags.append(line)
        elif inside and f"{name}:" not in {each.partition(" ")[0] for each in fresh}:
            properties.append(line)
        else:
            kept.append(line)
    return below, kept, properties, tags


def _remembered(encoded: str) -> set[int]:
    try:
        data = base64.b64decode(encoded)
        return {number for (number,) in struct.iter_unpack(">I", data)}
    except (ValueError, struct.error):
        return set()


def _with_own(lines: list[str], properties: Sequence[str], tags: Sequence[str]) -> list[str]:
    end = lines.index("---", 1)
    lines[end:end] = properties
    if tags:
        if "tags:" not in lines:
            lines[end:end] = ["tags:"]
        at = lines.index("tags:") + 1
        while lines[at].startswith("  - "):
            at += 1
        lines[at:at] = tags
    return lines


def _properties(stored: StoredPaper, tags: Sequence[str], lists: Sequence[str]) -> Iterator[str]:
    paper = stored.paper
    yield f"reader: {_quoted(stored.key)}"
    yield f"title: {_quoted(paper.title)}"
    yield from _list("authors", [_quoted(name) for name in paper.authors or ()])
    if paper.published is not None:
        day = None if paper.published_inferred else paper.published.to_date()
        yield f"published: {day.isoformat() if day else _quoted(str(paper.published))}"
    for name, value in (("arxiv", paper.arxiv_id), ("doi", paper.doi), ("url", address_of(paper))):
        if value is not None:
            yield f"{name}: {_quoted(value)}"
    yield f"read: {'true' if stored.read else 'false'}"
    yield from _list("tags", [_quoted(tag) for tag in tags])
    yield from _list("lists", [_quoted(f"[[{name}]]") for name in lists])


def _list(name: str, values: Sequence[str]) -> Iterator[str]:
    if values:
        yield f"{name}:"
        yield from (f"  - {value}" for value in values)


def _paragraphs(piece: Piece, tags: Sequence[str]) -> Iterator[str]:
    shown = " ".join(f"#{tag}" for tag in tags)
    for paragraph in (piece.facts, shown, piece.abstract, piece.links):
        if paragraph:
            yield from (paragraph, "")
    if piece.note:
        yield from (*piece.note, "")


def _tags(stored: StoredPaper) -> list[str]:
    """Categories and the user's tags as Obsidian can have them: `cs.LG` as `cs/LG`, two words with a dash."""
    categories = [category.replace(".", "/") for category in stored.paper.categories or ()]
    found = (_NOT_IN_TAG.sub("-", tag).strip("-/") for tag in (*categories, *stored.tags))
    # a tag of digits alone is none (https://help.obsidian.md/tags)
    return list(dict.fromkeys(f"{tag}-" if tag.isdigit() else tag for tag in found if tag))


def _quoted(text: str) -> str:
    return json.dumps(visible(text), ensure_ascii=False)
