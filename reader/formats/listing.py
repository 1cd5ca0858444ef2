"""The words around the papers of a listing page, whatever its layout: header, navigation, submitters.

Every function here looks at one line or one short paragraph and answers at once; none raises on any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from reader.formats.facts import LONGEST_FACT, parse_meta, parse_votes
from reader.formats.items import beyond_doubt, reads_as_pair
from reader.formats.lines import Line
from reader.formats.reading import PageNotes, Record
from reader.paper import Paper
from reader.text import collapse

SUBSCRIBE = "Subscribe"

_INVITATION = "get trending papers in your email inbox"
_HEADER = frozenset(
    {
        f"{_INVITATION}!",
        f"{_INVITATION} once a day!",
        "byak and the research community",
        "by ak and the research community",
    }
)
_BY_AK = re.compile(r"by ?(?:!?\[[^\[\]]{0,40}\] ?)*ak(?:\[[0-9]{1,6}\])? and the research(?: community)?")
_NAVIGATION = _HEADER | {
    "new",
    "subscribe",
    "daily papers",
    "daily",
    "weekly",
    "monthly",
    "trending papers",
    "trending",
    "submit",
    "upvote",
    "hugging face",
    "models",
    "datasets",
    "spaces",
    "buckets",
    "community",
    "docs",
    "enterprise",
    "pricing",
    "log in",
    "sign up",
    "previous",
    "next",
    "system theme",
    "company",
    "tos",
    "privacy",
    "about",
    "careers",
    "website",
    "inference",
}
_FURNITURE = _NAVIGATION | {
    "add to collection",
    "ak",
    "all models",
    "and the research community",
    "arxiv",
    "arxiv page",
    "back to arxiv",
    "blog",
    "buckets new",
    "by",
    "collections",
    "copy markdown",
    "copy page",
    "daily papers - hugging face",
    "discord",
    "forum",
    "github",
    "hf.co",
    "hidden links",
    "hub",
    "hugging face pro",
    "hugging face's logo hugging face",
    "huggingchat",
    "huggingface",
    "inference endpoints",
    "inference providers",
    "jobs",
    "join",
    "languages",
    "learn",
    "load more",
    "organizations",
    "papers",
    "paper",
    "posts",
    "project page",
    "public",
    "references",
    "resources",
    "share",
    "show more",
    "sign in",
    "skip to content",
    "solutions",
    "storage buckets",
    "tasks",
    "team & enterprise",
    "terms of service",
    "trending papers - hugging face",
    "trending papers ranked by github stars activity",
    "view arxiv page",
    "view pdf",
    "visible links",
}
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in (*_NAVIGATION, "submitted by"))
_LONGEST_NAVIGATION = 80
_PREAMBLE_LINES = 200
_LONGEST_NAME = 60

_PERIOD = re.compile(
    r"week [0-9]{1,2}(?:,? [0-9]{4})?|[0-9]{4}-w[0-9]{2}|(?:[a-z]{3,9}\.? )(?:19|20)[0-9]{2}"
    r"|[a-z]{3,9}\.? [0-9]{1,2} ?[-–—] ?(?:[a-z]{3,9}\.? )?[0-9]{1,2}(?:,? [0-9]{4})?",
    re.IGNORECASE,
)
_SUBMITTER = re.compile(
    r"[·• ]*submitted by +[^\s,]+(?: [^\s,]+){0,3}?(?: on [a-z]{3,9}\.? [0-9]{1,2}(?:, ?[0-9]{4})?)?", re.IGNORECASE
)
_NOISE = re.compile(
    r"!?\[[^\[\]]{0,200}\]|Image(?: [0-9]{1,5}(?:: .{0,80})?)?|\+ ?[0-9]{1,5}|[^\w.?!-]{1,3}|```\w{0,20}|\* \*"
    r"|.{0,80}_{8,}|[─-╿]{2,}|\(BUTTON\)"
)
_MENU_WORD = (
    r"(?:\(BUTTON\) ?|\[[0-9]{1,6}\] ?)?(?:TOS|Privacy|About|Careers|Models|Datasets|Spaces|Pricing|Docs|Enterprise"
    r"|Storage|Buckets(?: ?new)?|Daily|Weekly|Monthly|Log ?In|Sign ?Up|Previous|Next|Company|Website|System theme"
    r"|Community|Posts|Hugging Face(?:'s logo ?Hugging Face)?|Trending Papers|Solutions)"
)
_MENU = re.compile(f"{_MENU_WORD}{{2}}|(?:{_MENU_WORD} {{0,2}}){{3,40}}")
_MARKDOWN_LINK = re.compile(r"(?:#+ |- )?!?\[.*\]\(https?://", re.IGNORECASE)
_NOT_A_TITLE = ("#", "|", "-", "*", ">", "```", "<", "{", "//", "import ", "def ", "class ")


def is_literal(text: str) -> bool:
    """Whether a line is surely no navigation, submitter or author count: a test so cheap that it is made first."""
    if len(text) > 2 * LONGEST_FACT:
        return True
    first = next(iter(text.split(None, 1)), "")
    word = first.lstrip("\ufeff-*•+")
    return bool(word) and first[0] not in "•*" and word.casefold() not in _FIRST_WORDS


def is_header(text: str) -> bool:
    """Whether a line stands in the header of a listing page and nowhere else."""
    if len(text) > _LONGEST_NAVIGATION:
        return False
    plain = _plain(text)
    return plain in _HEADER or (plain.endswith((" research", "community")) and _BY_AK.fullmatch(plain) is not None)


def is_navigation(text: str) -> bool:
    """Whether a line is one of the words around the papers of a listing page."""
    return len(text) <= _LONGEST_NAVIGATION and _plain(text).lstrip("-*•+ ") in _NAVIGATION


def is_furniture(text: str) -> bool:
    """Whether a line is a word of the whole site's frame: menus, footers and buttons too."""
    if len(text) > _LONGEST_NAVIGATION:
        return _is_menu(text)
    return _plain(text).removeprefix("(button) ").rstrip(":") in _FURNITURE or _is_menu(text)


