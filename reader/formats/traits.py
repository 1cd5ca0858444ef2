"""What the first lines of a file show at a glance, so that few formats need to be tried on it.

One pass of cheap tests over the head; nothing is concluded here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.formats import listing

_HEADING = re.compile(r"#{1,6} |\[#{1,6} ")
_PAPER_LINK = re.compile(r"\]\(<?(?:https?://(?:www\.)?(?:huggingface|hf)\.co)?/papers/\d{4}\.\d{4,5}")
_LINK = re.compile(r"\]\(<?(?:https?://|/)")
_REFERENCE = re.compile(r"\]\[ ?\d{1,6} ?\]")
_NUMBERED = re.compile(r"\[\d{1,6}\](?=[^\s\]\[(])")
_PAPER_ADDRESS = re.compile(
    r"<?(?:https?://)?(?:www\.)?(?:huggingface|hf)\.co/(?:papers/|login\?next=%2Fpapers%2F)\d{4}\.\d{4,5}\S*"
)
_TRAILING = re.compile(r"(?<!\])[<\[(](?:https?://(?:www\.)?(?:huggingface|hf)\.co)?/papers/\d{4}\.\d{4,5}[>\])]$")
_AUTHORS = re.compile(r"[-•*]?\s*\d{1,6} authors?")
_RELATED = re.compile(r"paper\s*[•·]\s*\d{4}\.\d{4,5}\s*(?:[•·].{0,80})?", re.IGNORECASE)
_ID_LINE = re.compile(r"(?:[•·] ?)?\d{4}\.\d{4,5}(?: ?[•·])?")
_ARXIV_LINE = re.compile(r"arxiv:\s?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
_PAGE_OF_PAPER = re.compile(r"(?:[#*>\s-]|title:|page title:|\*)*\"?paper page [-–—] ", re.IGNORECASE)
_ABSTRACT = re.compile(r"#{0,6} ?\**abstract\**:?", re.IGNORECASE)
_LABEL = re.compile(
    r"\[?upvote(?: ?[\d.]{1,9}k?| ?-)?(?:\].*|(?:\[\d*\]?)?(?:github|arxiv).*)?"
    r"|(?:.{0,80}· ?)?published on [a-z]{3,9} \d.*|\[?github \d.*"
)
_LONG = 200


@dataclass(slots=True)
class Traits:
    """How many lines of a file's head show what."""

    filled: int = 0
    blank: int = 0
    authors: int = 0
    glued: int = 0
    dots: int = 0
    votes: int = 0
    header: int = 0
    headings: int = 0
    links: int = 0
    paper_links: int = 0
    references: int = 0
    numbered: int = 0
    addresses: int = 0
    related: int = 0
    paper_labels: int = 0
    submitters: int = 0
    labels: int = 0
    arxiv_lines: int = 0
    paper_pages: int = 0
    abstracts: int = 0
    citing: int = 0

    def take(self, text: str) -> None:
        """Count what one line shows."""
        if not text or text.isspace():
            self.blank += 1
            return
        self.filled += 1
        if "[" in text:
            self._take_links(text)
        end = text[-_LONG:].rstrip()
        if "/papers/" in end and _TRAILING.search(end):
            self.paper_links += 1
        if len(text) <= _LONG:
            self._take_short(text.strip())

    def _take_short(self, text: str) -> None:
        lower = text.casefold()
        self.headings += text[0] in "#[" and bool(_HEADING.match(text))
        self.header += listing.is_header(text.lstrip("# "))
        self.dots += text == "·"
        self.votes += len(text) < 8 and (text == "-" or text.isdecimal())
        self.labels += bool(_LABEL.fullmatch(lower))
        self.glued += text.startswith(listing.SUBSCRIBE) and text[9:10] not in {"", " "}
        self.addresses += "/" in text and bool(_PAPER_ADDRESS.fullmatch(text))
        self.authors += "author" in lower and bool(_AUTHORS.fullmatch(lower))
        self.abstracts += "abstract" in lower and bool(_ABSTRACT.fullmatch(text))
        self.arxiv_lines += lower.startswith("arxiv:") and bool(_ARXIV_LINE.fullmatch(text))
        self.submitters += lower.startswith("submitted") and listing.announces_submitter(text)
        if self.paper_labels and _ID_LINE.fullmatch(text):
            self.related += 1
        if "paper" in lower:
            self.related += bool(_RELATED.match(text))
            self.paper_labels += lower.rstrip(" •·") == "paper"
            self.paper_pages += bool(_PAGE_OF_PAPER.match(text))
            self.citing += "citing this paper" in lower

    def _take_links(self, text: str) -> None:
        self.numbered += bool(_NUMBERED.match(text.lstrip()[:20]))
        if "](" in text:
            self.paper_links += bool(_PAPER_LINK.search(text))
            self.links += bool(_LINK.search(text))
        if "][" in text:
            self.references += bool(_REFERENCE.search(text))