def _is_menu(text: str) -> bool:
    """Whether a line is several words of the site's menus, which some copies glue to one another."""
    return len(text) <= 4 * _LONGEST_NAVIGATION and _MENU.fullmatch(text) is not None


def is_noise(text: str) -> bool:
    """Whether a line says nothing: a picture's description in brackets, a stray bullet, the fence of a block."""
    return _NOISE.fullmatch(text[: 4 * _LONGEST_NAVIGATION]) is not None


def is_trending(text: str) -> bool:
    """Whether a heading says that the page is one of trending papers."""
    return len(text) <= _LONGEST_NAVIGATION and _plain(text).startswith("trending papers")


def is_subscribe(text: str) -> bool:
    """Whether a line is the button that ends the header."""
    return len(text) <= _LONGEST_NAVIGATION and _plain(text) == "subscribe"


def is_period(text: str) -> bool:
    """Whether a line of the header is the week or the month of the page: "Week 40", "Sep 28 - Oct 4", "May 2026"."""
    return len(text) <= _LONGEST_NAVIGATION and _PERIOD.fullmatch(text.strip()) is not None


def names_submitter(text: str) -> bool:
    """Whether a line says "Submitted by somebody"."""
    return len(text) <= _LONGEST_NAME and len(words := text.split()) == 3 and _begins_submitter(words)


def announces_submitter(text: str) -> bool:
    """Whether a line says "Submitted by", so that the name is the next line."""
    return len(text) <= _LONGEST_NAVIGATION and len(words := text.split()) == 2 and _begins_submitter(words)


def may_be_name(text: str) -> bool:
    """Whether the line after "Submitted by" can be the submitter."""
    return len(text) <= _LONGEST_NAME and not (announces_submitter(text) or is_header(text))


def after_preamble(lines: Iterator[Line], notes: PageNotes) -> Iterator[Line]:
    """The lines from the header of the page on, or all of them where it does not begin with one.

    Saved pages hold navigation before the header; it is given up as soon as a line is longer than any of that.
    """
    skipped: list[Line] = []
    for line in lines:
        skipped.append(line)
        if is_header(line.text):
            notes.header = True
            notes.submitters += sum(announces_submitter(each.text) for each in skipped)
            return chain([line], lines)
        if len(line.text) > _LONGEST_NAVIGATION or len(skipped) > _PREAMBLE_LINES:
            break
    return chain(skipped, lines)


def score(records: Sequence[Record], notes: PageNotes) -> float:
    """How far a trial reading looks like a listing page, from 0 to 0.9; below 0.4 it does not.

    The header of the page is enough. Without it, author counts must tell, or several records beyond doubt.
    """
    papers = [record for record in records if isinstance(record, Paper)]
    if not papers:
        return 0.4 if notes.header or (notes.submitters and not records) else 0.0
    invented = sum(_is_invented(paper, notes) for paper in papers)
    if 5 * max(invented, sum(map(_is_markdown, papers))) >= len(papers) and not (
        notes.subscribe_glued and invented == 1
    ):
        return 0.0
    well_paired = sum(reads_as_pair(paper.title, paper.abstract or "") for paper in papers) / len(records)
    if notes.header:
        return 0.5 + 0.4 * well_paired
    counted = sum(paper.author_count is not None for paper in papers)
    sure = sum(_is_beyond_doubt(paper) for paper in papers)
    if 2 * counted >= len(papers) or (sure >= 3 and 5 * sure >= 4 * len(records)):
        return 0.4 + 0.4 * well_paired
    return 0.0


def _plain(text: str) -> str:
    plain = text.strip("\ufeff \t").casefold()
    return collapse(plain) if "  " in plain or not plain.isprintable() else plain


def is_submitter_line(text: str) -> bool:
    """Whether a line says who submitted a paper, and perhaps when: "· Submitted by somebody on Oct 5, 2023"."""
    return len(text) <= _LONGEST_NAVIGATION and _SUBMITTER.fullmatch(text) is not None


def _begins_submitter(words: list[str]) -> bool:
    return words[0].casefold() == "submitted" and words[1].casefold() == "by"


def _is_markdown(paper: Paper) -> bool:
    return any(_MARKDOWN_LINK.match(text[:1000]) for text in (paper.title, paper.abstract or ""))


def _is_invented(paper: Paper, notes: PageNotes) -> bool:
    """Whether a title is a piece of a page's frame, so that the layout must be another one."""
    title = paper.title
    if parse_meta([title]) is not None:
        return True
    return not notes.subscribe_glued and (is_navigation(title) or parse_votes(title) is not None)


def _is_beyond_doubt(paper: Paper) -> bool:
    title = paper.title
    return (
        beyond_doubt(title, paper.abstract or "")
        and not title.lower().startswith(_NOT_A_TITLE)
        and len(title.split()) > 1
    )
